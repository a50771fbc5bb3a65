"""Real past conversations in: CSV, JSON, JSON lines or plain text to masked transcripts. Pure."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
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
    | {"adviser", "operator", "service", "services", "care", "employee", "clerk", "helpdesk"}
    | {"desk", "csr", "me", "bot", "team"}
)
"""What transcripts call the two sides; a "customer service" is staff. Any other two names: who
speaks first is the customer."""

NOBODY = frozenset({"system", "developer", "tool"})
"""Whose messages nobody said to anybody, such as "The chat was closed"."""

NAMES = CUSTOMERS | STAFF | NOBODY

CONVERSATION = ("conversation", "conversation_id", "chat", "chat_id", "ticket", "ticket_id", "id")
SPEAKER = ("speaker", "role", "from", "author", "sender", "who")
TEXT = ("text", "message", "content", "body", "utterance")
TURNS = ("turns", "messages", "transcript", "conversation", "dialogue", "chat")
CHATS = ("conversations", "chats", "tickets", "data", "items")

_TIME = r"\[?\d[\d./:, T-]{3,22}(?:[ap]\.?m\.?)?\]?\s*(?:-\s)?\s*"
_LINE = re.compile(
    rf"^\s*(?:{_TIME})?\**([^\W\d_][\w .'-]{{0,39}}?)\s*:(\**\s+|\**(?=\S))(.*)$", re.IGNORECASE
)
_BREAK = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|#+ .*)\s*$")


class Said(NamedTuple):
    """One message as it was read: whoever said it, by the name the file gives."""

    who: str
    text: str


class Brought(NamedTuple):
    """What a file holds: conversations, and in a sentence each those that cannot be used."""

    found: Sequence[Import]
    left_out: Sequence[str]


def imported(text: str, file: str, *, who: str, at: datetime) -> Brought:
    """The conversations of an uploaded file, masked, in its order. `file` decides the format by
    its ending (.csv, .tsv, .json, .jsonl, anything else is plain text with `Name: words` lines;
    `---` between two conversations). One that cannot be used, such as one with a single side, is
    left out and does not keep the others out.

    Raises ContentError naming the file, the place and the fix when nothing can be made of it.
    """
    if len(text.encode()) > LARGEST:
        fix = "split it, and bring in the parts one by one"
        raise ContentError("more than 2 MiB", place=file, fix=fix)
    ending = file.rsplit(".", 1)[-1].lower() if "." in file else "txt"
    read = {"csv": _csv, "tsv": _csv, "json": _json, "jsonl": _json_lines, "ndjson": _json_lines}
    chats = list(read.get(ending, _plain)(text, file))
    if not chats:
        fix = "one message a line: `Customer: words`"
        raise ContentError("no conversation in it", place=file, fix=fix)
    found, problems = list[Import](), list[ContentError]()
    for number, (title, said) in enumerate(chats, start=1):
        called = f"{title or file} {number}" if len(chats) > 1 else title or file
        try:
            found.append(_import(said, called, file, who, at))
        except ContentError as error:
            problems.append(error)
    if not found:
        raise problems[0]
    return Brought(found, [f"{mask(error.place).text}: {error.problem}" for error in problems])


def _import(said: Sequence[Said], title: str, file: str, who: str, at: datetime) -> Import:
    place = title if title.startswith(file) else f"{file}: {title}"
    if len(said) > MOST_TURNS:
        raise ContentError(
            f"{len(said)} messages; at most {MOST_TURNS}",
            place=place,
            fix="leave out what came before the difficult part",
        )
    sides = _sides([each.who for each in said])
    turns, masked = list[Turn](), 0
    for each in said:
        clean, count = mask(_plain_words(each.text).strip()[:LONGEST_TURN])
        speaker = sides.get(each.who)
        if not clean or speaker is None:
            continue
        masked += count
        if turns and turns[-1].speaker == speaker:
            both = f"{turns[-1].text}\n{clean}"[:LONGEST_TURN]
            turns[-1] = turns[-1].model_copy(update={"text": both})
        else:
            number = len(turns) + 1
            turns.append(Turn(id=str(number), number=number, speaker=speaker, text=clean))
    if len({turn.speaker for turn in turns}) < 2:
        raise ContentError("only one side speaks", place=place, fix="name who says each message")
    content = json.dumps([[turn.speaker, turn.text] for turn in turns], ensure_ascii=False)
    return Import(
        id=f"import-{hashlib.sha256(content.encode()).hexdigest()[:16]}",
        title=mask(_plain_words(title)).text,
        transcript=tuple(turns),
        masked=masked,
        who=who,
        at=at,
    )


def _plain_words(text: str) -> str:
    """Without control characters and halves of a character, which no store keeps."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _sides(names: Sequence[str]) -> dict[str, Speaker]:
    """Which side each name is on; those that are `NOBODY` are on none."""
    known: dict[str, Speaker] = {}
    for name in dict.fromkeys(names):
        words = _words(name)
        if words & STAFF:
            known[name] = "trainee"
        elif words & CUSTOMERS:
            known[name] = "customer"
    unknown = [n for n in dict.fromkeys(names) if n not in known and not _words(n) & NOBODY]
    for name in unknown:
        taken = set(known.values())
        known[name] = "customer" if "customer" not in taken else "trainee"
    return known


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


