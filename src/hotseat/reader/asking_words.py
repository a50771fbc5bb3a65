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
    "please state|state your|we need|pls|i would need",
)
WANTED = (
    "number|reference|name|address|postcode|photo|picture|receipt|tracking|date|email|phone",
    "video|model|details|account|digits|when|which|what|where|how|who|version|screenshot",
    "document|size|report|serial",
)
FACTS = (
    "number|reference|name|address|postcode|photo|picture|receipt|email|phone|video|details",
    "digits|version|screenshot|document|serial|happened|anything else|something else|what else",
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
    "want to understand|please describe|all ears",
)
INTAKE = (
    "what is the problem|what's the problem|what is the issue|what's the issue",
    "what is your problem|what is your issue|what's your problem|what seems|how can i help",
    "how may i help|how can i assist|how may i assist|what can i do for you|how can i be of",
    "what is it about|how could i help|how can we help|how may we help",
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
    "was that clear|does that answer|did that answer|am i right|is that right|is that correct",
    "you mean",
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
    "order code",
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
DAY = ("which day|what day|what date|which date|when|since when|how long",)
