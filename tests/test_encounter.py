"""The loop: what is kept before what, what a crash leaves, and that nothing is taken badly."""

import asyncio
import contextlib
import dataclasses

import pytest
from pydantic_ai.messages import ModelResponse, TextPart
from pydantic_ai.models.function import FunctionModel

from hotseat import catalog, debrief, encounter, llm, mood
from hotseat.domain import Call, Step, Ungraded, Verdict
from hotseat.errors import EncounterOver, SeatError, TurnRefused

SEATS = llm.seats({})
RUBRIC = catalog.rubric("service_recovery")
PERSONA = catalog.persona("late_gift")
PHRASES = PERSONA.scenarios["birthday"].phrases
GOOD = [
    " ".join((PHRASES["listen_fully"], PHRASES["acknowledge_feelings"], PHRASES["apology_fit"])),
    " ".join((PHRASES["specific_solution"], PHRASES["timeline"], PHRASES["confirm_fit"])),
    " ".join((PHRASES["adapt_flexibly"], PHRASES["transparent_explanation"])),
    " ".join((PHRASES["paraphrase"], PHRASES["follow_up_plan"])),
    " ".join((PHRASES["recap"], PHRASES["warm_close"])),
]


class Memory:
    """Keeps a record in a dict and the order in which things were kept in a list."""

    def __init__(self):
        self.log, self.steps, self.ids, self.outcome = [], {}, set(), None

    async def begin(self, record):
        self.log.append("begin")

    async def hear(self, record_id, turn):
        if turn.id in self.ids:
            return False
        self.ids.add(turn.id)
        self.steps[len(self.steps)] = Step(trainee=turn)
        self.log.append("hear")
        return True

    async def save_step(self, record_id, index, step):
        self.steps[index] = step
        kept = "coaching" if step.coaching else "verdict" if step.verdict else "customer"
        self.log.append(kept)

    async def save_hint(self, record_id, hint):
        self.log.append(hint)

    async def spend(self, record_id, index, spent, at):
        self.calls = [*getattr(self, "calls", []), *spent]

    async def spent(self, record_id=None, since=None):
        return sum(call.cost or 0 for call in getattr(self, "calls", []))

    async def finish(self, record_id, outcome, at):
        self.outcome = outcome
        self.log.append("finish")


def begun(intensity="standard", seed=3):
    return encounter.begin(
        PERSONA, "birthday", intensity, RUBRIC, trainee="t", seats=SEATS, seed=seed
    )


async def say(record, text, keep, **options):
    events = [e async for e in encounter.turn(record, text, seats=SEATS, keep=keep, **options)]
    return (events[-1].record if events else record), events


async def play(record, replies, keep):
    for text in replies:
        record, _ = await say(record, text, keep)
        if record.outcome:
            break
    return record


def test_an_encounter_opens_with_the_customer_and_pins_what_it_depends_on():
    record = begun()
    assert record.opening.text in PERSONA.scenarios["birthday"].opening
    assert record.pins.persona == catalog.fingerprint(PERSONA)
    assert (record.pins.customer, record.pins.judge) == ("embedded", "embedded")


def test_a_turn_is_kept_before_the_customer_speaks_and_the_verdict_after():
    keep = Memory()
    record, events = asyncio.run(say(begun(), GOOD[0], keep))
    assert keep.log == ["hear", "customer", "verdict"]
    assert isinstance(events[0], encounter.Heard)
    assert isinstance(events[-1], encounter.Graded)
    said = "".join(e.text for e in events if isinstance(e, encounter.Delta))
    assert record.steps[0].customer.text == said.strip()
    assert isinstance(record.steps[0].verdict, Verdict)


def test_the_same_turn_sent_twice_is_taken_once():
    async def twice():
        keep = Memory()
        record, _ = await say(begun(), GOOD[0], keep, turn_id="once")
        return await say(record, GOOD[0], keep, turn_id="once")

    record, events = asyncio.run(twice())
    assert events == []
    assert len(record.steps) == 1


def test_the_embedded_verdict_settles_the_mood_where_the_reading_put_it():
    record = asyncio.run(play(begun(), GOOD[:3], Memory()))
    for step in record.steps:
        assert step.settled == step.mood


