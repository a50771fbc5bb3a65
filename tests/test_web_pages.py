"""The views as pure functions: what is on them, in which order, and what is not."""

from __future__ import annotations

import asyncio
import re

import playing
import pytest

from hotseat import catalog, llm, scoring
from hotseat.domain import (
    Call,
    Coaching,
    Grade,
    Moment,
    Record,
    SelfView,
    Step,
    Ungraded,
    Verdict,
)
from hotseat.store import Store
from hotseat.web import chat, pages, picks, plots, render, report
from hotseat.web.chat import Box
from hotseat.web.took import took

PERSONAS = catalog.personas()
SOURCES = catalog.sources()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    async def play() -> Record:
        store = await Store.open(playing.url(tmp_path_factory.mktemp("pages")))
        record = await playing.played(store, playing.GOOD[:3])
        await store.close()
        return record

    return asyncio.run(play())


def ungraded(record: Record) -> Record:
    steps = tuple(
        step.model_copy(update={"verdict": Ungraded(reason="timed out", engine="embedded")})
        for step in record.steps
    )
    return record.model_copy(update={"steps": steps})


# --------------------------------------------------------------------- home


def test_a_newcomer_is_offered_easy_customers() -> None:
    offered = picks.recommended(PERSONAS, [], playing.RUBRIC)
    assert [card.persona.id for card in offered[:2]] == ["hotel_vent", "late_gift"]
    assert [card.mild for card in offered] == [False, True, False]
    assert offered[2].persona.level == 1
    assert all(len(card.skills) <= 3 for card in offered)


def test_later_the_customers_not_met_yet_come_first(record: Record) -> None:
    offered = picks.recommended(PERSONAS, [record], playing.RUBRIC, count=len(PERSONAS))
    assert offered[-1].persona.id == record.persona.id


def test_the_weakest_skill_chooses_who_is_next(record: Record) -> None:
    weakest = picks.weakest_skill([record])
    first = picks.recommended(PERSONAS, [record], playing.RUBRIC)[0].persona
    can_practise = [p for p in PERSONAS.values() if weakest in p.skills and p != record.persona]
    assert not can_practise or weakest in first.skills


def test_a_retry_and_an_unfinished_encounter_do_not_count(record: Record) -> None:
    retry = record.model_copy(update={"retry_of": "another"})
    open_one = record.model_copy(update={"outcome": None})
    assert picks.finished([retry, open_one, record]) == [record]


def test_a_card_gives_nothing_away() -> None:
    page = pages.home(PERSONAS, playing.RUBRIC, [], None)
    for persona in PERSONAS.values():
        for scenario in persona.scenarios.values():
            for hidden in scenario.hides.values():
                assert hidden.fact not in page


def test_the_worked_example_is_for_the_very_first_encounter(record: Record) -> None:
    first = pages.meet(playing.DANA, playing.RUBRIC, [])
    assert "See a worked example" in first
    assert "Why this works." in first
    assert "See a worked example" not in pages.meet(playing.DANA, playing.RUBRIC, [record])


def test_the_debrief_offers_whoever_practises_what_went_worst(record: Record) -> None:
    person, title = picks.after(record, PERSONAS, [record], playing.RUBRIC)
    assert person
    assert person.id != record.persona.id
    criterion = next(c.id for c in playing.RUBRIC.criteria if c.title == title)
    assert criterion in person.skills
    values = scoring.score_record(record).values
    practised = {skill for p in PERSONAS.values() if p != record.persona for skill in p.skills}
    assert values[criterion] == min(v for id, v in values.items() if id in practised)


def test_where_nothing_went_badly_somebody_is_offered_and_no_skill(record: Record) -> None:
    perfect = record.model_copy(update={"steps": ()})
    person, title = picks.after(perfect, PERSONAS, [], playing.RUBRIC)
    assert person
    assert title == ""
    alone = {record.persona.id: record.persona}
    assert picks.after(record, alone, [record], playing.RUBRIC) == (None, "")


# --------------------------------------------------------------------- chat


