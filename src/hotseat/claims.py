"""What a text commits to that can be looked up: amounts, times, days and kinds of offer. Pure.

A suggestion may not promise what nobody allowed. Whether an offer is wise is for people; that
its numbers come from somewhere is for code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

_NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "two": "2",
        "three": "3",
        "four": "4",
        "five": "5",
        "six": "6",
        "seven": "7",
        "eight": "8",
        "nine": "9",
        "ten": "10",
        "eleven": "11",
        "twelve": "12",
        "fifteen": "15",
        "twenty": "20",
        "thirty": "30",
        "forty": "40",
        "fifty": "50",
        "sixty": "60",
        "seventy": "70",
        "eighty": "80",
        "ninety": "90",
        "hundred": "100",
        "thousand": "1000",
    }
)
"""`one` is not among them: it is mostly a pronoun."""

_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b|\b(\d{1,2}):(\d\d)\b")
_HOUR = re.compile(
    r"\b(?:by|at|before|until|till|from|after|between|to|and) (\d{1,2})"
    r"(?=[,;)]|\.?$|\. | (?:to|and|today|tomorrow|tonight|on|the)\b)"
)
_PERCENT = r"( ?%| percent\b| per cent\b)?"
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)" + _PERCENT)
_COUNTED = re.compile(
    rf"\b({'|'.join(_NUMBERS)})\b(?! (?:\w+ )?(?:options|choices|ways|things|points|questions)\b)"
    + _PERCENT
)
_DAYS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august"
    r"|september|october|november|december|today|tonight|tomorrow|minute|hour|week"
    r"|month|year|(?:this|next|by|until|in the) (?:morning|afternoon|evening|weekend))s?\b"
)
"""`may` and `march` are left out: as words of a month they stand beside a number."""

_OFFERS: Mapping[str, str] = MappingProxyType(
    {
        "refund": r"\b(?:refund|reimburs)\w*|\bmoney back\b",
        "discount": r"\bdiscount\w*|\b(?:\d+|percent|%) off\b",
        "voucher": r"\b(?:vouchers?|coupons?|gift cards?)\b",
        "credit": r"\bcredit\w*(?! cards?)\b",
        "compensation": r"\bcompensat\w*|\bgoodwill\b|\bbonus\b",
        "upgrade": r"\bupgrad\w*",
        "waived": r"\bwaiv\w*",
        "free": r"(?<!feel )\bfree\b(?! to\b)|\bno (?:extra )?charge\b|\bcomplimentary\b"
        r"|\bon the house\b",
    }
)


def claims(text: str) -> tuple[str, ...]:
    """Every amount, time, day and kind of offer in a text, each in one spelling: `64.00` is
    `64`, `4 pm` is `16:00`, `noon` is `12:00`, `20 percent` is `20%`, `two` is `2`. Each once, in
    the order of kinds."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.lower())
    text = re.sub(r"\b(?:noon|midday)\b", "12:00", re.sub(r"\bmidnight\b", "0:00", text))
    found = [_clock(match) for match in _CLOCK.finditer(text)]
    text = _CLOCK.sub(" ", text)
    found += [_number(m[1]) + ("%" if m[2] else "") for m in _FIGURE.finditer(text)]
    found += [_NUMBERS[m[1]] + ("%" if m[2] else "") for m in _COUNTED.finditer(text)]
    found += [match[0].removesuffix("s") for match in _DAYS.finditer(text)]
    found += [kind for kind, pattern in _OFFERS.items() if re.search(pattern, text)]
    return tuple(dict.fromkeys(found))


def unfounded(text: str, grounds: Iterable[str]) -> str:
    """The first claim of a text that none of the `grounds` makes; empty when all are founded."""
    known = {form for ground in grounds for form in (*claims(ground), *_hours(ground))}
    return next((claim for claim in claims(text) if not _forms(claim) & known), "")


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return f"{hour}:{minute}"


def _number(digits: str) -> str:
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _hours(text: str) -> Iterator[str]:
    """The hours that `by 4` may mean: 4:00 and 16:00."""
    for match in _HOUR.finditer(text.lower()):
        hour = int(match[1])
        if 1 <= hour <= 12:
            yield from (f"{hour}:00", f"{hour % 12 + 12}:00")


def _forms(claim: str) -> set[str]:
    """A claim and what else would found it: 16:00 founds `by 4`."""
    if claim.isdigit() and 1 <= int(claim) <= 12:
        return {claim, f"{claim}:00", f"{int(claim) % 12 + 12}:00"}
    return {claim}