def test_a_good_trainee_is_accepted_and_a_poor_one_is_left():
    good = asyncio.run(play(begun(), GOOD * 2, Memory()))
    assert good.outcome == "resolved"
    poor = ["That is our policy.", "You should have ordered earlier.", "Calm down please."] * 4
    assert asyncio.run(play(begun(), poor, Memory())).outcome == "walked_out"


def test_the_same_replies_and_seed_give_the_same_encounter():
    def texts():
        record = asyncio.run(play(begun(), GOOD, Memory()))
        return [t.text for t in record.transcript], [s.mood_now for s in record.steps]

    assert texts() == texts()


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07", "x" * 4_001])
def test_what_cannot_be_taken_is_refused_before_anything_is_kept(text):
    keep = Memory()
    with pytest.raises(TurnRefused) as refused:
        asyncio.run(say(begun(), text, keep))
    assert keep.log == []
    assert "fix:" in str(refused.value)


def test_control_characters_are_dropped_and_markup_is_only_text():
    record = begun()
    assert encounter.accept(record, " hi\x00 there\x1b \r\n you ") == "hi there \n you"
    assert encounter.accept(record, "<b>hi</b>") == "<b>hi</b>"
    assert encounter.accept(record, "hello\udcff") == "hello"
    assert encounter.accept(record, "😀 naïve Ünïcode") == "😀 naïve Ünïcode"


def test_an_encounter_that_is_over_takes_no_turn():
    keep = Memory()
    record = asyncio.run(encounter.stop(begun(), keep=keep))
    assert record.outcome == keep.outcome == "stopped"
    with pytest.raises(EncounterOver):
        asyncio.run(say(record, "hello", keep))


@pytest.mark.parametrize("lost", ["reading", "customer", "verdict"])
def test_a_step_left_half_done_is_finished_from_what_is_kept(lost):
    async def crash_and_resume():
        keep = Memory()
        whole, _ = await say(begun(), GOOD[0], keep)
        parts = ["reading", "mood", "direction", "customer", "verdict", "settled"]
        gone = dict.fromkeys(parts[parts.index(lost) :])
        step = whole.steps[0].model_copy(update=gone)
        broken = whole.model_copy(update={"steps": (step,)})
        events = [e async for e in encounter.resume(broken, seats=SEATS, keep=keep)]
        return whole, events[-1].record

    whole, mended = asyncio.run(crash_and_resume())
    assert mended.steps[0].customer.text == whole.steps[0].customer.text
    assert mended.steps[0].verdict == whole.steps[0].verdict
    assert mended.steps[0].mood_now == whole.steps[0].mood_now


def test_an_ending_not_yet_kept_is_kept_on_resume():
    async def run():
        keep = Memory()
        record = await play(begun(), ["That is our policy."] * 12, keep)
        undone = record.model_copy(update={"outcome": None, "ended": None})
        events = [e async for e in encounter.resume(undone, seats=SEATS, keep=keep)]
        return record, events[-1].record

    record, mended = asyncio.run(run())
    assert mended.outcome == record.outcome


def test_a_customer_that_fails_leaves_the_turn_safe_to_answer_again():
    class Down(llm.Seat):
        def model(self, brief, attempt=0):
            raise SeatError("the line is down")

    async def run():
        keep = Memory()
        record = begun()
        broken = llm.Seats(Down("down"), SEATS.judge)
        events = encounter.turn(record, GOOD[0], seats=broken, keep=keep)
        record = (await anext(events)).record
        with pytest.raises(SeatError):
            await anext(events)
        assert keep.log == ["hear"]
        events = [e async for e in encounter.resume(record, seats=SEATS, keep=keep)]
        return events[-1].record

    assert asyncio.run(run()).steps[0].customer


def test_a_judge_that_fails_does_not_stop_the_chat():
    class Down(llm.Seat):
        def model(self, brief, attempt=0):
            raise RuntimeError("sk-secret is wrong")

    async def run():
        seats = llm.Seats(SEATS.customer, Down("down"))
        events = [e async for e in encounter.turn(begun(), GOOD[0], seats=seats, keep=Memory())]
        return events[-1].record.steps[0]

    step = asyncio.run(run())
    assert isinstance(step.verdict, Ungraded)
    assert step.customer
    assert step.settled == step.mood


