"""What to look for in the customer's last line, as cues (see `cues`). Data only."""

from __future__ import annotations

PLAIN_CAPITALS = (
    "TV PC CD KG KM PM AM DR MR MRS MS USB SMS PIN VAT ATM LTE PDF VIP DVD CEO GPS FAQ DSL SIM "
    "IBAN USA HDMI LED NHS EUR GBP USD"
)
"""Words in capitals that are not shouting."""
CUSTOMER_FEELS = (
    "angry|furious|upset|annoyed|livid|fed up|sick of|tired|exhausted|sad|disappointed|ashamed",
    "humiliat*|embarrass*|worried|afraid|scared|anxious|nervous|stressed|desperate|panic*|cry",
    "frustrat*|unbelievable|ridiculous|outrag*|disgust*|unacceptable|shocking|terrible|horrible",
    "awful|appalling|hate|heartbroken|let down|trust|betray*|insult*|joke|shame|disgrace",
    "pathetic|it hurts|hurts|sadly|devastat*|ruin*|nightmare|confused|lost|freezing|suffer*",
    "helpless|unfair|not fair|cheat*|rip off|scam|lied|lie|do you even care|nobody cares",
    "don't care|hurry|quick|can't go through|can't believe|don't believe|i give up|had enough",
    "what on earth|what the hell|at last|gross|worst|incompetent|useless|looked forward",
    "looking forward to this|can't leave it|can't let it go|wasn't going to write",
    "meant to be such|isn't like us|not a complainer|so much wanted|had hoped|heavy heart",
    "in tears|feels small|so short|i have <number> minutes|in <number> minutes",
)
CUSTOMER_STINGS = (
    "let me guess|i bet|i suppose|funny how|how convenient|convenient|congratulations|wonderful",
    "naturally|do you people|you people|what is wrong with|spare me|of course not|chop chop",
    "forgive me if|am i supposed|i'm supposed|supposed to|the third|thank you for nothing",
    "in writing|you hear yourself|sounds like a|do send|how nice|bravo|well done|is that so",
    "oh great|so now|every company|every insurer|every airline|is not a refund|another promise",
    "a promise|brochure|nobody gets this|favourite word|must be nice|lucky me|surprise surprise",
    "or what|or is that|twice|again|second time|third time|days late|still no|still not",
    "still waiting|weeks|my fault|your homework|are you real|how do i know|calm down",
    "the whole week|nobody|told nobody|overpay|spare|splendid|marvellous|charming|delightful",
    "very funny|how generous|how lovely|how reassuring|don't you care|do you care|anybody care",
    "anyone care|does anyone|does anybody|circus|parrot|did it occur|you call that|call this",
    "i'm done|so much for|what a surprise|sure you will|heard that before|heard it before",
)
INSULTS = (
    "clown*|idiot*|stupid|moron*|liar*|deaf|lazy|useless|incompetent|dumb|fool|crook*|thieves",
    "thief|scammer*|jerk|shut up|pathetic|imbecile|brain|bastard*|ass|asshole|bitch|fuck*|shit*",
    "crap|robot|clueless|joker|muppet*|scum|worthless|con artist*|cowboys|parasite*|cretin*",
    "liars|cheats|swindler*|fraudsters|brainless|halfwit*|dimwit*|numbskull*|donkey*|amateur*",
    "wanker*|prick*|dickhead*|twat*|vulture*|leech*|bloodsucker*|heartless|little man|nitwit*",
    "waste of space|dunce*|blockhead*|buffoon*|smug|criminals|gangster*|loser*",
    "bunch of|con men|conmen|rip-off merchants|scoundrel*|vermin|dumbass*|airhead*|bonehead*",
)
CUSTOMER_THREATS = (
    "lawyer|solicitor|sue|court|press|newspaper|ombudsman|regulator|chargeback|trading standards",
    "one star|1 star|bad review|social media|twitter|facebook|tiktok|post this|report you",
    "tell everyone|or i...bank|dispute...bank|call my bank|small claims|watchdog|consumer|review",
    "legal|go public|going public|tribunal|hear from my|calling my bank|otherwise one",
    "never hear the end|police|otherwise|or else|i swear|everybody reads|everyone reads",
    "read about|go everywhere|all over the internet|competitor|forum*|you'll regret",
    "you will regret|last chance|journalist|reporter|attorney|take you to|report it|authorities",
    "go to the papers|all my friends|my review|go online",
    "on every|tell the world|paid for by you|on your bill|send you the bill|you pay that",
)
WANTS_MANAGER = (
    "manager|supervisor|your boss|team leader|team lead|someone senior|somebody senior",
    "who is in charge|someone with authority|someone who can decide|above you|your superior",
    "speak to someone|escalate|higher up|in charge|whoever decides|above your head",
    "someone with...to talk|somebody with...to talk|someone else to talk|somebody else to talk",
    "someone else to speak|somebody else to speak|a real person|a real human|an actual human",
    "an actual person|a human being|someone competent|somebody competent|someone who knows",
    "somebody who knows|somebody who can|someone who can|someone who is allowed|team head",
    "somebody with authority|someone in authority|your manager|the boss|superiors|the owner",
    "the director|the head of|get me a person|who is responsible|someone higher|somebody higher",
    "next level|a grown up|an adult",
    "the owner|somebody who decides|someone who decides|talk to someone",
    "talk to somebody|speak to somebody",
)
ASKS_WHY = (
    "why|how come|what happened|what went wrong|what's the cause|explain|explanation",
    "how can that|came to be|what's happening|whats happening|what is happening|what's wrong",
    "how was that possible|the reason for|what caused|what is the matter|what broke",
)
ASKS_HOW_IT_CAME = (
    "reason|how could|how is it that|who decided|what do you mean|since when|going on|my fault",
    "what is this|how did*|what for|how does* a|how does* an|how does* the|how does* one",
    "how does* somebody|how does* someone|how do people|how do you lose|how do you forget",
    "how do you miss|how do you manage|how do you get|where was* my|where was* he|where was* it",
    "where was* your|where were* your|what did* you do to|what have you done|what did* they do",
    "where is my|where is he|where is she|where is our|where are my|which account|who's got",
    "how can a|how can it|how can this|how can you|how can somebody|how can someone",
    "how can people|how can the|how can such|how can something|how is that possible",
    "how is this possible|how is it possible|how on earth|how in the world|what made|whose fault",
    "whose mistake|whose idea|who forgot|who wrote|who told|who gave|who put|who checked",
    "who counted|who approved|who signed|did* you forget|did* they forget|did* somebody",
    "did* someone|did* anyone|did* anybody|did* nobody|did* no one|don't you check|don't you look",
    "don't you read|don't you test|doesn't anyone|doesn't anybody|does nobody|does no one",
    "is it because|was it because|is that because|forgotten*|did it occur|ever occur",
    "what do you see|what did you find|what did they find|in what world|was* there",
)
"""In a question these ask for the cause, or for what became of it."""
DOUBTS_WHY = (
    "why would i|why should i believe|why should i trust|why should i wait|why should i care",
    "why should i take|why should i accept|why should i listen|why should i stay|why bother",
    "why should this|why not|why must i believe|why am i even|why do i bother|why do i even",
)
"""A why that doubts, and asks for no cause."""
ASKS_WHEN = (
    "what hour|which hour|by what|from what time|when do|when will|when is|when are|when can",
    "when does|when would|when exactly|by when|from when|how long|how many days|how many hours",
    "what time|which day|what day|a date|until when|and when|how soon|what date|how many weeks",
    "deadline|in hours|in how many",
)
ASKS_WHO = ("who|whom|whose|your name|a name|which of you|which person",)
ACCEPTS = (
    "that works|works for me|do it|do that|go ahead|get it moving|sounds good|yes please|agreed",
    "agree to that|content with|deal|that will do|that'll do|goodbye|let's do that",
)
"""Takes up what was offered."""
ASKS_SUMMARY = (
    "sum up|sum it up|summary|summarise|summarize|recap|once more|one more time|say it again",
    "in one line|in one sentence|in short|from the top|all together|go over it|so what happens",
    "list it|write it down|put it together|repeat|tell me again|what have we agreed",
)
"""Asks for what was agreed to be said again."""
DEMANDS = (
    "fix it|fix this|send them|send it|turn it back|give me|i want|i need|get me|refund me",
    "replace it|do something|what are you going to do|what will you do|do it now|put it|call him",
    "send me|cancel it|i demand|i expect|i insist|pay me|make it|sort it|sort this|what now",
    "how do i get|who pays|what do i do|want my money|now please|credit|transfer",
    "is there nothing|what can you do|resend|take it back|bring it|deliver it|i'd like|just send",
    "money back|can you|could you|will you",
)
UNHEARD = (
    "read what i|not listening|listen to me|are you listening|did you read|didn't read|you deaf",
    "i told you|i just told|i already told|already said|i said|you don't understand|don't get it",
    "scroll up|as i wrote|like i wrote|read it again|you don't listen|misunderst*",
    "that's not what",
)
RETOLD = (
    "fourth time|third time of|telling this|told this|told it to|explained it to",
    "explain it again|explained this|tell it again|start again|from the start|clean page",
    "the same story|nobody has read|repeat myself|being new|every time i|to each of|have told",
    "already told|already explained|first message|all there|i wrote it|said all that|as i wrote",
)
"""A complaint about having to tell it again."""
PUSHBACK = (
    "too early|too late|too little|too small|too long|feels small|nothing later|nothing else",
    "nothing sooner|don't believe|don't want|won't do",
    "come on|last word|not enough|doesn't work|doesn't help|isn't enough|no good|no use|instead",
    "some days|that's it|is that all|i said|not a form|no thanks|i'd rather",
    "rather have|i can't|no way|not good enough|won't help|need <number>|need it",
    "supposed to believe|third story|only a promise|is not a|what use|means leaving|not happy",
    "not accept|can't accept|you call that|a joke|insult*|seriously|better than|more than that",
    "i will not|i won't|not sending|something else|just gone|you have nothing|will laugh",
    "why should i believe|why should i trust|why should i wait|why should i pay|supposed to pay",
    "who guarantees|what guarantee|i doubt|hard to believe|heard that before|heard that one",
    "so you say|easy to say|empty words|just words|only words|nice words|not convinced",
    "what makes you think|same answer|same line|not an answer|no answer|doesn't answer",
    "promised me|frightens|sounds like|word for word|looks cheap|too much|too far|too slow",
    "too expensive|too few|too short|useless|no help|not much|not fair|isn't fair|unfair",
    "feel fair|feel right|feel even|isn't even|not even half|pennies|peanuts|crumbs|a slap",
    "worth a|is long|so long|half a|for a bit of|is nothing|laughable|generous|princely|how kind",
    "ridiculous|handshake|have no one|have nobody|no time|no car|without a car|don't have a car",
    "at work|i work|i'm in a|i'm on the|i'll be at|i'm away|nobody home|not home|can't wait",
    "can't take|can't come|can't be|can't stay|can't get|can't pay|can't afford|we can't",
    "i don't think|not possible|doesn't suit|till <time>|till <number>|until <number>|a whole day",
    "half a day|half day|lose a|shuts|closes at|yes but|better but|lovely but|nice but|kind but",
    "sure but|but then|but it's just|but that's|or you|or we|one cent|a cent|every cent",
    "i expected|i'd hoped|i had hoped|hoping for|i was hoping|do it for|say <number>",
    "something better|anything better|is there anything|isn't there|is there nothing|keep your",
    "forget it|spare me|in full|all of it|on top|plus|hand over|have a deal|we're friends",
    "shake hands|anywhere else|elsewhere|competitor|somewhere else|last time|what if",
    "don't see how|don't see why|doesn't solve|doesn't fix|doesn't change|won't change|won't fix",
    "won't solve|leaves me|then i'm still|how does that help|what good is|how am i supposed",
    "what am i supposed|so i'm supposed|or else|unless|only if|as long as|can't you|couldn't you",
    "other option|other way|another way|different one|sooner|faster|quicker|higher|meet me",
    "not what i asked|not what i ordered|not the same|isn't the same|not about the|isn't about",
    "beside the point|not the point|in the meantime|meanwhile|by then|good but|maybe but",
    "right but|thanks but|thank you but|great but|true but|understood but|out of the question",
    "no chance|not interested|not for me",
)
AGREES = (
    "ok|okay|fine|alright|all right|deal|agreed|thanks|thank you|good|great|perfect|sounds good",
    "done|very well|yes please|go ahead|do that|do it|that works|works for me|bye|that's all",
    "nothing to add|we'll see|acceptable|i'll believe it|then just|just send|stays|yes|i'll wait",
    "writing it down|written it down|will do|that will do",
)
CONTENT = ("thank you|thanks|sounds good|that works|works for me|that helps|lovely|relieved|bye",)
"""Said by somebody with nothing left to complain of."""
