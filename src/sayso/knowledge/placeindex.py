"""The shipped place index: some 270,000 places of GeoNames, looked up by name.

Two tables of compressed blocks, read as bytes at the first look-up (9 MB) and unpacked block by
block as they are asked for. `places`: 256 places a block, a text column (name, country, admin1,
admin2) and integer columns (geonameid, latitude and longitude in 1/10,000 degree, population,
kind, fame), bytes of equal weight together. `names`: 96 sorted keys a block, front-coded, each with
the numbers of its places; "-" after a number says that the key is an alias there, not the name.
`tools/build_gazetteer.py` writes both.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable

from sayso.errors import KnowledgeError
from sayso.knowledge.place import PlaceKind
from sayso.knowledge.tables import data_file, where

PER_BLOCK = 256
KINDS: tuple[PlaceKind, ...] = ("city", "admin1", "admin2", "country")
_NONE = -2_000_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A place as the index keeps it. `latitude` and `longitude` are WGS 84 degrees or None; `fame`
    is the number of its names in all languages and scripts, at most 255."""

    number: int
    geonameid: int
    name: str
    country: str
    admin1: str
    admin2: str
    kind: PlaceKind
    latitude: float | None
    longitude: float | None
    population: int
    fame: int


def _files(folder: Traversable, stem: str) -> tuple[bytes, list[int], list[str]]:
    """(all blocks, offset of each and of the end, first keys)."""
    try:
        head = zlib.decompress((folder / f"{stem}.dir").read_bytes())
        count = int(struct.unpack_from("<I", head)[0])
        lengths = struct.unpack_from(f"<{count}I", head, 4)
        data = b""
        number = 1
        while (part := folder / f"{stem}-{number}.bin").is_file():
            data += part.read_bytes()
            number += 1
    except (OSError, zlib.error, struct.error) as error:
        name = where("places", "index", stem)
        raise KnowledgeError(f"{name}: cannot be read ({error}); reinstall sayso") from error
    offsets = [0]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    if offsets[-1] != len(data):
        name = where("places", "index", stem)
        raise KnowledgeError(f"{name}: {len(data)} bytes where {offsets[-1]} are due")
    return data, offsets, head[4 + 4 * count :].decode().split("\n")


class PlaceIndex:
    """See the module's docstring. Raises KnowledgeError if the files are missing or damaged."""

    def __init__(self, folder: Traversable) -> None:
        self._places, self._place_at, _ = _files(folder, "places")
        self._names, self._name_at, self._firsts = _files(folder, "names")
        self._after: int | None = None
        self._rows = lru_cache(maxsize=256)(self._unpack_places)
        self._keys = lru_cache(maxsize=2048)(self._unpack_names)
        self._sorted = lru_cache(maxsize=2048)(self._sorted_names)

    def _unpack_names(self, block: int) -> dict[str, str]:
        data = self._names[self._name_at[block] : self._name_at[block + 1]]
        out: dict[str, str] = {}
        last = ""
        for line in zlib.decompress(data).decode().split("\n"):
            same, rest, numbers = line.split("\t")
            last = last[: int(same)] + rest
            out[last] = numbers
        return out

    def _sorted_names(self, block: int) -> list[str]:
        return list(self._keys(block))

    def _unpack_places(self, block: int) -> tuple[list[str], list[tuple[int, ...]]]:
        data = zlib.decompress(self._places[self._place_at[block] : self._place_at[block + 1]])
        size = int(struct.unpack_from("<I", data)[0])
        words = data[4 : 4 + size].decode().split("\n")
        shuffled = data[4 + size :]
        count = len(words)
        quarter = len(shuffled) // 4
        numbers = bytearray(len(shuffled))
        for n in range(4):
            numbers[n::4] = shuffled[n * quarter : (n + 1) * quarter]
        columns = [struct.unpack_from(f"<{count}i", numbers, 4 * count * c) for c in range(6)]
        return words, columns

    def row(self, number: int) -> Row:
        """The place of that number. Raises IndexError."""
        words, columns = self._rows(number // PER_BLOCK)
        at = number % PER_BLOCK
        name, country, admin1, admin2 = words[at].split("\t")
        geonameid, lat, lon, population, kind, fame = (column[at] for column in columns)
        return Row(
            number,
            geonameid,
            name,
            country,
            admin1,
            admin2,
            KINDS[kind],
            None if lat == _NONE else lat / 10_000,
            None if lon == _NONE else lon / 10_000,
            population,
            fame,
        )

    def divisions(self) -> Iterator[Row]:
        """The countries and first-level divisions; they come first."""
        number = 0
        while (row := self.row(number)).kind in ("country", "admin1"):
            yield row
            number += 1

    def within(self, country: str) -> Iterator[Row]:
        """The places of a country below its divisions; the rows are in the order of countries."""
        low, high = 0, PER_BLOCK * (len(self._place_at) - 1)
        while low < high:
            middle = (low + high) // 2
            row = self._below(middle)
            if row is None or row.country >= country:
                high = middle
            else:
                low = middle + 1
        while (row := self._below(low)) is not None and row.country == country:
            yield row
            low += 1

    def _below(self, number: int) -> Row | None:
        """The place that stands so far after the divisions; None after the last."""
        if self._after is None:
            self._after = sum(1 for _ in self.divisions())
        try:
            return self.row(self._after + number)
        except IndexError:
            return None

    def opens(self, words: str) -> bool:
        """True if a name of more words starts with these (as in keys)."""
        start = f"{words} "
        block = bisect_right(self._firsts, start) - 1
        if block + 1 < len(self._firsts) and self._firsts[block + 1].startswith(start):
            return True
        if block < 0:
            return False
        names = self._sorted(block)
        at = bisect_left(names, start)
        return at < len(names) and names[at].startswith(start)

    def numbers(self, name_key: str) -> list[tuple[int, bool]]:
        """(number of a place, True if this is its main name) for a key of `placenames.key`."""
        block = bisect_right(self._firsts, name_key) - 1
        if block < 0:
            return []
        found = self._keys(block).get(name_key)
        if found is None:
            return []
        return [(int(n.rstrip("-")), not n.endswith("-")) for n in found.split(" ")]


@cache
def shipped() -> PlaceIndex:
    """The index that comes with the package."""
    return PlaceIndex(data_file("places", "index"))
