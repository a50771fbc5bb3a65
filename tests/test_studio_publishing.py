"""Drafts become versions; the file is the truth; nobody is overwritten unseen."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hotseat import catalog
from hotseat.catalog.loaded import Content
from hotseat.errors import ContentError
from hotseat.store import Store
from hotseat.studio.edit import Change, renamed
from hotseat.studio.publishing import Conflict, Desk

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "personas").mkdir(parents=True)
    (tmp_path / "content" / "rubrics").mkdir()
    shutil.copy(ROOT / "personas" / "late_gift.yaml", tmp_path / "content" / "personas")
    for file in (ROOT / "rubrics").glob("*.yaml"):
        shutil.copy(file, tmp_path / "content" / "rubrics")
    return tmp_path / "content"


@pytest.fixture
async def desk(folder: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    store = await Store.open(f"sqlite:///{tmp_path / 'x.sqlite'}")
    yield Desk(store, folder)
    await store.close()


def on_disk(folder: Path, name: str = "late_gift") -> str:
    return (folder / "personas" / f"{name}.yaml").read_text(encoding="utf-8")


CALMER = Change("mood.tension", "6")


async def test_a_draft_leaves_the_file_alone_until_it_is_published(
    desk: Desk, folder: Path
) -> None:
    before = on_disk(folder)
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    assert on_disk(folder) == before
    version = await desk.publish("persona", "late_gift", "Mo", "a little calmer")
    assert on_disk(folder) == version.text != before
    assert version.hash == catalog.fingerprint(catalog.persona("late_gift", folder))
    opened = await desk.open("persona", "late_gift", "Mo")
    assert [v.note for v in opened.versions] == ["as it was found", "a little calmer"]
    assert (opened.drafted, opened.stale, opened.unpublished) == (False, False, False)


async def test_what_is_broken_is_kept_as_a_draft_and_not_published(
    desk: Desk, folder: Path
) -> None:
    before = on_disk(folder)
    await desk.change("persona", "late_gift", "Mo", [Change("mood.tension", "eleven")])
    with pytest.raises(ContentError, match=r"mood\.tension"):
        await desk.publish("persona", "late_gift", "Mo", "hotter")
    assert on_disk(folder) == before
    assert (await desk.open("persona", "late_gift", "Mo")).drafted


async def test_a_version_says_what_changed(desk: Desk) -> None:
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    with pytest.raises(ContentError, match="note"):
        await desk.publish("persona", "late_gift", "Mo", "  ")


async def test_two_trainers_at_one_file_do_not_overwrite_each_other(
    desk: Desk, folder: Path
) -> None:
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    await desk.change("persona", "late_gift", "Ann", [Change("mood.trust", "2")])
    assert (await desk.open("persona", "late_gift", "Mo")).others == ["Ann"]
    theirs = await desk.publish("persona", "late_gift", "Ann", "less trusting")
    with pytest.raises(Conflict) as conflict:
        await desk.publish("persona", "late_gift", "Mo", "calmer")
    assert conflict.value.theirs == theirs.text == on_disk(folder)
    assert (await desk.open("persona", "late_gift", "Mo")).stale
    await desk.keep_mine("persona", "late_gift", "Mo")
    mine = await desk.publish("persona", "late_gift", "Mo", "calmer, over Ann's")
    assert on_disk(folder) == mine.text
    assert mine.number == 3


async def test_what_somebody_edits_on_disk_appears_and_is_not_overwritten(
    desk: Desk, folder: Path
) -> None:
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    await desk.publish("persona", "late_gift", "Mo", "calmer")
    by_hand = on_disk(folder).replace("tension: 6", "tension: 8")
    await desk.change("persona", "late_gift", "Mo", [Change("mood.trust", "2")])
    (folder / "personas" / "late_gift.yaml").write_text(by_hand, encoding="utf-8")
    assert (await desk.open("persona", "late_gift", "Ann")).text == by_hand
    assert (await desk.open("persona", "late_gift", "Ann")).unpublished
    with pytest.raises(Conflict):
        await desk.publish("persona", "late_gift", "Mo", "less trusting")


async def test_an_old_version_is_published_again_as_the_newest(desk: Desk, folder: Path) -> None:
    before = on_disk(folder)
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    await desk.publish("persona", "late_gift", "Mo", "calmer")
    back = await desk.roll_back("persona", "late_gift", "Mo", 1)
    assert (back.number, on_disk(folder)) == (3, before)
    with pytest.raises(ContentError, match="no version 9"):
        await desk.roll_back("persona", "late_gift", "Mo", 9)


async def test_a_duplicate_is_a_draft_first_and_then_a_file_of_its_own(
    desk: Desk, folder: Path
) -> None:
    text = renamed(on_disk(folder), "late_cake", title="Dana Reed")
    await desk.save("persona", "late_cake", "Mo", text)
    assert "late_cake" not in catalog.personas(folder)
    version = await desk.publish("persona", "late_cake", "Mo", "another Dana")
    assert version.number == 1
    assert catalog.persona("late_cake", folder).name == "Dana Reed"


async def test_reverting_goes_back_to_the_file(desk: Desk, folder: Path) -> None:
    await desk.change("persona", "late_gift", "Mo", [CALMER])
    await desk.revert("persona", "late_gift", "Mo")
    assert (await desk.open("persona", "late_gift", "Mo")).text == on_disk(folder)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "x\x00"])
async def test_no_name_leads_out_of_the_folder(desk: Desk, name: str) -> None:
    with pytest.raises(ContentError):
        await desk.save("persona", name, "Mo", "id: x\n")


def test_a_running_server_takes_up_what_changed_and_keeps_the_last_good(folder: Path) -> None:
    content, file = Content(folder), folder / "personas" / "late_gift.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("name: Dana Whitlock", "name: Dana Reed"), encoding="utf-8")
    assert content.personas["late_gift"].name == "Dana Reed"
    file.write_text("id: [", encoding="utf-8")
    assert content.personas["late_gift"].name == "Dana Reed"
    assert "late_gift" in content.trouble
    file.write_text(good, encoding="utf-8")
    assert content.personas["late_gift"].name == "Dana Whitlock"
    assert content.trouble == ""


async def test_a_folder_that_cannot_be_written_leaves_no_version_behind(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    await desk.change("persona", "late_gift", "Mo", [CALMER])
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkstemp", refused)  # the tests may run as root, who may write
        with pytest.raises(ContentError, match="the right to write there"):
            await desk.publish("persona", "late_gift", "Mo", "a little calmer")
    opened = await desk.open("persona", "late_gift", "Mo")
    assert (list(opened.versions), opened.drafted) == ([], True)
    await desk.publish("persona", "late_gift", "Mo", "a little calmer")
    assert [p.name for p in (folder / "personas").iterdir()] == ["late_gift.yaml"]


async def test_a_server_ended_before_the_draft_was_dropped_leaves_no_conflict(
    desk: Desk, folder: Path
) -> None:
    draft = await desk.change("persona", "late_gift", "Mo", [CALMER])
    (folder / "personas" / "late_gift.yaml").write_text(draft.text, encoding="utf-8")
    opened = await desk.open("persona", "late_gift", "Mo")
    assert (opened.drafted, opened.stale) == (False, False)
    (folder / "personas" / "late_gift.yaml").write_text("id: late_gift\n", encoding="utf-8")
    assert not (await desk.open("persona", "late_gift", "Mo")).stale


async def test_the_sources_are_no_rubric_to_open_or_write_over(desk: Desk) -> None:
    with pytest.raises(ContentError, match="no rubric"):
        await desk.open("rubric", "sources", "Mo")
    with pytest.raises(ContentError, match="no rubric"):
        await desk.save("rubric", "sources", "Mo", "id: sources\n")
