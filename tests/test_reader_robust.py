"""The reader on text nobody meant for it: cut short, shuffled, stuck together."""

import json
from pathlib import Path
from random import Random

from reading import after

from hotseat import reader
from hotseat.domain import Policy

GOLD = Path(__file__).parents[1] / "evals" / "gold" / "encounters.jsonl"
ROUNDS = 150


def mangled(text: str, other: str, chance: Random) -> str:
    words, more = text.split(), other.split()
    start = chance.randrange(len(words))
    cut = words[start : start + chance.randint(1, 12)]
    chance.shuffle(words)
    return " ".join(chance.choice([cut, words, [*more[: chance.randint(1, 5)], *cut]]))


def test_mangled_text_is_read_with_words_that_are_there() -> None:
    chance = Random(7)
    encounters = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    said = [turn["text"] for one in encounters for turn in one["turns"]]
    for _ in range(ROUNDS):
        lines = [mangled(*chance.sample(said, 2), chance) for _ in range(chance.choice([2, 4, 6]))]
        text = lines.pop()
        policy = Policy(text=chance.choice(encounters)["policy"])
        found = reader.read(
            text, after=after(*lines), fault="ours", policy=policy, signs={}
        ).criteria
        for criterion, one in found.items():
            assert one.level in ("na", "missed") or one.quote in text, (criterion, text)
