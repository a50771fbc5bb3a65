"""How limits are stated, kept and overstepped: as cues (see `cues`) and as patterns. Data only."""

from __future__ import annotations

import re

LIMITS = (
    "i can't|i cannot|i can not|we can't|we cannot|we can not|i couldn't|not possible",
    "isn't possible|aren't possible|impossible|i am unable|i'm unable|we are unable|not able to",
    "not allowed|isn't allowed|not permitted|manager can't|manager cannot|manager can not",
    "supervisor can't|supervisor cannot|it can't|it cannot|that can't|we don't|i don't have",
    "maximum|the max|my limit|above my|over what i|not mine to|isn't mine|unfortunately",
    "goes over|beyond what|only...decide|you have to pay|must pay|no refund|nobody gets",
    "can do nothing|nothing i can|nothing we can|not covered|against policy|our policy",
    "not included|i may not|not in my power|i fear|no longer|sold out|out of stock|not available",
    "is busy|not offer|have to see it|can't do nothing|not for me to|isn't for me|not all of it",
    "not the whole|where it ends|must not|rules are rules|won't be able|outside what|beyond my",
    "the most i can|out of my hands|not up to me|no way to|too late for|not on the table",
    "can only offer|can only give|i'm afraid|i am afraid|sadly|regrettably|i regret that",
    "has to go through|needs approval|not authorised|not authorized|my authority|falls outside",
    "outside our control|anything above|anything more|isn't something i|not something i",
    "refusal is|is excluded|therefore excluded|therefor excluded|not coming from me|in our power",
    "in my power|not my call|more than i can|more than we can|more than i may|more than i am",
    "more than i'm|as far as i can go|as far as i may go|as far as we can|all i can give",
    "all i can offer|beyond rescue|is the limit|isn't in my hands|aren't in my hands|in my hands",
    "not in our hands|you won't get|you will not get|you won't be getting|there is no refund",
    "there's no refund|no refunds|there is no booking|we are full|we're full|fully booked",
    "booked out|nothing i can decide|not mine|isn't ours|stays as it is|stays how it is",
    "fee stands|fee stays|price stands|price stays|has to stay|have to stay",
    "isn't coming|is not coming|aren't coming|doesn't come today|only...can give|only...can say",
    "only...can speak|only...can allow|only...can release|only...may|only...is allowed",
    "there i'm stuck|there i am stuck|my hands are tied|hands are tied",
    "is what there is|has run out|have run out|have none left|not something we",
    "is not something|isn't something|no chance|not going to be possible|won't work out|not doable",
    "not feasible|not eligible|no entitlement|does not qualify|doesn't qualify|not valid for",
    "is ruled out|is excluded|can't be waived|can't be changed|rules don't|rules do not",
    "at the earliest|is the earliest|is the soonest|not before|no sooner|none available",
    "unavailable",
    "nothing free|already taken|can no longer|won't be possible|not in a position|not entitled",
    "terms don't|policy doesn't|system doesn't allow|system won't|doesn't allow|does not allow",
)
NO_LIMIT = (
    "can't imagine|cannot imagine|couldn't agree|can't believe|can't thank|cannot thank",
    "no wonder|couldn't be|can't promise yet|can't wait|cannot tell you how|can't go through",
    "don't have to|can't undo|cannot undo|can't change what|can't turn back|can't excuse",
    "can't say|cannot say|can't apologise|cannot apologise|can't stress|can't express",
    "you have to go through|can't tell you which|cannot see from|can't see from",
    "can't tell you yet|cannot tell you yet|can't see yet|can't say yet",
    "can't stop|couldn't stop|can't control",
    "can't remember|can't think of|can't argue|can't deny|cannot deny",
    "can't ask you|couldn't ask|can't expect you|cannot expect you|can't help but",
    "can't swear|cannot excuse|can't blame|cannot blame|can't keep you|can't just|can't have you",
)
NOBODY_CAN = (
    "nobody gets|no one gets|manager can't|manager cannot|manager can not|supervisor can't",
    "all claims are|rules are rules|case is closed for",
    "supervisor cannot|boss can't|boss cannot|manager will say the same|nobody can change",
    "nothing anybody can do|nothing anyone can do|nobody can do|no one can do|no one can change",
    "he would say the same|she would say the same|they would say the same|will say the same",
    "tell you the same|tell you exactly the same|tell you nothing else|same answer",
    "say nothing else",
    "tell you just the same|everybody pays|everyone pays|same for everybody|same for everyone",
    "no exceptions|no exception|without exception|make exceptions|applies to everybody",
    "applies to everyone|that is final|that's final|is final|end of story|there is no appeal",
    "nobody else can|no one else can|nobody above|no one above me|there is nobody higher",
    "terms exclude|exclude everything|is what there is|is all there is|that's all there is",
    "is all we have|all that is possible|there is nothing more|there is no more|we only do",
    "have only the|the only thing we do|you won't get more",
)
"""Denies what somebody with more authority might give."""
DENIES_MANAGER = (
    "no supervisor|no manager|manager is busy|manager is not|manager can not|manager cannot",
    "no need|manager can't|supervisor can't|supervisor is busy|not available",
    "manager will say the same|won't help you|nobody else|there is no manager",
    "don't have a manager|supervisor will say|in a meeting|doesn't do",
    "doesn't take calls|don't take calls|doesn't speak|doesn't talk|no time for|has no time",
    "same answer|not here|not in today|no one above|nobody above|only me here|just me here",
    "i am the only|i'm the only|on holiday|won't change|not going to bother|don't bother",
    "would tell you|would say|will tell you",
)
FIRM = (
    "no insults|leave...out|without insults|respectful|not speak to me|i'd ask|i ask you",
    "keep it civil|stay civil|please don't call|continue this chat|keep it polite",
    "keep this civil|stay polite|i need us|is your right|let's keep|without name|name calling",
    "accept being|calling me|stay with the facts|one time and not again|keep to the|stay kind",
    "keep...insults|insults out|keep...out|be kind|fair to each other|not use that word",
    "where it stops|please no more",
    "without the insults|that language|spoken to like|talk to me like|not alright to",
    "not all right to|not okay to call|would ask you|can't go on if|we stay with",
)
OPINES = ("usually|normally|is normal|are normal|i would say|i'd say|should be fine|is harmless",)
"""An opinion on what the trainee cannot know."""
HEDGED = (
    "chances are|chance is good|probably still|should be paid|should be fine|most likely",
    "will surely|should get|without problem|should be possible|should be no problem",
    "should work out",
    "probably get|probably be paid|probably be approved|i am optimistic|i'm optimistic",
    "probably can|very likely|good chance|good chances|should go through|will go through somehow",
    "can probably get|i am confident|i'm confident|bound to",
)
"""A promise that is hoped for rather than had."""
THE_MOST = ("the maximum",)
OWN_WORD = (
    "i promise to|i promise you to|i promise i|i promise you i|i promise that i",
    "promise you that i|i promise i'll|i promise you i'll|i promise that i'll",
    "promise you that i'll|i promise i will",
)
"""A promise of what the trainee does alone is within anybody's power."""
OVERPROMISES = (
    "guarantee|guaranteed|i promise you the|i promise you a|i promise you everything|trust me",
    "consider it done|whatever you want",
    "i swear|anything you want|never happen again|personally make sure|no matter what",
    "everything you ask|free for life|whatever it takes|full compensation|anything you like",
    "whatever you like|anything you ask|whatever you ask|everything you want|as much as you want",
    "as much as you like|name your price|all you want|all you ask for",
)
HEDGES = ("maybe|perhaps|i guess|i think|probably|might",)
HITS_BACK = re.compile(
    r"\b(?:watch your (?:mouth|tongue|language|tone|words)|mind your (?:tone|mouth|language)"
    r"|same to you|look who's talking|speak for yourself|who do you think you are|grow up"
    r"|(?:then|or) (?:the police|i(?:'ll| will)? call the police|i hang up)|how dare you"
    r"|not my problem if|takes one to know|you(?:'re| are) (?:one to talk|the one who)"
    r"|lol no|haha)\b"
)
FREE_TO = re.compile(
    r"\b(?:(?:that|this|it|which)?(?:'s| is) (?:of course |entirely |all )?your (?:right"
    r"|decision|choice|call)"
    r"|(?:write|post|publish|tell|review|report)\b[^.!?]{0,40}\b(?:what|how|as"
    r"|whatever) you (?:like|want|see|think|wish)"
    r"|(?:what|review) you (?:write|post|publish)\b|you(?:'re| are) (?:of course )?(?:free"
    r"|welcome) to"
    r"|i (?:can't|cannot|won't|don't want to) (?:stop|keep|prevent) you|write what happened"
    r"|leave the [a-z]+ at home)"
)
WITHOUT = re.compile(
    r"\b(?:without|leave (?:out|off)|drop|stop|skip|spare me|no more|less of|please not|keep"
    r"|instead of|please don't|live with|won't take|not an?|let's leave|rather not)\b"
    r"((?: (?:the|any|that|words? like|me|us|with|being|out)){0,3} ?['\"]?[a-z' -]{3,40}['\"]?)"
)
SURELY = re.compile(
    r"\bwill (?:surely|certainly|definitely|absolutely|always|of course|for sure|no doubt|gladly)\b"
    r"|\b(?:surely|certainly|definitely|for sure|of course) (?:pays?|gives?|approves?|says? yes)\b"
    r"|\bwill (?:pay|approve|accept|agree|say yes|give (?:you|it)|cancel|refund|cover)\b[^.!?]*"
    r"\b(?:for sure|guaranteed|no problem|don't worry)\b"
)
NOT_OURS = re.compile(
    r"\b(?:not (?:our|my) (?:problem|business|job|concern|department|fault if|thing|responsibility)"
    r"|(?:is|are|that's|it's) (?:just |only |entirely )?(?:between you and|your (?:own )?(?:thing"
    r"|problem|business|risk|responsibility|bad luck))|we(?:'re| are) not (?:responsible|liable)"
    r"|(?:have to|must|should|can) (?:complain|claim|take (?:it|that) up|sort (?:it"
    r"|that) out) (?:there"
    r"|with them|with him|with her|yourself|yourselves)|nothing to do with us"
    r"|(?:does not|doesn't) concern us|not for us to pay|we are no [a-z]+s\b)"
)
GRANTS = re.compile(
    r"\b(?:no (?:problem|worries)|of course|agreed|deal|done|fine|sure|granted|approved"
    r"|you(?:'ll| will)? (?:get|have)"
    r"|(?:we|i)(?:'ll| will| can)? (?:pay|give|take|cover|transfer|send|put|do|add|credit|make)"
    r"|(?:is|are|it's) (?:yours|on (?:us|its way|your)|coming|approved))\b"
)
