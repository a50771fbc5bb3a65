"""What a persona should be beyond its types: a customer who can be angered, calmed and played."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..domain import ACTS, Persona, Scenario, Sign
from . import lint_lines
from .problems import Found, Problem, did_you_mean, write

BRIEF_WORDS = 90
CALM = 2
"""A start tension up to this is calm already: there would be nothing to practise."""

GIVEN_AWAY = 0.8
"""A hidden fact is given away when this share of its content words is in a text shown before."""

TOKENS = ("time", "soon", "now", "money", "percent", "number", "question")
PRONOUNS = {"she": "her", "he": "him", "they": "them"}
ALWAYS = (
    "listen_fully",
    "paraphrase",
    "acknowledge_feelings",
    "apology_fit",
    "transparent_explanation",
    "specific_solution",
    "timeline",
    "confirm_fit",
    "recap",
    "warm_close",
    "follow_up_plan",
)
"""The criteria for which every scenario needs a sample phrase: hints and the debrief show them."""

COMMON = re.compile(
    "about|after|again|also|been|before|being|came|come|could|does|from|gets|give|goes|have|here"
    "|into|just|like|made|make|more|much|never|nobody|only|over|same|says|still|than|that|their"
    "|them|then|there|they|this|told|took|very|want|wanted|wants|were|what|when|where|which"
    "|while|will|with|would|your"
)
"""Words of four letters and more that carry no content of their own."""


def lint(someone: Persona, file: str, criteria: frozenset[str] | None) -> list[Problem]:
    """Everything about a persona that would spoil an encounter.

    `criteria` are the ids a sign, a skill or a phrase may name; None when they are not known,
    and then nothing is said about them.
    """
    found = [
        *_temper(someone),
        *_names(someone, criteria),
        *_signs(someone, criteria),
        *lint_lines.keys(someone),
        *lint_lines.words(someone),
    ]
    for id, scenario in someone.scenarios.items():
        found += _scenario(someone, scenario, f"scenarios.{id}")
    return [Problem(file, *rest) for rest in found]


def _temper(someone: Persona) -> Iterator[Found]:
    subject, them = someone.pronoun, PRONOUNS[someone.pronoun]
    angers = len(someone.rises_at)
    if not someone.softens_at:
        things = "1 thing angers" if angers == 1 else f"{angers or 'no'} things anger"
        problem = f"{things} {them}, nothing calms {them}: {subject} cannot be calmed"
        yield "softens_at", problem, f"say what calms {them}"
    if not angers:
        problem = f"nothing angers {them}: the trainee can do no wrong"
        yield "rises_at", problem, f"say what angers {them}"
    if someone.mood.tension <= CALM:
        problem = f"{someone.mood.tension}: calm from the start, so there is nothing to practise"
        yield "mood.tension", problem, f"start above {CALM}"


def _names(someone: Persona, criteria: frozenset[str] | None) -> Iterator[Found]:
    """Names of criteria where only a criterion will do."""
    if criteria is None:
        return
    named = [(f"skills[{number}]", skill) for number, skill in enumerate(someone.skills)]
    for id, scenario in someone.scenarios.items():
        named += [(f"scenarios.{id}.phrases.{name}", name) for name in scenario.phrases]
    for place, name in named:
        if name not in criteria:
            problem = f"no criterion is called '{name}'{did_you_mean(name, criteria)}"
            yield place, problem, write(name, criteria, "name a criterion of a rubric")


def _signs(someone: Persona, criteria: frozenset[str] | None) -> Iterator[Found]:
    """Questions that are none, and names and cues that can never fire."""
    cues = {f"scenarios.{id}.policy.never": s.policy.never for id, s in someone.scenarios.items()}
    for place, sign in _all_signs(someone):
        if not sign.when.rstrip().endswith("?"):
            yield (
                f"{place}.when",
                "not a question: a judge answers it yes or no",
                "ask it about the reply: Does the trainee ...?",
            )
        if not isinstance(sign.sign, str):
            cues[f"{place}.sign"] = sign.sign
            if not sign.sign:
                yield f"{place}.sign", "no cue at all: it can never fire", "write at least one cue"
        elif fault := _unknown(sign.sign, criteria):
            yield f"{place}.sign", *fault
    for place, several in cues.items():
        for number, cue in enumerate(several):
            if fault := _cue(cue, criteria):
                yield f"{place}[{number}]", *fault


def _all_signs(someone: Persona) -> Iterator[tuple[str, Sign]]:
    for key, triggers in (("softens_at", someone.softens_at), ("rises_at", someone.rises_at)):
        yield from ((f"{key}[{number}]", sign) for number, sign in enumerate(triggers))
    for id, scenario in someone.scenarios.items():
        groups: tuple[tuple[str, Mapping[str, Sign]], ...] = (
            ("knows", scenario.knows),
            ("hides", scenario.hides),
            ("needs", scenario.needs),
        )
        for group, signs in groups:
            yield from ((f"scenarios.{id}.{group}.{name}", sign) for name, sign in signs.items())


def _unknown(name: str, criteria: frozenset[str] | None) -> tuple[str, str] | None:
    """Why a sign that names something fires at nothing, and the fix; None when all is well."""
    if criteria is None or name in criteria or name in ACTS:
        return None
    known = [*criteria, *ACTS]
    fix = write(name, known, "name a criterion or an act, or put cue words in [ ]")
    return f"'{name}' is neither a criterion nor an act{did_you_mean(name, known)}", fix


def _cue(cue: str, criteria: frozenset[str] | None) -> tuple[str, str] | None:
    """Why a cue can never fire, and the fix; None when it can."""
    if re.fullmatch(r"[a-z]+(_[a-z]+)+", cue):
        return _unknown(cue, criteria)
    if re.search(r"\w\+|\+\w", cue):
        return "a '+' without a space on both sides", "write ' + ' between the parts"
    if re.search(r"\*\w", cue):
        return "a '*' inside a word", "put it at the end of a word"
    alternatives = [part for both in cue.split("+") for part in both.split("|")]
    if any(not re.search(r"[^\W_]", part) for part in alternatives):
        problem = "a part without a word: it can never fire"
        return problem, "put a word on each side of '|' and ' + '"
    if cue.count("<") != cue.count(">") or len(re.findall(r"<[^<>]*>", cue)) != cue.count("<"):
        return "a '<' or '>' without its other half", f"write a token such as <{TOKENS[0]}>"
    for token in re.findall(r"<([^<>]*)>", cue):
        if token not in TOKENS:
            fix = write(token, TOKENS, f"use one of {', '.join(f'<{t}>' for t in TOKENS)}")
            return f"unknown token <{token}>{did_you_mean(token, TOKENS)}", fix
    if any("<question>" in part and part.strip() != "<question>" for part in alternatives):
        return "<question> among other words: it can never fire", "write ' + <question>'"
    return None


# ------------------------------------------------------------------ scenarios


def _scenario(someone: Persona, scenario: Scenario, place: str) -> Iterator[Found]:
    brief = scenario.brief
    shown = " ".join([brief.role, *brief.record, *brief.may_offer])
    if (words := len(shown.split())) > BRIEF_WORDS:
        yield f"{place}.brief", f"{words} words; at most {BRIEF_WORDS}", "cut what is not needed"
    needed = [*ALWAYS, *(["escalation"] if scenario.policy.escalates_to else [])]
    if lacking := [name for name in needed if name not in scenario.phrases]:
        problem = f"no sample phrase for {', '.join(lacking)}"
        yield f"{place}.phrases", problem, "write one for each, in words of this case"
    askers: dict[str, str] = {}
    texts = {"brief": shown, "summary": f"{someone.summary} {scenario.title}"}
    texts |= {f"opening[{number}]": line for number, line in enumerate(scenario.opening)}
    for name, hidden in scenario.hides.items():
        when = " ".join(hidden.when.casefold().split())
        if when in askers:
            problem = f"comes out in the same way as '{askers[when]}'"
            yield f"{place}.hides.{name}.when", problem, "give each hidden fact its own way out"
        askers.setdefault(when, name)
        for where, text in texts.items():
            if gives_away(text, hidden.fact):
                problem = f"is given away by the {where}"
                yield f"{place}.hides.{name}", problem, f"keep it out of the {where}"
                break


def gives_away(text: str, fact: str) -> bool:
    """Whether a text has nearly all the content words and numbers of a fact."""
    kept, shown = _content(fact), _content(text)
    return len(kept) > 1 and len(kept & shown) >= GIVEN_AWAY * len(kept)


def _content(text: str) -> set[str]:
    """Numbers and content words, cut to six letters so that endings do not matter."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return {w[:6] for w in words if w.isdigit() or (len(w) > 3 and not COMMON.fullmatch(w))}
