"""Real past conversations in: CSV, JSON, JSON lines or plain text to masked transcripts. Pure."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from ..domain import Import, Speaker, Turn
from ..errors import ContentError
from .masking import mask

LARGEST = 2 * 1024 * 1024
"""Bytes one upload may have: about a thousand conversations."""

MOST_TURNS = 200
"""Turns one conversation may have."""

LONGEST_TURN = 20_000

CUSTOMERS = frozenset(
    {"customer", "client", "guest", "caller", "user", "buyer", "shopper", "visitor", "patient"}
    | {"member", "tenant", "passenger", "consumer", "kunde", "cliente"}
)
STAFF = frozenset(
    {"trainee", "agent", "rep", "representative", "support", "staff", "assistant", "advisor"}
    | {"adviser", "operator", "service", "employee", "clerk", "helpdesk", "csr", "me", "bot"}
    | {"system", "team"}
)
"""What transcripts call the two sides. Any other two names: who speaks first is the customer."""

CONVERSATION = ("conversation", "conversation_id", "chat", "chat_id", "ticket", "ticket_id", "id")
SPEAKER = ("speaker", "role", "from", "author", "sender", "who")
TEXT = ("text", "message", "content", "body", "utterance")
TURNS = ("turns", "messages", "transcript", "conversation", "dialogue", "chat")

_LINE = re.compile(
    r"^\s*(?:\[?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]?\s*)?([^\W\d_][\w .'-]{0,39}?)\s*:\s+(.*)$"
)
_BREAK = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|#+ .*)\s*$")


class Said(NamedTuple):
    """One message as it was read: whoever said it, by the name the file gives."""

    who: str
    text: str


def imported(text: str, file: str, *, who: str, at: datetime) -> list[Import]:
    """The conversations of an uploaded file, masked, in its order. `file` decides the format by
    its ending (.csv, .tsv, .json, .jsonl, anything else is plain text with `Name: words` lines;
    `---` between two conversations).

    Raises ContentError naming the file, the place and the fix when nothing can be made of it.
    """
    if len(text.encode()) > LARGEST:
        raise ContentError(
            "more than 2 MiB", place=file, fix="split it, and bring in the parts one by one"
        )
    ending = file.rsplit(".", 1)[-1].lower() if "." in file else "txt"
    read = {"csv": _csv, "tsv": _csv, "json": _json, "jsonl": _json_lines, "ndjson": _json_lines}
    found = list(read.get(ending, _plain)(text, file))
    if not found:
        raise ContentError(
            "no conversation in it", place=file, fix="one message a line: `Customer: words`"
        )
    return [
        _import(
            said, f"{title or file} {number}" if len(found) > 1 else title or file, file, who, at
        )
        for number, (title, said) in enumerate(found, start=1)
    ]


def _import(said: Sequence[Said], title: str, file: str, who: str, at: datetime) -> Import:
    if len(said) > MOST_TURNS:
        raise ContentError(
            f"{len(said)} messages; at most {MOST_TURNS}",
            place=f"{file}: {title}",
            fix="leave out what came before the difficult part",
        )
    sides = _sides([each.who for each in said])
    if len(set(sides.values())) < 2:
        raise ContentError(
            "only one side speaks", place=f"{file}: {title}", fix="name who says each message"
        )
    turns: list[Turn] = []
    masked = 0
    for each in said:
        clean, count = mask(each.text.strip()[:LONGEST_TURN])
        masked += count
        speaker = sides[each.who]
        if turns and turns[-1].speaker == speaker:
            turns[-1] = turns[-1].model_copy(update={"text": f"{turns[-1].text}\n{clean}"})
        elif clean:
            number = len(turns) + 1
            turns.append(Turn(id=str(number), number=number, speaker=speaker, text=clean))
    content = json.dumps([[turn.speaker, turn.text] for turn in turns], ensure_ascii=False)
    return Import(
        id=f"import-{hashlib.sha256(content.encode()).hexdigest()[:16]}",
        title=mask(title).text,
        transcript=tuple(turns),
        masked=masked,
        who=who,
        at=at,
    )


def _sides(names: Sequence[str]) -> dict[str, Speaker]:
    """Which side each name is on."""
    known: dict[str, Speaker] = {}
    for name in dict.fromkeys(names):
        words = set(re.findall(r"\w+", name.casefold()))
        if words & CUSTOMERS:
            known[name] = "customer"
        elif words & STAFF:
            known[name] = "trainee"
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    for name in unknown:
        taken = set(known.values())
        known[name] = "customer" if "customer" not in taken else "trainee"
    return known


# ------------------------------------------------------------------------ formats

Found = Iterator[tuple[str, list[Said]]]


def _plain(text: str, file: str) -> Found:  # noqa: ARG001
    said: list[Said] = []
    for line in [*text.splitlines(), "---"]:
        if _BREAK.match(line):
            if said:
                yield "", said
            said = []
        elif match := _LINE.match(line):
            said.append(Said(match[1].strip(), match[2]))
        elif said and line.strip():
            said[-1] = said[-1]._replace(text=f"{said[-1].text}\n{line.strip()}")


def _csv(text: str, file: str) -> Found:
    sample = text[:4096]
    try:
        dialect = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if "\t" in sample.splitlines()[0:1] else csv.excel
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), dialect=dialect)
    named = {name.strip().casefold(): name for name in rows.fieldnames or () if name}
    speaker, words = _column(named, SPEAKER), _column(named, TEXT)
    if speaker is None or words is None:
        raise ContentError(
            f"no column for who speaks or for what is said; it has {', '.join(named) or 'none'}",
            place=f"{file}: line 1",
            fix="name the columns conversation, speaker and text",
        )
    conversation = _column(named, CONVERSATION)
    chats: dict[str, list[Said]] = {}
    for row in rows:
        key = str(row.get(conversation) or "") if conversation else ""
        if row.get(words):
            chats.setdefault(key, []).append(Said(str(row.get(speaker) or ""), str(row[words])))
    yield from chats.items()


def _column(named: Mapping[str, str], wanted: Sequence[str]) -> str | None:
    return next((named[name] for name in wanted if name in named), None)


def _json_lines(text: str, file: str) -> Found:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield from _chats(_loaded(line, f"{file}: line {number}"), f"{file}: line {number}")


def _json(text: str, file: str) -> Found:
    document: object = _loaded(text, file)
    chats: list[Any] = [document]
    if isinstance(document, list) and not _are_messages(cast("list[Any]", document)):
        chats = cast("list[Any]", document)
    for chat in chats:
        yield from _chats(chat, file)


def _loaded(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ContentError("is not JSON", place=place, fix="export it again, or use CSV") from None


def _are_messages(items: Sequence[Any]) -> bool:
    return bool(items) and all(
        isinstance(item, dict) and any(key in item for key in TEXT) for item in items
    )


def _chats(document: Any, place: str) -> Found:
    """One conversation: a list of messages, or a group that holds one."""
    title, messages = "", document
    if isinstance(document, dict):
        group = cast("dict[str, Any]", document)
        title = next(
            (str(group[key]) for key in ("title", *CONVERSATION) if _short(group, key)), ""
        )
        messages = next((group[key] for key in TURNS if isinstance(group.get(key), list)), None)
    if not isinstance(messages, list) or not _are_messages(cast("list[Any]", messages)):
        raise ContentError(
            "no list of messages in it",
            place=place,
            fix='write {"turns": [{"speaker": "customer", "text": "…"}, …]}',
        )
    yield title, [_said(message) for message in cast("list[dict[str, Any]]", messages)]


def _said(message: Mapping[str, Any]) -> Said:
    who = next((str(message[key]) for key in SPEAKER if message.get(key)), "")
    return Said(who, next(str(message[key]) for key in TEXT if key in message))


def _short(group: Mapping[str, Any], key: str) -> bool:
    return isinstance(group.get(key), (str, int)) and len(str(group[key])) <= 80