def test_the_coach_shows_one_strength_and_one_thing_to_try(record: Record) -> None:
    review = chat.review(record, 1)
    assert [point.kind for point in review.points] in (["strong"], ["strong", "try"], ["try"])
    assert all(point.title in chat.coach(record) for point in review.points)


def test_a_judge_that_failed_is_said_and_costs_nothing(record: Record) -> None:
    failed = ungraded(record)
    assert "Not graded: timed out. It counts neither way." in chat.coach(failed)
    assert chat.coach(failed).count('data-do="grade"') == len(failed.steps)
    page = report.page(failed, SOURCES)
    assert f"{len(failed.steps)} replies are not graded yet; they count neither way." in page
    assert "not graded yet; they count neither way" in report.export(failed, SOURCES)
    assert "Grade again" not in report.export(failed, SOURCES)
    assert "not enough to score" in page
    assert "timed out" in page
    assert " of 100. " not in page


def test_a_verdict_on_its_way_is_being_reviewed_and_a_lost_one_is_not(record: Record) -> None:
    step = record.steps[-1].model_copy(update={"verdict": None})
    waiting = record.model_copy(update={"steps": (*record.steps[:-1], step)})
    assert "Reviewing…" in chat.coach(waiting, busy=True)
    assert "Not graded: its grading was cut short." in chat.coach(waiting)


def test_a_reply_that_was_sent_as_the_encounter_ended_can_be_graded(record: Record) -> None:
    cut = record.model_copy(update={"steps": (Step(trainee=record.steps[0].trainee),)})
    assert "sent as the encounter ended" in report.page(cut, SOURCES)
    assert 'data-do="grade"' in report.page(cut, SOURCES)


def test_a_reply_still_to_be_answered_is_graded_then_and_not_before(record: Record) -> None:
    open_still = record.model_copy(
        update={"outcome": None, "ended": None, "steps": (Step(trainee=record.steps[0].trainee),)}
    )
    assert "Not graded: it will be once Dana has answered." in chat.coach(open_still)
    assert 'data-do="grade"' not in chat.coach(open_still)


def test_a_written_line_says_so_where_a_model_should_have_spoken(record: Record) -> None:
    engines = ("embedded", "openai/x", "")
    steps = [
        step.model_copy(update={"customer": step.customer.model_copy(update={"engine": engine})})
        for step, engine in zip(record.steps, engines, strict=True)
        if step.customer
    ]
    instead = record.model_copy(update={"steps": tuple(steps)})
    pins = record.pins.model_copy(update={"customer": "openai/x"})
    by_model = instead.model_copy(update={"pins": pins})
    views = (
        lambda r: chat.log(r, r.transcript),
        lambda r: report.page(r, SOURCES),
        lambda r: report.export(r, SOURCES),
    )
    for view in views:
        assert view(by_model).count("written line") == 1
        assert "written line" not in view(instead)


def test_what_the_coach_wrote_is_shown_with_who_wrote_it(record: Record) -> None:
    at, point = next(
        (n, point)
        for n in range(1, len(record.steps) + 1)
        for point in chat.review(record, n).points
        if point.kind == "try"
    )
    criterion = next(c.id for c in playing.RUBRIC.criteria if c.title == point.title)

    def coached(engine: str) -> str:
        said = Coaching(criterion=criterion, try_instead="A courier by noon.", engine=engine)
        step = record.steps[at - 1].model_copy(update={"coaching": said})
        steps = (*record.steps[: at - 1], step, *record.steps[at:])
        return chat.coach(record.model_copy(update={"steps": steps}))

    assert "A courier by noon." in coached("embedded")
    assert "by embedded" not in coached("embedded")
    assert "by openai/x" in coached("openai/x")


