"""The embedded customer: finds the words for a direction in the persona's own lines.

A reply is made of beats: a reaction to what the trainee did or asked, a fact asked for or earned,
how the customer feels by now, and what the move of the line demands. Every beat comes from the
persona file, then from the bank beside this module; nothing is said twice in an encounter; the
same seed says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from ..domain import Act, Direction, Persona, Scenario
from ..laws import COLD, LAWS, NO_LAW, SMALL
from ..reader import stems
from . import banks
from .banks import Bank
from .hearing import Heard, around, hear, said_back, sentences, turned_round, when

if TYPE_CHECKING:
    from ..customer import CustomerBrief

BEATS = {"short": 2, "medium": 2, "long": 3}
"""At most this many beats a line, by the length of the persona's voice, before one of mood."""

MOOD_SHOWS = (60, 45, 30, 40, 50)
"""How often, in percent, a line that presses on says how its speaker feels, hottest band first."""

CALMING = 3
"""The first band in which the customer has calmed down."""

_SLOT = re.compile(r"\{\{\s*(said|echo|when|topic|name)\s*\}\}")
_OPENS = re.compile(r"(?:^|[.!?]\"?\s)\s*[\"']?$")
_GREETS = re.compile(r"(?i)^(?:good (?:day|morning|afternoon|evening)|hello|now then)\b[^.]*\.\s*")


LOWERED = stems.words("soon shortly as the we you it this that there please in by at no not")
"""Words that began the trainee's sentence and lose their capital inside the customer's."""

MADE_UP = SMALL | {"nothing_said", "off_task", "asks_known", "vague_action", "dated"}
"""Acts that the answer to a question, or to a wrong name, makes up: one reply does for both."""


class Beat(NamedTuple):
    """Where to find one piece of a line, and the words for the slots it may have."""

    bank: Bank
    slots: Mapping[str, str] = {}


def line(brief: CustomerBrief) -> str:
    """The customer's next line. Deterministic in the brief; never empty."""
    said = [t.text for t in brief.transcript if t.speaker == "customer"]
    turn = len(said)
    beats: list[str] = []
    for beat in _beats(brief, f"{brief.seed}/{turn}", tuple(said)):
        seed = f"{brief.seed}/{turn}/{len(beats)}"
        if words := _pick(beat, said=said, beside=beats, seed=seed):
            beats.append(words)
            said.append(words)
    return " ".join(beats) or _last_resort(brief)


def _beats(brief: CustomerBrief, seed: str, said: Sequence[str]) -> Iterator[Beat]:
    """The beats of the line in order. `said` are the customer's earlier lines."""
    direction, persona = brief.direction, brief.persona
    scenario = persona.scenarios[brief.scenario_id]
    general = banks.spoken_by(persona)

    def bank(key: str) -> Bank:
        return banks.bank(key, direction.band, persona.lines, general)

    facts = [scenario.knows[key].says for key in direction.answers]
    facts += [scenario.hides[key].says for key in direction.reveals]
    last = brief.transcript[-1] if brief.transcript else None
    text = last.text if last and last.speaker == "trainee" else ""
    goes_on = direction.move in ("press", "push_back")
    room = _room(direction, persona, len(facts), f"{seed}/room")
    stung = _stung(persona, direction)
    reacts = direction.reacts
    heard = Heard()
    if direction.ending is None and not (stung or _blow(reacts)):
        given = tuple(words for says in facts for words in says)
        heard = hear(text, persona, scenario, given, frozenset(act.id for act in reacts))
    if stung and room:
        yield Beat((stung,))
        room = 0
    if heard.kind and heard.kind != "half_answered":
        yield Beat(bank(heard.kind), _named(heard, persona))
        room, reacts = room - 1, tuple(a for a in reacts if a.id not in MADE_UP)
        if heard.kind == "asks_story":
            yield Beat((_retold(scenario, said),))
    if facts and not room and reacts and reacts[0].id == "asks_new":
        yield Beat(bank("asks_new"))
    for act in reacts[: max(0, room)]:
        unanswerable = act.id == "asks_new" and not facts
        yield Beat(bank("cannot_say" if unanswerable else act.id), _words(act, text))
    for fact in facts:
        yield Beat((fact,))
    if heard.kind == "half_answered":
        yield Beat(bank("half_answered"), _named(heard, persona))
    shows = _roll(f"{seed}/mood") < MOOD_SHOWS[direction.band]
    if goes_on and shows and not (facts or heard.kind) and _fits_mood(reacts[:room], direction):
        yield Beat((bank("mood")[0],))
    if _lets_it_rest(direction, scenario, heard, said, _roll(f"{seed}/rest")):
        if direction.move == "warn":
            yield Beat(bank("warn"))
        return
    yield from (Beat(bank) for bank in _closing(direction, scenario, bank))


def _closing(
    direction: Direction, scenario: Scenario, bank: Callable[[str], Bank]
) -> Iterator[Bank]:
    """What the move itself says, after reactions and facts."""
    need = scenario.needs.get(direction.pushes or direction.presses or "")
    match direction.move:
        case "leave":
            yield bank("escalate" if direction.ending == "escalated" else "leave")
        case "accept" | "goodbye" | "withdraw" | "unheard":
            yield bank(direction.move)
        case _ if direction.ending is None:
            if direction.move == "warn":
                yield bank("warn")
            if direction.presses and need and not direction.pushes:
                yield (need.asks, *bank("press"))
            else:
                yield (need.pushes if need else (), *bank("push_back"))
        case _:
            pass


