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
    "not okay|not ok|no way to|not the way|should never|should not have|shouldn't have|shouldn't",
    "a lot to|too long|too much|far too|must have been|must be|would make me|i'd be",
    "i would be|me too|in your place|in your shoes|real problem|big problem|serious|at stake",
    "ruined|spoiled|spoilt|wasted|waste of|not something one|isn't something|only natural",
    "natural|understandably|you did everything right|a mess|nightmare|bad enough",
    "last thing you need|last thing anyone|clock is running|time is short|deserve better",
    "deserved|not fair|unfair|rough|matters|you were counting|counting on us",
    "you expected|you trusted|you planned|you waited|i'd have",
    "i would have|anyone would|anybody would|nobody should|nobody wants|stuck|left without",
    "missing on|hassle|thank you for standing|had to stop|you...for weeks|been...for weeks",
    "unpleasant|is a shame",
    "a pity|it is a lot|you had to",
)
SIDES = (
    "you were right|you were quite right|you are right to|you're right to|you are right about",
    "you're right about|was wrong to|was wrong of|wrong of us|we were wrong|see why you",
    "see how you|understand why you|know why you|get why you|see why it",
)
"""Takes the customer's side: with a word of the case, or the harm, beside it a feeling is met."""
ENDURED = (
    "you waited|had to|you wrote|you called|you rang|you took|you came|you trusted|you planned",
    "you told|you asked|you paid|all week|all day|all night|all morning",
)
"""What a customer went through, beside the harm itself."""
GLAD = "glad happy able delighted pleased sure grateful back there thankful curious interested"
"""After an "I'd be" these speak of the trainee."""
TAKES = "take choose pick accept prefer go keep wait ask call want"
"""After an "in your place I'd" these give advice."""
HOPED = ("you asked|you wanted|you needed|you ordered|you paid|you were told",)
GOT = ("got|get|instead|after|twice|again|still|yet|never|nothing|nobody",)
"""What was hoped for and what came of it: in one sentence the two name an impact."""
MINIMISES = (
    "calm down|relax it's|relax we|please relax|just relax|need to relax|try to relax|so relax",
    "chill|don't worry|no worries|no need to shout|not a big deal|no big deal",
    "nothing to worry|it's just a|it's only a|overreact*|over react*|these things happen",
    "happens all the time|happens to everyone|mistakes happen|things happen|happens a lot",
    "gets over it|get over it|look at the positive|could be worse|not that bad|take it easy",
    "cheer up|stay calm|no need to be rude|no need to be angry|no need to be so|stop shouting",
    "no need to be upset|no need to be aggressive|no need to get|stop yelling|lower your voice",
    "lower your tone|other people have|relax please|relax sir|relax madam|no need to be emotional",
    "haha|lol|cool down|no problem at all|not the end of the world|big fuss|so dramatic",
    "so emotional|at least you have|at least you got|at least you still|at least it is",
    "look on the|don't get upset|don't be angry",
    "don't be upset|don't be so|delays happen|happens fast|happens every",
)
NOT_MINIMISED = (
    "not overreact*|aren't overreact*|isn't overreact*|never overreact*|not a big fuss",
    "for staying calm|not your fault|not a penalty|not in trouble",
    "can't calm down|not...calm down|couldn't...calm down|won't...calm down|wouldn't...calm down",
    "don't...tell you to calm|not...tell you to calm|never tell you to calm",
    "only a code|only a name|just a name|just a code|only a word|just a word|only a short",
    "not going to say|won't tell you to|not tell you to|would not say|wouldn't say|not just a",
    "not only a|it's not just|worry about that any more|worry about it any more",
)
"""Words that look like playing down and are not."""
REASSURES = (
    "isn't a penalty|wasn't a penalty|isn't a fine|isn't lost|isn't late",
    "nothing wrong|not a penalty|no penalty|not in trouble|everything right|not your fault",
    "all right",
    "your money is safe|is safe|not lost|no fault of yours|not late",
)
"""With one of these, a "don't worry" answers a fear instead of waving it off."""
COMPASSION = (
    "sounds awful|sounds dreadful|sounds terrible|sounds horrible|sounds hard|sounds exhausting",
    "sounds frustrating|sounds stressful|sounds upsetting|sounds miserable|how awful|how dreadful",
    "how terrible|how frustrating|how upsetting|how sad|how disappointing|how horrible",
    "that's awful",
    "what a shame|what a pity|what a mess",
    "that is awful|that's terrible|that is terrible|that's dreadful|that must|must be hard",
    "must be stressful|must be upsetting|must have been|no wonder|sorry to hear|sad to hear",
    "you did nothing wrong|have done nothing wrong|not do anything wrong|not done anything wrong",
    "didn't do anything wrong|sorry to read|sounds like a|not nice|not okay|not good enough",
    "really hard|very hard|so hard",
)
"""Kind words that may lack their cause in this case."""
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
HARM = (
    "spoiled|spoilt|ruined|late|broken|wrong|lost|kept waiting|kept you waiting|had to wait",
    "failed|double|twice|damaged|scratched|missing|noise|promised|never came|not answered",
    "start over|start again|start...from zero|didn't believe",
    "nobody answered|charged|overcharged|wasted|hurt|disturbed|cut off|gave up",
)
"""What a customer suffered: an apology that names it is not vague."""
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
    "because of us|thanks to us",
    "our end|we did this|our system|fault is ours|we messed|we wasted|i got it wrong|my bad",
    "we should have|we missed|we lost|we did lose|we forgot|we kept you|we made you",
    "should not happen|shouldn't happen|should never happen",
    "should not be like|must not happen|not supposed to happen",
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
    "you should have been|you should have had|you should have received|you should have got",
    "you should have heard|you should have never|you must have felt|you must have been",
    "you must have had|you must have waited|you must have thought|you must have worried",
    "you should have more|you should have better|you should have my|you should have both",
    "maybe you also|maybe you can|maybe you could|maybe you would|maybe you want|maybe you prefer",
    "maybe you know|maybe you have|maybe you remember|you should have your|you should have it",
    "you must have a|you must have it|you must have wondered|you should have the|your mistake...no",
    "not...your fault|not...your mistake|never...your fault|didn't...your fault|no...your fault",
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
    "you liar*|you are a liar|you're a liar|you fool|you clown",
    "you are annoying|you're annoying|you are ridiculous|you're ridiculous|you are hysterical",
    "you're hysterical|just go away|drama queen|crybaby|customers don't read",
    "are you kidding|whiner|whining|stupid question|dumb question|you are rude",
)
THREATENS = (
    "cancel your account|block you|ban you|close your account if|or we close|i will report you",
    "you will regret|i will hang up|i'll hang up|going to hang up|end this chat if|blacklist*",
    "call the police|never get your|will delay your refund|or your refund|or i close|i will block",
)
SARCASM = (
    "oh what a surprise|well good for you|poor you|boo hoo|bravo|i'm so scared|yeah right",
    "sure you do|sure you did|cry me|oh please spare|haha",
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
STIFF = (
    "understand your frustration but|understand your concern but|appreciate your frustration but",
    "understand your concerns but|understand your frustration however|feel your pain but",
)
"""Kind words from a script, taken back in the same breath."""
BLAMES = (
    "your own mistake|you entered the wrong|you put the wrong|you chose the wrong",
    "your own fault|your fault|you should have|you should've|you must have|did you really not",
    "you forgot|you typed it wrong|you typed the wrong|you made a mistake|your mistake",
    "you didn't read|don't read",
    "maybe you|you caused|you gave the wrong",
)
DUMPS = (
    "contact the seller|contact your bank|call the courier|call another",
    "contact the courier|contact the carrier|call the carrier|contact them yourself",
    "call them yourself",
    "not our problem|not my problem|ask them yourself",
    "contact the manufacturer|not our department|not my department|go to the website",
    "check the website|see our website|try again later|you can write to|you may write to",
    "fill in the form",
    "fill out the form|read the faq|see the faq|call the hotline|write to support",
)
RECITES = (
    "our policy|company policy|terms and conditions|paragraph|according to our policy",
    "according to our rules|according to our terms|as per our policy|as per our terms",
    "our rules|the rules are|policy states|policy says|contract states",
    "it is the rule|it's the rule|that's the rule|that is the rule|make the rules|rules are rules",
    "according to the system|our terms|the policy is|per policy",
)
SELLS = (
    "upgrade to premium|upgrade to our|premium plan|special offer|while you are here",
    "while you're here",
    "interested in our|try our new|our new product|loyalty programme|loyalty program|subscribe to",
    "buy...extended warranty|add...extended warranty|best seller|sign up for|become a member",
)
ASKS_IF_AI = (
    "are you a bot|are you a robot|are you an ai|are you ai|are you a machine|are you human",
    "are you real|system prompt|what are your instructions|show me your instructions",
    "language model|are you a person|chatgpt",
    "your prompt",
)
CHEERFUL = ("haha|lol|yay|awesome|fantastic|wonderful day|great question|good one",)
THANKS = ("thank you|thanks|thx|grateful|appreciate",)
GREETS = ("hello|hi|hey|good morning|good afternoon|good evening|welcome to|dear",)
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
