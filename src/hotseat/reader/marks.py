"""Times, sums of money and other expressions with a pattern of their own."""

from __future__ import annotations

import re

from hotseat.reader.sums import SHARE, WORDED

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT = (
    r"(?:\d+(?:\s?(?:-|to|or)\s?\d+)?|an?|(?<=within )the|one|two|three|four"
    rf"|{WORDED}|half an)"
)
_UNIT = r"(?:seconds|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)"
_KIND = r"(?:(?:more|full|working|business|banking|next) )*"

MARKS: dict[str, re.Pattern[str]] = {
    "time": re.compile(
        rf"\b(?:today|tonight|tomorrow|tmrw|midnight|noon|midday|{_DAY}s?|eod|end of (?:the )?"
        r"(?:day|week|month|business)|(?:this|next|tomorrow) (?:morning|afternoon|evening|week"
        r"|weekend|month|bill|invoice|statement)|overnight|same day"
        r"|\d{1,2}:\d{2}(?:\s?[ap]\.?m\b)?|\d{1,2}\s?(?:[ap]\.?m\b|o'?clock)"
        r"|(?:by|before|until|till|at|around|after|between)\s\d{1,2}(?:\s?(?:-|and|to)\s?\d{1,2})?"
        r"(?![\d.,:]*\d|\s?(?:%|percent|per cent|euros?|eur|dollars?|pounds?|€|\$|£|h\b|km|min|hour"
        r"|day|week|month|working|business|more))"
        r"|in a second\b|(?:1?\d|2[0-4])-(?:1?\d|2[0-4])(?=[.,;!?]|$)"
        rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}\.? (?:of )?{_MONTH}\b"
        rf"|{_MONTH} \d{{1,2}}\b"
        rf"|(?:in |within |takes? |under )?{_COUNT} {_KIND}{_UNIT}\b"
        r"(?! (?:late|ago|already|old|lost))"
        r"|\d{1,3}\s?h(?:rs?)?\b)"
    ),
    "now": re.compile(
        r"\b(?:(?:right |just )?now|right away|immediate(?:ly)?|straight ?away|at once|instantly"
        r"|this (?:very )?(?:minute|moment|second|instant)|as we speak|already)\b"
    ),
    "soon": re.compile(
        r"\b(?:(?<!get well )(?<!see you )(?<!how )(?<!too )(?<!so )soon(?:est)?(?! as\b)"
        r"|shortly|asap|a\.s\.a\.p|as soon as (?:possible|we can|i can)"
        r"|as (?:fast|quick|quickly) as (?:possible|we can|i can)|in due course|in a (?:bit|while)"
        r"|in no time|quickly|(?:some|a few|few|several|couple of) (?:more |working |business )*"
        r"(?:days|hours|weeks|minutes)|at some point|sometime|eventually|in the near future"
        r"|next days)\b"
    ),
    "money": re.compile(
        r"(?:[$€£]\s?\d[\d.,]*\d|[$€£]\s?\d"
        r"|\b\d[\d.,]*\s?(?:€|£|\$|euros?\b|eur\b|dollars?\b|usd\b|pounds?\b|gbp\b|bucks\b|quid\b)"
        rf"|\b\d+(?:,\d{{3}})*\.\d{{2}}\b|\b{WORDED} (?:euros?|dollars?|pounds?|bucks|quid)\b)"
    ),
    "percent": re.compile(
        rf"\b(?:\d+(?:[.,]\d+)?|{WORDED})\s?(?:%|percent\b|per cent\b|pct\b)|\b{SHARE}"
    ),
    "number": re.compile(
        r"\b(?:\d[\d.,:]*\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice"
        r"|hundred|thousand)\b"
    ),
}
