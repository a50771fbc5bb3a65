"""How a trainee speaks of feelings, and how they say sorry, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

import re

STOCK_EMPATHY = (
    "i'd understand|i would understand|i understand|i completely understand|i totally understand",
    "i can understand|i hear you|understand your frustration|understand your concern",
    "understand how you feel|i see your point|i understand your|feel your pain",
    "appreciate your frustration|understandable|i can imagine|that must be frustrating",
    "must be frustrating|your feelings|sorry for your loss|condolences|valid|your voice matters",
    "i get it|i know how you feel|i get that|i realise|i realize|that's fair|that is fair",
    "fair enough|fair point|fair question|fair condition|fair comment",
    "i can...imagine|i can...understand|i...acknowledge|i know it is|i know this is",
    "take this...seriously|take it...seriously|take that...seriously|take your...seriously",
    "take all of this...seriously|see your frustration|hear your frustration|recognise your",
    "sense your",
    "recognize your|acknowledge your|understand the frustration|understand the situation",
    "can see you|can see that you|can hear that|can tell that you|it is not your fault",
    "it's not your fault|that's not your fault|not your fault|touché|touche",
    "i do understand|i really understand|i fully understand|i see that you|i see why|i see how",
)
CONCEDES = (
    "you're right|you are right|fair point|fair enough|fair question|that's fair|good point|true",
    "that is fair|fair comment|fair criticism|understandable",
    "agreed|i'd doubt|rightly|you have every right|every right|let...prove",
)
FEELING = (
    "angry|furious|upset|annoyed|livid|fed up|tired|exhausted|sad|disappointed|disappointing",
    "humiliat*|embarrass*|worried|worrying|worry|afraid|scared|scary|anxious|nervous|stress*",
    "frustrat*|hurt|hurts|painful|wary|sceptical|skeptical|suspicious|doubt|confus*|dread*|fear",
    "tears|crying|cried|shaken|left alone|all alone|helpless|ignored|pressure|let down|cheated",
    "hard|sting*|infuriat*|exasperat*|maddening|unsettling|lonely|shock*|distrust|bitter|sick",
    "heartbreak*|uncomfortable|not comfortable|not easy|isn't easy|can't be easy|never easy",
    "don't like it|don't trust|hard to trust|lost...trust|trust...gone|mockery|offensive|grief",
    "insulted|insulting|unsafe|overwhelm*|desperate|resent*|indignant|irritat*|galling|grating",
    "absurd|bleak|brutal|cruel|crushing|daunting|dismal|draining|grim|gruelling|harsh|hopeless",
    "insane|lousy|nasty|outrageous|shabby|shameful|tedious|tiresome|tiring|unbearable",
    "undignified|unforgivable|inexcusable|unnerving|unkind|wretched|alarming|appalling|baffling",
    "disheartening|dispiriting|distress*|disturbing|disgraceful|harrowing|jarring|ridiculous",
    "scandalous|sickening|sobering|farce|shambles|disgrace|misery|agony|grief|hell|panic|disaster",
    "catastroph*|chaos|fright|anger|rage|fury|despair|disbelief|disgust*|mistrust|anxiety|sorrow",
    "sadness|shame|impatien*|heartless|robbed|stranded|sore|sour|burden|odd|letdown|insult",
)
JUDGES = (
    "no wonder|of course you|terrible|awful|horrible|dreadful|rotten|unacceptable|miserable",
    "not okay|not ok|no way to|not the way|should never|should not have|shouldn't have|shouldn't",
    "a lot to|too long|too much to|far too|must have felt|must feel|would make me|i'd be",
    "i would be",
    "me too|in your place|in your shoes|real problem|big problem|serious|at stake|ruined|spoiled",
    "spoilt|wasted|waste of|not something one|isn't something|only natural|natural",
    "understandably|you did everything right|a mess|nightmare|that must be a|that must be",
    "this must be|must have been a|bad enough|last thing you need",
    "last thing anyone|clock is running|time is short|deserve better|deserved|not fair|unfair",
    "rough|matters|you were counting|counting on us|you expected|you trusted|you planned",
    "you waited|i'd have|i would have|anyone would|anybody would|nobody should|nobody wants",
    "stuck|left without|missing on|hassle|thank you for standing|had to stop|you...for weeks",
    "been...for weeks|unpleasant|is a shame|a pity|it is a lot|you had to|not how it should",
    "not how this should|isn't how it should|is long|nothing to be|ashamed|poor trade",
    "cold comfort|thin comfort|too cold|too hot|no joke|no small|hard to|tough|heavy|on top of",
    "last straw|nerve*|ordeal|gutted|horrid|sleepless|in the dark",
    "not acceptable|isn't acceptable|not right|isn't right|not good enough|must not happen|not fun",
    "can't happen|not supposed to|last thing...need*|last thing...want*|the whole point|no fun",
    "not what you paid|not what you ordered|not what you booked|not what...promised|too late",
    "up the wall|round the bend|wears...out|wear...out|wore...out|worn out|blood boil|sick to",
    "patience...gone|out of patience|lost patience|lose patience|anyone's patience|in a knot",
    "heart sink*|heart sank|a slap|a kick|a blow|a punch|a lump|cold shower",
    "so would i|as would i|so would anyone|so would anybody|anyone's|anybody's|for anyone",
    "for anybody|anyone...would|anybody...would|any parent|no one would|nobody would|who wouldn't",
    "would...anyone|would...anybody|i'd...too|i would...too|i'd...the same|i would...the same",
    "wouldn't...either|would not...either|in your situation|in your position|if it were me",
    "if i were you|if it was me|can't wait for|you can't wait|you cannot wait|is urgent|no time",
    "can't be without|can't do without|can't go without|only sensible|only reasonable|only human",
    "good reason to|every reason to|deserved better|more than annoying|adds insult|rubs salt",
    "salt in|of course that|of course this|of course it|means a lot|meant a lot|means the world",
    "left you|made you|kept you|put you through|cost you|forced you|dragged you|robbed you|ran you",
    "have to...again|shouldn't have to|should not have to|should have to|you've had to",
    "had to...twice",
    "of all days|of all times|of all things|of all people|as if that|weren't enough|wasn't enough",
    "to make it worse|even worse|to cap it|to top it|only to",
    "without a word|not a word|not so much as|for nothing|in vain|all over again|empty handed",
    "in front of your|in front of everybody|in front of everyone|right before|just when",
    "just before|exactly when|on your own|worst time|worst moment|worst possible|bad time",
    "wrong time",
)
SIDES = (
    "you were right|you were quite right|you are right to|you're right to|you are right about",
    "you're right about|was wrong to|was wrong of|wrong of us|we were wrong|see why you",
    "see how you|understand why you|know why you|get why you|see why it",
)
"""Takes the customer's side: with a word of the case, or the harm, beside it a feeling is met."""
GLAD = "glad happy able delighted pleased sure grateful back there thankful curious interested"
"""After an "I'd be" these speak of the trainee."""
TAKES = "take choose pick accept prefer go keep wait ask call want"
"""After an "in your place I'd" these give advice."""
HOPED = ("you asked|you wanted|you needed|you ordered|you paid|you were told",)
GOT = ("got|get|instead|after|twice|again|still|yet|never|nothing|nobody",)
"""What was hoped for and what came of it: in one sentence the two name an impact."""
MINIMISES = (
    "calm down|relax it's|relax we|please relax|just relax|need to relax|try to relax|so relax",
    "chill|don't worry|no worries|no need to shout|not a big deal|no big deal|nothing to worry",
    "it's just a|it's only a|overreact*|over react*|these things happen|happens all the time",
    "happens to everyone|mistakes happen|things happen|happens a lot|gets over it|get over it",
    "look at the positive|could be worse|not that bad|take it easy|cheer up|stay calm",
    "no need to be rude|no need to be angry|no need to be so|stop shouting|no need to be upset",
    "no need to be aggressive|no need to get|stop yelling|lower your voice|lower your tone",
    "other people have|relax please|relax sir|relax madam|no need to be emotional|haha|lol",
    "cool down|no problem at all|not the end of the world|big fuss|so dramatic|so emotional",
    "at least you have|at least you got|at least you still|at least it is|look on the",
    "don't get upset|don't be angry|don't be upset|don't be so|delays happen|happens fast",
    "happens every",
)
NOT_MINIMISED = (
    "not overreact*|aren't overreact*|isn't overreact*|never overreact*|not a big fuss",
    "for staying calm|not your fault|not a penalty|not in trouble|can't calm down",
    "not...calm down|couldn't...calm down|won't...calm down|wouldn't...calm down",
    "don't...tell you to calm|not...tell you to calm|never tell you to calm|only a code",
    "only a name|just a name|just a code|only a word|just a word|only a short|not going to say",
    "won't tell you to|not tell you to|would not say|wouldn't say|not just a|not only a",
    "it's not just|worry about that any more|worry about it any more",
)
"""Words that look like playing down and are not."""
REASSURES = (
    "isn't a penalty|wasn't a penalty|isn't a fine|isn't lost|isn't late|nothing wrong",
    "not a penalty|no penalty|not in trouble|everything right|not your fault|all right",
    "your money is safe|is safe|not lost|no fault of yours|not late",
)
"""With one of these, a "don't worry" answers a fear instead of waving it off."""
COMPASSION = (
    "good to hear|good to read|glad to hear|relieved to hear|sounds awful|sounds dreadful",
    "sounds terrible|sounds horrible|sounds hard|sounds exhausting|sounds frustrating",
    "sounds stressful|sounds upsetting|sounds miserable|how awful|how dreadful|how terrible",
    "how frustrating|how upsetting|how sad|how disappointing|how horrible|that's awful",
    "what a shame|what a pity|what a mess|that is awful|that's terrible|that is terrible",
    "that's dreadful|that must|must be hard|must be stressful|must be upsetting|must have been",
    "no wonder|sorry to hear|sad to hear|you did nothing wrong|have done nothing wrong",
    "not do anything wrong|not done anything wrong|didn't do anything wrong|sorry to read",
    "sounds like a|not nice|not okay|not good enough|really hard|very hard|so hard",
)
"""Kind words that may lack their cause in this case."""
BUT_EMPATHY = (
    "i understand...but|understand your...but|i hear you but|i get it but|i get that but",
    "understand that...but|i see but|understandable but|i understand you...but",
    "understand...however",
)
SORRY = (
    "sorry|apologise|apologize|apology|apologies|apologising|apologizing|my mistake|our mistake",
    "my fault|our fault|i was wrong|we were wrong|forgive me|pardon|regret|mistake is ours",
    "mistake was ours|thoughtless of me|i spoke too|should not have said|shouldn't have said",
    "my bad|our failing|our failure|my failing|my error|our error|excuse me|excuse us",
    "please excuse|i excuse|excuse my|excuse our|the blame is ours|blame is mine|mea culpa",
    "that was wrong of me|that was wrong of us|wrong from me|wrong from us|was my fault",
    "was our fault|that should not have happened|that shouldn't have happened",
    "this should not have happened|this shouldn't have happened|it should not have happened",
)
SHAPE = """i im we our my to for about that this it its be have do if how so very really again
    the a"""
