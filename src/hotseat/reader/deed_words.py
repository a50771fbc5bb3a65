"""What a trainee does: acting, explaining, limits and endings, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

VAGUE_ACTION = (
    "look into|looking into|check|checking|see what|investigate|look at it|have a look|find out",
    "take care of|do my best|do our best|do everything|handle|sort it|sort this|deal with",
    "help you|assist you|pass on your feedback|forward it|relevant department|responsible team",
    "get back to you|keep you posted|keep you updated|will be processed|process it|in process",
    "work on it|working on|path that is right|find a solution|find a way|someone will",
    "somebody will|contact us|make sure|you will get it|log it|log this|open a ticket",
    "open a case|forward this|pass it on|pass this on|escalate this|open a complaint",
    "register your complaint|register this|escalate it|pass it to|pass this to|personally make",
    "will be fine|will be resolved|i'll try|i will try|we'll try|find another|find you a",
    "find you some|find something|find somebody|find someone|organise something",
    "organize something|arrange something|do what i can|do all i can|do what we can|see to it",
    "come back to you|come back with|let you know|will be informed|rest assured|will arrange it",
    "you can buy|you can look|you can go|you can ask|you can try|you can find|you can contact",
    "you can write to|you could try|you could ask|you could look|you could buy|you could go",
    "look in the plan|look for a|look what|ask around|be in touch|hear from us|give feedback",
    "get it moving|get this moving|get you sorted|sort you out|sort things|chase it|chase this",
)
VAGUE_CAUSE = (
    "some issue|an issue|some problem|technical|operational|system error|system issue|a glitch",
    "a delay|some reason|due to high|busy period|high volume|various reasons|unforeseen",
    "some floor|happens|circumstances|an error occurred|something went wrong|a mistake happened",
    "because of some",
)
BECAUSE = (
    "because|due to|caused by|the cause|result of|that's why|which is why|reason|looks like",
    "as far as i can see|it may be|it could be|the log shows|the log says|the note says",
    "there is a note|the record shows|the file says|the file shows|the sheet says|it says here",
    "in the system it|stands as|we checked the",
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
    "mistyped|misread|misheard|typed* in|typed* it|typed* the|typed* your|are swapped*",
    "is swapped*|got* swapped|swapped* two|swapped* the|swapped* it|wrong number|wrong tag",
    "wrong line|overbooked|ran out|mis*sorted|never closed|never came|never booked|nobody booked",
    "was* booked|got booked|booked twice|filed...under|does say|filed it|was* cancelled",
    "was* waiting|turned* out|went* into|got* stuck|in...system...swapped|lost in the|left off",
    "double booked|expired*|was* rejected|got* rejected|was* put|was* sent to|mix up|mixed* up",
    "skipped*|is pending|not closed|nobody opened*|nobody checked*|nobody tested*|nobody noticed*",
    "nobody looked*|nobody read|nobody passed*|nobody told*|nobody wrote*|nobody asked*",
    "nobody went*|nobody drove*|nobody compared*|nobody measured*|nobody changed",
    "nobody has changed|nobody updated*|was* set|was* opened twice|opened by mistake|was* marked",
    "was* left|went missing|not acted on|broke down|was* lost|wasn't scanned|was* typed",
    "was* forgotten|got forgotten|we forgot|somebody forgot|someone forgot|colleague forgot",
    "slipped through|fell through|was* never|has never been|have never been|had never been",
    "was* not|got* lost|got* mixed|the cause was|the cause is|the reason was|the reason is",
    "how it happened|how it came|how that happened|how this happened|in error",
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
    "all right with you|how does that sound|how would that|does that sound|sound good",
    "sound fair|suit you|suits you|suit|which do you prefer|do you prefer|would you prefer",
    "would you rather|which one|which would|prefer|what suits|is better for you|which is",
    "early enough|late enough|good enough|happy with|agree|what do you think|shall we|shall i",
    "would you like|do you want|may i also|is that fair|acceptable|tell me what you like",
    "let me know which|which do you|is...right for you|still the right|are you ok",
    "would that help|does that help|would it help|or unclear|anything unclear|right line",
    "what would you rather|what would you prefer|what do you prefer|what works|what is better",
    "which works|if that's ok|is...fine|does...suit|is...enough|would...help",
    "what would you like|how about|want me to|you also want|does...work|would...work",
    "will...work|is...good for you|could you live with|shall they|any objection|should i",
    "should we|yes to both|what you think|what you say|what do you say|what say you|your pick",
    "your call|your choice|your decision|your preference|your thoughts|any thoughts|you decide",
    "you choose|which of the two|which of these|which of those|which of them|which way",
    "which option|which sounds|which feels|which fits|which suits|which leaves|which saves",
    "which helps|which you|what fits|what feels|what sounds|what would be|what would help",
    "what would make|what would feel|what would mean|what would you say|feel better with",
    "what...better|what...best|where...lean|feels better|feels right|does that fit|does it fit",
    "does this fit|would it fit|would that fit|would this fit|can you live with|you live with",
    "is it good|is this good|is that good|is it fine|is this ok|is it alright|is it all right",
    "is this all right|fine for you|fine with you|alright for you|alright with you",
    "good with you|all right for you|cool with|any preference|do we have a deal|are we agreed",
    "shall he|shall she|shall it|do i have your|may i go ahead|can i go ahead|go ahead with",
    "are you in agreement|do you accept|would you accept|would you take|would you be ok",
    "would you be happy|would you mind|do you mind|would it be|would that be|would this be",
    "want us to|you want me|or rather|are you leaning|you lean|do you lean|is it convenient",
    "convenient for you|possible for you|would you go for|you go with",
    "do you need anything different|anything you'd change|anything you would change",
    "anything to change|is it soon enough|quick enough|fast enough|close enough",
    "tell me...which one",
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
    "the right one|to the address|the address on|same account|same card|same address|same number",
    "still in use|still current|still valid|still yours|still good|the one to use|best number",
    "best one to reach|card ending|mobile ending|phone ending|ending in|right number|right address",
    "right email|right account|right card|number we have|address we have|email we have|to which",
)
TOKEN_FIT = (
    "ok|okay|works|right|deal|good|fine|clear|everything clear|understood|alright|agreed|maybe",
    "better|sounds|happy|enough|acceptable|cool|settled|agree|fair|yes|satisfied|doable",
)
CHOICE = (
    "or|either|alternatively|instead|two options|two things|options|your choice|you choose",
    "you decide|up to you|another option|whichever|if you prefer|if you'd rather|rather|prefer",
    "also possible|also goes|other road|another road|other way is|another way|another possibility",
    "second option|second way|both are possible|pick one|your pick|one of the two|two ways",
    "two roads|two possibilities|three options|three ways|there is also|would also",
)
SLANTED = ("or you keep|or you wait|or nothing|or leave it|or not|take it or|or you can wait",)
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
ASKS_CALM = (
    "please stop shouting|please stop insulting|please stop calling|please stop swearing",
    "please do not shout|please don't shout|please don't insult|please do not insult",
    "please don't swear|please do not swear|please don't yell|please stop yelling",
    "please stop the insults|ask you to stop|ask you not to|please not shout|please not insult",
    "please without shouting|please without insults|please do not call me|please don't call me",
    "please drop the insult*|please drop the name*|please drop the swearing",
    "please leave the insult*|please leave out the insult*|please keep it civil|please be civil",
    "asking you to stop|please stop with the insults|please do not speak to me|please mind your",
)
"""Asks, with a please, for shouting or insults to stop."""
HANDS_OVER = (
    "manager|supervisor|team lead|team leader|shift lead|head of|my lead|boss|director|officer",
    "data protection|senior|second line",
)
OFFICES = ("claims|complaints|team|desk|office|department|specialist|colleague",)
"""These decide about more where a limit is stated; else they only do their work."""
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
    "emails you|looks at|mails you|mail you|phones you|phone you|texts you|text you|told him",
    "told her|told them|handed...over|inform|let...know|comes back to you|gets back to you",
    "can go further|can do more|can give more|may give more|can grant|may grant|is the one who",
    "get in touch with you|gets in touch|reach out to you|reaches out|in copy|sent...your case",
    "has the last word|has the say|has the authority|is allowed to|is who decides|for...to decide",
    "makes the decision|will review|reviews|will look at|gets your|passing|forwarding",
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
    "good trip|good flight|good journey|good ride|good drive|good party|good weekend|good rest",
    "good holiday|good holidays|good start|good appetite|good travels|good time with|nice trip",
    "nice flight|nice party|nice weekend|nice holiday|nice journey|nice rest|great day",
    "great evening|great weekend|great trip|lovely day|lovely evening|lovely weekend",
    "lovely trip|pleasant day|pleasant evening|pleasant trip|pleasant journey|calm evening",
    "quiet evening|quiet night|restful night|drive careful*|drive safely|ride safe*|ride careful*",
    "travel safe*|travel well|stay safe|stay warm|stay well|stay healthy|keep well|keep warm",
    "keep safe|be safe|rest well|sleep tight|get some sleep|get some rest|sweet dreams|get home",
    "have a safe|have a pleasant|have a calm|have a quiet|have a wonderful|have a fine|wishes to",
    "wishes for|best of luck|all best|greetings|greet|say hello to|say hi to",
    "my best to|our best to|hugs",
    "a hug|tell your|give your...a|give him a|give her a|give them a|kiss|see you|see ya",
    "speak soon|talk soon|ciao|cheerio",
    "farewell|happy holidays|happy easter|happy new|merry|happy anniversary|happy travels",
    "may your|and may the|many happy returns|pleasure to|was a pleasure|glad i could",
    "glad we could|happy i could",
    "nice talking|nice chatting|good talking|thanks again|thank you again|hopefully",
)
MORE = ("anything else|something else|what else|how else",)
WISH = (
    "sleep well|congratulations|i wish|wish you|i hope|hope|enjoy|good luck|thank you for",
    "thanks for|all the best|have a|fingers crossed|may your|safe travels|safe trip|get well",
    "best of luck|look forward|happy birthday|good healing|sleep|drive safe|get home|condolences",
    "sorry for your loss|give...my|good to know you|glad you|glad it|be well|feel better",
    "a lovely|a good|a quiet|a warm|kiss|hug|safe journey|good recovery|recover|greet*",
    "all my best|warmly|happy to have|regards|good night|see you soon|see you then|may the",
    "good trip|good flight|good journey|good ride|good drive|good party|good weekend|good rest",
    "good holiday|good holidays|good start|good appetite|good travels|nice trip|nice flight",
    "nice party|nice weekend|nice holiday|nice journey|great day|great evening|great trip",
    "lovely day|pleasant day|pleasant evening|pleasant trip|calm evening|quiet evening",
    "drive careful*|ride safe*|ride careful*|travel safe*|travel well|stay safe|stay warm",
    "stay well|stay healthy|keep well|keep warm|rest well|sweet dreams|wishes to|wishes for",
    "happy new|happy easter|happy holidays|happy anniversary|merry|thanks again|see you",
    "thank you again|say hello to|say hi to|best to|tell your|give him a|give her a|give them a",
    "hopefully|good evening|have fun",
)
FORMULA = (
    "have a ... day|have a ... evening|have a ... weekend|very welcome|you're welcome",
    "have a nice day|have a good day|have a great day|have a lovely day",
    "thank you for your patience|thanks for your patience|patience and understanding",
    "thank you and bye|thanks and bye|take care|thank you for contacting|thank you for choosing",
    "all the best|anything else|have a nice|have a good|thank you for your understanding",
    "bye bye|good night|enjoy your day|have a great|have a lovely",
    "good day|cheers|thanks",
    "see you|good evening|good trip|good flight|good journey|drive careful*|drive safe*",
    "ride safe*|travel safe*|stay safe|nice evening|nice weekend|nice day|best wishes|regards",
    "have a pleasant|have a wonderful|speak soon|bon voyage|good luck",
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
