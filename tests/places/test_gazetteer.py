"""The gazetteer: what it knows, how fast it is there, and what it says of a damaged file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sayso.knowledge import gazetteer
from sayso.knowledge.placenames import key

KNOWN = [
    # name, country, kind, latitude, longitude
    ("Afrin", "SY", "city", 36.51, 36.87),
    ("Atarib", "SY", "city", 36.14, 36.83),
    ("Daraa", "SY", "city", 32.62, 36.1),
    ("Quneitra", "SY", "admin1", 33.16, 35.9),
    ("Tobruk", "LY", "city", 32.09, 23.95),
    ("Turkey", "TR", "country", 39, 35),
    ("Syria", "SY", "country", 35, 38),
    ("Kafriya", "SY", "city", 35.99, 36.68),
    ("Robotyne", "UA", "city", 47.45, 35.84),
    ("Donbas", "UA", "region", 48.3, 38),
    ("Darfur", "SD", "region", 13.5, 24.5),
]


@pytest.mark.parametrize(("name", "country", "kind", "latitude", "longitude"), KNOWN)
def test_known(name: str, country: str, kind: str, latitude: float, longitude: float) -> None:
    place = gazetteer.lookup(name)[0]
    assert (place.country, place.kind) == (country, kind)
    assert place.latitude == pytest.approx(latitude, abs=0.5)
    assert place.longitude == pytest.approx(longitude, abs=0.5)


def test_every_country_has_a_point() -> None:
    dissolved = {"AN", "CS"}
    missing = {c for c, p in gazetteer.countries().items() if p.latitude is None} - dissolved
    assert not missing


def test_unknown_name() -> None:
    assert gazetteer.lookup("Qwxyzzy") == ()
    assert gazetteer.lookup("") == ()


LOAD = """
import re, resource, sys, time
from pathlib import Path
start = time.perf_counter()
from sayso.knowledge import gazetteer
from sayso.knowledge.placenames import key
assert gazetteer.lookup("Springfield")
seconds = time.perf_counter() - start
status = Path("/proc/self/status")
if status.exists():
    # What getrusage calls the peak counts the process that started this one, too.
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1])
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_loads_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    # Seconds are for `make bench`: a busy machine says nothing about the program.
    _, megabytes = map(float, done.stdout.split())
    assert megabytes < 150


@pytest.mark.parametrize(
    "word", ["San", "New", "al", "Port", "Deir", "South", "St.", "N.", "Attacked"]
)
def test_a_word_that_opens_no_name_is_in_none(word: str) -> None:
    opened = gazetteer.opens(key(word))
    assert opened is (word != "Attacked")