def test_a_retry_starts_before_the_chosen_reply_and_leaves_the_first_alone():
    first = asyncio.run(play(begun(), GOOD[:3], Memory()))
    again = encounter.retry(first, 2, seats=SEATS)
    assert [s.trainee.text for s in again.steps] == [first.steps[0].trainee.text]
    assert (again.retry_of, again.retry_from) == (first.id, 2)
    assert encounter.mood_now(again) == first.steps[0].mood_now
    assert not {t.id for t in again.transcript} & {t.id for t in first.transcript}
    with pytest.raises(TurnRefused):
        encounter.retry(first, 9, seats=SEATS)


def test_every_mood_of_a_record_can_be_replayed():
    record = asyncio.run(play(begun(), GOOD, Memory()))
    before = mood.start(PERSONA, "standard")
    for step in record.steps:
        saw = mood.seen_by_judge(step.reading, step.verdict)
        before = mood.shift(PERSONA, record.scenario, "standard", before, saw)
        assert before == step.settled


@pytest.mark.parametrize("budget", [llm.Budget(encounter=0.5), llm.Budget(day=0.5)])
def test_a_budget_that_is_used_up_stops_before_anything_is_kept(budget):
    keep = Memory()
    keep.calls = [Call(role="judge", model="m", cost=0.5)]
    seats = dataclasses.replace(SEATS, budget=budget)

    async def run():
        return [e async for e in encounter.turn(begun(), GOOD[0], seats=seats, keep=keep)]

    with pytest.raises(TurnRefused, match=r"budget of \$0.50"):
        asyncio.run(run())
    assert keep.log == []


def test_an_ungraded_turn_can_be_graded_later_and_moves_no_mood():
    class Down(llm.Seat):
        def model(self, brief, attempt=0):
            raise SeatError("the judge is away")

    async def run():
        keep = Memory()
        broken = llm.Seats(SEATS.customer, Down())
        record = begun()
        for text in GOOD[:2]:
            async for event in encounter.turn(record, text, seats=broken, keep=keep):
                record = event.record
        return record, await encounter.regrade(record, 1, seats=SEATS, keep=keep)

    before, after = asyncio.run(run())
    assert isinstance(before.steps[0].verdict, Ungraded)
    assert isinstance(after.steps[0].verdict, Verdict)
    assert [s.mood_now for s in after.steps] == [s.mood_now for s in before.steps]


# -------------------------------------------------------------------------------- the coach

POOR = "Hello. It will be looked into soon."
INSTEAD = "The courier brings a new train set by noon tomorrow. Does that work for you?"


class Coach(llm.Seat):
    """A coach's seat that says one thing, once it may, and counts how often it was asked."""

    def model(self, brief, attempt=0):
        async def say(*_):
            object.__setattr__(self, "asked", getattr(self, "asked", 0) + 1)
            await getattr(self, "free", asyncio.sleep)(0)
            return ModelResponse(parts=[TextPart(getattr(self, "text", INSTEAD))])

        return FunctionModel(say)


def with_coach(**how):
    coach = Coach("a/coach", "coach")
    for name, value in how.items():
        object.__setattr__(coach, name, value)
    return coach, dataclasses.replace(SEATS, coach=coach)


async def all_of(events):
    return [event async for event in events]


def kinds(events):
    return [type(event) for event in events if not isinstance(event, encounter.Delta)]


def test_the_coach_is_asked_last_and_what_it_says_is_kept():
    keep, (_, seats) = Memory(), with_coach()
    events = asyncio.run(all_of(encounter.turn(begun(), POOR, seats=seats, keep=keep)))
    assert keep.log == ["hear", "customer", "verdict", "coaching"]
    assert kinds(events)[-2:] == [encounter.Graded, encounter.Coached]
    step = events[-1].record.steps[0]
    assert (step.coaching.try_instead, step.coaching.engine) == (INSTEAD, "a/coach")
    told = debrief.debrief(events[-1].record, {})
    assert (told.priority.criterion, told.priority.try_instead) == (
        step.coaching.criterion,
        INSTEAD,
    )
    assert keep.steps[0] == step
    assert [call.role for call in keep.calls] == ["coach"]


