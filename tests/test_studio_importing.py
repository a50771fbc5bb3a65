"""Bringing in real conversations: every format, both sides, nothing personal kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from hotseat.domain import Import
from hotseat.errors import ContentError
from hotseat.studio.importing import imported
from hotseat.studio.masking import mask

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(text: str, file: str) -> Sequence[Import]:
    return imported(text, file, who="Mo", at=NOW).found


def told(one: Import) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in one.transcript]


CHAT = [("customer", "My parcel is late."), ("trainee", "I am sorry. I will look.")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.txt", "Customer: My parcel is late.\nAgent: I am sorry.\n I will look.\n"),
        ("a.txt", "[10:02] Ann Lee: My parcel is late.\n10:03 Bo: I am sorry.\nI will look."),
        ("a.csv", "speaker,text\nclient,My parcel is late.\nrep,I am sorry. I will look.\n"),
        ("a.csv", "Role;Message\nGuest;My parcel is late.\nMe;I am sorry. I will look.\n"),
        (
            "a.json",
            json.dumps(
                [
                    {"role": "user", "content": "My parcel is late."},
                    {"role": "assistant", "content": "I am sorry. I will look."},
                ]
            ),
        ),
        (
            "a.jsonl",
            json.dumps(
                {
                    "turns": [
                        {"speaker": "customer", "text": "My parcel is late."},
                        {"speaker": "trainee", "text": "I am sorry. I will look."},
                    ]
                }
            ),
        ),
    ],
)
def test_every_format_gives_the_same_conversation(file: str, text: str) -> None:
    (one,) = read(text, file)
    assert [(who, said.replace("\n", " ")) for who, said in told(one)] == CHAT


def test_several_conversations_of_one_file_are_kept_apart() -> None:
    text = "Customer: One.\nAgent: Yes.\n---\nCustomer: Two.\nAgent: No.\n"
    assert [told(one)[0][1] for one in read(text, "a.txt")] == ["One.", "Two."]
    rows = "conversation,speaker,text\n7,customer,One.\n8,customer,Two.\n7,agent,Yes.\n8,agent,No."
    assert [told(one)[1][1] for one in read(rows, "a.csv")] == ["Yes.", "No."]


def test_two_messages_in_a_row_are_one_turn() -> None:
    (one,) = read("Customer: Hello.\nCustomer: Anybody?\nAgent: Yes.\n", "a.txt")
    assert told(one) == [("customer", "Hello.\nAnybody?"), ("trainee", "Yes.")]


def test_the_same_conversation_brought_in_twice_has_the_same_id() -> None:
    text = "Customer: One.\nAgent: Yes.\n"
    assert read(text, "a.txt")[0].id == read(text, "b.txt")[0].id


def test_what_is_personal_is_masked_before_anything_is_kept() -> None:
    text = (
        "Customer: I am ann@mail.example, card 4111 1111 1111 1111, call +44 20 7946 0958.\n"
        "Agent: And your IBAN GB29 NWBK 6016 1331 9268 19? SSN 123-45-6789?\n"
    )
    (one,) = read(text, "a.txt")
    whole = one.model_dump_json()
    assert not any(s in whole for s in ("ann@", "4111", "7946", "NWBK", "123-45"))
    assert one.masked == 5


@pytest.mark.parametrize(
    "kept",
    [
        "Order LK-20418 of 64.00, due 2026-05-18 at 9:30.",
        "Ticket 20418777, 18.05.2026, 1,250.00 in all.",
        "Between 10 and 12, or 2 to 4 pm; 3 of 12.",
        "It is the 1234567890123 model.",
        "Order 2026-11-22-0001, parcel AB12 3456 7890 and HS12 ABCD 1234.",
        "Be 10 minutes late, at 12 or so.",
    ],
)
def test_orders_sums_and_dates_are_not_personal(kept: str) -> None:
    assert mask(kept) == (kept, 0)


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("a.txt", "nothing here", "no conversation"),
        ("a.txt", "Customer: One.\nCustomer: Two.", "only one side"),
        ("a.csv", "a,b\n1,2\n", "no column"),
        ("a.json", "{", "not JSON"),
        ("a.json", '{"x": 1}', "no list of messages"),
        ("a.txt", "x" * (2 * 1024 * 1024 + 1), "2 MiB"),
        ("a.txt", "Customer: a\nAgent: b\n" * 101, "202 messages"),
    ],
)
def test_a_file_nothing_can_be_made_of_is_told_with_place_and_fix(
    file: str, text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem) as told_:
        read(text, file)
    assert told_.value.place.startswith(file)
    assert told_.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-12 10:22:01 Customer: My parcel is late.\n2026-05-12 10:23 Bo: I am sorry.",
        "12/05/2026, 10:22 - Ann: My parcel is late.\n12/05/2026, 10:23 - Shop: I am sorry.",
        "**Customer:** My parcel is late.\n**Agent:** I am sorry.",
        "Customer:My parcel is late.\nCustomer Service:I am sorry.",
        "10:22 AM Customer: My parcel is late.\nSystem: Bo joined.\n10:23 AM Bo: I am sorry.",
    ],
)
def test_chats_are_read_as_programs_write_them(text: str) -> None:
    (one,) = read(text, "a.txt")
    assert told(one) == [("customer", "My parcel is late."), ("trainee", "I am sorry.")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.csv", "sep=;\rspeaker;text\rcustomer;Late\x07.\ragent;Sorry.\r"),
        ("a.jsonl", '{"role":"user","content":"Late."}\n{"role":"bot","content":"Sorry."}'),
        (
            "a.json",
            '{"conversations":[{"turns":[{"role":"system","content":"Be kind."},'
            '{"role":"user","content":[{"type":"text","text":"Late\\ud800."}]},'
            '{"author":{"name":"Agent"},"text":"Sorry."},{"role":"user","content":null}]}]}',
        ),
    ],
)
def test_exports_are_read_whatever_wraps_their_words(file: str, text: str) -> None:
    (one,) = read(text, file)
    assert told(one) == [("customer", "Late."), ("trainee", "Sorry.")]


def test_what_cannot_be_used_is_told_and_keeps_nothing_else_out() -> None:
    text = "Customer: Hello?\n---\nCustomer: Late.\nAgent: Sorry.\n---\nCustomer:  \nAgent: Yes?\n"
    found, left_out = imported(text, "a.txt", who="Mo", at=NOW)
    assert [told(one) for one in found] == [[("customer", "Late."), ("trainee", "Sorry.")]]
    assert left_out == [f"a.txt {n}: only one side speaks" for n in (1, 3)]


def test_a_field_no_csv_has_is_told_by_its_line() -> None:
    with pytest.raises(ContentError, match="CSV") as told_:
        read(f"speaker,text\ncustomer,{'a' * 200_000}\n", "a.csv")
    assert told_.value.place.startswith("a.csv: line ")


@pytest.mark.parametrize(
    "said",
    [
        "4111.1111.1111.1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111\u20131111\u20131111\u20131111",
        "411111\u200b1111111111",
        "de89 3704 0044 0532 0130 00",
        "DE89-3704-0044-0532-0130-00",
        "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
        "NO93 8601 1117 947",
        "o'brien@mail.example",
        "ann (at) mail.example",
        "+49\u00a0170\u00a01234567",
        "+33 (0)6 12 34 56 78",
    ],
)
def test_details_are_masked_however_they_are_written(said: str) -> None:
    (text, found) = mask(f"It is {said}, thanks.")
    assert found == 1
    assert text.startswith("It is [")
    assert text.endswith("], thanks.")


def test_a_number_beside_a_card_hides_neither() -> None:
    said = "Order 12345 4111 1111 1111 1111 and 5500 0000 0000 0004, phone: 4155552671"
    told_, found = mask(said)
    assert told_ == "Order 12345 [card number] and [card number], phone: [phone number]"
    assert found == 3
