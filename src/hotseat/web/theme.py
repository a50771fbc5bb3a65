"""How the page looks: two palettes, the Gradio theme made from them, and one stylesheet.

Every colour is named once, here. `tests/test_web_theme.py` holds each pair of text and ground to
WCAG AA (4.5 to 1 for text, 3 to 1 for the outline of a control).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from gradio.themes import Base

STATIC = Path(__file__).parent / "static"
SHEETS = ("base.css", "home.css", "chat.css", "debrief.css", "studio.css")

SANS = (
    "-apple-system",
    "BlinkMacSystemFont",
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Arial",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#f7f5f1",
        "surface": "#fffefb",
        "sunk": "#efece4",
        "ink": "#22201c",
        "soft": "#5c574d",
        "line": "#e2ddd2",
        "edge": "#8b8475",
        "accent": "#1c6a51",
        "accent-ink": "#ffffff",
        "accent-wash": "#e3efe8",
        "warn": "#8f4310",
        "warn-wash": "#fbeddf",
        "shade": "rgb(60 50 30 / 0.07)",
        "veil": "rgb(40 36 28 / 0.45)",
        "tint-0": "#f3dcd0",
        "tint-1": "#dde6d2",
        "tint-2": "#d8e3ec",
        "tint-3": "#eadff0",
        "tint-4": "#f2e4c4",
        "tint-5": "#d5e8e4",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#181714",
        "surface": "#22201d",
        "sunk": "#1c1b18",
        "ink": "#f1eee7",
        "soft": "#b8b1a4",
        "line": "#3a3731",
        "edge": "#7f786b",
        "accent": "#86d0b1",
        "accent-ink": "#0f241b",
        "accent-wash": "#213a30",
        "warn": "#f0b585",
        "warn-wash": "#3a2a1c",
        "shade": "rgb(0 0 0 / 0.3)",
        "veil": "rgb(0 0 0 / 0.6)",
        "tint-0": "#55382b",
        "tint-1": "#3b4a31",
        "tint-2": "#31434f",
        "tint-3": "#473952",
        "tint-4": "#514321",
        "tint-5": "#2b4a45",
    }
)


def palette(colours: Mapping[str, str]) -> str:
    """The palette as CSS custom properties: `--ink: #22201c; ...`."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def sheet(*names: str) -> str:
    """The named stylesheets, joined in order."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def page_css() -> str:
    """Everything the page needs. Gradio puts `.dark` on the body, following the system; our
    rules are nested in its container, because its resets come later and weigh more than a class."""
    colours = f":root {{ {palette(LIGHT)} }}\n.dark {{ {palette(DARK)} }}"
    return f"{colours}\n{sheet('ground.css')}\n.gradio-container {{\n{sheet(*SHEETS)}\n}}"


def paper_css() -> str:
    """What an exported encounter carries along: it has no Gradio and no script around it."""
    light, dark = palette(LIGHT), palette(DARK)
    on_screen = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    colours = f":root {{ {light} }}\n{on_screen}"
    return f"{colours}\n{sheet('ground.css')}\nbody {{ margin: 0;\n{sheet(*SHEETS)}\n}}"


def head() -> str:
    """What goes into the document's head: the stylesheet itself, so nothing flashes unstyled."""
    return (
        '<meta name="description" content="Practise with a difficult customer.">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>{page_css()}</style>"
    )


def theme() -> Base:
    """The Gradio theme behind our own sheet: same colours, plain-string system fonts, so that
    Gradio's own parts (toasts, errors) match and the browser asks nobody for a font."""
    same = {
        "body_background_fill": "paper",
        "background_fill_primary": "surface",
        "background_fill_secondary": "sunk",
        "body_text_color": "ink",
        "body_text_color_subdued": "soft",
        "border_color_primary": "line",
        "color_accent_soft": "accent-wash",
        "block_background_fill": "surface",
        "input_background_fill": "surface",
        "button_primary_background_fill": "accent",
        "button_primary_text_color": "accent-ink",
        "link_text_color": "accent",
    }
    values = {"color_accent": LIGHT["accent"], "block_border_width": "0"}
    for name, colour in same.items():
        values[name] = LIGHT[colour]
        values[f"{name}_dark"] = DARK[colour]
    return Base(font=list(SANS), font_mono=list(MONO)).set(**values)  # pyright: ignore[reportUnknownMemberType]