def test_without_a_model_in_the_coachs_seat_nothing_is_asked_or_kept():
    keep = Memory()
    record, events = asyncio.run(say(begun(), POOR, keep))
    assert encounter.Coached not in kinds(events)
    assert keep.log == ["hear", "customer", "verdict"]
    assert record.steps[0].coaching is None
    told = debrief.debrief(record, {}).priority
    assert told.try_instead == PHRASES[told.criterion]


def test_a_coach_that_takes_its_time_holds_up_neither_line_nor_verdict_nor_next_reply():
    async def run():
        free = asyncio.Event()

        async def wait(_):
            await free.wait()

        keep, (_, seats) = Memory(), with_coach(free=wait)
        first = encounter.turn(begun(), POOR, seats=seats, keep=keep)
        async for event in first:
            if isinstance(event, encounter.Graded):
                break
        late = asyncio.create_task(anext(first))
        await asyncio.sleep(0)
        record, _ = await say(event.record, GOOD[1], keep)
        assert not late.done()
        free.set()
        return record, await late, keep

    record, coached, keep = asyncio.run(run())
    assert isinstance(record.steps[1].verdict, Verdict)
    assert isinstance(coached, encounter.Coached)
    assert len(coached.record.steps) == 1
    assert keep.log[-1] == "coaching"
    assert keep.steps[0].coaching
    assert keep.steps[1] == record.steps[1]


def test_a_coach_out_of_reach_leaves_no_trace_but_its_calls():
    class Down(llm.Seat):
        def model(self, brief, attempt=0):
            raise SeatError("the coach is away")

    keep, seats = Memory(), dataclasses.replace(SEATS, coach=Down("a/coach", "coach"))
    events = asyncio.run(all_of(encounter.turn(begun(), POOR, seats=seats, keep=keep)))
    assert kinds(events)[-1] is encounter.Graded
    assert keep.steps[0].coaching is None
    assert debrief.debrief(events[-1].record, {}).priority.try_instead


def test_a_reply_with_nothing_to_change_is_not_coached():
    async def run():
        coach, seats = with_coach()
        record, _ = await say(begun(), GOOD[0], Memory())
        step = record.steps[0]
        best = {id: g for id, g in step.verdict.grades.items() if g.level in ("met", "na")}
        step = step.model_copy(update={"verdict": step.verdict.model_copy(update={"grades": best})})
        record = record.model_copy(update={"steps": (step,)})
        told = await encounter.coached(record, 1, seats=seats, keep=Memory())
        return told is record, getattr(coach, "asked", 0)

    assert asyncio.run(run()) == (True, 0)


def test_an_ending_does_not_wait_for_the_coach():
    async def run():
        keep, (_, seats) = Memory(), with_coach()
        record, ended = begun(), []
        while not record.outcome:
            ended = await all_of(encounter.turn(record, POOR, seats=seats, keep=keep))
            record = ended[-1].record
        return ended, keep

    events, keep = asyncio.run(run())
    assert kinds(events)[-3:] == [encounter.Graded, encounter.Ended, encounter.Coached]
    assert events[-1].record.outcome == "walked_out"
    assert keep.log[-2:] == ["finish", "coaching"]


class Untouched(llm.Seat):
    """A seat that nobody may ask."""

    def model(self, brief, attempt=0):
        raise AssertionError("asked again")


def test_what_is_graded_is_neither_graded_nor_coached_again_on_resume():
    async def run():
        record, _ = await say(begun(), POOR, Memory())
        seats = llm.Seats(Untouched("a/b"), Untouched("c/d"), Untouched("e/f"))
        return kinds(await all_of(encounter.resume(record, seats=seats, keep=Memory())))

    assert asyncio.run(run()) == []


def test_a_verdict_that_came_is_kept_though_the_customer_did_not_answer():
    class Slow(llm.Seat):
        async def gone(self, *_):
            await asyncio.sleep(0.3)
            raise SeatError("the customer is away", kind="key")
            yield ""

        def model(self, brief, attempt=0):
            return FunctionModel(stream_function=self.gone)

    async def run():
        keep, (_, seats) = Memory(), with_coach()
        away = dataclasses.replace(seats, customer=Slow("a/customer"))
        seen = []
        with contextlib.suppress(SeatError):
            async for event in encounter.turn(begun(), POOR, seats=away, keep=keep):
                seen.append(event)
        record = seen[-1].record
        judged = dataclasses.replace(seats, judge=Untouched("a/judge", "judge"))
        return seen, keep.steps[0], await all_of(encounter.resume(record, seats=judged, keep=keep))

    seen, kept, later = asyncio.run(run())
    assert kinds(seen)[-1] is encounter.Graded
    assert (kept.customer, isinstance(kept.verdict, Verdict)) == (None, True)
    assert kinds(later)[-2:] == [encounter.Spoke, encounter.Coached]
    assert later[-1].record.steps[0].verdict == kept.verdict


