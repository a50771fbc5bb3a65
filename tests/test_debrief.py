"""The debrief, on records built from a small rubric, the real mood and a small customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hotseat import mood as moods
from hotseat.debrief import coaching, debrief, guide, hint, passages, points, written_hint
from hotseat.debrief.words import QUOTE_LENGTH, around
from hotseat.direction import direct
from hotseat.domain import (
    Act,
    Check,
    Coaching,
    Criterion,
    Examples,
    Grade,
    Level,
    Outcome,
    Persona,
    Pins,
    Read,
    Reading,
    Record,
    Rubric,
    Section,
    Source,
    Step,
    Turn,
    Ungraded,
    Verdict,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def criterion(id: str, section: str, weight: float, how: str = "once") -> Criterion:
    return Criterion.model_validate(
        {
            "id": id,
            "title": id.replace("_", " ").capitalize(),
            "section": section,
            "weight": weight,
            "aggregation": how,
            "due_when": "always",
            "checks": (
                Check(id="first", ask="Is it there?"),
                Check(id="second", ask="Is it specific?"),
            ),
            "examples": Examples(met="A good example.", partly="Half.", missed="None."),
            "sources": (f"{id}.a", f"{id}.b"),
            "praise": f"You did {id}.",
            "lack": f"No {id}.",
            "advice": f"How to do {id}.",
        }
    )


RUBRIC = Rubric(
    id="small",
    title="A small rubric",
    sections=(Section(title="Empathy", weight=100),),
    criteria=(
        criterion("specific_solution", "Solve", 20),
        criterion("acknowledge_feelings", "Empathy", 20, "mean"),
        criterion("timeline", "Solve", 15),
        criterion("composure", "Conduct", 40, "worst"),
        criterion("professional_language", "Conduct", 5, "worst"),
    ),
)
SOURCES = {
    f"{c.id}.{letter}": Source(
        ref=f"{c.id}.{letter}", document="a how-to", quote=quote, stage="any", observable="turn"
    )
    for c in RUBRIC.criteria
    for letter, quote in (("a", "Say what happens next"), ("b", "Name the deadline of the parcel"))
}
PERSONA = Persona.model_validate(
    {
        "id": "small",
        "name": "Dana Whitlock",
        "pronoun": "she",
        "temperament": "angry",
        "summary": "Her parcel is late.",
        "skills": ("timeline",),
        "level": 1,
        "voice": {"manner": "blunt", "habits": (), "length": "short"},
        "never_says": (),
        "mood": {"tension": 7, "trust": 4, "patience": 4},
        "softens_at": (
            {"when": "Does the reply name the birthday?", "sign": ("birthday",), "by": 2},
        ),
        "rises_at": (
            {"when": "Does the reply shrug it off?", "sign": ("delays happen",), "by": 3},
        ),
        "scenarios": {
            "birthday": {
                "title": "Late",
                "brief": {"role": "Chat.", "record": ("Late.",), "may_offer": ("Refund",)},
                "opening": ("Where is it?", "Where?"),
                "happened": "Lost.",
                "hides": {
                    "party": {
                        "fact": "It is a present.",
                        "when": "Does the trainee ask what it is for?",
                        "sign": ("what for",),
                        "says": ("It's a present.",),
                    }
                },
                "fault": "ours",
                "needs": {
                    "arrival": {
                        "want": "the parcel by tomorrow",
                        "when": "Does the trainee offer delivery by tomorrow?",
                        "sign": ("tomorrow",),
                        "asks": ("When?", "When, then?", "So when?"),
                        "pushes": ("Sure?", "Really?"),
                    }
                },
                "accepts_when": "It comes.",
                "walks_when": "It does not.",
                "policy": {"text": "Refund.", "escalates_to": "Priya"},
                "phrases": {"timeline": "It is with you by noon tomorrow."},
            }
        },
    }
)


def saw(*acts: str, signs: dict[str, str] | None = None, **levels: Level) -> Reading:
    return Reading(
        criteria={id: Read(level=level) for id, level in levels.items()},
        acts=tuple(Act(id=act, quote=f"words of {act}") for act in acts),
        signs=signs or {},
    )


def graded(**levels: Level) -> Verdict:
    return Verdict(
        grades={
            id: Grade(
                level=level,
                quote=f"words of {id}" if level in ("met", "partly") else "",
                checks={"first": level != "missed", "second": level == "met"},
            )
            for id, level in levels.items()
        },
        engine="embedded",
        rubric="hash",
    )


def record(*turns: tuple[Reading, Verdict | Ungraded | None], **more: Any) -> Record:
    """A record whose moods and directions are those the real mood gives."""
    scenario = PERSONA.scenarios["birthday"]
    before, steps, ended = moods.start(PERSONA, "standard"), [], None
    for number, (reading, verdict) in enumerate(turns):
        seen = moods.seen(reading)
        after = moods.shift(PERSONA, scenario, "standard", before, seen)
        ended = moods.outcome(PERSONA, scenario, before, after, seen)
        steps.append(
            Step(
                trainee=Turn(
                    id=f"t{number}", number=number + 1, speaker="trainee", text=f"Reply {number}."
                ),
                reading=reading,
                mood=after,
                direction=direct(scenario, before, after, seen, ended),
                verdict=verdict,
            )
        )
        before = after
    return Record(
        id="r",
        trainee="t",
        persona=PERSONA,
        scenario_id="birthday",
        intensity="standard",
        rubric=RUBRIC,
        pins=Pins(persona="p", rubric="r", prompts="p", customer="embedded", judge="embedded"),
        seed=1,
        opening=Turn(id="o", number=1, speaker="customer", text="Where is it?"),
        steps=tuple(steps),
        outcome=more.get("outcome", ended),
        started=NOON,
    )


def replied(text: str, grades: dict[str, Grade], reading: Reading | None = None) -> Record:
    """A record of one reply with these words and grades."""
    verdict = Verdict(grades=grades, engine="embedded", rubric="hash")
    played = record((reading or saw("concrete_offer"), verdict))
    turn = played.steps[0].trainee.model_copy(update={"text": text})
    step = played.steps[0].model_copy(update={"trainee": turn})
    return played.model_copy(update={"steps": (step,)})


HELPS = saw("concrete_offer", "dated", "felt", signs={"needs/arrival": "by noon tomorrow"})
NOTHING = saw("nothing_said")
GOOD = graded(acknowledge_feelings="met", specific_solution="met", composure="met")


def test_an_encounter_without_a_reply_still_has_a_debrief() -> None:
    told = debrief(record(), SOURCES)
    assert (told.outcome, told.ending, len(told.moments)) == ("stopped", "You ended it", 1)
    assert told.strength is None
    assert told.priority is None
    assert told.score.points is None
    assert told.moments[0].thought


def test_a_resolved_encounter_says_who_accepted_and_satisfies() -> None:
    told = debrief(record(*[(HELPS, GOOD)] * 4), SOURCES)
    assert (told.outcome, told.ending) == ("resolved", "Dana accepted")
    assert told.satisfaction >= 4
    assert told.effort <= 2
    assert told.contact_again
    assert told.needs[0].out


def test_a_customer_who_leaves_is_neither_satisfied_nor_coming_back() -> None:
    told = debrief(record(*[(NOTHING, graded(timeline="missed"))] * 4), SOURCES)
    assert (told.outcome, told.ending) == ("walked_out", "Dana left")
    assert told.satisfaction == 1
    assert told.effort >= 4
    assert not told.contact_again
    assert not told.needs[0].out


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("stopped", "You ended it"), ("out_of_turns", "Turn limit"), ("walked_out", "Dana left")],
)
def test_every_ending_has_its_words(outcome: Outcome, said: str) -> None:
    assert debrief(record((NOTHING, None), outcome=outcome), SOURCES).ending == said


def test_a_handover_is_told_apart_from_going_over_somebodys_head() -> None:
    handed = record((NOTHING, None), outcome="escalated")
    assert debrief(handed, SOURCES).ending == "You handed Dana over to Priya"
    left = record(*[(NOTHING, None)] * 4, outcome="escalated")
    assert debrief(left, SOURCES).ending == "Dana went over your head"


def test_a_turning_point_names_the_words_that_turned_it() -> None:
    shrug = saw("vague_action", signs={"rises/0": "delays happen"})
    moment = debrief(record((shrug, None)), SOURCES).moments[1]
    assert moment.turning == "worse"
    assert moment.because == "Dana saw the reply shrug it off: “delays happen”"
    better = saw("greeting", signs={"softens/0": "birthday"})
    moment = debrief(record((better, None)), SOURCES).moments[1]
    assert (moment.turning, moment.word) == ("better", "Frustrated")
    assert moment.because == "Dana saw the reply name the birthday: “birthday”"


def test_an_act_that_turns_the_mood_is_put_in_plain_words() -> None:
    moment = debrief(record((saw("minimise"), None)), SOURCES).moments[1]
    assert moment.because == (
        "The reply plays the problem down or says to calm down: “words of minimise”"
    )


def test_a_turning_point_quotes_the_sentence_and_not_the_bare_word() -> None:
    better = saw("greeting", signs={"softens/0": "birthday"})
    played = replied("Hello Dana. It’s for the birthday, isn't it? I see.", {}, better)
    moment = debrief(played, SOURCES).moments[1]
    assert moment.because == (
        "Dana saw the reply name the birthday: “It’s for the birthday, isn't it?”"
    )


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        ("It costs 64.00 today. Yes.", "costs", "It costs 64.00 today."),
        ("IT'S late.", "it’s LATE", "IT'S late."),
        (f"{'far and ' * 20}wide, and the birthday, too", "birthday", "and the birthday,"),
        ("Nothing of it.", "birthday", "birthday"),
    ],
)
def test_a_fragment_is_quoted_with_what_is_around_it(text: str, words: str, quote: str) -> None:
    assert around(text, words) == quote


def test_a_sentence_without_a_break_is_quoted_around_the_fragment() -> None:
    quote = around(f"{'so and ' * 40}birthday {'and so ' * 40}", "birthday")
    assert "and birthday and" in quote
    assert (quote[0], quote[-1]) == ("…", "…")
    assert len(quote) <= QUOTE_LENGTH


def test_only_a_question_makes_the_customer_think_that_they_were_asked() -> None:
    earned = saw("felt", signs={"hides/party": "what for"})
    unasked = debrief(record((earned, None), (NOTHING, None)), SOURCES).moments[1]
    assert unasked.thought == "I hadn't planned on telling them that."
    asked = saw("asks_new", signs={"hides/party": "what for"})
    told = debrief(record((asked, None)), SOURCES).moments[1]
    assert told.thought == "They asked, so they may as well know."


def test_a_small_step_is_no_turning_point() -> None:
    assert debrief(record((NOTHING, None)), SOURCES).moments[1].turning == ""


def test_no_thought_comes_twice() -> None:
    told = debrief(record(*[(NOTHING, None)] * 4), SOURCES)
    thoughts = [moment.thought for moment in told.moments]
    assert all(thoughts)
    assert len(set(thoughts)) == len(thoughts)


def test_the_strength_is_empathy_before_an_equal() -> None:
    told = debrief(record((HELPS, GOOD)), SOURCES)
    assert told.strength is not None
    assert told.strength.criterion == "acknowledge_feelings"
    assert told.strength.quote == "words of acknowledge_feelings"
    assert told.strength.try_instead == ""
    assert told.strength.why == "You did acknowledge_feelings."


def test_keeping_calm_and_polite_is_no_strength_of_its_own() -> None:
    verdict = graded(composure="met", professional_language="met")
    assert debrief(record((HELPS, verdict)), SOURCES).strength is None
    assert points(record((HELPS, verdict)).steps, RUBRIC, PERSONA) == (None, None)


def test_words_that_hurt_are_never_praised() -> None:
    text = "Calm down please. It comes by noon tomorrow."
    grades = {
        "acknowledge_feelings": Grade(level="met", quote="Calm down please."),
        "timeline": Grade(level="met", quote="by noon tomorrow"),
    }
    hurt = Reading(criteria={}, acts=(Act(id="minimise", quote="calm down"), Act(id="dated")))
    told = debrief(replied(text, grades, hurt), SOURCES)
    assert told.strength is not None
    assert told.strength.criterion == "timeline"


@pytest.mark.parametrize("acts", [("off_task", "felt"), ("nothing_said",), ("asks_new", "thanks")])
def test_there_is_no_strength_in_a_reply_that_does_nothing_for_the_customer(
    acts: tuple[str, ...],
) -> None:
    rubric = RUBRIC.model_copy(update={"criteria": (criterion("listen_fully", "Listen", 100),)})
    grades = {"listen_fully": Grade(level="met", quote="Have a nice day!")}
    reading = Reading(criteria={}, acts=tuple(Act(id=act) for act in acts))
    steps = replied("Have a nice day!", grades, reading).steps
    assert points(steps, rubric, PERSONA).strength is None


def test_the_same_words_are_never_praised_and_blamed() -> None:
    text = "I will send it soon. Nobody likes to wait for a birthday."
    grades = {
        "specific_solution": Grade(level="met", quote="I will send it soon."),
        "timeline": Grade(level="partly", quote="soon"),
    }
    told = debrief(replied(text, grades), SOURCES)
    assert told.strength is None
    grades["timeline"] = Grade(level="missed")
    told = debrief(replied(text, grades), SOURCES)
    assert told.strength is not None
    assert told.priority is not None
    assert told.strength.quote == "I will send it soon."
    assert told.priority.quote == "Nobody likes to wait for a birthday."


def test_conduct_that_broke_down_comes_before_what_cost_more() -> None:
    verdict = graded(professional_language="missed", specific_solution="missed")
    note = debrief(record((NOTHING, verdict)), SOURCES).priority
    assert note is not None
    assert note.criterion == "professional_language"


def test_the_coach_of_a_single_reply_and_its_debrief_agree() -> None:
    played = record((HELPS, graded(acknowledge_feelings="met", timeline="partly")))
    strength, priority = points(played.steps, RUBRIC, PERSONA)
    told = debrief(played, SOURCES)
    assert strength is not None
    assert priority is not None
    assert told.strength is not None
    assert told.priority is not None
    assert (told.strength.criterion, told.strength.why) == (strength.criterion.id, strength.why)
    assert (told.priority.criterion, told.priority.why) == (priority.criterion.id, priority.why)


def test_the_priority_is_what_cost_most_at_its_worst_turn() -> None:
    turns = [
        (HELPS, graded(acknowledge_feelings="met", timeline="partly", composure="met")),
        (HELPS, graded(acknowledge_feelings="missed", timeline="missed", composure="met")),
    ]
    note = debrief(record(*turns), SOURCES).priority
    assert note is not None
    assert (note.criterion, note.step, note.level) == ("acknowledge_feelings", 2, "missed")
    assert note.quote == "Reply 1."
    assert note.why == "No acknowledge_feelings. How to do acknowledge_feelings."
    assert note.try_instead == "A good example."


def test_what_flags_an_encounter_is_the_priority_whatever_it_cost() -> None:
    verdict = graded(professional_language="missed", specific_solution="missed").model_copy(
        update={"flags": (Act(id="insult", quote="you fool"),)}
    )
    note = debrief(record((saw("insult"), verdict)), SOURCES).priority
    assert note is not None
    assert note.criterion == "professional_language"


def test_try_instead_comes_from_the_scenario_and_the_source_from_the_rubric() -> None:
    verdict = graded(timeline="missed")
    grade = verdict.grades["timeline"].model_copy(update={"why": "no deadline for the parcel"})
    verdict = verdict.model_copy(update={"grades": {"timeline": grade}, "engine": "a model"})
    note = debrief(record((NOTHING, verdict)), SOURCES).priority
    assert note is not None
    assert note.try_instead == "It is with you by noon tomorrow."
    assert note.why == "No timeline. No deadline for the parcel. How to do timeline."
    assert note.source.ref == "timeline.a"


def test_a_criterion_without_a_phrase_borrows_the_nearest_one() -> None:
    scenario = PERSONA.scenarios["birthday"]
    phrases = {"acknowledge_feelings": "Two days of waiting, no wonder."}
    played = record((NOTHING, graded(composure="missed")))
    persona = PERSONA.model_copy(
        update={"scenarios": {"birthday": scenario.model_copy(update={"phrases": phrases})}}
    )
    note = debrief(played.model_copy(update={"persona": persona}), SOURCES).priority
    assert note is not None
    assert note.try_instead == "Two days of waiting, no wonder."


def test_a_rubric_whose_passages_are_gone_still_gives_notes() -> None:
    note = debrief(record((NOTHING, graded(timeline="missed"))), {}).priority
    assert note is not None
    assert (note.source.ref, note.source.quote) == ("timeline.a", "Timeline")


def test_ungraded_turns_and_na_give_no_notes() -> None:
    nothing = Ungraded(reason="no answer", engine="embedded")
    na = graded(timeline="na", composure="na")
    told = debrief(record((HELPS, nothing), (HELPS, na)), SOURCES)
    assert told.strength is None
    assert told.priority is None
    assert told.score.points is None
    assert told.rows[0].reason


def test_hidden_facts_say_whether_they_came_out_and_how() -> None:
    asked = saw("asks_new", signs={"hides/party": "what for"})
    fact = debrief(record((asked, None)), SOURCES).facts[0]
    assert (fact.fact, fact.out) == ("It is a present.", True)
    assert fact.how == "When you ask what it is for."
    told = debrief(record(), SOURCES)
    assert not told.facts[0].out
    assert told.needs[0].how == "When you offer delivery by tomorrow."


def test_the_same_record_gives_the_same_debrief() -> None:
    played = record((HELPS, GOOD), (NOTHING, graded(timeline="missed")))
    assert debrief(played, SOURCES) == debrief(played, SOURCES)


def test_hints_climb_from_the_skill_to_the_need_to_a_phrase() -> None:
    fresh = record()
    assert hint(fresh, 1) == "Acknowledge feelings. How to do acknowledge_feelings."
    assert hint(fresh, 2) == "Dana needs to be heard first, and then the parcel by tomorrow."
    assert hint(fresh, 3) == "A good example."


def test_a_hint_moves_on_once_a_skill_was_shown() -> None:
    shown = record((saw("felt"), graded(acknowledge_feelings="met", specific_solution="met")))
    assert hint(shown, 1).startswith("Timeline.")
    assert hint(shown, 2) == "Dana needs the parcel by tomorrow."
    assert hint(shown, 3) == "It is with you by noon tomorrow."


def test_a_hint_after_the_acceptance_is_about_closing() -> None:
    accepted = record(*[(HELPS, GOOD)] * 3)
    assert accepted.steps[-1].direction is not None
    assert accepted.steps[-1].direction.move == "accept"
    assert hint(accepted, 2) == "Dana has agreed and needs to know what happens now, and when."


# -------------------------------------------------------------------------------- the coach


def coached(about: str, by: str = "a/coach") -> Record:
    """A record of one reply that missed two things, with words a coach wrote about one."""
    played = record((NOTHING, graded(timeline="missed", acknowledge_feelings="missed")))
    words = Coaching(criterion=about, try_instead="It is there by noon.", engine=by)
    step = played.steps[0].model_copy(update={"coaching": words})
    return played.model_copy(update={"steps": (step,)})


def test_what_the_coach_wrote_is_what_to_try_instead() -> None:
    played = coached("acknowledge_feelings")
    note = debrief(played, SOURCES).priority
    assert note is not None
    assert (note.criterion, note.try_instead) == ("acknowledge_feelings", "It is there by noon.")
    point = points(played.steps, RUBRIC, PERSONA).priority
    assert point is not None
    assert point.coaching == played.steps[0].coaching
    written = coaching(played.steps[note.step - 1], note.criterion)
    assert written is not None
    assert written.engine == "a/coach"


def test_words_written_about_something_else_are_not_shown() -> None:
    played = coached("timeline")
    note = debrief(played, SOURCES).priority
    assert note is not None
    assert (note.criterion, note.try_instead) == ("acknowledge_feelings", "A good example.")
    point = points(played.steps, RUBRIC, PERSONA).priority
    assert point is not None
    assert point.coaching is None
    assert coaching(played.steps[0], "acknowledge_feelings") is None


def test_a_hint_that_the_coach_wrote_is_for_one_reply_only() -> None:
    fresh = record().model_copy(update={"hints": ("1:1", "1:3:Two days late, no wonder.")})
    assert hint(fresh, 3) == written_hint(fresh) == "Two days late, no wonder."
    assert hint(fresh, 1) == hint(record(), 1)
    later = record((NOTHING, None)).model_copy(update={"hints": fresh.hints})
    assert written_hint(later) == ""
    assert hint(later, 3) == "A good example."


def test_warnings_come_last_among_the_passages_behind_something_done_well() -> None:
    warning = SOURCES["timeline.a"].model_copy(update={"avoid": True})
    sources = {**SOURCES, "timeline.a": warning}
    found = RUBRIC.criterion("timeline")
    assert [s.ref for s in passages(found, "met", sources)] == ["timeline.b", "timeline.a"]
    assert [s.ref for s in passages(found, "missed", sources)] == ["timeline.a", "timeline.b"]
    assert passages(found, "met", {}) == ()


@pytest.mark.parametrize(
    ("document", "label"),
    [("004_bc7e", "Assertiveness and respect"), ("a how-to", "a how-to")],
)
def test_a_guide_has_a_short_label(document: str, label: str) -> None:
    source = SOURCES["timeline.a"].model_copy(update={"document": document})
    assert guide(source) == label
