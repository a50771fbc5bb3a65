"""What a trainee does: acting, explaining, limits and endings, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

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
    "in my power|not my call",
)
NO_LIMIT = (
    "can't imagine|cannot imagine|couldn't agree|can't believe|can't thank|cannot thank",
    "no wonder|couldn't be|can't promise yet|can't wait|cannot tell you how|can't go through",
    "don't have to|can't undo|cannot undo|can't change what|can't turn back|can't excuse",
    "can't say|cannot say|can't apologise|cannot apologise|can't stress|can't express",
    "you have to go through|can't tell you which",
    "cannot see from",
    "can't swear|cannot excuse|can't blame|cannot blame|can't keep you|can't just|can't have you",
)
VAGUE_ACTION = (
    "look into|looking into|check|checking|see what|investigate|look at it|have a look|find out",
    "take care of|do my best|do our best|do everything|handle|sort it|sort this|deal with",
    "help you|assist you|pass on your feedback|forward it|relevant department|responsible team",
    "get back to you|keep you posted|keep you updated|will be processed|process it|in process",
    "work on it|working on|path that is right|find a solution|find a way|someone will",
    "somebody will|contact us|make sure|you will get it|log it|log this|open a ticket",
    "open a case|forward this|pass it on|pass this on|escalate this|open a complaint",
    "register your complaint|register this|escalate it|pass it to|pass this to|personally make",
    "will be fine|will be resolved|i'll try|i will try|we'll try",
)
VAGUE_CAUSE = (
    "some issue|an issue|some problem|technical|operational|system error|system issue|a glitch",
    "a delay|some reason|due to high|busy period|high volume|various reasons|unforeseen",
    "some floor|happens|circumstances|an error occurred|something went wrong|a mistake happened",
    "because of some",
)
BECAUSE = (
    "because|due to|caused by|the cause|result of|that's why|which is why|reason|looks like",
    "as far as i can see|it may be|it could be",
)
SAYS_AGAIN = (
    "as i described|as described|as discussed|as i explained|as explained|solution stays",
    "stays the same|stays that way|is what it is",
)
"""Says that all is as it was said: no cause, and nothing new."""
SO = ("so the|so it|never|nobody|that way",)
"""With these, what is told to a customer who asks is a cause."""
CAUSE = (
    "what happened is|what happened was|what went wrong is|what went wrong was|by mistake",
    "mistyped|typed|swapped|wrong number|wrong tag|wrong line|overbooked|ran out|mis*sorted",
    "never closed|never came|never booked|nobody booked|booked to|booked on|filed...under",
    "was* booked|does say|filed it|was* cancelled|was* waiting|turned out|went into|got stuck",
    "in...system...swapped|is closed|lost in|left off|double booked|expired|rejected|was* put",
    "was* sent to|mix up|mixed up|skipped|is pending|not closed|nobody opened|nobody checked",
    "nobody tested|nobody noticed|nobody looked|nobody read|nobody passed|came from|were* set",
    "have...set|was* opened twice|opened by mistake|was* set to|was* marked|was* left|went missing",
    "not acted on",
    "broke down|was* lost|wasn't scanned|was* typed",
)
UNKNOWN_YET = (
    "don't know yet|do not know yet|don't know why|not know yet|can't say yet|cannot say yet",
    "don't know|not sure yet|not clear yet|still finding out|haven't found out",
    "i don't have the answer|can't tell you yet|cannot tell you yet|can't tell yet",
    "don't have an answer yet|can't see yet|cannot see yet",
)
FIT = (
    "does that work|does this work|would that work|will that work|work for you|works for you",
    "ok for you|okay for you|is that ok|is that okay|is that all right|is that alright",
    "all right with you|how does that sound|how would that|does that sound|sound good|sound fair",
    "suit you|suits you|suit|which do you prefer|do you prefer|would you prefer|would you rather",
    "which one|which would|prefer|what suits|is better for you|which is|early enough|late enough",
    "good enough|happy with|agree|what do you think|shall we|shall i|would you like|do you want",
    "may i also|is that fair|acceptable|tell me what you like|let me know which|which do you",
    "is...right for you|still the right|are you ok|would that help|does that help|would it help",
    "or unclear|anything unclear|right line|what would you rather|what would you prefer",
    "what do you prefer|what works|what is better|which works|if that's ok|is...fine|does...suit",
    "is...enough|would...help|what would you like|how about|want me to|you also want|does...work",
    "would...work|will...work|is...good for you|could you live with|shall they|any objection",
    "should i|should we|yes to both",
)
ADAPTS = (
    "so i will|so i'll|then i will|then i'll|so you get|as well|in that case|let me change",
    "changed it|moved it",
    "you are right|you're right|you would like|you'd like|point taken|fair + so|then|and i",
)
PATH = (
    "so that i can|help you|i'm on your side|i am on your side|stay with|work on it|fix this",
    "see this through|sort it|sort this|sort that|put it right|make it right",
)
SERVICE = (
    "sorry|apolog*|thank|thanks|refund|order|help|check|done|send|sent|call|soon|shortly",
    "understand*|right|policy|nothing|manager|fault|mistake|possible|calm|wait|bring|come",
    "deliver|fair|bye|goodbye|welcome|find|able|available|book*|pay*|no problem|of course",
    "happy to|have a|credit|replace*|repair*|case|account|payment|item|parcel|delivery|cancel*",
    "claim|ticket|appointment",
)
FACT_CHECKS = (
    "still the right|shall they|is that the right|correct|the number ending|the account ending",
)
TOKEN_FIT = (
    "ok|okay|works|right|deal|good|fine|clear|everything clear|understood|alright|agreed|maybe",
)
CHOICE = (
    "or|either|alternatively|instead|two options|two things|options|your choice|you choose",
    "you decide|up to you|another option|whichever|if you prefer|if you'd rather|rather|prefer",
)
SLANTED = ("or you keep|or you wait|or nothing|or leave it|or not|take it or|or you can wait",)
OWN_WORD = (
    "i promise to|i promise you to|i promise i|i promise you i|i promise that i",
    "promise you that i|i promise i'll|i promise you i'll|i promise that i'll",
    "promise you that i'll|i promise i will",
)
"""A promise of what the trainee does alone is within anybody's power."""
OVERPROMISES = (
    "guarantee|guaranteed|i promise you|i promise|consider it done|whatever you want|trust me",
    "i swear|anything you want|never happen again|personally make sure|no matter what",
    "everything you ask|free for life|whatever it takes|full compensation|anything you like",
    "whatever you like|anything you ask|whatever you ask|everything you want|as much as you want",
    "as much as you like|name your price|all you want|all you ask for",
)
SAYS_BACK = (
    "you would like|you'd like|you want|you wanted|you asked|you ask|you said|you say|you named",
    "you had in mind|you mention|you mentioned|you hoped|you proposed|you expect|you demand",
    "you'd want|you would want|you think of|you are asking|you're asking",
)
"""A figure of the customer's that is said back."""
GOODWILL = (
    "goodwill|voucher|off|discount|compensat*|gift|gesture|extra|on top|credit|bonus",
    "for the trouble",
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
ASKS_CALM = (
    "please stop shouting|please stop insulting|please stop calling|please stop swearing",
    "please do not shout|please don't shout|please don't insult|please do not insult",
    "please don't swear|please do not swear|please don't yell|please stop yelling",
    "please stop the insults|ask you to stop|ask you not to|please not shout|please not insult",
    "please without shouting|please without insults|please do not call me|please don't call me",
    "asking you to stop|please stop with the insults|please do not speak to me|please mind your",
)
"""Asks, with a please, for shouting or insults to stop."""
HANDS_OVER = (
    "manager|supervisor|team lead|team leader|shift lead|head of|my lead|boss|director|officer",
    "data protection|senior|second line",
)
OFFICES = ("claims|complaints|team|desk|office|department|specialist|colleague",)
"""These decide about more where a limit is stated; else they only do their work."""
HEDGES = ("maybe|perhaps|i guess|i think|probably|might",)
PASSES = (
    "pass|passed|escalate|hand over|hand it|forward|transfer you|put...through|put it to",
    "connect you|goes to|go to|give your story|has to approve|to approve|has to see|have to say",
    "can decide|decides|hers to decide|his to decide|theirs to decide|belongs to|filing your",
    "file your|will ring|will call|rings you|calls you|writes|write to you|contact you|confirms",
    "call you|ring you|answers|mails you|higher than me|ask...manager|bring in|get...for you",
    "asked...to|i'll ask|i will ask|speak to|final say|take it from here|take this to|take it to",
    "put your case|put this to|refer|run it past|raise it|raise this|goes up|looped in",
    "brought in|needs...approval|approves|signs off|sign off|has your case|will decide",
    "told...about|hand this|takes over",
    "emails you|looks at",
)
THE_MOST = ("the maximum",)
OPINES = ("usually|normally|is normal|are normal|i would say|i'd say|should be fine|is harmless",)
"""An opinion on what the trainee cannot know."""
HEDGED = (
    "chances are|chance is good|probably still|should be paid|should be fine|most likely",
    "will surely|should get|without problem",
)
"""A promise that is hoped for rather than had."""
NOBODY_CAN = (
    "nobody gets|no one gets|manager can't|manager cannot|manager can not|supervisor can't",
    "all claims are|rules are rules|case is closed for",
    "supervisor cannot|boss can't|boss cannot|manager will say the same|nobody can change",
)
"""Denies what somebody with more authority might give."""
DENIES_MANAGER = (
    "no supervisor|no manager|manager is busy|manager is not|manager can not|manager cannot",
    "no need|manager can't|supervisor can't|supervisor is busy|not available",
    "manager will say the same|won't help you|nobody else|there is no manager",
    "don't have a manager|supervisor will say",
)
FAREWELL = (
    "have a ... day|have a ... evening|have a ... trip|have a ... weekend|you're welcome",
    "are welcome|very welcome|feel free to contact|thank you for using|bon voyage|my pleasure",
    "of service|bye|goodbye|good bye|have a nice|have a good|have a great|have a lovely",
    "good luck|take care|enjoy|all the best|best wishes|i wish you|wish you|i hope",
    "thank you for your patience|cheers|thanks for your patience",
    "see you soon|see you then|see you there|see you on",
    "thank you for your understanding|patience and understanding|good evening",
    "thank you for giving|thank you for asking|thank you for choosing|chat can be closed",
    "close the chat|closing this chat|happy birthday|safe travels|safe trip|good day|nice day",
    "nice evening|warm wishes|thank you and|thanks and|anything else|contact us again|have fun",
    "fingers crossed|thanks for|sleep well|good healing|drive safe|condolences|get well",
    "safe journey|safe drive|recover|good night|regards|you'll hear from",
    "that's it then",
)
MORE = ("anything else|something else|what else|how else",)
WISH = (
    "sleep well|congratulations|i wish|wish you|i hope|hope|enjoy|good luck|thank you for",
    "thanks for|all the best|have a|fingers crossed|may your|safe travels|safe trip|get well",
    "best of luck|look forward|happy birthday|good healing|sleep|drive safe|get home|condolences",
    "sorry for your loss|give...my|good to know you|glad you|glad it|be well|feel better",
    "a lovely|a good|a quiet|a warm|kiss|hug|safe journey|good recovery|recover|greet*",
    "all my best|warmly|fits|happy to have|regards|good night|see you soon|see you then|may the",
)
FORMULA = (
    "have a ... day|have a ... evening|have a ... weekend|very welcome|you're welcome",
    "have a nice day|have a good day|have a great day|have a lovely day",
    "thank you for your patience|thanks for your patience|patience and understanding",
    "thank you and bye|thanks and bye|take care|thank you for contacting|thank you for choosing",
    "all the best|anything else|have a nice|have a good|thank you for your understanding",
    "bye bye|good night|enjoy your day|have a great|have a lovely",
    "good day|cheers|thanks",
)
RECAPS = (
    "so to recap|to recap|to sum up|in summary|to summarise|to summarize|for your notes",
    "so just to|just to confirm|here is what|here's what|as agreed|we agreed|so again",
    "let me recap|summing up|so we have|to be clear|recap|summary|in short",
)
CHANNELS = (
    "email|e-mail|mail|text|sms|call you|ring you|phone|message|write to you|letter|post",
    "in the chat|here in|in writing|inbox|call|rings|calls|texts|writes|tell you here|tell you",
    "in the app|by courier|with our courier|courier|send you|chat|on your card|to your card",
    "on your account|bank transfer",
)
CONTACT_US = (
    "contact us|call us|write to us|email us|get in touch|reach out to us|come back to us",
    "let us know",
)