"""Small words of a sentence that says sorry."""
HARM = (
    "spoiled|spoilt|ruined|late|broken|wrong|lost|kept waiting|kept you waiting|had to wait",
    "failed|double|twice|damaged|scratched|missing|noise|promised|never came|not answered",
    "start over|start again|start...from zero|didn't believe|nobody answered|charged|overcharged",
    "wasted|hurt|disturbed|cut off|gave up",
)
"""What a customer suffered: an apology that names it is not vague."""
SORRY_YOU_FEEL = (
    "sorry you feel|sorry that you feel|sorry if you feel|sorry you are upset|sorry if you",
    "sorry you're upset|sorry you think|sorry that you think|apologise if you|apologize if you",
    "sorry that you are upset|sorry if that|sorry if anything",
)
VAGUE_SORRY = (
    "any inconvenience|the inconvenience|inconvenience|inconveniences|any trouble|any confusion",
    "sorry for everything|sorry about everything|sorry again|for any|the trouble",
    "sorry about that anyway|sorry for this situation|sorry for the situation|sorry about this",
    "sorry for the delay you|sorry to hear|sorry to read|sad to read|sad to hear|for the problem",
)
OWNS = (
    "our mistake|my mistake|our fault|mistake is ours|mistake was ours|on our side|our side",
    "we let|let you down|should not have|shouldn't have|should never|must never|never do this",
    "our error|we broke|we failed|it is us|it's us|we got it wrong|i was wrong|i spoke too",
    "thoughtless of me|went wrong|we promised|of ours|at ours|by us|our driver|our warehouse",
    "because of us|thanks to us|our end|we did this|our system|fault is ours|we messed|we wasted",
    "i got it wrong|my bad|we should have|we missed|we lost|we did lose|we forgot|we kept you",
    "we made you|should not happen|shouldn't happen|should never happen|should not be like",
    "must not happen|not supposed to happen|our job to|it was our job|we overlooked",
    "we misread|our doing|our failing|our failure|blame is ours|we never told|we never sent",
)
NEW_FAILING = (
    "nobody booked|we lost|wrong tag|our mistake|was cancelled in our|our error|we forgot",
    "we overbooked|at ours|somebody of us|someone of us|on our side|never closed|take that back",
    "i correct|spoke too|booked on a other|booked on another|wrong number|messed it up",
    "our counter|we did not|we didn't|should not have said|typed in wrong|filed...under",
    "second step|was misplaced|our fault|by mistake",
)
OWNS_UP = (
    "i should have|i shouldn't have|i should not have|i ought to have|we should have|we ought to",
    "we shouldn't have|we should not have|i was too quick|i was too fast|i was a little quick",
    "i was too hasty|i was mistaken|i got that wrong|i looked wrong|i misread|i misspoke",
    "i misunderstood|i mixed up|i overlooked|i missed that|i take it back|i take that back",
    "is on us|is clearly on us|that's on us|that's on me|is on me|on our side, not yours",
    "i said too much|i promised too much|i spoke too|i answered too|this one is ours|our doing",
)
"""Owns a failing of ours or the trainee's, short of a sorry."""
ADMITS = (
    "our mistake|our fault|my mistake|my fault|our error|our system...fail|we did this|we failed",
    "we let you down|mistake is ours|we messed|our...failed|we got it wrong|we were wrong",
    "fault is ours",
)
FAILED_THEM = re.compile(
    r"\b(?:sorry|apologi[sz]e) (?:that |for how )?(?:(?:we|our \w+) (?:didn'?t|did not|never"
    r"|haven'?t|have not|hasn'?t|has not|weren'?t|were not|wasn'?t|was not)"
    r"|(?:nobody|no one)(?! (?:can|will|is|could|would)\b))\b"
)
"""A sorry that goes straight on to what we failed to do."""

