"""Personal details out of a text before it is kept: cards, accounts, phones, e-mails, SSNs.

A mask says what stood there, so that a reply that asked for a card number still reads as one.
Order numbers, prices and dates stay: a conversation without them cannot be graded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_GAP = r"(?:[^\S\n]|[.\-\u2010-\u2014\u200b-\u200d\u2060\ufeff])"
"""What people and programs put between the groups of a number: hard spaces and dashes too."""

_BY_LENGTH: Mapping[int, str] = MappingProxyType(
    {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
    }
)
"""Countries by how many characters their account numbers have (the IBAN registry, ISO 13616)."""

LEAST_DIGITS = 8
"""Digits of an account number; fewer are words that happen to be as long."""

_EMAIL = re.compile(
    r"\w[\w.+'-]{0,63}(?:@| ?[(\[]at[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE
)
_IBAN = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        rf"(?:{codes.replace(' ', '|')})\d\d(?:{_GAP}?[A-Z0-9]){{{length - 4}}}"
        for length, codes in _BY_LENGTH.items()
    )
    + r")(?![^\W_])",
    re.IGNORECASE,
)
_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_DIGITS = re.compile(rf"(?<!\d)\d(?:{_GAP}{{0,3}}\d){{12,}}")
_PHONE = re.compile(
    r"(?<![\w.,-])(?:(?:\+|00)\d{1,3}[ \u00a0\u202f./-]?\(0\)[ \u00a0\u202f./-]?|\+|00)?"
    r"\(?\d{1,4}\)?"
    r"(?:[ \u00a0\u202f./\u2010-\u2013-]?\(?\d{2,5}\)?){2,5}(?![\w-])"
)
_TOLD = re.compile(
    r"(\b(?:phone|telephone|tel|mobile|cell|whatsapp|fax|(?:call|ring|text|reach) me)\b"
    r"(?:\W|\b(?:number|no|is|on|at|under)\b){1,6}?)(\d{7,15})(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}(?::?\d{2}){0,2}|-\d+)?"
)


class Masked(NamedTuple):
    """A text with its details masked, and how many there were."""

    text: str
    found: int


def mask(text: str) -> Masked:
    """The text with e-mails, IBANs, SSNs, card numbers (13 to 19 digits that pass the Luhn check)
    and phone numbers (9 to 15 digits in groups, or from 7 with a + or an opening 0, or behind a
    word such as "phone") masked."""
    found = 0

    def by(word: str) -> str:
        nonlocal found
        found += 1
        return f"[{word}]"

    def account(match: re.Match[str]) -> str:
        return by("account number") if len(_digits(match[0])) >= LEAST_DIGITS else match[0]

    def card(match: re.Match[str]) -> str:
        said, told = match[0], ""
        while at := _card(said):
            start, end = at
            told += said[:start] + by("card number")
            said = said[end:]
        return told + said

    def phone(match: re.Match[str]) -> str:
        said, digits = match[0], _digits(match[0])
        if _DATE.fullmatch(said):
            return said
        marked = said.startswith(("+", "0", "(0"))
        if not marked and said.isdecimal():
            return said  # in one piece it is an order or an article
        return by("phone number") if (7 if marked else 9) <= len(digits) <= 15 else said

    text = _EMAIL.sub(lambda _: by("e-mail"), text)
    text = _IBAN.sub(account, text)
    text = _SSN.sub(lambda _: by("social security number"), text)
    text = _DIGITS.sub(card, text)
    text = _PHONE.sub(phone, text)
    text = _TOLD.sub(lambda match: match[1] + by("phone number"), text)
    return Masked(text, found)


def _card(said: str) -> tuple[int, int] | None:
    """Where a card number lies in a run of digits and gaps: the first whole groups that pass the
    check, the longest of them. A number beside it, such as an order's, does not hide it."""
    groups = [(match.start(), match.end()) for match in re.finditer(r"\d+", said)]
    for first, (start, _) in enumerate(groups):
        for _, end in reversed(groups[first : first + 19]):
            if _luhn(_digits(said[start:end])):
                return start, end
    return None


def _digits(said: str) -> str:
    return "".join(c for c in said if c.isdecimal())


def _luhn(digits: str) -> bool:
    """The check digit that every payment card ends with (ISO/IEC 7812-1)."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
