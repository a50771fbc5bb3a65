"""The prompts, one Jinja file each, and the one way to render them.

The sandbox is immutable and undefined names are errors; templates get plain data only, never
objects with methods. Untrusted text enters as JSON strings (`| tojson`).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FOLDER = Path(__file__).parent


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=False,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def render(template: str, /, **data: Any) -> str:
    """The prompt `template` (such as "judge.jinja") filled with plain data.

    Raises jinja2.UndefinedError when the template asks for something it was not given.
    """
    return _environment().get_template(template).render(**data)


@cache
def fingerprint() -> str:
    """A hash over all prompt files: what an encounter pins, so that a changed prompt shows."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*.jinja")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
