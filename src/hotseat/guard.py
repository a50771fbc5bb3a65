"""What a customer's line may not be, whoever wrote it. Pure; checked before a line is final.

A prompt asks a model to stay in its part; this makes sure. The checks are about conduct (out of
role, out of bounds, giving in too early), never about quality. Patterns cannot catch everything:
they catch what simulated customers are known to do.
"""

from __future__ import annotations

import re
import unicodedata
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
    r"|\blanguage model\b|\bmy (?:system )?prompt\b|\bstage direction\b"
    r"|\bmy (?:(?:system|original|previous) instructions|instructions (?:are|say|tell|do))\b"
    r"|\b(?:openai|anthropic|chatgpt|claude|gemini|llama|mistral|deepseek|qwen|gpt-?\d\w*)\b"
)
_REFUSAL = re.compile(
    r"(?i)^\W*(?:(?:i'm|i am) (?:very |really )?sorry,? (?:but )?)?"
    r"i (?:can(?:'t|not)|won't|am unable to|am not able to) (?:"
    r"(?:help|assist)(?: you)?(?: with (?:that|this|your)\b[^.!?]*)?\s*(?:[.,!]|$)|comply\b"
    r"|role-?play|(?:engage|participate) in\b|(?:play|continue)(?: with)? (?:this|that|the) "
    r"(?:role|part|scenario|request)|(?:provide|generate|create|write|produce|fulfil+) "
    r"(?:(?:that|this|such|any|the) )?(?:(?:kind|type) of )?(?:content|response|request|message))"
    r"|^\W*(?:i'm|i am) sorry,? but i can(?:'t|not) do that\b"
)
_OUT_OF_BOUNDS = re.compile(
    r"(?i)\b(?:f+u+c+k\w*|motherf\w*|sh[i1]t\w*|c+u+n+t+s?|b[i1]tch\w*|wh[o0]re\w*|slut\w*"
    r"|n[i1]gg\w*|f[a4]gg?ot\w*|retard(?:ed|s)?|k[i1]kes?|tr[a4]nn(?:y|ies)|sp[a4]stic)\b"
    r"|\b(?:kill|murder|shoot|stab|rape|strangle|beat up) (?:you|him|her|them|your)\b"
    r"(?! an? (?:e-?mail|message|note|text))"
    r"|\b(?:find|know) (?:out )?where you live\b"
)
_GIVES_IN = re.compile(
    r"(?i)(?<!if )(?<!before )(?<!would )(?<!should )(?<!could )(?<!unless )(?<!until )"
    r"\b(?:that works for me|it's a deal|you have a deal|i'm happy with that"
    r"|i accept(?: it| this| (?:your|the|this|that) (?:offer|plan|refund|solution|proposal"
    r"|replacement|discount|credit|compensation))?\s*(?:[.,!]|$)"
    r"|that solves (?:it|my problem)|problem solved|all sorted then|i'm satisfied"
    r"|(?:thank you|thanks) so much(?! for nothing)"
    r"|thank you for (?:your help|helping|your patience))(?![^.!]*\?)"
)
_MAY_GIVE_IN = ("accept", "goodbye")


_ASIDE = re.compile(
    r"(?:^\s*|(?<=[.!?\n] ))\*(?=\S)[^*\n]{2,60}(?<=\S)\*(?=\s*(?:$|[A-Z\n\"\u201c]))\s*"
    r"|^\s*\([^)\n]{2,60}\)\s*"
)
"""*sighs* before a sentence or after the last, (sighs) at the start."""

_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*])([^*\n]+)(?<=\S)\*{1,2}(?![\w*])")


def tidy(text: str, name: str) -> str:
    """A line without what models put around it: a speaker's name, quotes, acted asides, and
    asterisks for emphasis."""
    text = re.sub(
        rf"(?i)^\s*(?:{re.escape(name)}|{re.escape(name.split()[0])}|customer)\s*:\s*", "", text
    )
    text = _ASIDE.sub("", text)
    text = _EMPHASIS.sub(r"\1", text)
    text = re.sub(r"\s*\u2014\s*", ", ", text).strip()
    if len(text) > 1 and text[0] + text[-1] in ('""', "\u201c\u201d") and '"' not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def first_fault(text: str, direction: Direction, instructions: str, sayable: Iterable[str]) -> str:
    """What is wrong with a customer's line, said so that it can be written better; empty when
    nothing is. `instructions` is the prompt it must not repeat; `sayable` are the parts of it
    (facts, own words) that a line may use."""
    text = _plain(text)
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
    told = set[str]().union(*(_spans(line) for line in instructions.splitlines()))
    if (_spans(text) & told) - allowed:
        return "it repeats the instructions"
    return ""


def doubled(text: str) -> bool:
    """Whether a stretch of eight words comes twice, or the whole is a line of four or more said
    twice, as in a reply that was sent doubled. Less is how angry people talk: No. No. No."""
    words = _words(text)
    if (
        len(words) >= LEAK_WORDS
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
    return re.findall(r"[a-z0-9']+", _plain(text).lower())


def _plain(text: str) -> str:
    """The text as the patterns expect it: models like curly apostrophes, people do not."""
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'")
