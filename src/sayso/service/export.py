"""Exports: the rows that are asked for, under the rules of care, in the format asked for.

Each export is a row of the log: what, by whom, with which filters, and the digest of the file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sayso import __version__
from sayso.errors import SaysoError, UsageError
from sayso.export import (
    acled,
    care,
    claimreview,
    csv,
    ftm,
    geojson,
    jsonl,
    parquet,
    plover,
    sheet,
    ucdp,
)
from sayso.export import annotations as web_annotations
from sayso.export.columns import TABLES, TableRow
from sayso.knowledge import gazetteer
from sayso.model.annotation import Precision
from sayso.model.pseudonyms import without_names
from sayso.model.reading import Reading
from sayso.model.rows import (
    ControlRow,
    DisputeRow,
    EventAccount,
    EventRow,
    ForecastRow,
    Matrix,
    Named,
    Page,
    T,
)
from sayso.record import custody, errata, judgements
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, matrix, words

PROGRAM = f"Sayso {__version__}"
TABLE_FORMATS = ("csv", "jsonl", "parquet")
FORMATS = (*TABLE_FORMATS, "geojson", "acled", "ucdp", "plover", "annotations", "ftm",
           "claimreview", "sheet")  # fmt: skip
_LIST = 500  # rows fetched at once


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows, rows held back by care, the file's digest."""

    path: str
    rows: int
    held_back: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How it may leave the machine. `names`: commenters by name. `lifted`: the reason for which a
    person lifts the care for positions (it is logged), or None."""

    names: bool = False
    lifted: str | None = None
    drafts: bool = False
    who: str = "operator"


def export(
    record: Record,
    format: str,
    output: str,
    *,
    table: str = "events",
    filters: Filters | None = None,
    terms: Terms | None = None,
    now: datetime | None = None,
    since_export: str | None = None,
) -> Exported:
    """Writes the file whole or not at all. Raises UsageError, and SaysoError where it cannot be
    written. `since_export` is the digest of an earlier export, for the table `errata`."""
    if format not in FORMATS:
        raise UsageError(f"--format {format}: there are {', '.join(FORMATS)}")
    if table not in TABLES:
        raise UsageError(f"--table {table}: there are {', '.join(TABLES)}")
    if (table == "errata") != bool(since_export):
        raise UsageError("the table errata and --since-export DIGEST go together")
    terms = terms or Terms()
    asked = replace(filters or Filters(), keep=not terms.drafts)
    leaving = Leaving(record, terms, now or datetime.now(UTC), since_export)
    target = Path(output)
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "wb") as out:
            count = _write(leaving, format, table, asked, out)
        digest = "sha256:" + hashlib.sha256(part.read_bytes()).hexdigest()
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SaysoError(f"{output}: cannot be written ({error.strerror})") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _log(record, format, output, table, asked, terms, count, digest)
    return Exported(output, count, leaving.held_back, digest)


def _write(leaving: Leaving, format: str, table: str, asked: Filters, out: BinaryIO) -> int:
    writers: dict[str, Callable[[Iterable[EventRow], BinaryIO], int]] = {
        "geojson": geojson.write,
        "acled": acled.write,
        "ucdp": ucdp.write,
        "ftm": ftm.write,
        "plover": lambda rows, o: plover.write(rows, o, program=PROGRAM),
    }
    if format in writers:
        return writers[format](leaving.events(asked), out)
    if format == "annotations":
        return web_annotations.write(leaving.readings(asked), out)
    if format == "claimreview":
        return claimreview.write(leaving.reviewed(), out)
    if format == "sheet":
        sheets = list(leaving.sheets(asked))
        out.write(sheet.page(sheets).encode("utf-8"))
        return len(sheets)
    write = {"csv": csv.write, "jsonl": jsonl.write, "parquet": parquet.write}[format]
    return write(table, leaving.rows(table, asked), out)


class Leaving:
    """Rows on their way out of the machine."""

    def __init__(
        self, record: Record, terms: Terms, now: datetime, since_export: str | None = None
    ) -> None:
        self.record = record
        self.since_export = since_export
        self.terms = terms
        self.now = now
        self.held_back = 0
        self._key = _key(record)
        self._judged = set(judgements.held(record.database, "perpetrator"))
        self._authors: dict[str, dict[str, str]] = {}

    def rows(self, table: str, asked: Filters) -> Iterator[TableRow]:
        """The rows of a table."""
        if table == "events":
            yield from self.events(asked)
            return
        if table == "errata":
            yield from errata.since(self.record.database, self.since_export or "")
            return
        if table == "matrix":
            for found in matrix.matrices(self.record, asked, limit=None):
                yield from matrix.cells(self.matrix(found))
            return
        asking: dict[str, Callable[..., Page[Any]]] = {
            "forecasts": ask.forecasts,
            "claims": ask.disputes,
            "control": ask.control,
        }
        listing = asking.get(table, ask.pages)
        for row in _all(lambda a: listing(self.record, asked, limit=_LIST, after=a)):
            out = self.one(row)
            if out is not None:
                yield out

    def one(self, row: Any) -> Any:
        """Any row of a list as it may leave; None while it is held back."""
        if isinstance(row, EventRow):
            return self.event(row)
        if isinstance(row, ForecastRow):
            if self._held(row):
                self.held_back += 1
                return None
            reader = row.forecaster.tier == "reader"
            return self.masked(row, row.document, everywhere=reader)
        if isinstance(row, DisputeRow):
            return self.masked(row, row.document, everywhere=row.kind == "reply")
        return self._control(row) if isinstance(row, ControlRow) else row

    def events(self, asked: Filters) -> Iterator[EventRow]:
        """Events that may leave, as they may."""
        for row in _all(lambda a: ask.events(self.record, asked, limit=_LIST, after=a)):
            if row.rejected:
                continue
            out = self.event(row)
            if out is not None:
                yield out

    def event(self, row: EventRow) -> EventRow | None:
        """One event under the rules of care; None while it is held back."""
        lifted = self.terms.lifted is not None
        out = care.released(row, now=self.now, area=_area, lifted=lifted)
        if out is None:
            self.held_back += 1
            return None
        out = care.unaccused(out, row.id in self._judged)
        return self.masked(out, row.document)

    def masked(self, row: T, document: str | None, *, everywhere: bool = False) -> T:
        """The row with commenters as pseudonyms, unless names were asked for."""
        if self.terms.names:
            return row
        authors = self.authors(document) if document else {}
        return care.masked(row, authors, everywhere=everywhere)

    def matrix(self, found: Matrix) -> Matrix:
        """A matrix with readers as pseudonyms of the pages they write on, in columns and cells;
        the ids of columns hold names, and become numbers."""
        if self.terms.names:
            return found
        readers = {v.id: v.name for v in found.voices if v.tier == "reader"}
        stances = [s for row in found.propositions for s in row.stances]
        pages = {found.document, *(s.document for s in stances if s.voice in readers)}
        known: dict[str, str] = {}
        for page in sorted(p for p in pages if p):
            known |= self.authors(page)
        if found.kind != "reply":  # only those who are columns: sources may bear the same name
            known = {name: known.get(name, "a reader") for name in readers.values()}
        ids = {v.id: f"voice-{n}" for n, v in enumerate(found.voices)}
        plain = replace(
            found,
            voices=tuple(
                replace(v, id=ids[v.id], linked=tuple(ids.get(x, "") for x in v.linked))
                for v in found.voices
            ),
            propositions=tuple(
                replace(
                    row,
                    stances=tuple(replace(s, voice=ids.get(s.voice, s.voice)) for s in row.stances),
                )
                for row in found.propositions
            ),
        )
        return care.masked(plain, known, everywhere=True)

    def authors(self, document: str) -> dict[str, str]:
        """The commenters of one page, by name, with their pseudonyms."""
        if document not in self._authors:
            found = self.record.database.rows(
                "SELECT DISTINCT p.author FROM part p JOIN document d ON d.seq = p.document"
                " WHERE d.id = ? AND p.author IS NOT NULL",
                (document,),
            )
            self._authors[document] = {
                r[0]: care.pseudonym(self._key, document, r[0]) for r in found
            }
        return self._authors[document]

    def _control(self, row: ControlRow) -> ControlRow | None:
        """A state of control that stands now is a position of forces: held back while fresh."""
        if row.to is None and self.terms.lifted is None:
            fresh = datetime.fromisoformat(row.known_by[:10]).replace(tzinfo=UTC)
            if self.now < fresh + care.HOLD:
                self.held_back += 1
                return None
        return row

    def _held(self, row: ForecastRow) -> bool:
        """True while a forecast of where forces will be is as fresh as they are."""
        if self.terms.lifted is not None:
            return False
        held = datetime.fromisoformat((row.said_on or row.held_on)[:10]).replace(tzinfo=UTC)
        if self.now >= held + timedelta(days=1) + care.HOLD:
            return False
        body = self.record.database.value("SELECT body FROM forecast WHERE id = ?", (row.id,))
        linked = json.loads(body).get("event")
        event = ask.event_of(self.record, row.document, linked) if linked else None
        return event is not None and bool(care.reasons(ask.event(self.record, event).row))

    def reading(self, reading: Reading) -> Reading:
        """A reading as it may be shown elsewhere: commenters under pseudonyms, and no event whose
        place is not to be given."""
        kept = tuple(
            a
            for a in reading.annotations
            if a.kind != "event" or self._may_leave(reading.document.id, a.id)
        )
        return without_names(replace(reading, annotations=kept))

    def readings(self, asked: Filters) -> Iterator[Reading]:
        """Readings with what may leave of them: comments under pseudonyms are left out of the
        words, since a quote that is altered is no quote."""
        for page in _all(lambda a: ask.pages(self.record, asked, limit=_LIST, after=a)):
            if page.redacted:
                continue
            reading = ask.reading(self.record, page.id)
            comments = {p.id for p in reading.document.comments()}
            kept = []
            for annotation in reading.annotations:
                if annotation.part in comments and not self.terms.names:
                    self.held_back += 1
                    continue
                if annotation.kind == "event" and not self._may_leave(page.id, annotation.id):
                    self.held_back += 1
                    continue
                kept.append(annotation)
            yield replace(reading, annotations=tuple(kept))

    def _may_leave(self, document: str, annotation: str) -> bool:
        event = ask.event_of(self.record, document, annotation)
        if event is None or self.terms.lifted is not None:
            return True
        return not care.reasons(ask.event(self.record, event).row)

    def reviewed(self) -> Iterator[claimreview.Reviewed]:
        """Claims that a person judged."""
        for judged in judgements.standing(self.record.database):
            if judged.subject.startswith("ev-") and judged.act in ("confirm", "reject"):
                account = _known(self.record, judged.subject)
                if account is None:
                    continue
                row = self.event(account.row)
                if row is not None:
                    yield claimreview.Reviewed(
                        judgement=judged, claim=row.words, said_on=row.first_said,
                        claimant=row.said_by[-1] if row.said_by else None,
                        appearance=_uri(self.record, row.document),
                    )  # fmt: skip
            elif judged.subject.startswith("fo-") and judged.act == "outcome":
                for forecast in ask.forecasts(self.record, limit=None).rows:
                    if forecast.id == judged.subject:
                        reader = forecast.forecaster.tier == "reader"
                        out = self.masked(forecast, forecast.document, everywhere=reader)
                        yield claimreview.Reviewed(
                            judgement=judged, claim=out.proposition, claimant=out.forecaster,
                            said_on=forecast.said_on,
                            appearance=_uri(self.record, forecast.document),
                        )  # fmt: skip

    def sheets(self, asked: Filters) -> Iterator[str]:
        """One sheet per event."""
        _, head = custody.head(self.record.database)
        made = f"Made by {PROGRAM} on {self.now.date().isoformat()}."
        for row in _all(lambda a: ask.events(self.record, asked, limit=_LIST, after=a)):
            out = None if row.rejected else self.event(row)
            if out is None:
                continue
            account = ask.event(self.record, row.id, asked)
            account = self._account(account, out)
            yield sheet.html(account, title=title(out), made=made, head=head)

    def _account(self, account: EventAccount, row: EventRow) -> EventAccount:
        if row.care or row.words == care.WITHHELD_NAME:
            return replace(account, row=row, fields=(), tellings=(), parts=())
        if self.terms.names:
            return replace(account, row=row)
        authors: dict[str, str] = {}
        for document in {t.document for t in account.tellings}:
            authors |= self.authors(document)
        masked = care.masked(replace(account, parts=(), judgements=()), authors)
        return replace(masked, row=row, judgements=account.judgements)


def title(row: EventRow) -> str:
    """An event in one line of plain words."""
    kind = words.TYPES.get(row.event_type or "", row.act or "event")
    who = ", ".join(a.name for a in row.actors if a.role == "actor") or "somebody"
    where = ", ".join(dict.fromkeys(p.name for p in row.places))
    said = "" if row.status == "occurred" else f" ({row.status})"
    return f"{kind.capitalize()}{said}: {who}" + (f", {where}" if where else "")


def _all(fetch: Callable[[str | None], Page[T]]) -> Iterator[T]:
    after: str | None = None
    while True:
        page = fetch(after)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _known(record: Record, event: str) -> EventAccount | None:
    try:
        return ask.event(record, event)
    except UsageError:
        return None


def _uri(record: Record, document: str) -> str | None:
    found = record.database.value("SELECT uri FROM document WHERE id = ?", (document,))
    return None if found is None else str(found)


def _area(place: Named) -> tuple[str, Precision] | None:
    """The second-level area that holds a place, where the gazetteer knows it; else the first-level
    one, else the country. Coarser than asked is safe; finer never is."""
    if not place.country:
        return None
    within = (place.country, place.admin1 or "")
    if place.admin1 and place.precision not in ("admin1", "region", "country", "sea"):
        for known in gazetteer.lookup(place.name):
            if known.id == place.id and known.admin2:
                second = gazetteer.admin2s(place.country).get((known.admin1, known.admin2))
                if second is not None and second.id != place.id:
                    return second.name, "admin2"
    area = gazetteer.admin1s().get(within)
    if area is not None:
        return area.name, "admin1"
    country = gazetteer.countries().get(place.country)
    return (country.name, "country") if country else None


def _key(record: Record) -> bytes:
    """The record's own secret for pseudonyms; made at first use."""
    database = record.database
    found = database.value("SELECT value FROM setting WHERE name = 'pseudonyms'")
    if found is None:
        if database.readonly:
            return secrets.token_bytes(32)  # good for this one export
        found = secrets.token_hex(32)
        database.execute(
            "INSERT INTO setting VALUES ('pseudonyms', ?) ON CONFLICT (name) DO NOTHING", (found,)
        )
        found = database.value("SELECT value FROM setting WHERE name = 'pseudonyms'")
    return bytes.fromhex(str(found))


def _log(
    record: Record,
    format: str,
    output: str,
    table: str,
    asked: Filters,
    terms: Terms,
    rows: int,
    digest: str,
) -> None:
    if record.database.readonly:
        return
    with record.database.transaction():
        custody.append(
            record.database, at=record.stamp(), who=terms.who, act="export",
            subject=Path(output).name, digest=digest,
            detail={
                "format": format, "table": table, "rows": rows, "names": terms.names,
                "drafts": terms.drafts, "care_lifted": terms.lifted,
                "filters": {k: str(v) for k, v in asked.given().items()},
            },
        )  # fmt: skip
