"""What tier 0 is for: breaking something on purpose turns it red, for the right reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from recording import record
from small import hotseat, small

from hotseat import catalog, mood, prompts, reader
from hotseat.cli import evals
from hotseat.domain import Read
from hotseat.laws import Terms

pytestmark = pytest.mark.xdist_group("evals-mutations")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content folder with a recording and baselines. Its gold has two encounters in which
    raters saw an insult."""
    folder = small(tmp_path_factory.mktemp("whole"), gold=(0, 3, 9, 10), attacks=range(4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(catalog.ENV, str(folder))
        record(folder / "evals" / "replays" / "judge.jsonl", gold(folder), 1)
    kept = str(folder / "evals" / "baselines" / "embedded")
    only = ("--only", "scores", "--only", "replay", "--only", "judge")
    hotseat(folder, "--tier", "0", *only, "--save-baseline", kept)
    return folder


@pytest.fixture
def content(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    return shutil.copytree(whole, tmp_path / "content")


def gold(folder: Path) -> Path:
    return folder / "evals" / "gold" / "encounters.jsonl"


def reds(folder: Path, *suites: str, code: int = evals.RED) -> dict[str, str]:
    """What is red, gate by gate, when these suites of tier 0 are run."""
    only = [word for suite in suites for word in ("--only", suite)]
    result = hotseat(folder, "--tier", "0", *only, "--json")
    assert result.exit_code == code, result.output
    gates = json.loads(result.stdout)["gates"]
    return {gate["gate"]: gate["says"] for gate in gates if gate["colour"] == "red"}


def edited(path: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change a content file through its values; every scalar is text there."""
    values = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    edit(values)
    text = yaml.dump(values, default_style='"', allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def test_nothing_broken_is_green(content: Path) -> None:
    assert reds(content, code=evals.GREEN) == {}


def test_a_changed_judge_prompt_is_red_and_names_the_file(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(Path(prompts.__file__).parent, folder)
    role = folder / "judge_role.jinja"
    role.write_text(role.read_text() + "\nBe kind to beginners.\n")
    monkeypatch.setattr(prompts, "_FOLDER", folder)
    monkeypatch.setattr(prompts, "__file__", str(folder / "__init__.py"))
    caches = (prompts._environment, prompts.fingerprint)  # pyright: ignore[reportPrivateUsage]
    for cached in caches:
        cached.cache_clear()
    try:
        found = reds(content, "replay")
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()
    assert set(found) == {"replay/replay"}
    assert "changed: prompts/judge_role.jinja" in found["replay/replay"]


def test_a_customer_who_gives_in_at_once_is_red(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soft = Terms(0, 0, down=9, up=3, pushbacks=0, accepts_at=10, min_turns=1, hearing=False)
    monkeypatch.setattr(mood, "TERMS", {**mood.TERMS, "standard": soft})
    found = reds(content, "customer")
    assert "gave in before the needs were met" in found["customer/no_capitulation"]


def test_a_need_that_an_apology_meets_is_red(content: Path) -> None:
    def cheap(values: dict[str, Any]) -> None:
        for scenario in values["scenarios"].values():
            for need in scenario["needs"].values():
                need["sign"].insert(0, "sorry|apologise|apology")

    edited(content / "personas" / "late_gift.yaml", cheap)
    found = reds(content, "customer")
    assert "customer/one_sorry_is_not_enough" in found
    told = " ".join(hotseat(content, "--tier", "0", "--only", "customer").stdout.split())
    assert "sorry/late_gift/birthday/standard/sorry/0: " in told  # which case, not only how many
    assert "accepted after nothing but apologies" in told


def test_a_customer_whom_nobody_can_please_is_red(content: Path) -> None:
    def stone(values: dict[str, Any]) -> None:
        for scenario in values["scenarios"].values():
            for need in scenario["needs"].values():
                need["sign"] = ["abracadabra"]

    edited(content / "personas" / "late_gift.yaml", stone)
    found = reds(content, "content")
    assert "content/problems" in found


def test_a_changed_weight_is_red_and_says_which(content: Path) -> None:
    def heavier(values: dict[str, Any]) -> None:
        weights = {one["id"]: one for one in values["criteria"]}
        weights["listen_fully"]["weight"] = "9"
        weights["paraphrase"]["weight"] = "6"

    edited(content / "rubrics" / "service_recovery.yaml", heavier)
    found = reds(content, "scores")["scores/pinned"]
    assert "weight of listen_fully: now 9, mean, was 7, mean" in found
    assert "weight of paraphrase: now 6, once, was 8, once" in found


def test_weights_that_do_not_add_up_are_red_too(content: Path) -> None:
    def more(values: dict[str, Any]) -> None:
        values["criteria"][0]["weight"] = "9"

    edited(content / "rubrics" / "service_recovery.yaml", more)
    assert "content/problems" in reds(content, "content")


def test_a_check_asked_in_other_words_is_red_and_names_the_rubric(content: Path) -> None:
    def reworded(values: dict[str, Any]) -> None:
        values["criteria"][0]["checks"][0]["ask"] = "Does the reply look nice?"

    edited(content / "rubrics" / "service_recovery.yaml", reworded)
    found = reds(content, "replay")
    assert "changed: rubrics/service_recovery.yaml" in found["replay/replay"]


def with_rule(monkeypatch: pytest.MonkeyPatch, criterion: str, read: Read) -> None:
    """Let the reader say the same of a criterion, whatever the reply."""
    rules = dict(reader._RULES)  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(reader, "_RULES", {**rules, criterion: lambda *_: read})


def test_a_reader_that_lets_insults_pass_is_red(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rule(monkeypatch, "composure", Read(level="na"))
    found = reds(content, "judge")
    assert "an insult was let pass" in found["judge/lapses_found/composure"]


def test_a_reader_rule_that_is_off_is_a_real_drop(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rule(monkeypatch, "paraphrase", Read(level="na"))
    found = reds(content, "judge")
    assert "a real drop" in found["judge/drop"]