FAILED = re.compile(
    r"\b(?:nobody|no one|none of us)\b(?! (?:can|will|is|else)\b)"
    r"|\b(?:was|were|did|had|has|have|could)(?:n't| not| never)\b"
    r"|\bnever (?:\w+ed|got|went|came|left|made|had|was|sent|told|gave|took|read|wrote)\b"
    r"|\b(?:\w+ed|took|read|wrote|sent|gave|put|went|was|were|got|hit|hung|set|had|made)"
    r"(?: \w+){0,4} wrong\b|\bgot (?:lost|stuck|mixed|left|missed|dropped|forgotten)\b"
    r"|\b(?:by mistake|in error|by accident|slipped|misread|mistyped|misplaced|mixed up"
    r"|overlooked|forgot|forgotten|it was us|was ours|instead of)\b"
)
"""What a tale of something gone wrong says, in a clause that is not about the customer."""

CANNOT = re.compile(r"\b(?:can't|cannot|not possible|not allowed|nothing (?:i|we) can)\b")
"""A no, after which a sorry is for the no."""
OURSELVES = re.compile(r"\b(?:i|i'm|i'll|i've|me|my|we|we're|our|us)\b")
"""In a sentence these say that it is not about the customer alone."""
AND = re.compile(r", and\b|\band (?:now|then|nobody|no one)\b")
"""Joins one blow to the next."""
