"""A persona's file as forms: which fields each tab has, in a trainer's words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .studio_form import Field, Form, Group, Reader, Values

TABS = (
    ("who", "Who"),
    ("scenario", "Scenario"),
    ("facts", "Hidden facts"),
    ("needs", "Needs"),
    ("softens", "What softens"),
    ("angers", "What angers"),
    ("voice", "Voice"),
    ("endings", "Endings"),
    ("text", "Text"),
)
FAULTS = (
    ("ours", "Ours"),
    ("shared", "Shared"),
    ("theirs", "Theirs"),
    ("unknown", "Not known"),
)
WHEN = "Asked about each reply and answered yes or no. Begin with “Does the reply” or “Is”."


def form(tab: str, values: Values, scenario: str, skills: Sequence[tuple[str, str]]) -> Form:
    """The form of one tab. `skills` are the criteria, (id, title), that a persona can practise."""
    build = {
        "scenario": lambda: _scenario(values, scenario, skills),
        "facts": lambda: _facts(values, scenario),
        "needs": lambda: _needs(values, scenario),
        "softens": lambda: _triggers(values, "softens_at"),
        "angers": lambda: _triggers(values, "rises_at"),
        "voice": lambda: _voice(values),
        "endings": lambda: _endings(values, scenario),
    }
    return build.get(tab, lambda: _who(values, skills))()


def tab_of(place: str, scenario: str) -> tuple[str, str]:
    """Which tab a place of the file is on, and in which scenario; `text` where no form has it."""
    first, _, rest = place.partition(".")
    first = first.partition("[")[0]
    if first == "scenarios":
        id, _, inside = rest.partition(".")
        inside = inside.partition(".")[0].partition("[")[0]
        tab = {
            "hides": "facts",
            "knows": "facts",
            "needs": "needs",
            "nice_to_have": "needs",
            "accepts_when": "endings",
            "walks_when": "endings",
        }.get(inside, "scenario")
        return tab, id or scenario
    tabs = {"softens_at": "softens", "rises_at": "angers", "exit": "endings", "voice": "voice"}
    whole = {
        "id": "text",
        "lines": "endings" if rest.partition(".")[0] in _LAST else "text",
        "never_says": "voice",
    }
    return (tabs | whole).get(first, "who" if first else "text"), scenario


# ------------------------------------------------------------------ the tabs


def _who(values: Values, skills: Sequence[tuple[str, str]]) -> Form:
    at = Reader(values)
    known = ", ".join(id for id, _ in skills)
    return Form(
        "Who the customer is, whatever happened to them.",
        (
            Group(
                "The person",
                (
                    at.line("name", "Name"),
                    at.choice("pronoun", "Pronoun", [(p, p) for p in ("she", "he", "they")]),
                    at.line("temperament", "Temperament", "In a word or two: angry, doubting."),
                    at.choice(
                        "level", "Level", [("1", "1, easy"), ("2", "2, harder"), ("3", "3, hard")]
                    ),
                    at.text("summary", "Summary", "What trainees read before they choose."),
                ),
            ),
            Group(
                "How they start",
                (
                    at.number("mood.tension", "Tension", "0 calm to 10 furious."),
                    at.number("mood.trust", "Trust", "0 none to 10 full."),
                    at.number("mood.patience", "Patience", "2 to 10 replies that get nowhere."),
                    at.list("mood.words", "Words for the mood", "Five, hottest first."),
                ),
            ),
            Group(
                "What it is for",
                (at.list("skills", "Skills to practise", f"One to three of: {known}."),),
            ),
        ),
    )


def _scenario(values: Values, id: str, skills: Sequence[tuple[str, str]]) -> Form:
    at = Reader(values, f"scenarios.{id}.")
    phrases = tuple(at.text(f"phrases.{name}", title) for name, title in skills)
    return Form(
        "What happened. Facts belong here, and the person's manner does not.",
        (
            Group(
                "The case",
                (
                    at.line("title", "Title"),
                    at.text("happened", "What really happened"),
                    at.choice("fault", "Whose fault it is", FAULTS),
                    at.list("opening", "Opening lines", "Two or more; one is chosen."),
                ),
            ),
            Group(
                "What the trainee is told",
                (
                    at.text("brief.role", "Role"),
                    at.list("brief.record", "Customer record"),
                    at.list("brief.may_offer", "What they may offer", "90 words with the rest."),
                ),
            ),
            Group(
                "Policy",
                (
                    at.text("policy.text", "In words"),
                    at.number(
                        "policy.refund_cap", "Most refund", "Percent of the price, or empty."
                    ),
                    at.number("policy.goodwill_cap", "Most goodwill", "An amount, or empty."),
                    at.list("policy.never", "Words that promise too much", "Cues, one a line."),
                    at.line("policy.escalates_to", "Who may decide more", "Or empty."),
                ),
            ),
            Group("Sample phrases, by skill", phrases, folded=True),
        ),
        adds=(("scenarios", "Add a scenario"),),
    )


def _facts(values: Values, id: str) -> Form:
    at = Reader(values, f"scenarios.{id}.")
    hidden = [
        Group(
            at.first(f"hides.{key}.fact", "A new hidden fact"),
            (
                at.text(f"hides.{key}.fact", "The fact", "What the customer keeps back."),
                at.text(f"hides.{key}.when", "It comes out when", WHEN),
                at.list(f"hides.{key}.says", "How they say it", "One a line."),
                at.cues(f"hides.{key}.sign"),
            ),
            at.prefix + f"hides.{key}",
        )
        for key in at.keys("hides")
    ]
    known = [
        Group(
            f"Told when asked: {at.first(f'knows.{key}.says', key)}",
            (
                at.text(f"knows.{key}.when", "They tell it when", WHEN),
                at.list(f"knows.{key}.says", "How they say it", "One a line."),
                at.cues(f"knows.{key}.sign"),
            ),
            at.prefix + f"knows.{key}",
            folded=True,
        )
        for key in at.keys("knows")
    ]
    return Form(
        "What the customer keeps back until it is earned, and what they tell when asked.",
        (*hidden, *known),
        adds=(("hides", "Add a hidden fact"), ("knows", "Add something they tell when asked")),
        empty="Nothing is kept back yet: there would be nothing to find out.",
    )


def _needs(values: Values, id: str) -> Form:
    at = Reader(values, f"scenarios.{id}.")
    needs = [
        Group(
            at.first(f"needs.{key}.want", "A new need"),
            (
                at.text(f"needs.{key}.want", "They want", "Goes on from “I want”."),
                at.text(f"needs.{key}.when", "It is met when", WHEN),
                at.list(f"needs.{key}.asks", "How they ask for it", "Three or more, one a line."),
                at.list(f"needs.{key}.pushes", "How they test an offer", "Two or more."),
                at.cues(f"needs.{key}.sign"),
            ),
            at.prefix + f"needs.{key}",
        )
        for key in at.keys("needs")
    ]
    nice = at.list("nice_to_have", "Nice to have", "What would please, and is not needed.")
    return Form(
        "What must be on the table before the customer can accept.",
        (*needs, Group("Beyond that", (nice,))),
        adds=(("needs", "Add a need"),),
    )


def _triggers(values: Values, key: str) -> Form:
    at, angers = Reader(values), key == "rises_at"
    steps = [("1", "1, a little"), ("2", "2, clearly"), ("3", "3, a lot")]
    groups = [
        Group(
            at.first(f"{key}[{n}].when", "Something new"),
            (
                at.text(f"{key}[{n}].when", "When", WHEN),
                at.choice(f"{key}[{n}].by", "By how much", steps),
                at.cues(f"{key}[{n}].sign"),
                *([at.list(f"{key}[{n}].says", "What they answer")] if angers else []),
            ),
            f"{key}[{n}]",
        )
        for n in range(at.length(key))
    ]
    if angers:
        lead, empty = "What makes it worse.", "Nothing angers them yet: no reply could be wrong."
        return Form(lead, groups, ((key, "Add something that angers"),), empty)
    lead, empty = "What calms them.", "Nothing calms them yet: they could not be won over."
    return Form(lead, groups, ((key, "Add something that softens"),), empty)


def _voice(values: Values) -> Form:
    at = Reader(values)
    lengths = [(each, each) for each in ("short", "medium", "long")]
    return Form(
        "How they write. Their own lines for every turn of a chat are under Text, at “lines”.",
        (
            Group(
                "Voice",
                (
                    at.text("voice.manner", "Manner"),
                    at.list("voice.habits", "Habits", "One a line."),
                    at.choice("voice.length", "Length of a message", lengths),
                    at.list("never_says", "Never says", "Phrases, one a line."),
                ),
            ),
        ),
    )


_LAST = ("warn", "leave", "escalate", "withdraw", "accept", "goodbye")
_TITLES = ("Warning", "Leaving", "Asking for a manager", "Taking it back", "Accepting", "Goodbye")


def _endings(values: Values, id: str) -> Form:
    at = Reader(values, f"scenarios.{id}.")
    everywhere = Reader(values)
    exits = [("walked_out", "Leaves"), ("escalated", "Asks for somebody senior")]
    lines: list[Field] = []
    for key, title in zip(_LAST, _TITLES, strict=True):
        if heats := everywhere.keys(f"lines.{key}"):
            lines += [everywhere.list(f"lines.{key}.{h}", f"{title}, {h}") for h in heats]
        else:
            lines.append(everywhere.list(f"lines.{key}", title))
    return Form(
        "When it ends, and how. The code decides when; these say what for.",
        (
            Group(
                "Good enough, and too much",
                (
                    at.text("accepts_when", "They accept when"),
                    at.text("walks_when", "They go when"),
                    everywhere.choice("exit", "When patience runs out", exits),
                ),
            ),
            Group("Their last lines", lines, folded=True),
        ),
    )
