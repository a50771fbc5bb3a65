"""The loop: what is kept before what, what a crash leaves, and that nothing is taken badly."""

import asyncio
import dataclasses

import pytest

from hotseat import catalog, encounter, llm, mood
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
        self.log.append("verdict" if step.verdict else "customer")

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
