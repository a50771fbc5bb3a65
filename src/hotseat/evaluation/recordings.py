"""What recorded answers depend on: every prompt file, every rubric and every persona, by name.

So a replay that no longer fits can say which file it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from .. import catalog, prompts
from ..domain import Noun
from ..errors import ContentError
from ..llm.tape import Tape


def context() -> dict[str, str]:
    """Names and fingerprints; a content file that cannot be read is left out."""
    found = {
        f"prompts/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(Path(prompts.__file__).parent.glob("*.jinja"))
    }
    root = catalog.content_root()
    for path in sorted(root.glob("rubrics/*.yaml")):
        if path.name != "sources.yaml":
            found[f"rubrics/{path.name}"] = _short(catalog.rubric, path.stem, root)
    for path in sorted(root.glob("personas/*.yaml")):
        found[f"personas/{path.name}"] = _short(catalog.persona, path.stem, root)
    return found


def _short(load: Callable[[str, Path], Noun], id: str, root: Path) -> str:
    try:
        return catalog.fingerprint(load(id, root))[:16]
    except ContentError:
        return "cannot be read"


def recorded(path: Path) -> Tape:
    """A recording to answer from. Raises SettingError."""
    return Tape(path, context(), replays=True)


def recording(path: Path) -> Tape:
    """A recording to write, or to go on with. Raises SettingError."""
    return Tape(path, context(), replays=False)
