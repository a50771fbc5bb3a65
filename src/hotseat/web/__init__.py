"""The page: practise, debrief, progress. The only part that imports Gradio."""

from __future__ import annotations

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from .server import create_app, serve

__all__ = ["create_app", "serve"]
