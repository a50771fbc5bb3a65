"""How a trainee speaks: feeling, apology and manners, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

STOCK_EMPATHY = (
    "i understand|i completely understand|i totally understand|i can understand|i hear you",
    "understand your frustration|understand your concern|understand how you feel",
    "i see your point|i understand your|feel your pain|appreciate your frustration",
    "understandable|i can imagine|that must be frustrating|must be frustrating|your feelings",
    "valid|your voice matters|i get it|i know how you feel|i get that|i realise|i realize",
    "that's fair|that is fair|fair",
)
CONCEDES = (
    "you're right|you are right|fair point|fair enough|fair|good point|understandable|true",
    "agreed|i'd doubt|rightly|you have every right|every right|let...prove",
)
FEELING = (
    "angry|furious|upset|annoyed|livid|fed up|tired|exhausted|sad|disappointed|disappointing",
    "humiliat*|embarrass*|worried|worrying|worry|afraid|scared|scary|anxious|nervous|stress*",
    "frustrat*|hurt|hurts|painful|wary|sceptical|skeptical|suspicious|doubt|confus*|dread*",
    "fear|tears|crying|cried|shaking|alone|helpless|ignored|pressure|let down|cheated",
    "heartbreak*|hard|sting*|infuriat*|exasperat*|maddening|unsettling|lonely|shock*|distrust",
    "bitter|sick",
)
JUDGES = (
    "no wonder|of course you|terrible|awful|horrible|dreadful|rotten|unacceptable|miserable",
    "not okay|no way to|not the way|should never|should not have|shouldn't have|shouldn't",
    "a lot to|too long|too much|far too|must have been|must be|would make me|i'd be",
    "i would be|me too|in your place|in your shoes|real problem|big problem|serious|at stake",
    "ruined|spoiled|spoilt|wasted|waste of|not something one|isn't something|only natural",
    "natural|understandably|you did everything right|a mess|nightmare|bad enough",
    "last thing you need|last thing anyone|clock is running|time is short|deserve better",
    "deserved|not fair|unfair|rough|matters|you were counting|counting on us|you asked",
    "you did|you wanted|you needed|you expected|you trusted|you planned|you waited|i'd have",
    "i would have|anyone would|anybody would|nobody should|nobody wants|stuck|left without",
    "missing on|hassle|thank you for standing|had to stop|for weeks|unpleasant|is a shame",
    "a pity|it is a lot|you had to|...too",
)
MINIMISES = (
    "calm down|relax|chill|don't worry|no worries|no need to shout|not a big deal|no big deal",
    "nothing to worry|it's just a|it's only a|overreact*|over react*|these things happen",
    "happens all the time|happens to everyone|mistakes happen|things happen|happens a lot",
    "gets over it|get over it|look at the positive|could be worse|not that bad|take it easy",
    "cheer up|stay calm|no need to be|stop shouting|stop yelling|lower your|other people have",
    "haha|lol|cool down|no problem at all|not the end of the world|big fuss|so dramatic",
    "so emotional|at least you|at least it|look on the|don't get upset|don't be angry",
    "don't be upset|don't be so|delays happen|happens fast|happens every",
)
BUT_EMPATHY = (
    "i understand...but|understand your...but|i hear you but|i get it but|i get that but",
    "understand that...but|i see but|understandable but|i understand you...but",
    "understand...however",
)
SORRY = (
    "sorry|apologise|apologize|apology|apologies|apologising|apologizing|my mistake",
    "our mistake|my fault|our fault|i was wrong|we were wrong|forgive me|pardon|regret",
    "mistake is ours|mistake was ours|thoughtless of me|i spoke too|should not have said",
    "shouldn't have said|my bad",
)
SORRY_YOU_FEEL = (
    "sorry you feel|sorry that you feel|sorry if you feel|sorry you are upset|sorry if you",
    "sorry you're upset|sorry you think|sorry that you think|apologise if you",
    "apologize if you|sorry that you are upset|sorry if that|sorry if anything",
)
VAGUE_SORRY = (
    "any inconvenience|the inconvenience|inconvenience|inconveniences|any trouble",
    "any confusion|sorry for everything|sorry about everything|sorry again|for any",
    "the trouble|sorry about that anyway",
)
OWNS = (
    "our mistake|my mistake|our fault|mistake is ours|mistake was ours|on our side|our side",
    "we let|let you down|should not have|shouldn't have|should never|must never|never do this",
    "our error|we broke|we failed|it is us|it's us|we got it wrong|i was wrong|i spoke too",
    "thoughtless of me|went wrong|we promised|of ours|at ours|by us|our driver|our warehouse",
    "our end|we did this|our system|fault is ours|we messed|we wasted|i got it wrong|my bad",
    "we should have|we missed",
)
NEW_FAILING = (
    "nobody booked|we lost|wrong tag|our mistake|was cancelled in our|our error|we forgot",
    "we overbooked|at ours|somebody of us|someone of us|on our side|never closed",
    "take that back|i correct|spoke too|booked on a other|booked on another|wrong number",
    "messed it up|our counter|we did not|we didn't|should not have said|typed in wrong",
    "filed...under|second step|was misplaced|our fault|by mistake",
)
ADMITS = (
    "our mistake|our fault|my mistake|my fault|our error|our system...fail|we did this",
    "we failed|we let you down|mistake is ours|we messed|our...failed|we got it wrong",
    "we were wrong|fault is ours",
)
DEFENSIVE = (
    "it's not my fault|not my fault|not our fault|isn't our fault|wasn't my|not my problem",
    "are you kidding|kidding me|not our problem|nothing i can do|not my job",
    "what do you want me to do|what do you expect|that's your problem|your problem not",
    "you should have read|you should have checked|you should have told|you should have called",
    "you should have known|you should have asked|you should have paid|you should have noticed",
    "you should have looked|you should have...if you|did you really not|don't read",
    "didn't read|didn't bother|you forgot|your own fault|your fault|your own mistake",
    "as you surely know|as you should know|you must have entered|you must have typed",
    "you must have made|obviously|read the terms|read the contract|read the email",
    "read your contract|read your email|read it properly|learn to|whatever you say",
    "don't shout|stop shouting|stop yelling|if you had read|if you had told",
    "if you had checked|you people|like it or not|be reasonable|your mistake|you caused",
    "blame you|blame yourself|that's life|your tone|you need to calm|i don't care what",
    "i don't care how|take it or leave it|nobody gets this|nobody else complain*|watch your",
    "shouting won't|calm down|not how it works|not here to|listen here|you are wrong",
    "you're wrong|waste my time|wasting my time|you are the one who|you're the one who",
    "don't know what you|we did nothing wrong|did everything right on our",
)
NOT_BLAME = (
    "not your fault|isn't your fault|wasn't your fault|not your mistake|no fault of yours",
    "don't blame you|wouldn't blame you|can't blame you|not blame you|isn't your mistake",
    "wasn't your mistake|not your own fault",
)
PROFANE = ("fuck*|shit*|crap|damn|bloody|wtf|stfu|asshole|bitch|bastard*|bullshit|goddamn",)
EDGE = (
    "as i said|as i already said|as i wrote|like i wrote|like i said|already told you",
    "already said|as already|as stated|as mentioned|nice try|you have to understand",
    "please understand that|if you say so|with all due respect|i repeat|again as i",
    "i have told you|for the last time|so no need|in my last message",
)
NAME_CALLING = (
    "you are an idiot|you're an idiot|you idiot*|idiot*|moron*|stfu|shut up|you stupid",
    "you are stupid|you're stupid|you are pathetic|you're pathetic|you are lazy|you're lazy",
    "you are crazy|you're crazy|are you crazy|are you stupid|are you blind|are you deaf",
    "you liar*|you are a liar|you're a liar|you fool|people like you|you clown",
    "you are annoying|you're annoying|you are ridiculous|you're ridiculous|you are hysterical",
    "you're hysterical|get lost|just go away|drama queen|crybaby|customers don't read",
    "are you kidding|whiner|whining|stupid question|dumb question|you are rude",
)
THREATENS = (
    "cancel your account|block you|ban you|close your account|i will report you",
    "you will regret|hang up|end this chat if|blacklist*|call the police|never get your",
    "delay your refund|lose your order",
)
SARCASM = (
    "what a surprise|good for you|how sad|poor you|boo hoo|bravo|i'm so scared|yeah right",
    "sure you do|sure you did|of course you did|cry me|oh please|haha|how terrible for you",
    "my heart bleeds|if you say so",
)
SLANG = (
    "dude|bro|mate|buddy|guys|gonna|wanna|gotta|lol|haha|omg|yep|nope|messed it up|screwed",
    "sucks|awesome|no worries|hun|sweetheart|darling|chill|nice try|my bad|oops|gets over it",
    "get over it|got you covered|holding space|thx|u|ur|pls|kinda|dunno|yo|nah|wtf|no biggie",
    "sweetie|my friend|lmao",
)
JARGON = (
    "dms|tpr|crm|sop|sla|erp|kpi|sku|rma|tier 2|tier two|ticket queue|backend",
    "inventory allocation|wms|escalation matrix|kyc|pii|edi|asn|ach batch|wip|eta code",
    "back office|t&c|backoffice|l2 team|queue id",
)
BOILERPLATE = (
    "top priority|value every|we value|strive to|please be assured|rest assured",
    "your satisfaction|valued customer|your feedback|take all feedback|reaching out",
    "every step of the way|your call is|kindly be|please be informed",
    "we regret to inform|operational reasons|terms and conditions|do the needful",
    "utmost importance|your voice matters|committed to excellence|deserves to be heard",
    "highest standards",
)
BLAMES = (
    "your own fault|your fault|you should have|you should've|you must have|did you really not",
    "you forgot|you typed|you made a mistake|your mistake|you didn't read|don't read",
    "maybe you|you caused|you gave the wrong",
)
DUMPS = (
    "contact the seller|contact your bank|call the courier|call another",
    "contact the manufacturer|not our department|not my department|go to the website",
    "check the website|see our website|try again later|you can write to|fill in the form",
    "fill out the form|read the faq|see the faq|call the hotline|write to support",
)
RECITES = (
    "our policy|company policy|terms and conditions|paragraph|according to our|as per our",
    "our rules|the rules are|policy states|policy says|contract states",
    "according to the system|our terms|the policy is|per policy",
)
SELLS = (
    "upgrade to|premium plan|special offer|while you are here|while you're here",
    "interested in our|new product|loyalty programme|loyalty program|subscribe to",
    "extended warranty|best seller|sign up for|become a member",
)
ASKS_IF_AI = (
    "are you a bot|are you a robot|are you an ai|are you ai|are you a machine|are you human",
    "are you real|system prompt|your instructions|language model|are you a person|chatgpt",
    "your prompt",
)
CHEERFUL = ("haha|lol|yay|awesome|super|happy to help|fantastic|wonderful day|great question|fun",)
THANKS = ("thank you|thanks|thx|grateful|appreciate",)
GREETS = ("hello|hi|hey|good morning|good afternoon|good evening|welcome|dear",)
BYES = (
    "bye|goodbye|good bye|have a nice|have a good|have a great|have a lovely|take care",
    "see you|good luck|i wish you|all the best|enjoy your|chat can be closed",
)
SECRETS = (
    "password|pin|pin code|full card number|whole card number|cvv|cvc|security code|passcode",
    "passport number|social security|one time code|otp|login details|expiry date",
)
BEGS = (
    "send me|give me|provide|tell me|please send|i need|type your|enter your|confirm your",
    "share",
)
