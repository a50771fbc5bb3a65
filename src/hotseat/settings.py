"""Settings from a `.env` file beside where hotseat is started; the environment itself wins."""

from __future__ import annotations

import os
from pathlib import Path


def load(folder: Path | None = None) -> None:
    """Read `.env` into the environment, where keys are looked for and nowhere else kept."""
    path = (folder or Path.cwd()) / ".env"
    if not path.is_file():
        return
    from dotenv import dotenv_values

    for name, value in dotenv_values(path).items():
        if value is not None:
            os.environ.setdefault(name, value)
