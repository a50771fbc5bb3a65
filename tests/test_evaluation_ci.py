"""The workflow files to copy: their steps are run here as a CI server would run them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from recording import record
from small import hotseat, small

from hotseat import catalog
from hotseat.cli import evals

ROOT = Path(__file__).parent.parent
GITHUB, GITLAB = (ROOT / "evals" / "ci" / f"{name}.yml" for name in ("github", "gitlab"))

pytestmark = pytest.mark.xdist_group("evals-ci")

ENDS = {"tier-0": evals.GREEN, "tier-1": evals.GREEN, "tier-2": evals.SKIPPED}
"""How each job ends here, where there is no key: tier 0 is green, tier 1 skips, tier 2 fails."""


def jobs(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every job of a file with the scripts of its steps, in order."""
    values: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, job in values.get("jobs", values).items():
        if not isinstance(job, dict) or name.startswith("."):
            continue
        steps = [step["run"] for step in job.get("steps", ()) if "run" in step]
        yield name, [*steps, *job.get("script", ())]


def commands() -> dict[str, str]:
    """The step of every job that evaluates, by its script, so that none is run twice; the job."""
    found: dict[str, str] = {}
    for path in (GITHUB, GITLAB):
        for name, scripts in jobs(path):
            (script,) = [script for script in scripts if "hotseat eval" in script]
            found.setdefault(script.strip(), f"{path.stem} {name}")
    return found


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small(tmp_path_factory.mktemp("content"), gold=range(2), attacks=range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(catalog.ENV, str(folder))
        gold = folder / "evals" / "gold" / "encounters.jsonl"
        record(folder / "evals" / "replays" / "judge.jsonl", gold, 1)
    kept = str(folder / "evals" / "baselines" / "embedded")
    hotseat(folder, "--only", "scores", "--only", "replay", "--save-baseline", kept)
    return folder


def shell(script: str, where: Path, content: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does, without any key."""
    script = re.sub(r"\$\{\{ matrix\.part \}\}", "1", script)
    assert "${{" not in script
    keep = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    env = {
        **keep,
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT / "src"),
        "HOTSEAT_CONTENT": str(content),
        "CI_NODE_INDEX": "1",
        "CI_NODE_TOTAL": "4",
        "NO_COLOR": "1",
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=where, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", commands(), ids=lambda script: commands()[script])
def test_the_step_of_a_job_does_what_it_says(script: str, content: Path, tmp_path: Path) -> None:
    done = shell(script, tmp_path, content)
    job = commands()[script].split()[1]
    assert done.returncode == ENDS[job.removesuffix("-report")], done.stdout + done.stderr
    if "--junit" in script:
        root = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
        assert {suite.get("name") for suite in root} >= {"scores", "judge", "attacks"}
        assert (tmp_path / "out" / "report.html").read_text().startswith("<!doctype html>")
        assert "Evaluation:" in (tmp_path / "out" / "comment.md").read_text()
    else:
        assert (tmp_path / "part-1" / "scores.jsonl").exists()


def test_tier_1_is_left_out_where_nothing_it_asks_has_changed(
    content: Path, tmp_path: Path
) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "x.yaml").write_text("id: x\n")
    git = "git -c user.name=x -c user.email=x@example.org"
    made = shell(f"git init -q && git add . && {git} commit -qm x", tmp_path, content)
    assert made.returncode == 0, made.stderr
    script = next(s for s in dict(jobs(GITHUB))["tier-1"] if "hotseat eval" in s)
    assert "Nothing that the models are asked" in shell(script, tmp_path, content).stdout
    (tmp_path / "personas" / "x.yaml").write_text("id: y\n")
    assert "skipped" in shell(script, tmp_path, content).stdout


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=lambda path: path.stem)
def test_every_line_is_shell_and_every_file_and_option_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for script in re.findall(r"python -m pip install [^\n]+", text):
        words = shlex.split(script)
        assert "-r" not in words or (ROOT / words[words.index("-r") + 1]).exists()
    for _, scripts in jobs(path):
        for script in scripts:
            assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0
    for named in ("personas", "rubrics", "src/hotseat/prompts", "src/hotseat/judge.py", "evals"):
        assert named in text
        assert (ROOT / named).exists()
