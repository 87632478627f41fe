"""The replacement test: the same places and times must come out when a corpus's names are others.

    replacement.py [--suites FOLDER] [--every N] [--seed N]

Names: every place of the gold that the gazetteer knows gives way to another real place in the same
relations: what lay in one state lies in one other state, what lay in one country in one country,
each of the same sort, of about the same population, and as much or as little the first that its
name suggests. `towns` keeps the countries, `countries` changes them too. Regions, seas and places
without a gazetteer id stay. Times: every year is moved by 28 years, after which the calendar
repeats itself. Texts and gold are read where they lie and never kept.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sayso.knowledge import gazetteer, placeindex, placetables
from sayso.knowledge.gazetteer import Place
from sayso.knowledge.place import distance_km
from sayso.knowledge.placewords import common_words
from sayso.language.syntax import Parser, default_parser
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.relevance import wanted
from sayso.reading.timex import Timexes
from sayso.reading.toponyms import Toponyms

ROOT = Path(__file__).resolve().parent.parent
SUITES = ROOT.parent / "shared" / "suites"
KM = 161.0
YEARS = 28
POOL = 40
"""How many places nearest in population a replacement is drawn from."""
_PLAIN = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})?$")
_YEAR = re.compile(r"(?<![\d.,$#])(1[89]\d\d|20[0-6]\d)(?!\d|,\d)(?=s?\b)")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name of the gold. `place` is None where the gazetteer has no such id."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the places it names."""

    text: str
    toponyms: tuple[Toponym, ...]


@dataclass(slots=True)
class Tally:
    """Counts of an F1."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.found + self.gold, 1)


@dataclass(slots=True)
class World:
    """The places of the index that can stand for others, by what holds them."""

    by_id: dict[int, Place] = field(default_factory=dict)
    towns: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    counties: dict[tuple[str, str], list[Place]] = field(default_factory=dict)

    @classmethod
    def of_index(cls) -> World:
        """Reads the whole index once."""
        index = placeindex.shipped()
        world = cls(towns=defaultdict(list), counties=defaultdict(list))
        number = 0
        while True:
            try:
                row = index.row(number)
            except (IndexError, ValueError):
                break
            number += 1
            place = gazetteer.from_row(row, True)
            if row.geonameid in world.by_id:
                continue
            world.by_id[row.geonameid] = place
            if place.latitude is None or not _PLAIN.match(place.name):
                continue
            if place.name.split()[0].lower() in common_words():
                continue
            kinds = {"city": world.towns, "admin2": world.counties}
            if place.kind in kinds:
                kinds[place.kind][place.country, place.admin1].append(place)
        for pool in (*world.towns.values(), *world.counties.values()):
            pool.sort(key=lambda p: (p.population, p.id))
        return world

    def states(self, country: str, least: int = 25) -> list[str]:
        """The divisions of a country with a plain name and towns enough."""
        return sorted(
            a
            for (c, a), towns in self.towns.items()
            if c == country
            and len(towns) >= least
            and (state := gazetteer.admin1s().get((c, a))) is not None
            and state.latitude is not None
            and _PLAIN.match(state_name(state))
        )


def country_name(country: Place) -> str:
    """The everyday name of a country."""
    row = placetables.country_rows().get(country.country)
    return row.names[0] if row and row.names else country.name


def state_name(state: Place) -> str:
    """The everyday name of a first-level division."""
    row = placetables.state_rows().get((state.country, state.admin1))
    return row.names[0] if row and row.names else state.name


class Replacer:
    """Draws the replacements of one text, each place always by the same one."""

    def __init__(self, world: World, seed: str, *, countries: bool) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.countries = countries
        self._country: dict[str, str] = {}
        self._state: dict[tuple[str, str], tuple[str, str]] = {}
        self._place: dict[str, Place | None] = {}

    def country(self, code: str) -> str:
        """The country that stands for that one."""
        if not self.countries:
            return code
        if code not in self._country:
            rows = placetables.country_rows()
            fitting = [
                c
                for c, row in rows.items()
                if c != code
                and c not in self._country.values()
                and row.demonyms
                and row.names
                and _PLAIN.match(row.names[0])
                and len(self.world.states(c)) >= 5
            ]
            self._country[code] = self.random.choice(sorted(fitting)) if fitting else code
        return self._country[code]

    def state(self, pair: tuple[str, str]) -> tuple[str, str]:
        """The division that stands for that one."""
        if pair not in self._state:
            country = self.country(pair[0])
            taken = set(self._state.values())
            free = [a for a in self.world.states(country) if (country, a) not in taken]
            free = [a for a in free if (country, a) != pair]
            self._state[pair] = (country, self.random.choice(free)) if free else pair
        return self._state[pair]

    def place(self, place: Place, surface: str) -> Place | None:
        """What stands for the place; None if nothing fits."""
        if place.id not in self._place:
            self._place[place.id] = self._drawn(place, surface)
        return self._place[place.id]

    def _drawn(self, place: Place, surface: str) -> Place | None:
        if place.kind == "country":
            return gazetteer.countries().get(self.country(place.country))
        if place.kind == "admin1":
            return gazetteer.admin1s().get(self.state((place.country, place.admin1)))
        if place.kind not in ("city", "admin2") or not place.admin1:
            return None
        pair = self.state((place.country, place.admin1))
        pools = self.world.towns if place.kind == "city" else self.world.counties
        pool = pools.get(pair, [])
        at = bisect_left(pool, place.population, key=lambda p: p.population)
        near = pool[max(0, at - POOL // 2) : at + POOL // 2]
        first = _is_first(place, surface)
        taken = {p.id for p in self._place.values() if p}
        near = [p for p in near if p.id not in taken]
        fitting = [p for p in near if _is_first(p, p.name) == first] or near
        fitting = [p for p in fitting if _alike(p, place)] or fitting
        return self.random.choice(fitting) if fitting else None

    def words(self, place: Place, new: Place, surface: str, after_comma: bool) -> str | None:
        """How the new place is named where the text names the old one."""
        demonyms = gazetteer.demonyms()
        if surface.lower() in demonyms:
            row = placetables.country_rows().get(new.country)
            if new.kind != "country" or row is None or not row.demonyms:
                return None
            name = row.demonyms[0]
            plural = surface.lower().endswith("s") and surface[:-1].lower() in demonyms
            return name + "s" if plural and not name.endswith(("s", "sh", "ese")) else name
        if new.kind == "country":
            name = country_name(new)
        elif new.kind == "admin1":
            row = placetables.state_rows().get((new.country, new.admin1))
            short = row is not None and surface in gazetteer.postal() and after_comma
            name = row.postal[0] if short and row and row.postal else state_name(new)
        else:
            name = new.name
        long = surface.isupper() and len(surface) > 4
        return name.upper() if long else name


def _is_first(place: Place, surface: str) -> bool:
    found = gazetteer.lookup(surface)
    return bool(found) and found[0].id == place.id


def _alike(new: Place, old: Place) -> bool:
    return abs(math.log10(max(new.population, 100)) - math.log10(max(old.population, 100))) < 0.5


# -- texts -----------------------------------------------------------------------------------------


def texts(path: Path, world: World, every: int) -> Iterator[Text]:
    """Every n-th text of a suite of toponyms. The point of a known id is the gazetteer's own."""
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if n % every:
                continue
            row = json.loads(line)
            kept: dict[tuple[int, int], Toponym] = {}
            for t in row["toponyms"]:
                named = row["text"][t["start"] : t["end"]]
                if t["start"] >= t["end"] or (t.get("name") and named != t["name"]):
                    continue
                place = world.by_id.get(t.get("geonameid") or -1)
                latitude, longitude = t.get("lat"), t.get("lon")
                if place is not None and place.latitude is not None:
                    latitude, longitude = place.latitude, place.longitude
                found = Toponym(t["start"], t["end"], latitude, longitude, place)
                kept.setdefault((t["start"], t["end"]), found)
            yield Text(row["text"], tuple(sorted(kept.values(), key=lambda t: t.start)))


