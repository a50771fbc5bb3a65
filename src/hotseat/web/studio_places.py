"""Every page and every act of the studio, by its key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    studio_agreement,
    studio_calibrate,
    studio_import,
    studio_persona,
    studio_preview,
    studio_proposing,
    studio_publish,
    studio_review,
    studio_rubric,
    studio_shelf,
    studio_team,
    studio_trying,
)
from .studio import Place

PARTS = (
    studio_shelf,
    studio_publish,
    studio_persona,
    studio_preview,
    studio_rubric,
    studio_trying,
    studio_review,
    studio_calibrate,
    studio_agreement,
    studio_import,
    studio_team,
    studio_proposing,
)

PLACES: Mapping[str, Place] = MappingProxyType(
    {key: place for part in PARTS for key, place in part.PLACES.items()}
)
ACTS: Mapping[str, Place] = MappingProxyType(
    {key: act for part in PARTS for key, act in part.ACTS.items()}
)
