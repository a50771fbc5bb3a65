"""What a trainee asks for, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

ASKS_FOR = (
    "send me|give me|please provide|tell me|let me know|please share|please confirm",
    "please attach|i need your|i need the|could you|can you|may i have|may i ask|please read",
    "send a photo|please send|i'd need|please give|please tell|tell us|walk me|can i have",
    "could i have|i am listening|i'm listening|go ahead|all ears|like to hear|want to hear",
    "want to understand|like to understand|please describe|kindly state|kindly send|kindly give",
    "please state|state your|we need|pls|i would need|please type|please enter|please upload",
    "please fill|please write|please reply|please answer|please take a|could you take a",
    "can you take a|share your|send your|send us|attach the|attach a|i'll need|i will need",
    "all i need|what i need|only need|just need|name me|read me|read out|give us|need to know",
    "would help to know|helps to know|want to know|like to know|drop me|forward me|provide your",
    "provide the|provide me|provide us|can we have|could we have|may we have|type your|type the",
    "confirm your|confirm the|would need",
)
WANTED = (
    "number|reference|name|address|postcode|photo|picture|receipt|tracking|date|email|phone",
    "video|model|details|account|digits|when|which|what|where|how|who|version|screenshot",
    "document|size|report|serial|certificate|proof|invoice|mobile|landline|iban|plate|surname",
    "registration|code|copy|paper",
)
FACTS = (
    "number|reference|name|address|postcode|photo|picture|receipt|video|details|your email",
    "your phone|which email|which phone|what email|what phone|digits|version|screenshot",
    "document|serial|happened|anything else|something else|what else|which account|what account",
    "to which|which card|iban|plate|in whose|under which|under whose",
)
"""A question for one of these asks for a fact, not for a wish."""
ASKABLE = (
    "use browser device computer phone colour color prefer home house flat room floor door need "
    "hope plan bring want know see hear remember town city country street area travel fly stay "
    "work reach manage cope safe warm"
)
"""Things a trainee may well have to ask about, though nobody has named them yet."""
INVITES = (
    "what happened|what has happened|what's happened|tell me more|tell me about",
    "tell me everything|walk me through|tell me how it|tell me in your|tell us more",
    "i am listening|i'm listening|like to hear|want to hear|like to understand",
    "want to understand|please describe|all ears|describe the problem|describe the issue",
    "describe the situation|explain what happened|explain the problem|explain the issue",
    "explain the situation|what exactly happened|what exactly is the problem|more details about",
    "more detail about|further details|more information|provide details|some more details",
    "please elaborate|what is wrong with|what's wrong with|what went wrong with",
    "tell me exactly what|tell me what is|tell me what's wrong|in your own words",
    "from the beginning|from the start",
)
INTAKE = (
    "what is the problem|what's the problem|what is the issue|what's the issue",
    "what is your problem|what is your issue|what's your problem|what seems|how can i help",
    "how may i help|how can i assist|how may i assist|what can i do for you|how can i be of",
    "what exactly is the problem|what exactly is the issue|what exactly is wrong|what is wrong",
    "what's wrong|nature of your|reason for your|reason of your|reason why you",
    "what is your concern|what is your question|what is your request|what do you need from us",
    "what is the matter|what's the matter|what is it about|how could i help|how can we help",
    "how may we help",
)
"""Openings of a chat that ask what the matter is."""
BEGS_PATIENCE = (
    "bear with me|one moment|a moment|one minute please|hold on|wait a|hang on|be patient",
    "give me a minute|give me a second|a few moments|please wait|stay with me|allow me",
)
"""These ask for time, not for a fact."""
CHECKS_CLEAR = (
    "did i explain|is it clear|is that clear|is this clear|make sense|makes sense|any question",
    "did i understand|have i understood|did i get|do you understand|do you have any",
    "any other question|any more question|any further question|other concerns|anything further",
    "anything more i|any other way i|do you follow|you follow me|are you with me",
    "are you still there|are you there|still with me|can you see it|can you see that",
    "did it arrive|did you get it|have you got it|was that clear|does that answer",
    "did that answer|am i right|is that right|is that correct|you mean",
)
"""These check what was said; they ask for nothing new."""
ANNOUNCES = (
    "may i tell|may i explain|may i show|may i say|may i suggest|may i propose|may i offer",
    "can i tell|can i explain|can i show|can i say|can i suggest|can i offer|could i suggest",
    "may i start|may i read|may i walk|may i put|could i offer|may i first|can i first",
)
"""These announce what the trainee has to say."""
CASE_NUMBER = (
    "order number|order no|order nr|order id|number of your order|reference|reference number",
    "booking number|claim number|case number|ticket number|file number|number of the order",
    "order code|serial number|serial|model number",
)
"""Any number that looks like a reference answers these."""
OTHER_NUMBER = (
    "account number|customer number|member number|membership number|line number|contract number",
    "policy number|receipt number|invoice number|tracking number|number of your account",
    "number of your line|number of your contract|member id|membership id|customer id|account id",
)
"""These are told only where the number stands beside that very word."""
ONCE_MORE = (
    "send...again|tell me again|tell me...again|give me...again|once more please|repeat your",
    "tell me once more|send...once more|explain...again|explain...once more",
)
"""Asking for it again says that it was told."""
PROPOSES = ("what about|how about|what if|how would|shall i|shall we|should i",)
"""These put something forward in a question."""
NAME = ("your name|your full name|full name|whom am i|who am i speaking|name please",)
DAY = (
    "which day|what day|what date|which date|when|since when|how long|which evening|what evening",
    "which night|which morning|which afternoon|which week|which weekend|what time|which time",
    "the date|the day",
)
PLACE = (
    "which branch|which shop|which store|which station|which address|which street|which place",
    "which city|which town|which location|which office|what branch|what address|what city",
    "what location|in which place|where is it|where was it|where was that|where did this happen",
    "where did it happen|where are you standing",
)
SUM = (
    "how much did you pay|how much was it|how much was charged|what amount|which amount",
    "the amount|what sum|which sum|what price|which price|how much were you charged",
    "how much did they|how much did we|how much money|the price you paid|what it cost",
    "how much did it cost|what did you pay",
)
REPROACHES = (
    "did you know|do you know that|have you ever",
    "why did you not|why didn't you|why have you not|why haven't you|why don't you just",
    "why would you|why do you always|why are you so|how could you|how can you be|next time",
    "what did you expect|what do you expect|who told you to|did nobody tell you",
    "did you not read|didn't you read|have you even|did you even|can't you read",
    "can you not read|why do you think|did you really think|do you really think|do you think i",
    "do you think we|isn't it your|what more do you want|what else do you want|how often do i",
    "are you sure you|who could blame|who can blame|who wouldn't|who would not|who likes",
    "you know what|guess what|is it my fault|is that my fault|do i look like|what am i supposed",
    "what should i do|what shall i do|how should i|how am i supposed|have you any idea",
    "do you have any idea|don't you think|isn't that",
)
"""Questions that blame; they ask for nothing that is needed."""
GUESSES = (
    "probably you|maybe you|perhaps you|you probably|you must have|you may have|you might have",
    "you have probably|you have surely|you likely|most likely you|i guess you|i assume you",
    "i suppose you|surely you|obviously you|apparently you|you obviously|you apparently",
    "you surely|you've probably|you maybe|i think you|it seems you|it looks like you",
    "you could have|must have been you|possibly you|you possibly",
)
"""With a deed in the past, these assume what the customer did."""
SUSPECTS = (
    "did you maybe|did you perhaps|did you possibly|did you really|did you actually|did you even",
    "did you properly|did you correctly|did you look properly|did you look everywhere",
    "were you really|were you actually|were you even|have you really|have you actually",
    "did you do it or|or did you not|or didn't you|or are you just|have you maybe|have you perhaps",
    "you did not report|you did not tell us|did you forget|have you forgotten",
    "is it possible that you|could it be that you|can it be that you|might it be that you",
)
"""Questions that doubt the customer rather than ask for what is missing."""