def replaced(text: Text, replacer: Replacer) -> Text:
    """The text with other names, and its gold."""
    out: list[str] = []
    kept: list[Toponym] = []
    at = length = 0
    for t in text.toponyms:
        if t.start < at:
            continue
        surface = text.text[t.start : t.end]
        new = replacer.place(t.place, surface) if t.place else None
        comma = text.text[: t.start].rstrip().endswith(",")
        words = replacer.words(t.place, new, surface, comma) if t.place and new else None
        between = text.text[at : t.start]
        out += [between, words or surface]
        start = length + len(between)
        length = start + len(words or surface)
        at = t.end
        if words and new:
            kept.append(Toponym(start, length, new.latitude, new.longitude, new))
        else:
            kept.append(replace(t, start=start, end=length))
    return Text("".join([*out, text.text[at:]]), tuple(kept))


def _draft(text: str, parser: Parser, published: str | None = None) -> Draft:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,), published=published), parser)
    draft.wanted = wanted
    return draft


def place_f1(items: Iterable[Text], parser: Parser) -> Tally:
    """End-to-end F1 within 161 km, exact spans, demonyms counted."""
    tally = Tally()
    for item in items:
        draft = _draft(item.text, parser)
        gold = {(t.start, t.end): t for t in item.toponyms}
        tally.gold += sum(t.latitude is not None for t in item.toponyms)
        for mention in Toponyms().read(draft):
            if mention.kind != "mention":
                continue
            hit = gold.get((mention.start, mention.end))
            if hit is not None and hit.latitude is None:
                continue  # on a name without coordinates: neither right nor wrong
            tally.found += 1
            entity = draft.entity(getattr(mention, "entity", None))
            if hit is None or entity is None or entity.latitude is None:
                continue
            far = distance_km(
                Place("a", "a", "city", hit.latitude, hit.longitude),
                Place("b", "b", "city", entity.latitude, entity.longitude),
            )
            tally.right += far is not None and far <= KM
    return tally


