"""The tables of what trainers keep. Nouns are kept as JSON text under what finds them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from .tables import Instant, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("who", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("versions_by_hash", "hash"),
)

rulings = Table(
    "rulings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("record", Text, nullable=False),  # no foreign key: a ruling outlives its record as gold
    Column("step", Integer, nullable=False),
    Column("criterion", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("rulings_of_record", "record"),
    sqlite_autoincrement=True,
)

disputes = Table(
    "disputes",
    metadata,
    Column("record", Text, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("criterion", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    Column("item", Text, primary_key=True),
    Column("criterion", Text, primary_key=True),
    Column("rater", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("record", Text, nullable=False),  # no foreign key: who read it outlives the record
    Column("at", Instant, nullable=False),
    Index("audit_of_record", "record"),
    sqlite_autoincrement=True,
)

lessons = Table(
    "lessons",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
