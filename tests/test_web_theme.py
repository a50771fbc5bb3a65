"""The colours hold up: text on its ground, and the outline of what can be used."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hotseat.web import theme

PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}
TEXT = [
    *((ink, ground) for ink in ("ink", "soft") for ground in ("paper", "surface", "sunk")),
    *(("ink", f"tint-{i}") for i in range(6)),
    ("ink", "accent-wash"),
    ("soft", "accent-wash"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent-ink", "accent"),
    ("warn", "paper"),
    ("warn", "surface"),
    ("warn", "warn-wash"),
]
OUTLINES = [("edge", "paper"), ("edge", "surface"), ("accent", "sunk"), ("accent", "accent-wash")]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)
def test_every_text_is_readable_on_its_ground(colours: Mapping[str, str]) -> None:
    low = [
        f"{ink} on {ground}: {ratio:.2f}"
        for ink, ground in TEXT
        if (ratio := contrast(colours[ink], colours[ground])) < 4.5
    ]
    assert not low


@pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)
def test_every_control_has_an_outline_that_can_be_seen(colours: Mapping[str, str]) -> None:
    assert not [pair for pair in OUTLINES if contrast(colours[pair[0]], colours[pair[1]]) < 3]


def test_both_palettes_name_the_same_colours() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_no_sheet_fetches_anything() -> None:
    assert "url(" not in theme.page_css()
    assert "@import" not in theme.page_css()