def test_a_reply_graded_later_is_coached_then_and_moves_no_mood():
    class Down(llm.Seat):
        def model(self, brief, attempt=0):
            raise SeatError("the judge is away")

    async def run():
        keep, (_, seats) = Memory(), with_coach()
        broken = dataclasses.replace(seats, judge=Down())
        record = begun()
        for text in (POOR, GOOD[0]):
            record = (await all_of(encounter.turn(record, text, seats=broken, keep=keep)))[
                -1
            ].record
        kept = [step.coaching for step in record.steps]
        return record, kept, await encounter.regrade(record, 1, seats=seats, keep=keep), keep

    before, kept, after, keep = asyncio.run(run())
    assert kept == [None, None]
    assert after.steps[0].coaching.try_instead == INSTEAD
    assert keep.log[-2:] == ["verdict", "coaching"]
    assert [s.mood_now for s in after.steps] == [s.mood_now for s in before.steps]


def test_a_budget_that_is_used_up_spares_the_coach():
    async def run():
        keep, (coach, seats) = Memory(), with_coach()
        record, _ = await say(begun(), POOR, keep)
        keep.calls = [Call(role="judge", model="m", cost=0.5)]
        seats = dataclasses.replace(seats, budget=llm.Budget(encounter=0.5))
        told = await encounter.coached(record, 1, seats=seats, keep=keep)
        hinted = await encounter.hint(record, 3, seats=seats, keep=keep)
        return told is record, hinted.hints, getattr(coach, "asked", 0)

    assert asyncio.run(run()) == (True, ("2:3",), 0)


def test_the_third_hint_is_written_by_the_coach_and_kept_with_its_words():
    async def run(seats):
        keep, record = Memory(), begun()
        for rung in (1, 2, 3):
            record = await encounter.hint(record, rung, seats=seats, keep=keep)
        return record, keep

    coach, seats = with_coach()
    record, keep = asyncio.run(run(seats))
    assert keep.log == list(record.hints) == ["1:1", "1:2", f"1:3:{INSTEAD}"]
    assert coach.asked == 1
    assert debrief.hint(record, 3) == INSTEAD
    plain, keep = asyncio.run(run(SEATS))
    assert keep.log == list(plain.hints) == ["1:1", "1:2", "1:3"]
    assert debrief.hint(plain, 3) == PHRASES["acknowledge_feelings"]


# ------------------------------------------------------------------------ who said what


def test_a_customers_line_says_who_wrote_it():
    record = asyncio.run(play(begun(), [GOOD[0]], Memory()))
    assert record.steps[0].customer.engine == "embedded"
    assert (record.opening.engine, record.steps[0].trainee.engine) == ("", "")


def test_the_calls_of_a_line_that_failed_are_paid_for_too():
    class Dear(llm.Seat):
        def model(self, brief, attempt=0):
            async def gone(*_):
                raise SeatError("the model is gone", kind="setting")
                yield

            return FunctionModel(stream_function=gone)

    async def run():
        keep = Memory()
        seats = llm.Seats(Dear("a/customer"), SEATS.judge)
        with pytest.raises(SeatError):
            await all_of(encounter.turn(begun(), POOR, seats=seats, keep=keep))
        return keep

    keep = asyncio.run(run())
    assert keep.log == ["hear"]
    assert [(call.role, call.model) for call in keep.calls] == [("customer", "a/customer")]


def test_a_second_judge_is_asked_where_there_is_one():
    seats = dataclasses.replace(SEATS, second_judge=llm.Seat(role="second_judge"))
    events = asyncio.run(all_of(encounter.turn(begun(), POOR, seats=seats, keep=Memory())))
    assert events[-1].record.steps[0].verdict.second == "embedded"
