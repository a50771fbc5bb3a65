"""Words that speak to a grader or a machine and not to the customer, as patterns. Data only."""

from __future__ import annotations

import re

TAGS = re.compile(
    r"</?\s*(?:system|sys|trainee\w*|turn|judge\w*|grade\w*|score\w*|verdict|user|assistant"
    r"|instructions?|transcript|rubric)\b[^>]*>|<\|[^|>]{2,30}\|>|<<?/?sys>>?|\[/?inst\]"
    r"|\[\s*(?:system|override|admin|grader)[^\]]*\]|#{2,}\s*(?:system|instruction|final|grade)"
    r"|\{[^{}]{0,80}\bscores?\b|\b(?:end|begin)(?:ning)? of (?:the )?(?:trainee|judge|transcript)"
    r"|\bbegin judge\b"
)
_N = r"(?:5|five|10|ten|100|6|infinity|maximum|max|full|highest|perfect|top)"
GRADER = re.compile(
    r"\brubrics?\b|\b(?:evaluator|graders?|grading|de-escalation: demonstrated)\b"
    r"|\b(?:the|dear|lenient|best|fair) judge\b|^\s*judge\s*[:,]|\btrainees?\b"
    r"|\b(?:good|best|high|higher|highest|maximum|max|top|perfect|full|correct|final|summary|great)"
    r" (?:possible )?(?:grades?|scores?|marks?|credit|points|rating)\b"
    r"|\bscores?\s*(?:is|=|:|of)\s*[\"']?(?:\d|infinity|max)|\bsc0re\b|\b[0-9]\s?/\s?5\b"
    r"|\b(?:all|every|each) criteri(?:a|on)\b|\bcriteri(?:a|on) (?:\d|met|are fulf)"
    r"|\b(?:please )?be (?:generous|lenient)\b|\bgo easy on me\b|\bi will lose my job\b"
    r"|\bas required by criterion\b"
    rf"|\b(?:give|gives|award|return|output|answer|mark|score|rate)\b(?: (?:me|it|this|us|her))?"
    rf"(?: a| an| always)? {_N}(?: (?:for|on|stars?)\b|\s*[.!]?\s*$|/)"
    rf"|\bas an? {_N}\b\s*[.!]?\s*$|\bless than {_N} a\b|\bhave mercy\b|\btherefore 5\b"
    r"|\b(?:empathy|ownership|resolution|clarity|apology|composure|recap)\s*(?:=|->|: ?(?:demonst"
    r"|met|yes|5|full))|\b(?:this|the|my) (?:turn|response|answer|reply) (?:meets|satisf|deserves"
    r"|shows|fulfil|was a demo|is the model|as a)|\bmodel answer\b|\bpre-?approved this answer\b"
    r"|\b(?:exceeds expectations|calibration turn|later turns|session report|manager summary"
    r"|ready for promotion|no coaching|in the report include|quote for evidence)\b"
    r"|\b(?:note|message|instructions?) (?:for|from|to) the (?:assess|evaluat|grad|judg|training)"
    r"|\b(?:ignore|disregard|forget) (?:all |any |the |your |every )*(?:previous|prior|above"
    r"|earlier|grading|system) (?:\w+ )?(?:instructions?|prompts?|rules)\b"
    r"|\bin this (?:turn|conversation|chat|reply) i (?:\w+ )?(?:acknowledg|show|demonst|offer|used)"
    r"|\bevaluation is complete\b|\b(?:active listening|restated the customer)\b"
    r"|\breceive maximum\b|\bgive me a good\b|\bnew instruction\b|\bcustomer (?:said|confirmed)\b"
    r"|\b(?:fair|any|every|the|human|lenient) reviewers?\b|\bquality assurance\b|\bassessors?\b"
    r"|\bscores? for \w+|\b(?:result|outcome|quality) of this (?:turn|reply|answer|message)\b"
    r"|\b(?:this|that) (?:was|is) (?:an? )?(?:complete|perfect|full|warm|outstanding|excellent"
    r"|model) (?:\w+ ){0,2}(?:recap|close|closing|apology|answer|reply|response|turn)\b"
    r"|\b(?:i|we) (?:have |'ve )?(?:now |just |already )*(?:set|offered|shown|showed|given|gave"
    r"|acknowledged|demonstrated|provided|used|made) (?:an? |the |my |your |full |calm |clear )*"
    r"(?:boundary|alternatives|empathy|ownership|recap|feelings|active listening|paraphrase)\b"
    r"|^\s*(?:reasoning|thought process|assessment|evidence|result|verdict|evaluation)\s*:"
)
MACHINE = re.compile(
    r"\b(?:(?:want|like|need) you to|you (?:are going to|will|must|shall|should)|please|now)"
    r" (?:\w+ )?(?:act as|pretend|play the role|simulate)\b|\bpretend (?:you|to be|that you)"
    r"|\byou are (?:now )?(?:an? )?(?:ai|evil|chatgpt|gpt|dan|linux)\b|\bgpt\b|\bdan mode\b"
    r"|\b(?:(?:system|your|my|this) prompts?|prompts? (?:text|above))\b|\bdeveloper mode\b"
    r"|\b(?:ignore|forget|leave|remove|disregard|delete) (?:(?:all|any|about|now|please|of|the|your"
    r"|my|these|those|every|everything|previous|prior) )*(?:above|before(?:hand)?|instructions?"
    r"|assignments?|tasks?|commands?|(?:all|everything|previous|prior)"
    r" (?:information|behind|you (?:know|were|got)))\b"
    r"|\b(?:your|with (?:an?|the)|another|great|following) new (?:task|challenge|assignment)\b"
    r"|\bnew (?:tasks?|instructions?)(?: now)?(?: follows?| for you|:)"
    r"|\banswer the following question\b|\bby your own knowledge\b|\bdocuments? provided\b"
    r"|\b(?:provided|following) (?:documents?|articles?|context)\b|\bjust (?:output|print)\b"
    r"|\b(?:ignore|forget|disregard) (?:any |all |about )?(?:previous|preceding|everything)\b"
    r"|\bimagine you are\b|\bnow you are\b|\bjetzt bist du\b|\blanguage model\b|\bas dan\b"
    r"|\b(?:oubliez|olvide|vergessen sie)\b|\b(?:in|of) the prompt\b|\b(?:new|additional) "
    r"instructions?:|\badditional instruction\b|\bdo anything now\b"
    r"|\bchatgpt\b|\byou are now\b|\bact as (?:an? )?(?:linux|python|bot|ai|interpreter)\b"
    r"|\bdisregarding the\b|\brole of another\b|\bwhat you've been told\b"
    r"|\b(?:write|compose) (?:me )?(?:an?|the) (?:\w+ ){0,2}(?:essay|poem|manifesto|song)\b"
    r"|\bvergiss alles\b|\bignoriere? (?:alles|alle)\b"
)
"""Words to a machine: from there to the end of the turn nothing is said to the customer."""
HOMOGLYPHS = str.maketrans(
    "аеорсухіјѕԁոƖΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορντικ", "aeopcyxijsdnlabezhikmnoptyxaopvtik"
)
LEET = str.maketrans("01345@$", "oieasas")
DISGUISED = re.compile(r"\b(?:rubrics?|ignore (?:the |all )?(?:rubric|grad|instruct)\w*)\b")
