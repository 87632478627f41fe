"""Places that the user adds: a GeoNames country file or a CSV, kept in one small database.

The database is `places.db` in the folder that `SAYSO_PLACES` names, else in the user's data
folder. It is opened only if it is there.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sayso.errors import SourceError
from sayso.knowledge.place import KINDS, Place
from sayso.knowledge.placenames import key, loose

_GEONAMES_COLUMNS = 19
_KIND_OF_CLASS = {"P": "city", "S": "facility", "T": "natural", "H": "natural", "L": "region",
                  "V": "natural", "R": "natural"}  # fmt: skip
_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
  id TEXT PRIMARY KEY, name TEXT, kind TEXT, latitude REAL, longitude REAL, country TEXT,
  admin1 TEXT, admin2 TEXT, population INTEGER, geonameid INTEGER, feature_code TEXT,
  radius_km REAL);
CREATE TABLE IF NOT EXISTS name (key TEXT, place TEXT, main INTEGER, PRIMARY KEY (key, place))
  WITHOUT ROWID;
"""


def database() -> Path:
    """Where imported places are kept."""
    return _database(os.environ.get("SAYSO_PLACES"))


@lru_cache(maxsize=4)
def _database(folder: str | None) -> Path:
    """As `database`; asked for with every name that is looked up."""
    if folder:
        return Path(folder) / "places.db"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sayso" / "places.db"


@lru_cache(maxsize=4)
def _open(path: str) -> sqlite3.Connection | None:
    if not Path(path).is_file():
        return None
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)


def forget() -> None:
    """Closes what is open, so that a database written meanwhile is seen."""
    _database.cache_clear()
    _open.cache_clear()


def present() -> bool:
    """True if there are imported places."""
    return _open(str(database())) is not None


def lookup_key(name_key: str) -> list[Place]:
    """The imported places of that key; [] if nothing was imported or the database is damaged."""
    connection = _open(str(database()))
    if connection is None:
        return []
    try:
        rows = connection.execute(
            "SELECT p.id, p.name, p.kind, p.latitude, p.longitude, p.country, p.admin1, p.admin2, "
            "p.population, p.geonameid, p.feature_code, p.radius_km, n.main "
            "FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?",
            (name_key,),
        ).fetchall()
    except sqlite3.DatabaseError:
        return []
    return [_place(row) for row in rows]


def _place(row: tuple[Any, ...]) -> Place:
    return Place(
        id=row[0], name=row[1], kind=row[2], latitude=row[3], longitude=row[4], country=row[5],
        admin1=row[6], admin2=row[7], population=row[8], geonameid=row[9], feature_code=row[10],
        radius_km=row[11], source="imported", main=bool(row[12]),
    )  # fmt: skip


Entry = tuple[Place, list[str]]


def _number(text: str, path: Path, line: int, column: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise SourceError(str(path), f"line {line}: {column} {text!r} is no number") from None
    if not low <= value <= high:
        raise SourceError(str(path), f"line {line}: {column} {value} is not in [{low}, {high}]")
    return value


def _geonames(path: Path, lines: Iterable[str]) -> Iterator[Entry]:
    """Rows of a GeoNames country file (19 columns, tab-separated)."""
    for n, line in enumerate(lines, 1):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != _GEONAMES_COLUMNS:
            raise SourceError(
                str(path), f"line {n}: {len(cells)} columns where a GeoNames file has 19"
            )
        feature_class, code = cells[6], cells[7]
        kind = _KIND_OF_CLASS.get(feature_class)
        if feature_class == "A":
            kind = {"ADM1": "admin1", "ADM2": "admin2"}.get(code)
        if kind is None or not cells[0].isdigit():
            continue
        place = Place(
            id=f"place:gn:{cells[0]}",
            name=cells[1],
            kind=kind,  # type: ignore[arg-type]
            latitude=_number(cells[4], path, n, "latitude", -90, 90),
            longitude=_number(cells[5], path, n, "longitude", -180, 180),
            country=cells[8],
            admin1=cells[10],
            admin2=cells[11],
            population=int(cells[14]) if cells[14].isdigit() else 0,
            geonameid=int(cells[0]),
            feature_code=code or None,
        )
        yield place, [a for a in (cells[2], *cells[3].split(",")) if a]


def _csv(path: Path, lines: Iterable[str]) -> Iterator[Entry]:
    """Rows of a CSV with a header: name, latitude, longitude and, where known, names (separated by
    "|"), country, admin1, kind, population, geonameid, radius_km."""
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    fields = reader.fieldnames or []
    for column in ("name", "latitude", "longitude"):
        if column not in fields:
            raise SourceError(str(path), f"the CSV has no column {column!r}")
    seen: set[str] = set()
    for n, row in enumerate(reader, 2):
        cell = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}
        if not cell["name"]:
            raise SourceError(str(path), f"line {n}: the name is empty")
        geonameid = int(cell["geonameid"]) if cell.get("geonameid", "").isdigit() else None
        slug = key(cell["name"]).replace(" ", "-")
        country = cell.get("country", "").upper()
        kind = cell.get("kind") or "city"
        if kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            raise SourceError(str(path), f"line {n}: kind {kind!r} is none of {known}")
        radius = cell.get("radius_km")
        place = Place(
            id=f"place:gn:{geonameid}" if geonameid else f"place:{slug}-{country.lower()}",
            name=cell["name"],
            kind=kind,  # type: ignore[arg-type]
            latitude=_number(cell["latitude"], path, n, "latitude", -90, 90),
            longitude=_number(cell["longitude"], path, n, "longitude", -180, 180),
            country=country,
            admin1=cell.get("admin1", ""),
            population=int(cell["population"]) if cell.get("population", "").isdigit() else 0,
            geonameid=geonameid,
            radius_km=_number(radius, path, n, "radius_km", 0, 20_000) if radius else None,
        )
        if place.id in seen and not geonameid:
            # Another village of that name in the country: a place of its own.
            place = replace(place, id=f"{place.id}-{place.latitude:.2f}-{place.longitude:.2f}")
        seen.add(place.id)
        yield place, [a for a in cell.get("names", "").split("|") if a]


def import_file(path: Path) -> int:
    """Adds the places of a file and gives their number; a place known before is replaced.

    Nothing is added if a row is wrong. Raises SourceError naming file and line.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            first = lines.readline()
            lines.seek(0)
            read = _geonames if first.count("\t") >= _GEONAMES_COLUMNS - 1 else _csv
            return _add(read(path, lines))
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is not UTF-8 text") from error
    except csv.Error as error:
        raise SourceError(str(path), f"is no CSV: {error}") from error


def _add(entries: Iterator[Entry]) -> int:
    target = database()
    target.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(target)
    count = 0
    try:
        connection.executescript(_SCHEMA)
        with connection:
            for p, names in entries:
                connection.execute(
                    "INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                    (p.id, p.name, p.kind, p.latitude, p.longitude, p.country, p.admin1, p.admin2,
                     p.population, p.geonameid, p.feature_code, p.radius_km),
                )  # fmt: skip
                connection.execute("DELETE FROM name WHERE place = ?", (p.id,))
                for k, main in _keys(p.name, names):
                    connection.execute("INSERT OR IGNORE INTO name VALUES (?,?,?)", (k, p.id, main))
                count += 1
    finally:
        connection.close()
        forget()
    return count


def _keys(name: str, names: list[str]) -> Iterator[tuple[str, bool]]:
    for n, word in enumerate([name, *names]):
        k = key(word)
        if len(k) > 1:
            yield k, n == 0
            short = loose(k)
            if short and len(short) > 3:
                yield short, n == 0
