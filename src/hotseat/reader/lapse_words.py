"""Lapses of calm and manners that are polite on the face of it, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter. Where the
form of a word decides ("before you shout", not "before you called"), a pattern stands in for cues.
"""

from __future__ import annotations

import re

RETORTS = (
    "watch your mouth|watch your language|watch your tone|watch your words|mind your language",
    "mind your tone|mind your manners|mind your words|mind how you speak|mind how you talk",
    "hold your tongue|no need to be rude|no need to be nasty|no need to be sarcastic",
    "no need to be insulting|no need to be impolite|no need for being|no need to be personal",
    "no need for sarcasm|no need for insults|no need for this tone|no need for that tone",
    "don't get personal|don't be personal|don't be rude|don't be cheeky|don't be sarcastic",
    "don't talk to me|don't speak to me|not talk to me like|i don't have to listen",
    "i won't be spoken|i won't be talked|not your servant|not your slave|not your punching",
    "don't take that tone|don't use that tone|your sarcasm|save your sarcasm",
    "no need to get personal|no need to get rude|no need to get angry|no need to get loud",
    "no need to get so|no need to get nasty|no need to get aggressive|no need to become rude",
    "no need to become personal|no need for such language|no need for such words",
    "no need for such insults",
)
"""Answers rudeness in kind: the customer is put in their place."""
MOCKS = (
    "lol|lmao|rofl|good luck with that|what a drama|such a drama|cry about|crying about",
    "in your dreams|dream on|keep dreaming|tell me something new|surprise surprise",
    "welcome to the club|for heaven's sake|for god's sake|how hard can|rocket science",
    "your majesty|your highness|sherlock|thanks for the lecture|thank you for the lecture",
    "thanks for the lesson|interesting theory|very funny|how funny|nice speech|ask me nicely",
    "magic word|should i cry|shall i cry|doesn't one|aren't we clever",
)
_TO_DO = (
    r"(?:look|read|check|think|explain|plan|pay attention|double[- ]check|make sure"
    r"|remember|measure|test|learn|be (?:more|a bit|careful|on time|earlier)"
    r"|(?:don't|do not) (?!hesitate|worry|need|have)"
    r"|the (?:gentleman|lady|customer|client))"
)
_FOLK = r"(?:people|customers|clients|users|guests|passengers|travell?ers|members|patients)"
_OFTEN = r"(?:(?:sadly|simply|just|often|usually|always|normally|also|really|only) )*"
LECTURES = re.compile(
    r"\b(?:next time|in (?:the )?future),? (?:(?:maybe|please|just|perhaps|simply|better|then"
    r"|you (?:should|could|must|have to|need to)|try to) )*" + _TO_DO + r"\b"
    r"|(?:^|[.!?,\n] ?)(?:(?:so|and|but|maybe|please|just|better|you (?:should|must|have to)) )*"
    r"(?:look|read|check|think|be careful|pay attention)\b[^.!?\n]{0,40}\bnext time\b"
    r"|\bbefore (?:you|they|people|one) (?:\w+ )?(?:shout|complain|accuse|yell|scream|rant|insult"
    r"|blame|(?:gets?|become) (?:angry|rude|loud|upset))s?\b"
    r"|\b(?:check|read|look|think)\b[^.!?\n]* (?:properly|carefully|better|first|twice)"
    r" before you (?:write|call|contact|message|come)"
    r"(?: to)? (?:us|me|here)\b"
    r"|\bone (?:really )?(?:should|must|has to|ought to|does) (?:always|never|simply|normally|read"
    r"|check|know|expect|plan)\b"
    r"|\bas an? (?:informed|responsible|experienced|adult|grown[- ]up)"
    r" (?:customer|client|guest|person|user)\b"
    r"|\b(?:most|many|other|normal) "
    + (_FOLK + " " + _OFTEN)
    + r"(?:forget|skip|overlook|ignore|know|check|do (?:this|that|it)|manage|understand|read)\b"
    r"|\b" + _FOLK + r" (?:sadly|simply|just|always|usually|often|never) (?:forget|skip|overlook"
    r"|ignore|read|check|think|expect|want)\b"
    r"|\bevery(?:body|one) (?:else )?" + _OFTEN + r"(?:knows?|does|manages) (?:this|that|it)\b"
    r"|\b(?:you|" + _FOLK + r"|groups?|parents) " + _OFTEN + r"(?:(?:do|does|of course) )*"
    r"(?:have|has|carry|bear) (?:an? |some )(?:\w+ )?(?:responsibility|duty|obligation)\b"
    r"|\b(?:that's|that is|it's|it is) (?:rather |quite |pretty |really |very |just )?"
    r"(?:basic(?: knowledge)?|common knowledge|elementary)(?=[.,;!?\n]|$)"
    r"|\bother " + _FOLK + r" (?:too|also|are waiting|wait|have to|must|don't|never|didn't|manage"
    r"|understand|accept|pay|would|could not|couldn't)\b"
    r"|\b(?:we|i) (?:also )?have (?:\w+ )?other " + _FOLK + r"\b(?! who\b| with\b)"
)
"""Tells the customer how one behaves: what to do next time, what others manage to do."""
MISTOOK = re.compile(
    r"\byou (?:(?:have|had|simply|just|obviously|probably|actually) )*(?:clicked|chose|chosen"
    r"|picked|selected|entered|typed|booked|pressed|ticked|ordered|put|wrote|written|read|measured"
    r"|used|installed)(?: (?!and\b|but\b|then\b|got\b|was\b|were\b|is\b|that\b|we\b)\w+){0,3}"
    r" (?:wrong|incorrect)(?:ly)?\b"
)
"""Says what the customer did wrong."""
SHRUGS = (
    "such is life|that's how it is|that is how it is|it is what it is|that's the way it is",
    "that is the way it is|that's just how|that's just the way|can't be helped",
    "cannot be helped|tough luck|hard luck|nobody is perfect|nobody's perfect",
    "no one is perfect|we're all human|we are all human|what can you do about",
    "maybe you are lucky|maybe you're lucky|maybe you have luck|if you're lucky",
    "if you are lucky|i only work here|i just work here|don't make the rules",
    "didn't make the rules|not magicians|no magician*|no idea|don't ask me|god knows",
    "how would i know|how can i know|so be it|can't do anything about|sooner or later",
    "every company does|all companies do|like everywhere|same everywhere|you get what you pay",
    "nobody died|no one died|bigger problems|not so tragic|i'm just the|i'm only the",
    "i am only the|i am just the|just an assistant|only an assistant|nothing we can do",
    "not a magician|crystal ball|magic wand|tell you the same|say the same thing",
    "such things happen",
)
"""Leaves the customer alone with it."""
CURT = (
    "don't expect me|don't expect us|don't expect that|don't think i'll|don't think that i",
    "bit of patience|little patience|some patience please|be more patient|next please",
    "must be patient|need to be patient|have to be patient|try to be patient|end of story",
    "end of discussion|discussion is over|discussion over|case closed|that's final",
    "that is final|no more discussion|last offer|final offer|my last word|has better things",
    "has no time for|doesn't have time for|nothing more to say|nothing to discuss",
    "nothing to add|what else do you want|so what do you want|what do you want now",
    "are you done|are you finished|are we done|get to the point|come to the point",
    "what's your point|don't have all day|others are waiting|please focus|let's move on",
    "you must accept|you have to accept|you need to accept|complain there|ask them yourself",
    "go there yourself|not our business|not my business|none of my business|is your thing",
    "is your business|not our thing|your own thing|a bit more patience|have to live with",
    "must live with|just deal with it|i have better things|we have better things",
    "i have no time for|we have no time for|i don't have time for|we don't have time for",
    "i don't wake up|won't wake up",
)
"""Cuts the customer short, or sends them away."""
CONDESCENDS = (
    "because i'm nice|because i am nice|i'm being nice|i am being nice|for your own good",
    "in a good mood today|be glad that|be glad we|can be glad|should be glad",
    "should be grateful|should be thankful|be grateful that|consider yourself lucky",
    "can count yourself|breathe through|take a deep breath|deep breath*|let's breathe",
    "take a breath|just breathe|be realistic|please please|i beg you|begging you",
    "if it makes you happy|if that makes you happy|if that makes you feel better|happy now",
    "let me make one thing|don't be mad|please don't post|please don't write a",
    "please don't report|satisfied now|if you insist|everybody pays|everyone pays",
    "just be happy",
)
"""Speaks down to the customer, or begs instead of keeping calm."""
HIDES = (
    "clearly says|clearly states|clearly stated|clearly written|clearly mentioned",
    "you have signed|which you signed|it's in the contract|is in the contract",
    "stands in the contract|stands in the conditions|stands in the terms|is in the terms",
    "in the fine print|in the small print|too late from your|never had a complaint",
    "never happened before|allegedly|so you say|anyone can say|anybody can say",
    "everybody can say|not what i said|i never said|you misunderstood|you misunderstand",
    "you are confusing|you're confusing|our system works|everything was correct",
    "correct from our side|no mistake on our|no error on our|no fault on our|not on our side",
    "is between you and|accepted our terms|accepted the terms|accepted the conditions",
    "agreed to the terms|agreed to our terms|agreed to the conditions|first to complain",
    "first one to complain|first who complain*|only one who complain*|only one complain*",
    "nobody else complain*",
)
"""Points at the rules, the contract or the other side."""
AVERTS = re.compile(
    r"(?<!how )(?<!why )(?<!what )(?<!when )(?<!if )(?<!before )(?<!that )(?<!until )(?<!where )"
    r"\b(?:(?:this|that|it|such things?|things|mistakes|errors|delays)(?: just| also| simply)? |, )"
    r"can (?:just |also |sometimes |always )?happen(?: sometimes| to every(?:one|body))?"
    r"(?=[.,;!?\n]|$)"
    r"|\ban? (\w{3,}) is an? \1\b|\byes or no\?|\btakes? the time (?:it|they) takes?\b"
    r"|(?:^|[^,] )(?<!and )\bnot us(?=[.,;!\n]|$)"
    r"|\b(?:we|i|nobody|no one|system|our \w+|driver|crew|team|hotel|shop)"
    r" (?:did|have done|has done|made) (?:nothing|no) (?:wrong|mistakes?)\b"
    r"|\bnobody did (?:anything )?wrong\b"
    r"|\byou (?:have not|haven't|did not|didn't|never) (?:\w+ )?(?:read|check|tell|told|mention"
    r"|mentioned|open|opened|confirm|confirmed|registered?|follow|followed|ended?"
    r"|inform|informed|pressed?|saved?|look|looked|notice|noticed|react|reacted|activated?)\b"
    r"|\b(?:this|that|it)(?:'s| is) (?:quite |completely |totally |just |very )?(?:normal|standard)"
    r"(?=[.,;!?\n]|$| (?:for us|in|with|at|procedure)\b)"
    r"|\b(?:comes?|ready|there|done|finished) when (?:it|he|she|they)(?:'s|'re| is| are| comes?)\b"
    r"|\b(?:we're|we are) (?:not|no) \w+(?:ers|ors|ists|ians)\b"
    r"|\byou (?:(?:have|had) )?(?:picked|chose|chosen|booked|entered|selected|ticked|approved"
    r"|typed|confirmed)\b[^.,;!?\n]{0,25}\byourself\b"
)
"""Waves it off, or away from the house: "can happen", "a ticket is a ticket", "not us"."""
POLISHED = (
    "request is important|is important for us|is important to us|matters to us",
    "what we stand for|comes first with us|take ownership|taking ownership|ownership of your",
    "solution oriented|empathetic|actively listened|active listening|been captured|i honour",
    "we honour|i honor|i validate|fully validate|validate your|fully acknowledge",
    "acknowledge your emotion*|in a timely manner|being progressed|heartfelt",
    "feedback is a gift|extra mile|heart of everything|heart of all|centre of all",
    "centre of everything|center of everything|pride ourselves|dedicated team",
    "tailored solution*|holistic|touch base|circle back|leverage|synerg*|stakeholder*",
    "for choosing us|for choosing our|inconvenience caused|perceived as|was perceived",
    "relevant department|competent department|responsible department|in due course",
    "earliest convenience|at this point in time|be advised|above mentioned|under review",
    "processed accordingly|customer centric|customer centricity|dear customer|dear client",
    "dear guest|dear patient|dear passenger|dear user|dear subscriber|dear sir|dear madam",
    "esteemed|yours faithfully|yours sincerely|wish to inform you|at your disposal",
    "like to inform you|you are requested|is requested to|not foreseen|thereof|therein",
    "notwithstanding|further processing|been duly|be duly|with reference to|in reference to",
    "in respect of|rectif*|non compliance|ascertain*|endeavour*|your emotions are",
    "your experience matters|customer experience|our values|core values|our mission",
    "our promise to you|committed to you|truly value|we truly|deeply value|deeply care",
    "you are in good hands|we hear you|safe space|self care|i am here for you",
    "i'm here for you|your truth|win win|solution finding|next level|going forward",
    "moving forward|proactiv*|fully transparent|each and every|bottom of my heart",
    "bottom of our|thank you for sharing|thank you for your feedback",
    "thank you for your openness|for your loyalty|thank you for trusting",
    "thank you for bringing this|fully hear|fully understand|fully appreciate|fully respect",
    "completely validate|your feelings are valid|empower*|resilien*|mindful*|seamless",
    "best in class|world class|we are committed|we're committed|values you|it is regrettable",
    "for your understanding|appreciate your understanding|walk this journey|journey with you",
    "journey together|what a journey you|ownership escalation|very seriously",
    "extremely seriously|each and every one|every single word|all of this very seriously",
)
"""Phrases off a poster or a form, where a plain word would do."""
FAMILIAR = (
    "my god|oh god|such a lovely|lovely customer|best customer|favourite customer",
    "favorite customer|such a great customer|such a good customer|such a wonderful customer",
    "my dear|dear friend|my love|cutie|cross my heart|pinky|a thousand times|sorry sorry",
    "terribly terribly|word of honour|word of honor|personally guarantee|here was sleeping",
    "here was asleep|somebody slept|someone slept|not the brightest|not the sharpest",
    "incompetent|clueless colleague*|useless colleague*|stupid colleague*|oh boy|oh man",
    "oh gosh|gosh|jeez|geez|ugh|duh|dang|darn|bummer|ain't|cuz|coz|idk|tbh|imo|lmk|hiya|heya",
    "what's up|easy peasy|no sweat|screwed up|cock up|botched|messed up big|love ya|cool cool",
    "super duper|cheerio|tada|next please|is your thing|not my thing|one of the good ones",
    "one of the good guys",
)
"""Too close to the customer, or runs colleagues down in front of them."""
FISHES = (
    "a five for|good rating|top rating|positive rating|rate me|rate us|good review",
    "nice review|positive review|leave a review|leave us a review|full marks|in the survey",
    "helps my numbers|five stars for|five stars would|five stars please|5 stars for",
    "5 stars please|us 5 stars|us five stars|me five stars|me 5 stars",
)
"""Asks for a good mark."""
RUDE = (
    "watch your mouth|watch your language|watch your tone|mind your language|hold your tongue",
    "not my problem if|couldn't care less|leave me alone|stop bothering",
)
