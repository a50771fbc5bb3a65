"""Content is found, read strictly, and every mistake in it is told at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotseat import catalog
from hotseat.domain import Persona
from hotseat.errors import ContentError

REPO = Path(__file__).parent.parent
EXEMPLAR = (REPO / "tests" / "exemplar.yaml").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder with the real rubric and one persona."""
    shutil.copytree(REPO / "rubrics", tmp_path / "rubrics")
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "late_gift.yaml").write_text(EXEMPLAR, encoding="utf-8")
    return tmp_path


def problems(root: Path, text: str | bytes) -> list[str]:
    """What `check` says when the persona's file holds this; the fixes are left out."""
    path = root / "personas" / "late_gift.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [
        str(problem).split("\n")[0].removeprefix("personas/late_gift.yaml: ")
        for problem in catalog.check(root)
    ]


def changed(old: str, new: str) -> str:
    assert old in EXEMPLAR
    return EXEMPLAR.replace(old, new, 1)


# ------------------------------------------------------------------ finding


def test_a_checkout_finds_its_own_content() -> None:
    assert catalog.content_root() == REPO


def test_the_environment_names_another_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTSEAT_CONTENT", str(root))
    assert catalog.content_root() == root
    assert list(catalog.personas()) == ["late_gift"]


def test_an_argument_goes_before_the_environment(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTSEAT_CONTENT", str(tmp_path / "elsewhere"))
    assert catalog.content_root(root) == root


def test_a_named_folder_without_content_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTSEAT_CONTENT", str(tmp_path / "gone"))
    with pytest.raises(ContentError) as caught:
        catalog.content_root()
    told = str(caught.value)
    assert "no personas/ and rubrics/" in told
    assert str(tmp_path / "gone") in told
    assert "fix: point HOTSEAT_CONTENT" in told


def test_an_installed_package_finds_the_content_that_came_with_it(root: Path) -> None:
    package = root / "lib" / "site" / "hotseat"
    for name in ("catalog", "domain"):
        shutil.copytree(REPO / "src" / "hotseat" / name, package / name)
    for name in ("__init__.py", "errors.py"):
        shutil.copy(REPO / "src" / "hotseat" / name, package)
    for name in ("personas", "rubrics"):
        shutil.copytree(root / name, package / "content" / name)
    code = "from hotseat import catalog; print(catalog.content_root(), *catalog.personas())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == [str(package / "content"), "late_gift"], done.stderr


def test_an_unknown_persona_is_answered_with_those_there_are(root: Path) -> None:
    with pytest.raises(ContentError, match="did you mean 'late_gift'"):
        catalog.persona("late_gfit", root)
    with pytest.raises(ContentError, match="choose one of late_gift"):
        catalog.persona("../rubrics/service_recovery", root)


def test_loading_one_persona_does_not_read_the_others(root: Path) -> None:
    (root / "personas" / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert catalog.persona("late_gift", root).name == "Dana Whitlock"
    with pytest.raises(ContentError, match=r"broken\.yaml"):
        catalog.personas(root)


# ------------------------------------------------------------------ strict YAML


def test_strings_stay_strings(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("a: no\nb: null\nc: 1.50\nd: 2026-11-22\ne:\nf: [yes, ~]\n", encoding="utf-8")
    assert catalog.load_yaml(path) == {
        "a": "no",
        "b": "null",
        "c": "1.50",
        "d": "2026-11-22",
        "e": "",
        "f": ["yes", "~"],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: x\nname: a\nid: y\n", "line 3: the key 'id' is here twice"),
        ("a: &x b\n", "line 1: an anchor, &x"),
        ("a: &x b\nc: *x\n", "line 2: an alias, *x"),
        ("a: !!python/object:os.system b\n", "line 1: a tag, "),
        ("a: !!int 3\n", "line 1: a tag, "),
        ("? [a]\n: b\n", "line 1: a key that is a list or a group"),
        ("a: b\n---\nc: d\n", "line 2: a second document starts here"),
        ("- a\n- b\n", "line 1: no keys such as `id:`"),
        ("a: '  '\n", "line 1: nothing but spaces"),
        ("# only a comment\n", "empty"),
        ("a: it is: broken\n", "line 1, column 9: a second `: ` in one line"),
        ("a:\n\t- b\n", "line 2, column 1: a tab"),
        ("a: [b, c\n", "line 2, column 1: "),
        ("a: " + "[" * 50_000, "line 1: nested more than 20 deep"),
        ("a: " + "x" * 300_000, "293 KiB; at most 256"),
        (b"a: b\nc: \xe9\n", "line 2: not UTF-8 text"),
        ("a: b\nc: \0\n", "line 2: has a control character (U+0000)"),
    ],
)
def test_yaml_that_could_surprise_is_refused(root: Path, text: str | bytes, said: str) -> None:
    assert any(line.startswith(said) for line in problems(root, text)), problems(root, text)


def test_a_file_that_expands_without_end_is_refused_at_once(root: Path) -> None:
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 12)]
    assert "line 2: an alias, *a0" in problems(root, "\n".join(rows))


