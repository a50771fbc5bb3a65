"""What the embedded judge says of what it cannot judge."""

from hotseat import catalog, reader
from hotseat.domain import Answers, Turn
from hotseat.embedded.answers import answers
from hotseat.judge import JudgeBrief

RUBRIC = catalog.rubric("service_recovery")
SCENARIO = catalog.persona("late_gift").scenarios["birthday"]
OPENING = Turn(id="c1", number=1, speaker="customer", text=SCENARIO.opening[0])


def answered(text: str) -> Answers:
    turn = Turn(id="t1", number=2, speaker="trainee", text=text)
    reading = reader.read(
        text, after=(OPENING,), fault=SCENARIO.fault, policy=SCENARIO.policy, signs={}
    )
    return answers(
        JudgeBrief(
            turn=turn,
            after=(OPENING,),
            rubric=RUBRIC,
            fault=SCENARIO.fault,
            policy=SCENARIO.policy.text if SCENARIO.policy else "",
            reading=reading,
        )
    )


def test_a_reply_in_another_language_is_left_to_somebody_who_reads_it_and_says_so() -> None:
    german = "Es tut mir sehr leid, wir schicken Ihnen heute noch ein neues Paket nach Hause."
    reasons = {answer.cannot_judge for answer in answered(german).answers}
    assert reasons == {
        "the embedded engine reads English only, and this reply is in another language"
    }


def test_an_english_reply_is_judged() -> None:
    said = answered("I am so sorry. We promised Tuesday and it is Thursday. I refund it today.")
    assert not any(answer.cannot_judge for answer in said.answers)
