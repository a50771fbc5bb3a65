"""Numbers and shares written in words: "twenty-five pounds", "half of it back"."""

from __future__ import annotations

import re

_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_GREAT = {"hundred": 100, "thousand": 1000}
_WORD = "|".join((*_SMALL, *_TENS, *_GREAT))
WORDED = rf"(?:an? (?={'|'.join(_GREAT)}))?(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*"
"""A number in words, as a pattern."""
WORDED_NUMBER = re.compile(rf"\b{WORDED}\b")
LEAST = 10
"""Numbers below this stay words: "one" and "two" say more than how many."""
_SHARES = {"half": 50.0, "third": 33.0, "quarter": 25.0, "thirds": 66.0}
SHARE = (
    r"(?:half|(?:an?|one) (?:third|quarter)|two thirds)"
    r"(?= (?:back|off|of|price|the (?:price|money|bill|fee|amount|cost)|your money)\b)"
)
"""A share of a price in words, as a pattern."""


def worth(words: str) -> int:
    """The number that such words say: "two hundred and fifty" is 250."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _GREAT:
            part = max(part, 1) * _GREAT[word]
            if word == "thousand":
                total, part = total + part, 0
        else:
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return total + part


def share(words: str) -> float | None:
    """Percent of a whole that a share in words says, or None."""
    return next((_SHARES[w] for w in words.split() if w in _SHARES), None)


def figures(text: str) -> set[float]:
    """The numbers written in figures in a text."""
    return {number(match.group()) for match in _FIGURE.finditer(text)}


def number(text: str) -> float:
    """What a number in figures is, with its commas taken out."""
    return float(text.replace(",", ""))