@given(
    start=st.integers(0, len(EXEMPLAR)),
    length=st.integers(0, 200),
    patch=st.text(st.sampled_from("\t\n \"'#&*!|>%@`:-?[]{},ab1é\u2028\x85"), max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_no_damage_to_a_file_makes_the_check_crash(start: int, length: int, patch: str) -> None:
    with TemporaryDirectory() as folder:
        for name in ("personas", "rubrics"):
            (Path(folder) / name).mkdir()
        damaged = EXEMPLAR[:start] + patch + EXEMPLAR[start + length :]
        path = Path(folder) / "personas" / "late_gift.yaml"
        path.write_text(damaged, encoding="utf-8", newline="")
        for problem in catalog.check(folder):
            assert problem.problem
            assert problem.fix


def test_windows_endings_and_a_byte_order_mark_are_fine(root: Path) -> None:
    assert problems(root, b"\xef\xbb\xbf" + EXEMPLAR.replace("\n", "\r\n").encode()) == []


# ------------------------------------------------------------------ a trainer's words


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    policy:", "    polcy:", "unknown key 'polcy'; did you mean 'policy'?"),
        ("  tension: 7", "  tension: 12", "should be a whole number from 0 to 10, not '12'"),
        ("  patience: 5", "  patience:", "should be a whole number from 2 to 10, not empty"),
        ("fault: ours", "fault: our", "should be one of ours, shared, theirs, unknown, not 'our'"),
        ("sign: timeline", "sign: {a: b}", "should be text or a list, not a group of keys"),
        ("[Furious, Angry, Frustrated, ", "[", "should be a list of 5, has 2"),
        ("      order:\n", "      Order Nr:\n", "should be a name of small letters, digits, - and"),
        ("goodwill_cap: 10", "goodwill_cap: ten", "should be a number of 0 or more, not 'ten'"),
        ("  minimise:\n    any:", "  minimise:\n    any: so?\n    hot:", "should be a list, not "),
    ],
)
def test_a_wrong_value_is_told_in_words(root: Path, old: str, new: str, said: str) -> None:
    told = problems(root, changed(old, new))
    assert len(told) == 1
    assert said in told[0]


def test_a_missing_key_is_told_with_what_to_write(root: Path) -> None:
    before, after = EXEMPLAR.split("    policy:\n")
    problems(root, before + after[after.index("    phrases:") :])
    assert [str(problem) for problem in catalog.check(root)] == [
        "personas/late_gift.yaml: scenarios.birthday.policy: missing\n"
        "  fix: say what the trainee may offer"
    ]


def test_the_id_is_the_name_of_the_file(root: Path) -> None:
    assert problems(root, changed("id: late_gift", "id: early_gift")) == [
        "id: is 'early_gift', but the file is called late_gift.yaml"
    ]


