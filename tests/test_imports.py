"""The import rules of the house, kept by a test and not by hope.

`domain` and `errors` stand alone; the pure modules stand on those; models, pages and storage
each have one home; nothing imports the top. Heavy libraries load only where they are used.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "hotseat"

GROUND = {"domain", "errors"}
PURE = {"mood", "laws", "direction", "scoring", "catalog", "prompts", "reader"} | {
    "claims",
    "evidence",
}
SEATED = {"customer", "judge", "coach", "debrief"}
TOP = {"web", "cli", "terminal", "__main__"}
HOMES = {
    "litellm": {"llm"},
    "pydantic_ai": {"llm", "customer", "judge", "coach", "debrief", "embedded", "evaluation"},
    "pydantic_evals": {"llm", "customer", "judge", "debrief", "embedded", "evaluation"},
    "gradio": {"web"},
    "sqlalchemy": {"store"},
    "ruamel": {"studio"},
    "pypdf": {"studio"},
}
HEAVY = {"litellm", "gradio", "pandas"}


def imports(file: Path) -> Iterator[tuple[str, str, bool, int]]:
    """Every import of a file: the top package, our module if it is ours, at top level?, line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = ("hotseat", *file.relative_to(SRC).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            root = ".".join((*base, *filter(None, [node.module])))
            names = [f"{root}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            ours = rest.split(".")[0] if top == "hotseat" else ""
            yield top, ours, node in tree.body, node.lineno


def fault(module: str, top: str, ours: str, at_top: bool) -> str | None:
    """The rule this import breaks, or None."""
    ours = "" if ours == module else ours
    if ours and module in GROUND and ours not in GROUND:
        return "domain and errors import nothing of ours"
    if ours and module in PURE and ours not in GROUND | PURE:
        return "the pure modules import only domain, errors and each other"
    if module in SEATED and ours in SEATED:
        return "customer, judge, coach and debrief never import each other"
    if ours in TOP and module not in TOP:
        return "nothing imports web, cli or terminal"
    if module not in HOMES.get(top, {module}):
        return f"{top} is imported by {', '.join(sorted(HOMES[top]))} alone"
    if at_top and top in HEAVY and module not in HOMES.get(top, set()):
        return f"{top} is imported where it is used, not at the top"
    return None


@pytest.mark.parametrize("file", sorted(SRC.rglob("*.py")), ids=lambda f: str(f.relative_to(SRC)))
def test_the_import_rules_hold(file: Path) -> None:
    module = file.relative_to(SRC).parts[0].removesuffix(".py")
    faults = [
        f"line {line}: {why}"
        for top, ours, at_top, line in imports(file)
        if (why := fault(module, top, ours, at_top))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("module", "top", "ours", "at_top"),
    [
        ("domain", "hotseat", "mood", True),
        ("mood", "hotseat", "encounter", True),
        ("judge", "hotseat", "customer", False),
        ("store", "hotseat", "web", False),
        ("judge", "litellm", "", False),
        ("evaluation", "pandas", "", True),
    ],
)
def test_a_broken_rule_is_noticed(module: str, top: str, ours: str, at_top: bool) -> None:
    assert fault(module, top, ours, at_top)


def test_asking_for_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, contextlib, hotseat.cli as cli\n"
        "with contextlib.suppress(SystemExit): sys.argv[1:] = ['--help']; cli.main()\n"
        f"sys.exit(' '.join({HEAVY | {'sqlalchemy', 'pydantic_ai'}!r} & sys.modules.keys()) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SRC.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
