"""Amounts, times, days and offers: found in any spelling, and founded or not."""

import pytest

from hotseat.claims import claims, unfounded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I can refund the 64.00 to you", ("64", "refund")),
        ("It costs 1,200.50, order LK-20418", ("1200.5", "20418")),
        ("20% or 20 percent, or twenty per cent", ("20%",)),
        ("by 4 pm, at 16:30, at 4.45 p.m., at 9am", ("16:00", "16:30", "16:45", "9:00")),
        ("at 12 am and 12 pm", ("0:00", "12:00")),
        ("in two days, or Thursday week", ("2", "thursday", "week")),
        ("tomorrow by noon, or this afternoon", ("12:00", "tomorrow", "this afternoon")),
        ("free of charge, with a voucher; your money back", ("refund", "voucher", "free")),
        ("10 off your next order", ("10", "discount")),
        ("I can see two options; feel free to choose. One moment.", ()),
        ("What a bad morning. May I help?", ()),
        ("Card 4111 1111 1111 1111", ("4111", "1111")),
        ("", ()),
    ],
)
def test_a_text_claims_what_could_be_looked_up(text, found):
    assert claims(text) == found


@pytest.mark.parametrize(
    ("text", "grounds", "missing"),
    [
        ("64 back", ["a refund of 64.00"], ""),
        ("46 back", ["a refund of 64.00"], "46"),
        ("20% off", ["20 off"], "20%"),
        ("by 4 pm", ["by 4, tomorrow"], ""),
        ("by 4", ["she answers by 16:00"], ""),
        ("by 4:30 pm", ["by 4"], "16:30"),
        ("by 3 pm", ["on the card in 3 working days", "from 3 on"], ""),
        ("by 3 pm", ["on the card in 3 working days"], "15:00"),
        ("on Friday", ["Thursday", "Friday"], ""),
        ("a coupon for you", ["a refund"], "voucher"),
        ("in three days", ["(3 working days)"], ""),
        ("in three days", [], "3"),
        ("We are sorry.", [], ""),
    ],
)
def test_a_claim_is_founded_by_any_text_that_makes_it(text, grounds, missing):
    assert unfounded(text, grounds) == missing
