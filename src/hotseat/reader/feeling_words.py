"""How a trainee speaks of feelings, and how they say sorry, as cues (see `cues`). Data only.

To teach the reader a phrase, add it to its bank; order inside a bank does not matter.
"""

from __future__ import annotations

STOCK_EMPATHY = (
    "i'd understand|i would understand|i understand|i completely understand|i totally understand",
    "i can understand|i hear you|understand your frustration|understand your concern",
    "understand how you feel|i see your point|i understand your|feel your pain",
    "appreciate your frustration|understandable|i can imagine|that must be frustrating",
    "must be frustrating|your feelings|sorry for your loss|condolences|valid|your voice matters",
    "i get it|i know how you feel|i get that|i realise|i realize|that's fair|that is fair|fair",
)
CONCEDES = (
    "you're right|you are right|fair point|fair enough|fair|good point|understandable|true",
    "agreed|i'd doubt|rightly|you have every right|every right|let...prove",
)
FEELING = (
    "angry|furious|upset|annoyed|livid|fed up|tired|exhausted|sad|disappointed|disappointing",
    "humiliat*|embarrass*|worried|worrying|worry|afraid|scared|scary|anxious|nervous|stress*",
    "frustrat*|hurt|hurts|painful|wary|sceptical|skeptical|suspicious|doubt|confus*|dread*|fear",
    "tears|crying|cried|shaking|alone|helpless|ignored|pressure|let down|cheated|heartbreak*",
    "hard|sting*|infuriat*|exasperat*|maddening|unsettling|lonely|shock*|distrust|bitter|sick",
)
JUDGES = (
    "no wonder|of course you|terrible|awful|horrible|dreadful|rotten|unacceptable|miserable",
    "not okay|not ok|no way to|not the way|should never|should not have|shouldn't have|shouldn't",
    "a lot to|too long|too much|far too|must have been|must be|would make me|i'd be|i would be",
    "me too|in your place|in your shoes|real problem|big problem|serious|at stake|ruined|spoiled",
    "spoilt|wasted|waste of|not something one|isn't something|only natural|natural",
    "understandably|you did everything right|a mess|nightmare|bad enough|last thing you need",
    "last thing anyone|clock is running|time is short|deserve better|deserved|not fair|unfair",
    "rough|matters|you were counting|counting on us|you expected|you trusted|you planned",
    "you waited|i'd have|i would have|anyone would|anybody would|nobody should|nobody wants",
    "stuck|left without|missing on|hassle|thank you for standing|had to stop|you...for weeks",
    "been...for weeks|unpleasant|is a shame|a pity|it is a lot|you had to|not how it should",
    "not how this should|isn't how it should|is long|nothing to be|ashamed|poor trade",
    "cold comfort|thin comfort|too cold|too hot|no joke|no small|hard to|tough|heavy|on top of",
    "last straw|nerve*|ordeal|gutted|horrid|sleepless|in the dark",
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
    "my bad",
)
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
    "sorry about that anyway",
)
OWNS = (
    "our mistake|my mistake|our fault|mistake is ours|mistake was ours|on our side|our side",
    "we let|let you down|should not have|shouldn't have|should never|must never|never do this",
    "our error|we broke|we failed|it is us|it's us|we got it wrong|i was wrong|i spoke too",
    "thoughtless of me|went wrong|we promised|of ours|at ours|by us|our driver|our warehouse",
    "because of us|thanks to us|our end|we did this|our system|fault is ours|we messed|we wasted",
    "i got it wrong|my bad|we should have|we missed|we lost|we did lose|we forgot|we kept you",
    "we made you|should not happen|shouldn't happen|should never happen|should not be like",
    "must not happen|not supposed to happen",
)
NEW_FAILING = (
    "nobody booked|we lost|wrong tag|our mistake|was cancelled in our|our error|we forgot",
    "we overbooked|at ours|somebody of us|someone of us|on our side|never closed|take that back",
    "i correct|spoke too|booked on a other|booked on another|wrong number|messed it up",
    "our counter|we did not|we didn't|should not have said|typed in wrong|filed...under",
    "second step|was misplaced|our fault|by mistake",
)
ADMITS = (
    "our mistake|our fault|my mistake|my fault|our error|our system...fail|we did this|we failed",
    "we let you down|mistake is ours|we messed|our...failed|we got it wrong|we were wrong",
    "fault is ours",
)
