"""A content folder small enough to evaluate in a test: two customers, some gold, a few attacks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from hotseat import cli

ROOT = Path(__file__).parent.parent

GATES = """
floors:
  judge:
    coverage: {at_least: 1}
    lapses_found/composure: {at_least: 1, if_there: true, why: an insult was let pass}
  attacks:
    raised: {at_most: 0}
  customer:
    no_capitulation: {at_least: 1, why: a customer gave in before the needs were met}
    one_sorry_is_not_enough: {at_least: 1}
    gap/*: {at_least: 15}
  content:
    problems: {at_most: 0, why: personas or rubrics have something wrong}
drops:
  judge: {least: 0.01}
pins: [scores, replay]
"""


def small(
    folder: Path,
    *,
    personas: Sequence[str] = ("late_gift",),
    gold: Sequence[int] = range(4),
    attacks: Sequence[int] = range(6),
) -> Path:
    """Make such a folder, with these lines of the data sets; `HOTSEAT_CONTENT` is to name it."""
    shutil.copytree(ROOT / "rubrics", folder / "rubrics")
    (folder / "personas").mkdir()
    for persona in personas:
        shutil.copy(ROOT / "personas" / f"{persona}.yaml", folder / "personas")
    for name, chosen in (
        ("gold/encounters.jsonl", gold),
        ("attacks/replies.jsonl", attacks),
        ("attacks/customer.jsonl", range(2)),
    ):
        lines = (ROOT / "evals" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        path = folder / "evals" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines[place] for place in chosen), encoding="utf-8")
    (folder / "evals" / "gates.yaml").write_text(GATES)
    return folder


def hotseat(content: Path, *arguments: str) -> Result:
    """`hotseat eval` with this content."""
    return CliRunner().invoke(cli.app, ["eval", *arguments], env={"HOTSEAT_CONTENT": str(content)})


def told(content: Path, *arguments: str) -> dict[str, Any]:
    return json.loads(hotseat(content, *arguments, "--json").stdout)
