"""What a trainee can take along: the record as JSON, and one page that needs nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import playing
import pytest
from fastapi.testclient import TestClient
from markupsafe import escape

from hotseat import catalog
from hotseat.domain import Record, SelfView
from hotseat.store import Store
from hotseat.web import create_app, report
from hotseat.web.identity import COOKIE, browser_name

TOKEN = "0123456789abcdef" * 2


async def stored(folder: Path) -> Record:
    store = await Store.open(playing.url(folder))
    record = await playing.played(
        store, (*playing.GOOD[:2], playing.ATTACK), trainee=browser_name(TOKEN)
    )
    view = SelfView(worked=playing.ATTACK)
    await store.save_self_view(record.id, view)
    await store.close()
    return record.model_copy(update={"self_view": view})


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return asyncio.run(stored(tmp_path))


@pytest.fixture
def client(tmp_path: Path, record: Record) -> Iterator[TestClient]:
    with TestClient(create_app(playing.url(tmp_path), {}), cookies={COOKIE: TOKEN}) as client:
        yield client


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_json_export_is_the_record_itself(client: TestClient, record: Record) -> None:
    answer = client.get(f"/record/{record.id}.json")
    assert answer.status_code == 200
    assert Record.model_validate(json.loads(answer.text)) == record.model_copy(
        update={"trainee": "you"}
    )
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize("kind", ["json", "html"])
def test_an_export_holds_no_key_to_anybodys_records(
    client: TestClient, record: Record, kind: str
) -> None:
    text = client.get(f"/record/{record.id}.{kind}").text
    assert TOKEN not in text
    assert record.trainee.removeprefix("browser:") not in text
    for found in {*re.findall(r"(?=([0-9a-f]{32}))", text), record.trainee[-32:]}:
        client.cookies.set(COOKIE, found)
        assert client.get(f"/record/{record.id}.{kind}").status_code == 404


def test_the_html_export_is_one_page_with_everything_in_it(
    client: TestClient, record: Record
) -> None:
    text = client.get(f"/record/{record.id}.html").text
    for turn in record.transcript[:3]:
        assert str(escape(turn.text)) in text
    for words in ("The brief", "How the mood moved", "Scorecard", "The conversation", "Versions"):
        assert words in text
    assert record.pins.persona[:12] in text


def test_the_html_export_runs_and_fetches_nothing(record: Record) -> None:
    text = report.export(record, catalog.sources())
    tags = Tags()
    tags.feed(text)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags.seen}
    for tag, attributes in tags.seen:
        assert not any(name.startswith("on") for name in attributes), tag
        assert not attributes.get("src")
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in text
    assert "@import" not in text
    assert "&lt;img src=x" in text


@pytest.mark.parametrize("name", ["{id}.json", "{id}.html"])
def test_nobody_else_gets_it(client: TestClient, record: Record, name: str) -> None:
    client.cookies.set(COOKIE, "f" * 32)
    assert client.get("/record/" + name.format(id=record.id)).status_code == 404


@pytest.mark.parametrize("name", ["{id}", "{id}.txt", "nothing.json", "..%2f.json", ".json"])
def test_an_address_that_is_none_is_not_found(
    client: TestClient, record: Record, name: str
) -> None:
    assert client.get("/record/" + name.format(id=record.id)).status_code == 404