@dataclass(frozen=True, slots=True)
class Scores:
    """An F1 as the corpus stands, and with each kind of replacement; `share` is how many of the
    gold's names (or years) gave way to others."""

    written: float
    changed: dict[str, float]
    share: float

    @property
    def worst_fall(self) -> float:
        return self.written - min(self.changed.values())


def places(
    suites: Path,
    *,
    every: int = 1,
    seed: int = 1,
    name: str = "GeoWebNews",
    world: World | None = None,
) -> Scores:
    """The place figures of a suite, as written and replaced."""
    world = world or World.of_index()
    parser = default_parser()
    others: list[Text] = []
    items = list(texts(suites / "places" / f"{name}.jsonl", world, every))
    written = place_f1(items, parser).f1
    changed = {}
    for mode in ("towns", "countries"):
        others = [
            replaced(t, Replacer(world, f"{seed}:{n}", countries=mode == "countries"))
            for n, t in enumerate(items)
        ]
        changed[mode] = place_f1(others, parser).f1
    pairs = [(a, b) for old, new in zip(items, others, strict=True) for a, b in _pairs(old, new)]
    share = sum(a.place is not b.place for a, b in pairs) / max(len(pairs), 1)
    return Scores(written, changed, share)


def _pairs(old: Text, new: Text) -> Iterator[tuple[Toponym, Toponym]]:
    """The names of the old text that are kept apart in the new one, side by side."""
    kept = []
    at = 0
    for t in old.toponyms:
        if t.start >= at:
            kept.append(t)
            at = t.end
    yield from zip(kept, new.toponyms, strict=True)


# -- times -----------------------------------------------------------------------------------------


def moved_years(text: str) -> str:
    """The text with every year moved; as long as before."""
    return _YEAR.sub(lambda m: str(int(m[1]) + YEARS), text)


def moved_value(value: str | None) -> str | None:
    """A TIMEX3 value moved by as many years; decades and centuries keep their width."""
    if value is None or not re.match(r"\d{4}", value):
        return value
    return f"{int(value[:4]) + YEARS:04d}{value[4:]}"


def time_rows(path: Path, every: int) -> list[dict[str, Any]]:
    """Every n-th text of a suite of times."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for n, line in enumerate(lines) if n % every == 0]


def time_f1(rows: Iterable[dict[str, Any]]) -> Tally:
    """Value F1 over overlapping spans, one to one."""
    tally = Tally()
    parser = default_parser()
    for row in rows:
        found = [
            t
            for t in Timexes().read(_draft(row["text"], parser, row.get("dct")))
            if t.kind == "timex"
        ]
        tally.found += len(found)
        tally.gold += len(row["timexes"])
        used: set[str] = set()
        for gold in row["timexes"]:
            over = [
                (min(gold["end"], t.end) - max(gold["start"], t.start), t)
                for t in found
                if t.id not in used
            ]
            best = max((o for o in over if o[0] > 0), key=lambda o: o[0], default=None)
            if best is not None:
                used.add(best[1].id)
                tally.right += getattr(best[1], "value", None) == gold["value"]
    return tally


def times(suites: Path, *, every: int = 1, name: str = "meantime") -> Scores:
    """The time figures of a suite, as written and with all years moved."""
    rows = time_rows(suites / "time" / f"{name}.jsonl", every)
    moved = [
        {
            "text": moved_years(row["text"]),
            "dct": moved_value(row.get("dct")),
            "timexes": [{**t, "value": moved_value(t["value"])} for t in row["timexes"]],
        }
        for row in rows
    ]
    dated = [t["value"] for row in rows for t in row["timexes"] if t["value"]]
    share = sum(moved_value(v) != v for v in dated) / max(len(dated), 1)
    return Scores(time_f1(rows).f1, {"years": time_f1(moved).f1}, share)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--suites", type=Path, default=SUITES)
    ap.add_argument("--every", type=int, default=1)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    world = World.of_index()
    for name in ("GeoWebNews", "TUD-Loc2013"):
        found = places(args.suites, every=args.every, seed=args.seed, name=name, world=world)
        shown = "  ".join(f"{k} {v:.3f}" for k, v in found.changed.items())
        head = f"{name:16s} F1@161 as written {found.written:.3f}"
        print(f"{head}  {shown}  ({found.share:.0%} of the names replaced)", flush=True)
    for name in ("meantime", "timebank_aquaint"):
        found = times(args.suites, every=args.every, name=name)
        head = f"{name:16s} value F1 as written {found.written:.3f}"
        print(
            f"{head}  years {found.changed['years']:.3f}  ({found.share:.0%} of the values moved)"
        )


if __name__ == "__main__":
    main()
