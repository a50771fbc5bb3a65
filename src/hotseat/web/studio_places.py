"""Every page and every act of the studio, by its key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import studio_persona, studio_preview, studio_publish, studio_rubric, studio_shelf
from .studio import Place

PARTS = (studio_shelf, studio_publish, studio_persona, studio_preview, studio_rubric)

PLACES: Mapping[str, Place] = MappingProxyType(
    {key: place for part in PARTS for key, place in part.PLACES.items()}
)
ACTS: Mapping[str, Place] = MappingProxyType(
    {key: act for part in PARTS for key, act in part.ACTS.items()}
)
