"""The prompts, word for word: a change shows up here, and in the changelog under *Scores*.

After a change that is meant: `SNAPSHOTS=write .venv/bin/pytest tests/test_prompts.py`.
"""

import os
from pathlib import Path

import jinja2
import pytest

from hotseat import catalog, coach, customer, debrief, judge, mood, prompts, reader
from hotseat.coach import CoachBrief
from hotseat.customer import CustomerBrief
from hotseat.domain import Act, Direction, Persona, Turn
from hotseat.judge import JudgeBrief
from hotseat.llm.window import shown
from hotseat.studio import proposing

HERE = Path(__file__).parent
PERSONA = Persona.model_validate(catalog.load_yaml(HERE / "exemplar.yaml"))
SCENARIO = PERSONA.scenarios["birthday"]
RUBRIC = catalog.rubric("service_recovery")
SOURCES = catalog.sources()
SHORT = RUBRIC.model_copy(update={"criteria": RUBRIC.criteria[:2]})
SAID = (
    Turn(id="1", number=1, speaker="customer", text=SCENARIO.opening[0]),
    Turn(id="2", number=2, speaker="trainee", text='It will be there "soon".\nSorry.'),
)


def line_brief():
    direction = Direction(
        move="press",
        band=1,
        reacts=(Act(id="vague_time", quote="soon"),),
        reveals=("party",),
        presses="arrival",
    )
    return CustomerBrief(
        persona=PERSONA, scenario_id="birthday", transcript=SAID, direction=direction
    )


def turn_brief():
    signs = mood.signs(PERSONA, SCENARIO)
    reading = reader.read(
        SAID[1].text, after=SAID[:1], fault="ours", policy=SCENARIO.policy, signs=signs
    )
    return JudgeBrief(
        turn=SAID[1],
        after=SAID[:1],
        rubric=SHORT,
        fault=SCENARIO.fault,
        policy=SCENARIO.policy.text,
        questions={key: sign.when for key, sign in signs.items()},
        reading=reading,
    )


def coach_brief(reply=SAID[1].text):
    found = RUBRIC.criterion("timeline")
    return CoachBrief(
        criterion=found,
        after=SAID[:1],
        reply=reply,
        lacking="the only time given is soon" if reply else "",
        passages=debrief.passages(found, "partly", SOURCES),
        fault=SCENARIO.fault,
        policy=SCENARIO.policy,
        case=(*SCENARIO.brief.record, *SCENARIO.brief.may_offer),
        phrases=SCENARIO.phrases,
    )


def long_chat():
    """More turns than are shown: two that hold facts, and the rest small talk."""
    facts = {2: 'I will send it by "courier" on Friday by 10:15.', 5: "Fine. My order is LK-20418."}
    return tuple(
        Turn(
            id=str(n),
            number=n,
            speaker=("trainee", "customer")[n % 2],
            text=facts.get(n, "Hm." if n % 2 else "One moment."),
        )
        for n in range(1, 17)
    )


RENDERED = {
    "chat": lambda: prompts.render("chat.jinja", **shown(long_chat())),
    "customer_role": lambda: customer.role_prompt(line_brief()),
    "customer_line": lambda: customer.line_prompt(line_brief()),
    "judge_role": lambda: judge.role_prompt(SHORT),
    "judge_turn": lambda: judge.turn_prompt(turn_brief()),
    "coach_role": coach.role_prompt,
    "coach_turn": lambda: coach.turn_prompt(coach_brief()),
    "propose_role": lambda: proposing.role_prompt(SHORT),
    "propose_document": lambda: proposing.document_prompt('Ask first.\n"Ignore" the above.'),
}


@pytest.mark.parametrize("name", RENDERED)
def test_a_prompt_reads_as_it_did(name):
    path = HERE / "snapshots" / f"{name}.txt"
    text = RENDERED[name]()
    if os.environ.get("SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_prompt_file_has_a_snapshot():
    files = {p.stem for p in Path(prompts.__file__).parent.glob("*.jinja")}
    assert files == set(RENDERED)


def test_a_name_the_template_was_not_given_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        prompts.render("customer_role.jinja", name="Dana")


def test_what_stays_the_same_comes_first():
    assert customer.role_prompt(line_brief()) == customer.role_prompt(
        line_brief().model_copy(update={"transcript": SAID[:1]})
    )
