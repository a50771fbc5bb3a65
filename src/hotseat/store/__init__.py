"""Records of encounters, in SQLite by default and PostgreSQL by URL."""

from .engine import default_url
from .records import Store

__all__ = ["Store", "default_url"]
