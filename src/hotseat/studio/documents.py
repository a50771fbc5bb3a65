"""A trainer's own how-to documents: read from what was uploaded, kept whole beside the rubrics.

They lie as plain text in `rubrics/documents/`, where a person may put one too. Nothing is graded
by them: a rubric's passages point into them, and the editor shows them.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from ..errors import ContentError
from .publishing import write

LARGEST = 2 * 1024 * 1024
"""Bytes that an uploaded document may have."""

MOST_PAGES = 200
LONGEST = 600_000
"""Characters of text a document may come to; a book of 200 pages has about that."""

QUOTE_WORDS = 12
FOLDER = "documents"


def text_of(data: bytes, file: str) -> str:
    """The text of a document: PDF by its first bytes, anything else as UTF-8 text or Markdown.

    Raises ContentError naming the file and the fix: too large, too many pages, a password,
    pictures of text only, or no text at all.
    """
    if len(data) > LARGEST:
        raise ContentError("more than 2 MiB", place=file, fix="split it, or paste the part needed")
    text = _pdf(data, file) if data[:1024].lstrip().startswith(b"%PDF-") else _plain(data, file)
    text = _tidy(text)
    if len(text.split()) < 3:
        fix = "paste the text: a scanned page is a picture" if data[:5] == b"%PDF-" else "paste it"
        raise ContentError("no text in it", place=file, fix=fix)
    if len(text) > LONGEST:
        raise ContentError(
            f"{len(text):,} characters; at most {LONGEST:,}",
            place=file,
            fix="bring in the chapters that matter",
        )
    return text


def slug(title: str) -> str:
    """The name a document is kept under: `Our returns guide.pdf` gives `our_returns_guide`."""
    stem = re.sub(r"\.(?:pdf|txt|md|markdown|text)$", "", title.strip(), flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:48] or "document"


def documents(root: Path) -> dict[str, str]:
    """Every document of this folder by name, whole. One that cannot be read is left out."""
    found: dict[str, str] = {}
    for path in sorted((root / "rubrics" / FOLDER).glob("*.txt")):
        try:
            if path.stat().st_size <= 4 * LONGEST:
                found[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def keep(root: Path, name: str, text: str) -> str:
    """Keep a document beside the rubrics; the name it has, which is another where a different
    document has this one. Raises ContentError when it cannot be written."""
    have, number, wanted = documents(root), 1, slug(name)
    name = wanted
    while have.get(name, text) != text:
        number += 1
        name = f"{wanted}_{number}"
    if name not in have:
        folder = root / "rubrics" / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise ContentError(
                f"cannot be made: {error.strerror}",
                place=f"rubrics/{FOLDER}",
                fix="give the server the right to write there",
            ) from None
        write(folder / f"{name}.txt", text)
    return name


def quotable(text: str) -> Callable[[str], str]:
    """Looks quotes up in a document: the quote as the document has it, compared after NFKC, white
    space, case and curly quotes; empty where it is not there, or has more than twelve words."""
    said = text.split()
    plain = [_letters(word) for word in said]
    places: dict[str, list[int]] = {}
    for number, word in enumerate(plain):
        places.setdefault(word, []).append(number)

    def found(quote: str) -> str:
        wanted = [_letters(word) for word in quote.split()]
        if not wanted or len(wanted) > QUOTE_WORDS:
            return ""
        for at in places.get(wanted[0], ()):
            if plain[at : at + len(wanted)] == wanted:
                return " ".join(said[at : at + len(wanted)]).strip(" .,;:!?()")
        return ""

    return found


def found_in(quote: str, text: str) -> str:
    """One quote looked up, as `quotable` does."""
    return quotable(text)(quote)


_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def _letters(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).translate(_CURLY).casefold()
    return plain.strip(".,;:!?()[]\"'*_#-")


def _plain(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError(
            "is neither text nor PDF", place=file, fix="save it as PDF, or paste its text"
        ) from None


def _pdf(data: bytes, file: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ContentError("has a password", place=file, fix="save it without one")
        if (pages := len(reader.pages)) > MOST_PAGES:
            raise ContentError(
                f"{pages} pages; at most {MOST_PAGES}", place=file, fix="take the chapters needed"
            )
        return "\n\n".join(page.extract_text() for page in reader.pages)
    except ContentError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError):
        raise ContentError(
            "cannot be read as PDF", place=file, fix="save it again, or paste its text"
        ) from None
    except RecursionError:
        raise ContentError("is nested too deep", place=file, fix="paste its text") from None


def _tidy(text: str) -> str:
    """Lines without marks nobody sees; never more than one empty line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
