"""Personal details out of a text before it is kept: cards, accounts, phones, e-mails, SSNs.

A mask says what stood there, so that a reply that asked for a card number still reads as one.
Order numbers, prices and dates stay: a conversation without them cannot be graded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_PHONE = re.compile(r"(?<![\w.,-])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,5}\)?){2,5}(?![\w-])")
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}(?::?\d{2}){0,2})?"
)


class Masked(NamedTuple):
    """A text with its details masked, and how many there were."""

    text: str
    found: int


def mask(text: str) -> Masked:
    """The text with e-mails, IBANs, SSNs, card numbers (13 to 19 digits that pass the Luhn check)
    and phone numbers (9 to 15 digits in groups, or from 7 with a + or an opening 0) masked."""
    found = 0

    def by(word: str) -> str:
        nonlocal found
        found += 1
        return f"[{word}]"

    def card(match: re.Match[str]) -> str:
        return by("card number") if _luhn(_digits(match[0])) else match[0]

    def phone(match: re.Match[str]) -> str:
        said, digits = match[0], _digits(match[0])
        if _DATE.fullmatch(said):
            return said
        marked = said.startswith(("+", "0", "(0"))
        if not marked and said.isdecimal():
            return said  # in one piece it is an order or an article
        return by("phone number") if (7 if marked else 9) <= len(digits) <= 15 else said

    text = _EMAIL.sub(lambda _: by("e-mail"), text)
    text = _IBAN.sub(lambda _: by("account number"), text)
    text = _SSN.sub(lambda _: by("social security number"), text)
    text = _CARD.sub(card, text)
    text = _PHONE.sub(phone, text)
    return Masked(text, found)


def _digits(said: str) -> str:
    return "".join(c for c in said if c.isdecimal())


def _luhn(digits: str) -> bool:
    """The check digit that every payment card ends with (ISO/IEC 7812-1)."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
