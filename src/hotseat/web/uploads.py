"""Files that trainers send, kept in memory for a few minutes until the page acts on them."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from ..errors import HotseatError

LARGEST = 2 * 1024 * 1024
"""Bytes one file may have."""

MOST = 16
"""Files kept at once; the oldest goes first. With LARGEST, at most 32 MiB of memory."""

KEPT = 600.0
"""Seconds a file is kept."""


class File(NamedTuple):
    """A file as it was sent, and by whom."""

    name: str
    data: bytes
    trainee: str
    until: float


class Uploads:
    """Files by a random name that only the page of whoever sent them knows."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()
        self._clock = clock

    def keep(self, name: str, data: bytes, trainee: str) -> str:
        """Keep a file for its sender; the name to ask for it by."""
        self._forget()
        while len(self._files) >= MOST:
            self._files.popitem(last=False)
        key = secrets.token_hex(16)
        self._files[key] = File(name[:200], data, trainee, self._clock() + KEPT)
        return key

    def take(self, key: str, trainee: str) -> File:
        """A file, for whoever sent it. Raises HotseatError when it is gone, or somebody else's."""
        self._forget()
        file = self._files.get(key)
        if file is None or file.trainee != trainee:
            raise HotseatError("the file is not here any more", fix="choose it again")
        return file

    def _forget(self) -> None:
        now = self._clock()
        for key in [key for key, file in self._files.items() if file.until <= now]:
            del self._files[key]