def test_what_a_second_judge_saw_differently_is_left_to_a_person(record: Record) -> None:
    step = record.steps[0]
    assert isinstance(step.verdict, Verdict)
    criterion = next(iter(step.verdict.grades))
    differently = {"contested": {criterion: Grade(level="missed")}, "shortened": True}
    step = step.model_copy(update={"verdict": step.verdict.model_copy(update=differently)})
    contested = record.model_copy(update={"steps": (step, *record.steps[1:])})
    for page in (report.page(contested, SOURCES), report.export(contested, SOURCES)):
        assert "A second judge saw this differently (reply 1: missed); a person decides." in page
        assert "for reply 1 the judge read its beginning and its end" in page
    assert "second judge" not in report.page(record, SOURCES)


def test_what_models_took_is_for_trainers(record: Record) -> None:
    judge = Call(role="judge", model="openai/x", input_tokens=1200, output_tokens=90, cost=0.002)
    local = Call(role="customer", model="ollama_chat/y", input_tokens=50)
    page = report.page(record, SOURCES, trainer=True, calls=[(0, judge), (1, local)])
    assert "1,200" in page
    assert "$0.0020 and some without a price" in page
    assert "Reply 2" in page
    assert "No model was called." in report.page(record, SOURCES, trainer=True)
    assert "What this took" not in report.page(record, SOURCES, calls=[(0, judge)])


def test_calls_are_summed_by_seat_and_by_reply() -> None:
    judge = Call(role="judge", model="openai/x", input_tokens=100, cost=0.5, seconds=1)
    customer = Call(role="customer", model="openai/y", output_tokens=7)
    summed = took([(1, judge), (0, judge), (0, customer)])
    assert summed
    assert [(row.label, row.calls) for row in summed.roles] == [("Customer", 1), ("Judge", 2)]
    assert [(row.label, row.calls) for row in summed.replies] == [("Reply 1", 2), ("Reply 2", 1)]
    assert (summed.total.input_tokens, summed.total.output_tokens) == (200, 7)
    assert took([]) is None


def test_one_family_playing_and_judging_is_said_wherever_the_engines_are_named(
    record: Record,
) -> None:
    one = llm.seats(
        {"HOTSEAT_CUSTOMER_MODEL": "openai/gpt-5", "HOTSEAT_JUDGE_MODEL": "openai/gpt-5-mini"}
    )
    assert render.SELF_PREFERRING in pages.masthead(one)
    assert render.SELF_PREFERRING not in pages.masthead(llm.seats({}))
    pins = record.pins.model_copy(update={"customer": "openai/gpt-5", "judge": "openai/gpt-5"})
    assert render.SELF_PREFERRING in report.page(record.model_copy(update={"pins": pins}), SOURCES)
    assert render.SELF_PREFERRING not in report.page(record, SOURCES)


def test_the_mood_is_never_a_number(record: Record) -> None:
    shown = chat.bar(record).split('class="mood"')[1]
    said = re.sub(r"<svg.*?</svg>|<[^>]*>", "", shown, flags=re.DOTALL)
    assert any(word in said for word in record.persona.mood.words)
    assert not re.search(r"[0-9]", said)


def test_an_encounter_that_ended_has_no_box_to_write_in(record: Record) -> None:
    assert "<textarea" not in chat.composer(record, Box())
    assert "Look back first" in chat.live(record)


def test_the_next_turn_has_an_id_of_its_own(record: Record) -> None:
    assert chat.turn_id(record) == f"{record.id}:{len(record.steps) + 1}"


def test_hints_are_counted_for_the_reply_they_were_given_for() -> None:
    record = playing.begun().model_copy(update={"hints": ("1:1", "1:2", "2:1")})
    assert chat.rungs_given(record) == 2
    assert "Another hint" in chat.composer(record, Box())


# ------------------------------------------------------------------ debrief


def test_the_debrief_comes_in_its_order(record: Record) -> None:
    page = report.page(record.model_copy(update={"self_view": SelfView(worked="Me.")}), SOURCES)
    order = [
        "Satisfaction, simulated",
        "Your own view",
        "How the mood moved",
        "One strength",
        "Full scorecard",
        "What you didn't know",
        "What next",
    ]
    assert [page.find(part) for part in order] == sorted(page.find(part) for part in order)
    assert page.find(order[0]) > 0


