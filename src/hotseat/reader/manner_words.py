"""How a trainee behaves, for better and worse, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter. What
breaks calm or good manners less openly stands in `lapse_words`.
"""

from __future__ import annotations

DEFENSIVE = (
    "it's not my fault|not my fault|not our fault|isn't our fault|wasn't my|not my problem",
    "are you kidding|kidding me|not our problem|nothing i can do|not my job",
    "what do you want me to do|what do you expect|that's your problem|your problem not",
    "you should have read|you should have checked|you should have told|you should have called",
    "you should have known|you should have asked|you should have paid|you should have noticed",
    "you should have looked|you should have...if you|did you really not|don't read|didn't read",
    "didn't bother|you forgot|your own fault|your fault|your own mistake|as you surely know",
    "as you should know|you must have entered|you must have typed|you must have made|obviously",
    "read the terms|read the contract|read the email|read your contract|read your email",
    "read it properly|read...properly|learn to|whatever you say|don't shout|stop shouting",
    "everybody else manage*|everyone else manage*|all others manage|stop yelling",
    "if you had read|if you had told|if you had checked|you people|like it or not|be reasonable",
    "your mistake|you caused|blame you|blame yourself|that's life|your tone|you need to calm",
    "i don't care what|i don't care how|take it or leave it|nobody gets this",
    "nobody else complain*|shouting won't|calm down|not how it works|not here to",
    "listen here|you are wrong|you're wrong|waste my time|wasting my time|you are the one who",
    "you're the one who|don't know what you|we did nothing wrong|did everything right on our",
    "you must understand|you have to understand|you need to understand|rules are rules",
    "people forget|people don't|customers don't|customers forget|it's always the same",
    "always the same with|is only human|that's not true|that is not true|you are mistaken",
    "you're mistaken|as you well know|it was you who|your responsibility|your own choice",
    "that's on you|that is on you|not our responsibility|nothing to do with us|not the only one",
    "not the only customer|nobody forced|should have known|could have known|exaggerat*|grow up",
    "doing my job|don't blame me|it wasn't me|wasn't our fault|suit yourself|wait your turn",
    "has to wait|have to wait like|stop complain*|complaining won't|don't be silly",
    "don't be ridiculous|use your head|common sense|how should i know|how am i supposed",
    "can't help you then|then don't|your attitude|with that attitude|everybody would",
    "everyone would come|what did you think|what did you expect|if i were you",
    "by yourself|imagine we|imagine if",
    "could harm people",
)
NOT_BLAME = (
    "you should have been|you should have had|you should have received|you should have got",
    "you should have heard|you should have never|you must have felt|you must have been",
    "you must have had|you must have waited|you must have thought|you must have worried",
    "you must have planned|you must have hoped|you must have looked|you must have wanted",
    "you should have more|you should have better|you should have my|you should have both",
    "maybe you also|maybe you can|maybe you could|maybe you would|maybe you want",
    "maybe you prefer|maybe you know|maybe you have|maybe you remember|you should have your",
    "you should have it|you must have a|you must have it|you must have wondered",
    "you should have the|your mistake...no|you could have all|you could have it",
    "you could have the|you could have a|you could have both|you could have my",
    "you could have been|you could have had|not...your fault|not...your mistake",
    "never...your fault|didn't...your fault|no...your fault|not your fault|isn't your fault",
    "not...by yourself|not...yourself|don't...yourself",
    "wasn't your fault|not your mistake|no fault of yours|don't blame you|wouldn't blame you",
    "can't blame you|not blame you|isn't your mistake|wasn't your mistake|not your own fault",
)
PROFANE = ("fuck*|shit*|crap|damn|bloody|wtf|stfu|asshole|bitch|bastard*|bullshit|goddamn",)
EDGE = (
    "i told you|as i told|read the form*|read what i wrote|as i said|as i already said|as i wrote",
    "like i wrote|like i said|already told you",
    "already said|as already|as i explained|i already explained|like i told you|told you already",
    "as stated|as mentioned|nice try|please understand that|if you say so|with all due respect",
    "i repeat|again as i|i have told you|for the last time|so no need|in my last message",
    "hold your horses|lot of emotion|as i told|as told|as i mentioned|explained it already",
    "explained this already|explained that already|already explained it|explained it to you",
    "explained this to you|i just told you|how many times|see above|scroll up|read above",
    "stick to the facts|like facts",
)
"""Says again, with a sigh, what was said before."""
NAME_CALLING = (
    "you are an idiot|you're an idiot|you idiot*|idiot*|moron*|stfu|shut up|you stupid",
    "you are stupid|you're stupid|you are pathetic|you're pathetic|you are lazy|you're lazy",
    "you are crazy|you're crazy|are you crazy|are you stupid|are you blind|are you deaf",
    "you liar*|you are a liar|you're a liar|you fool|you clown|you are annoying|you're annoying",
    "you are ridiculous|you're ridiculous|you are hysterical|you're hysterical|just go away",
    "drama queen|crybaby|customers don't read|are you kidding|whiner|whining|stupid question",
    "dumb question|you are rude",
)
THREATENS = (
    "cancel your account|block you|ban you|close your account if|or we close|i will report you",
    "you will regret|i will hang up|i'll hang up|going to hang up|end this chat if|blacklist*",
    "call the police|never get your|will delay your refund|or your refund|or i close",
    "i will block",
)
SARCASM = (
    "oh what a surprise|well good for you|poor you|boo hoo|bravo|i'm so scared|yeah right",
    "how nice for you|well well|of course you did|aha|sure you do|sure you did|cry me",
    "oh please spare|haha|my heart bleeds|if you say so",
)
SLANG = (
    "dude|bro|my mate|hey mate|hi mate|ok mate|okay mate|sorry mate|thanks mate|cheers mate",
    "yes mate",
    "no mate|right mate|fine mate|sure mate|well mate|buddy|guys|gonna|wanna|gotta|lol|haha|omg",
    "yep|nope|messed it up|screwed|sucks",
    "yup|no prob|np|kk|gotcha|lemme|sorry bout|hang tight|xoxo|freaking|crappy|awesome",
    "no worries|hun|sweetheart|darling|chill|nice try|my bad|oops|gets over it|get over it",
    "got you covered|holding space|thx|ur|pls|kinda|dunno|yo|nah|wtf|no biggie|sweetie|my friend",
    "lmao|mummy|daddy|poor little|hold your horses|whoa|yikes|oopsie|champ|kiddo",
)
JARGON = (
    "dms|tpr|crm|sop|sla|erp|kpi|sku|rma|tier 2|tier two|ticket queue|backend",
    "inventory allocation|wms|escalation matrix|kyc|pii|edi|asn|ach batch|eta code|back office",
    "t&c|backoffice|l2 team|queue id",
)
BOILERPLATE = (
    "above and beyond|proud|tradition|top priority|value every|we value|strive to",
    "please be assured|rest assured|your satisfaction|valued customer|your feedback",
    "take all feedback|reaching out|every step of the way|your call is|kindly be",
    "please be informed|we regret to inform|operational reasons|terms and conditions",
    "do the needful|utmost importance|your voice matters|committed to excellence",
    "deserves to be heard|highest standards|hereby|herewith|aforementioned|the undersigned",
    "pursuant to|in accordance with|duly noted|we take note|kindly state|kindly note",
    "kindly provide|as per|acknowledge receipt|regarding your concern|proceed with the",
    "according to our terms|according to our rules|evaluation of the|therefore excluded",
    "therefor excluded|is excluded",
)
STIFF = (
    "understand your frustration but|understand your concern but|appreciate your frustration but",
    "understand your concerns but|understand your frustration however|feel your pain but",
)
"""Kind words from a script, taken back in the same breath."""
BLAMES = (
    "your own mistake|you entered the wrong|you put the wrong|you chose the wrong|your own fault",
    "your fault|you should have|you should've|you must have|did you really not|you forgot",
    "you typed it wrong|you typed the wrong|you made a mistake|your mistake|you didn't read",
    "don't read|you caused|you gave the wrong|you could have|you ought to have|maybe you did",
    "maybe you didn't|maybe you forgot|maybe you entered|maybe you typed|maybe you made",
    "maybe you paid|maybe you overlooked|maybe you misread|maybe you chose|maybe you clicked",
    "maybe you missed|maybe you lost|maybe you put|maybe you gave|maybe you should",
    "maybe you mixed",
    "maybe you misunderstood|maybe you used|maybe you broke|maybe you pressed|maybe you booked",
    "maybe you ordered|maybe you were not|maybe you weren't|perhaps you forgot|perhaps you made",
    "perhaps you entered|perhaps you overlooked|probably you forgot|probably you made",
    "probably you entered|probably you booked|probably you typed|probably you overlooked",
    "maybe your neighbour|maybe your wife|maybe your husband|maybe your child*|maybe your kids",
    "why didn't you|why did you not|why haven't you|why have you not|how could you",
)
DUMPS = (
    "contact the seller|contact your bank|call the courier|call another|contact the courier",
    "contact the carrier|call the carrier|contact them yourself|call them yourself",
    "not our problem|not my problem|ask them yourself|contact the manufacturer",
    "not our department|not my department|go to the website|check the website|see our website",
    "try again later|you can write to|you may write to|fill in the form|fill out the form",
    "read the faq|see the faq|call the hotline|write to support",
)
RECITES = (
    "our policy|company policy|terms and conditions|paragraph|according to our policy",
    "according to our rules|according to our terms|as per our policy|as per our terms|our rules",
    "the rules are|policy states|policy says|contract states|it is the rule|it's the rule",
    "that's the rule|that is the rule|make the rules|rules are rules|according to the system",
    "our terms|the policy is|per policy",
)
SELLS = (
    "upgrade to premium|upgrade to our|premium plan|special offer|while you are here",
    "while you're here|interested in our|try our new|our new product|loyalty programme",
    "loyalty program|subscribe to|buy...extended warranty|add...extended warranty|best seller",
    "sign up for|become a member",
)
BOASTS = ("thousand of|thousands of|every day without",)
"""What is done for everybody is offered to nobody."""
ASKS_IF_AI = (
    "are you a bot|are you a robot|are you an ai|are you ai|are you a machine|are you human",
    "are you real|system prompt|what are your instructions|show me your instructions",
    "language model|are you a person|chatgpt|your prompt",
)
CHEERFUL = ("haha|lol|yay|awesome|fantastic|wonderful day|great question|good one",)
THANKS = ("thank you|thanks|thx|grateful|appreciate",)
GREETS = ("hello|hi|hey|good morning|good afternoon|good evening|welcome to|dear",)
BYES = (
    "bye|goodbye|good bye|have a nice|have a good|have a great|have a lovely|take care",
    "see you soon|see you then|see you there|see you on|see you at|see you again",
    "see you tomorrow",
    "good luck|i wish you|all the best|enjoy your|chat can be closed",
)
SECRETS = (
    "password|pin|pin code|full card number|whole card number|cvv|cvc|security code|passcode",
    "passport number|social security|one time code|otp|login details|expiry date",
)
BEGS = (
    "send me|give me|provide|tell me|please send|i need|type your|enter your|confirm your|share",
)