def test_all_mistakes_of_all_files_are_told_at_once(root: Path) -> None:
    rubric = root / "rubrics" / "service_recovery.yaml"
    rubric.write_text(
        rubric.read_text(encoding="utf-8").replace("aggregation: worst", "aggregation: least", 1),
        encoding="utf-8",
    )
    (root / "personas" / "second.yaml").write_text("id: second\nnmae: B\n", encoding="utf-8")
    (root / "personas" / "third.yml").write_text("id: third\n", encoding="utf-8")
    problems(root, changed("fault: ours", "fault: mine").replace("by: 2", "by: 9"))
    told = "\n".join(map(str, catalog.check(root)))
    assert "rubrics/service_recovery.yaml: criteria[5].aggregation: should be one of mean" in told
    assert "scenarios.birthday.fault: " in told
    assert "softens_at[0].by: should be a whole number from 1 to 3" in told
    assert "second.yaml: nmae: unknown key 'nmae'; did you mean 'name'?" in told
    assert "second.yaml: scenarios: missing" in told
    assert "third.yml: is not read" in told
    with pytest.raises(ContentError) as caught:
        catalog.personas(root)
    assert "late_gift.yaml" in str(caught.value)
    assert "second.yaml" in str(caught.value)


def test_a_broken_rubric_does_not_make_every_persona_look_wrong(root: Path) -> None:
    (root / "rubrics" / "service_recovery.yaml").write_text("id: [", encoding="utf-8")
    assert {problem.file for problem in catalog.check(root)} == {"rubrics/service_recovery.yaml"}


def test_missing_sources_are_told_once(root: Path) -> None:
    (root / "rubrics" / "sources.yaml").unlink()
    assert [str(problem) for problem in catalog.check(root)] == [
        "rubrics/sources.yaml: cannot be read: No such file or directory\n"
        "  fix: check the name and rights"
    ]


def test_an_empty_folder_is_told(root: Path) -> None:
    (root / "personas" / "late_gift.yaml").unlink()
    assert "personas/: nothing to read" in str(catalog.check(root)[0])


# ------------------------------------------------------------------ versions and schemas


def test_a_fingerprint_follows_the_content_and_nothing_else(root: Path) -> None:
    before = catalog.fingerprint(catalog.persona("late_gift", root))
    assert len(before) == 64
    problems(root, "# a comment\n" + EXEMPLAR)
    assert catalog.fingerprint(catalog.persona("late_gift", root)) == before
    problems(root, changed("tension: 7", "tension: 8"))
    assert catalog.fingerprint(catalog.persona("late_gift", root)) != before


def test_a_persona_survives_a_round_trip_with_its_fingerprint(root: Path) -> None:
    persona = catalog.persona("late_gift", root)
    again = Persona.model_validate_json(persona.model_dump_json())
    assert catalog.fingerprint(again) == catalog.fingerprint(persona)


def test_the_schemas_for_editors_are_current() -> None:
    for name, schema in catalog.schemas().items():
        path = REPO / f"{name}s" / "schema" / f"{name}.json"
        stored = json.loads(path.read_text(encoding="utf-8"))
        assert stored == schema, f"{path.name} is old: run `hotseat schemas`"


def test_schemas_are_written_beside_the_content(root: Path) -> None:
    shutil.rmtree(root / "rubrics" / "schema", ignore_errors=True)
    written = catalog.write_schemas(root)
    assert written == [
        root / "personas" / "schema" / "persona.json",
        root / "rubrics" / "schema" / "rubric.json",
    ]
    assert "insult" in written[0].read_text(encoding="utf-8")


def test_the_content_that_is_shipped_is_without_a_problem() -> None:
    assert [str(problem) for problem in catalog.check(REPO)] == []


def test_what_pydantic_refuses_does_not_hide_what_the_lint_would_find(root: Path) -> None:
    path = root / "personas" / "late_gift.yaml"
    text = EXEMPLAR.replace("level: 1", "level: 9").replace("    fault: ours", "    falt: ours")
    text = text.replace("id: late_gift", "id: other", 1)
    path.write_text(text.replace("softens_at:", "softens_at: []\nwas:", 1), encoding="utf-8")
    found = {problem.place for problem in catalog.check(root) if "late_gift" in problem.file}
    assert {"level", "scenarios.birthday.falt", "id", "was", "softens_at"} <= found
