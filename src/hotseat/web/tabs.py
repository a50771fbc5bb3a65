"""Which answer a tab may still show: the newest. A trainee who goes elsewhere while an older
answer is still streaming must not have it written over what they see now."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator

from .follow import Slots

MOST = 2_000
"""Tabs remembered; the one that was quiet longest is forgotten first."""

PATIENCE = 5.0
"""Seconds to wait until an older frame has left, should its connection have died under it."""

QUIET = frozenset({"wire", "composer", "kept", "coach", "latest"})
"""Places that a notice, a hint, a kept draft or a late grade change without changing the view."""


class Tab:
    """One open page: `newest` is the number of the newest visit it has been shown."""

    def __init__(self) -> None:
        self.newest = 0
        self.gate = asyncio.Lock()


class Tabs:
    """The tabs in use, by Gradio's session."""

    def __init__(self) -> None:
        self._tabs: OrderedDict[str, Tab] = OrderedDict()

    def tab(self, session: str) -> Tab:
        tab = self._tabs.setdefault(session, Tab())
        self._tabs.move_to_end(session)
        if len(self._tabs) > MOST:
            self._tabs.popitem(last=False)
        return tab


async def newest(answers: AsyncIterator[Slots], tab: Tab, visit: int) -> AsyncGenerator[Slots]:
    """The frames of `answers` for as long as no later visit of this tab was shown.

    The page numbers its visits. The gate is held while a frame is on its way (Gradio asks for the
    next one once it has sent this one), so an old frame cannot leave after a new view.
    """
    async for slots in answers:
        try:
            await asyncio.wait_for(tab.gate.acquire(), PATIENCE)
        except TimeoutError:
            tab.gate = asyncio.Lock()
            await tab.gate.acquire()
        held = tab.gate
        try:
            if visit < tab.newest:
                return
            if not slots.keys() <= QUIET:
                tab.newest = visit
            yield slots
        finally:
            held.release()
