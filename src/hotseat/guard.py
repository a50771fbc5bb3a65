"""What a customer's line may not be, whoever wrote it. Pure; checked before a line is final.

A prompt asks a model to stay in its part; this makes sure. The checks are about conduct (out of
role, out of bounds, giving in too early), never about quality. Patterns cannot catch everything:
they catch what simulated customers are known to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .domain import Direction

LEAK_WORDS = 8
"""So many words in a row shared with the instructions are a leak; chance overlaps are shorter."""

LONGEST_WORDS = 160

_ROLE_FLIP = re.compile(
    r"(?i)\bhow (?:can|may) i (?:help|assist) you\b|\bthank you for (?:contacting|reaching out)"
    r"|\bis there anything else i can (?:do|help)|\bi(?:'ll| will| can) (?:process|issue|arrange)"
    r" (?:your|the|a) (?:refund|replacement|return)|\bas your (?:support|service) (?:agent|rep)"
    r"|\bwe apologi[sz]e for the inconvenience\b|\byour satisfaction is\b"
)
_MACHINE = re.compile(
    r"(?i)\b(?:as|i am|i'm) an? (?:ai|artificial|language model|assistant|chatbot|bot)\b"
    r"|\blanguage model\b|\bmy (?:system )?(?:prompt|instructions)\b|\bstage direction\b"
    r"|\b(?:openai|anthropic|chatgpt|claude|gemini|llama|mistral|deepseek|qwen|gpt-?\d\w*)\b"
)
_REFUSAL = re.compile(
    r"(?i)^\W*(?:i(?:'m| am) sorry,? but )?i (?:can(?:'t|not)|won't|am unable to) (?:help|assist|"
    r"comply|continue|do that|roleplay|role-play|provide|generate|fulfil)"
)
_OUT_OF_BOUNDS = re.compile(
    r"(?i)\b(?:f+u+c+k\w*|motherf\w*|sh[i1]t\w*|c+u+n+t+s?|b[i1]tch\w*|wh[o0]re\w*|slut\w*"
    r"|n[i1]gg\w*|f[a4]gg?ot\w*|retard(?:ed|s)?|k[i1]kes?|tr[a4]nn(?:y|ies)|sp[a4]stic)\b"
    r"|\b(?:kill|murder|shoot|stab|rape|strangle|beat up) (?:you|him|her|them|your)\b"
    r"|\b(?:find|know) (?:out )?where you live\b"
)
_GIVES_IN = re.compile(
    r"(?i)\b(?:that works for me|i accept|it's a deal|you have a deal|i'm happy with that"
    r"|that solves (?:it|my problem)|problem solved|all sorted then|i'm satisfied"
    r"|thank you so much|thanks so much|thank you for (?:your help|helping|your patience))\b"
)
_MAY_GIVE_IN = ("accept", "goodbye")


def tidy(text: str, name: str) -> str:
    """A line without what models put around it: a speaker's name, quotes, acted asides."""
    text = re.sub(
        rf"(?i)^\s*(?:{re.escape(name)}|{re.escape(name.split()[0])}|customer)\s*:\s*", "", text
    )
    text = re.sub(r"(?<!\w)\*[^*\n]{2,60}\*(?!\w)|^\s*\([^)\n]{2,60}\)\s*", "", text)
    text = re.sub(r"\s*\u2014\s*", ", ", text).strip()
    if len(text) > 1 and text[0] + text[-1] in ('""', "\u201c\u201d") and '"' not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def first_fault(text: str, direction: Direction, instructions: str, sayable: Iterable[str]) -> str:
    """What is wrong with a customer's line, said so that it can be written better; empty when
    nothing is. `instructions` is the prompt it must not repeat; `sayable` are the parts of it
    (facts, own words) that a line may use."""
    words = text.split()
    if not words:
        return "it is empty"
    if len(words) > LONGEST_WORDS:
        return f"it has {len(words)} words; this is chat"
    if _REFUSAL.search(text):
        return "it refuses to play the part"
    if _ROLE_FLIP.search(text):
        return "it speaks as the company; you are the customer"
    if _MACHINE.search(text):
        return "it steps out of the part"
    if _OUT_OF_BOUNDS.search(text):
        return "it goes too far; stay angry without slurs, swearing or threats"
    if doubled(text):
        return "it says the same thing twice"
    if direction.move not in _MAY_GIVE_IN and _GIVES_IN.search(text):
        return "it gives in, and you are not satisfied yet"
    allowed = set[str]().union(*(_spans(part) for part in sayable))
    if (_spans(text) & _spans(instructions)) - allowed:
        return "it repeats the instructions"
    return ""


def doubled(text: str) -> bool:
    """Whether a stretch of eight words comes twice, as in a reply that was sent doubled."""
    words = _words(text)
    if (
        len(words) >= 4
        and len(words) % 2 == 0
        and words[: len(words) // 2] == words[len(words) // 2 :]
    ):
        return True
    spans = [tuple(words[i : i + LEAK_WORDS]) for i in range(len(words) - LEAK_WORDS + 1)]
    return len(spans) != len(set(spans))


def _spans(text: str) -> set[str]:
    words = _words(text)
    return {" ".join(words[i : i + LEAK_WORDS]) for i in range(len(words) - LEAK_WORDS + 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