# ------------------------------------------------------------------------ formats

Found = Iterator[tuple[str, list[Said]]]


def _plain(text: str, file: str) -> Found:  # noqa: ARG001
    said: list[Said] = []
    for line in [*text.splitlines(), "---"]:
        if _BREAK.match(line):
            if said:
                yield "", said
            said = []
        # without a space behind the colon it may be an address, unless the name is known
        elif (match := _LINE.match(line)) and (match[2].strip("*") or _words(match[1]) & NAMES):
            said.append(Said(match[1].strip(), match[3]))
        elif said and line.strip():
            said[-1] = said[-1]._replace(text=f"{said[-1].text}\n{line.strip()}")


def _csv(text: str, file: str) -> Found:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"^sep=.\n", "", text)  # a line that spreadsheets put first
    sample = text[:4096]
    try:
        dialect = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if "\t" in sample.splitlines()[0:1] else csv.excel
    rows = csv.DictReader(io.StringIO(text), dialect=dialect)
    try:
        yield from _rows(rows, file)
    except csv.Error as error:
        raise ContentError(
            f"cannot be read as CSV: {error}",
            place=f"{file}: line {rows.line_num}",
            fix="look for a quotation mark that is never closed there, or before",
        ) from None


def _rows(rows: csv.DictReader[str], file: str) -> Found:
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
    """A conversation a line; or a message a line, grouped by the conversation it names."""
    chats: dict[str, list[Said]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        document = _loaded(line, f"{file}: line {number}")
        if _are_messages([document]) and not _turns(document):
            title = _title(document, CONVERSATION[:-1])
            chats.setdefault(title, []).extend(_said([document]))
        else:
            yield from _chats(document, f"{file}: line {number}")
    yield from chats.items()


def _json(text: str, file: str) -> Found:
    document: Any = _loaded(text, file)
    if isinstance(document, dict) and not _turns(cast("dict[str, Any]", document)):
        group = cast("dict[str, Any]", document)
        document = next((group[key] for key in CHATS if isinstance(group.get(key), list)), group)
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
        title, messages = _title(group, ("title", *CONVERSATION)), _turns(group)
    if not isinstance(messages, list) or not _are_messages(cast("list[Any]", messages)):
        raise ContentError(
            "no list of messages in it",
            place=place,
            fix='write {"turns": [{"speaker": "customer", "text": "…"}, …]}',
        )
    yield title, _said(cast("list[dict[str, Any]]", messages))


def _turns(group: Mapping[str, Any]) -> list[Any] | None:
    return next((group[key] for key in TURNS if isinstance(group.get(key), list)), None)


def _title(group: Mapping[str, Any], keys: Sequence[str]) -> str:
    named = (group.get(key) for key in keys)
    said = (str(name) for name in named if isinstance(name, (str, int)))
    return next((name for name in said if len(name) <= 80), "")


def _said(messages: Sequence[Mapping[str, Any]]) -> list[Said]:
    found: list[Said] = []
    for message in messages:
        who = next((_text(message[key]) for key in SPEAKER if message.get(key)), "")
        found.append(Said(who, next(_text(message[key]) for key in TEXT if key in message)))
    return found


def _text(value: Any) -> str:
    """Words as exports write them: plain, in parts, or as somebody's name; nothing for null."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, cast("list[Any]", value))))
    if isinstance(value, dict):
        part = cast("dict[str, Any]", value)
        return next((_text(part[key]) for key in ("text", "name", "value") if key in part), "")
    return "" if value is None else str(value)
