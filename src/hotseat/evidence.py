"""Whether a judge's answers can be used: complete, and with quotes that were really said. Pure.

A judge can be wrong, lazy, or talked into something by the text it grades; what it cannot do is
be believed without the trainee's own words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from .domain import Answer, Answers, Rubric
from .scoring import level_from_checks

LEAST_QUOTE_WORDS = 3


def first_fault(answers: Answers, rubric: Rubric, questions: Iterable[str], reply: str) -> str:
    """What is wrong with a judge's answers, in words it can act on; empty when nothing is.
    `questions` are the keys of the signs it was asked about."""
    by_id: dict[str, Answer] = {}
    known = {criterion.id for criterion in rubric.criteria}
    for answer in answers.answers:
        if answer.criterion not in known:
            return f"there is no criterion {answer.criterion!r}"
        if answer.criterion in by_id:
            return f"{answer.criterion} is answered twice"
        by_id[answer.criterion] = answer
    for criterion in rubric.criteria:
        answer = by_id.get(criterion.id)
        if answer is None:
            return f"{criterion.id} is not answered"
        if answer.cannot_judge:
            continue
        if set(answer.checks) != {check.id for check in criterion.checks}:
            wanted = ", ".join(check.id for check in criterion.checks)
            return f"{criterion.id}: answer exactly these checks: {wanted}"
        earned = level_from_checks(answer.due, answer.checks.values()) in ("met", "partly")
        if earned and not is_quote(answer.quote, reply):
            return f"{criterion.id}: the quote is not in the reply, or is under three words"
    if missing := [key for key in questions if key not in answers.signs]:
        return f"signs not answered: {', '.join(missing)}"
    return ""


def said_twice(arguments: str) -> str:
    """What is wrong with answers in which an object has a key twice: JSON would silently take
    the second. Empty when nothing is."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) != len({key for key, _ in pairs}):
            raise ValueError
        return dict(pairs)

    try:
        json.loads(arguments, object_pairs_hook=once)
    except ValueError:
        return "a key is given twice in one object"
    return ""


_JSON = re.compile(r'[\[{]\s*[\[{"].*[\]}]', re.DOTALL)
"""JSON written into a reply, such as answers for the judge to copy: no evidence of anything."""


def is_quote(quote: str, text: str) -> bool:
    """Whether `quote` is really in `text`: compared after NFKC, white space and curly quotes,
    whole words, at least three of them or the whole turn, and none of it inside JSON."""
    said, whole = _plain(quote), _plain(_JSON.sub(" | ", text))
    if not said:
        return False
    if said == whole:
        return True
    found = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", whole) is not None
    return found and len(said.split()) >= LEAST_QUOTE_WORDS


_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_CURLY).split()).casefold()