def test_no_score_is_shown_before_the_trainees_own_view(record: Record) -> None:
    page = report.reflect(record)
    assert "of 100" not in page
    assert "thought" not in page


def test_levels_are_a_sign_and_a_word(record: Record) -> None:
    page = report.page(record, SOURCES)
    for sign, word in (("●", "Met"), ("–", "Not due")):
        assert f'<i aria-hidden="true">{sign}</i>{word}' in page


def test_quotes_name_a_guide_and_not_a_file(record: Record) -> None:
    for source in SOURCES.values():
        assert report.document(source).startswith("Guide ")
    assert "Guide " in report.page(record, SOURCES)


def test_a_rough_customer_is_followed_by_a_minute_of_rest(record: Record) -> None:
    rough = record.model_copy(
        update={"persona": record.persona.model_copy(update={"temperament": "abusive"})}
    )
    assert "Take 60 seconds" in report.page(rough, SOURCES)
    assert "Take 60 seconds" not in report.page(record, SOURCES)


def test_an_encounter_without_a_reply_has_a_debrief_too() -> None:
    record = playing.begun().model_copy(update={"outcome": "stopped"})
    assert "nothing to grade" in report.page(record, SOURCES)
    assert "<html" in report.export(record, SOURCES)


def test_a_flag_is_shown_beside_the_score_and_asks_for_a_person(record: Record) -> None:
    step = record.steps[0]
    assert isinstance(step.verdict, Verdict)
    flag = {"id": "overpromise", "quote": "I promise you a boat"}
    verdict = Verdict.model_validate({**step.verdict.model_dump(), "flags": [flag]})
    flagged = record.model_copy(
        update={"steps": (step.model_copy(update={"verdict": verdict}), *record.steps[1:])}
    )
    page = report.page(flagged, SOURCES)
    assert "Flagged for a person to look at" in page
    assert "I promise you a boat" in page


# ----------------------------------------------------------------- progress


def test_a_trend_needs_three_encounters(record: Record) -> None:
    two, three = (pages.progress(playing.RUBRIC, [record] * n) for n in (2, 3))
    assert "Three encounters needed for a trend." in two
    assert "<polyline" not in two
    assert "Three encounters needed" not in three
    assert "<polyline" in three


# -------------------------------------------------------------------- plots


def test_the_timeline_has_hot_above_and_words_on_its_axis() -> None:
    moments = [
        Moment(step=0, tension=9, band=0, word="Furious"),
        Moment(step=1, tension=5, band=2, word="Frustrated", turning="better", because="Heard."),
    ]
    words = ("Furious", "Angry", "Frustrated", "Softening", "Calm")
    drawn = plots.timeline(moments, words, width=400, height=200, left=100)
    assert drawn.points[0].y < drawn.points[1].y
    assert drawn.points[1].label == "Reply 1: Frustrated, turned calmer. Heard."
    assert [band.word for band in drawn.bands] == list(words)
    assert all(100 <= point.x <= 400 for point in drawn.points)


# ------------------------------------------------------------------- render


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Dana Whitlock", "DW"), ("Cher", "C"), ("Mr. Osei", "MO"), ("  ", "?"), ("de la Cruz", "DC")],
)
def test_initials(name: str, initials: str) -> None:
    assert render.initials(name) == initials


def test_a_missing_name_in_a_template_is_an_error() -> None:
    with pytest.raises(Exception, match="undefined"):
        render.render("trouble", told="x")


@pytest.mark.parametrize("turning", ["\u202e", "\u202d", "\u202b", "\u2067"])
def test_no_reply_can_turn_the_page_around_it(record: Record, turning: str) -> None:
    said = f"{turning}moc.live"
    turn = record.steps[0].trainee.model_copy(update={"text": said})
    step = record.steps[0].model_copy(update={"trainee": turn})
    turned = record.model_copy(update={"steps": (step, *record.steps[1:])})
    for page in (chat.log(turned, turned.transcript), report.export(turned, SOURCES)):
        assert "<bdi>moc.live</bdi>" in page
        assert turning not in page