def _lets_it_rest(
    direction: Direction, scenario: Scenario, heard: Heard, said: Sequence[str], chance: int
) -> bool:
    """Whether this line may do without its demand, which was made before: always after telling
    two things, often after telling one, now and then after a reaction (`chance` is 0 to 99).
    People do not end every message alike."""
    need = scenario.needs.get(direction.pushes or direction.presses or "")
    if direction.move not in ("press", "warn") or need is None:
        return False
    if not any(ask in earlier for ask in (*need.asks, *need.pushes) for earlier in said):
        return False
    told = 2 * len(direction.reveals) + len(direction.answers) + (heard.kind == "asks_story")
    told += direction.move == "warn"
    reacted = bool(direction.reacts) and not direction.pushes
    return told > 1 or chance < (60 if told else 25 if reacted else 0)


def _room(direction: Direction, persona: Persona, facts: int, seed: str) -> int:
    """How many reactions a line has room for: a fact told is a reaction in itself, and who leaves
    or tells two facts often says nothing else."""
    if direction.move == "goodbye" or facts > 1 or (facts and direction.pushes):
        return 0
    if facts or direction.move == "leave":
        return int(_roll(seed) < 40)
    return BEATS[persona.voice.length] - 1 if direction.move in ("press", "push_back") else 1


def _fits_mood(reacts: Sequence[Act], direction: Direction) -> bool:
    """Whether saying how one feels fits what was just reacted to: nobody is friendly about a blow,
    or cross about a good answer in the same breath."""
    hurt = any(LAWS.get(act.id, NO_LAW).hurts or act.id in COLD for act in reacts)
    return not reacts or hurt == (direction.band < CALMING)


def _blow(reacts: Sequence[Act]) -> bool:
    """Whether the strongest thing the trainee did hurts, so that nothing else is heard."""
    return any(LAWS.get(act.id, NO_LAW).tension > 0 and act.id not in MADE_UP for act in reacts[:1])


def _stung(persona: Persona, direction: Direction) -> tuple[str, ...]:
    """What the persona says to the trigger of their own that rose, if they have words for it."""
    if direction.stung is None or direction.move in ("accept", "goodbye", "unheard"):
        return ()
    return persona.rises_at[int(direction.stung.partition("/")[2])].says


def _retold(scenario: Scenario, said: Sequence[str]) -> tuple[str, ...]:
    """The case told again, in an opening that was not used: without its greeting and question."""
    told: list[str] = []
    for opening in scenario.opening:
        if not said or opening != said[0]:
            plain = [s for s in sentences(_GREETS.sub("", opening)) if not s.endswith("?")]
            told.append(" ".join(plain[:3]))
    return tuple(words for words in told if words)


# ------------------------------------------------------------------ words


def _words(act: Act, text: str) -> dict[str, str]:
    """The trainee's own words for the slots of a reaction to an act."""
    sentence = around(act.quote, text)
    timed = when(sentence) if act.id in ("dated", "concrete_offer") else ""
    return {"said": said_back(act.quote), "echo": turned_round(sentence), "when": timed}


def _named(heard: Heard, persona: Persona) -> dict[str, str]:
    return {"said": heard.said, "topic": heard.topic, "name": persona.name}


def _pick(beat: Beat, *, said: Sequence[str], beside: Sequence[str], seed: str) -> str:
    """A line not said yet in this encounter, one that takes up the trainee's words as often as
    one that does not, and one that begins unlike the pieces `beside` it; empty when all have been
    said."""
    begun = {_beginning(words) for words in beside}
    for lines in beat.bank:
        fresh = [
            line
            for line in lines
            if all(beat.slots.get(slot) for slot in _SLOT.findall(line))
            and not _was_said(line, said)
        ]
        fresh = [line for line in fresh if _beginning(line) not in begun] or fresh
        if fresh:
            taking_up = [line for line in fresh if _SLOT.search(line)]
            pool = taking_up if taking_up and _roll(f"{seed}/up") < 50 else fresh
            return _filled(pool[_roll(f"{seed}/{pool[0]}", len(pool))], beat.slots)
    return ""


def _beginning(line: str) -> str:
    return re.split(r"[^\w']", line.lower(), maxsplit=1)[0]


def _roll(seed: str, sides: int = 100) -> int:
    """A number from 0 to `sides` - 1, the same for the same seed."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=4).digest()) % sides


def _filled(line: str, slots: Mapping[str, str]) -> str:
    """The line with its slots filled, with a capital where a slot opens a sentence."""
    done, end = "", 0
    for slot in _SLOT.finditer(line):
        done += line[end : slot.start()]
        words = slots[slot[1]]
        if _OPENS.search(done):
            words = words[:1].upper() + words[1:]
        elif words.split()[0].lower() in LOWERED:
            words = words[:1].lower() + words[1:]
        done += words
        end = slot.end()
    return done + line[end:]


def _was_said(line: str, said: Sequence[str]) -> bool:
    """Whether a line was used before, whatever its slots held then."""
    fixed = max(re.split(_SLOT.pattern.replace("(", "(?:", 1), line), key=len).strip()
    return any(fixed in earlier for earlier in said)


def _last_resort(brief: CustomerBrief) -> str:
    """When every written line is spent."""
    if brief.direction.ending is not None:
        return "That's all from me."
    return f"I have asked {len(brief.transcript) // 2 + 1} times now."
