"""What the map is drawn on: lines between areas under a policy that the user chooses, and a file of
tiles if there is one. Nothing here is fetched; no policy is an opinion of anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, JSONResponse, Response

from sayso.errors import UsageError

POLICIES = ("un-leaning", "natural-earth", "none")
"""un-leaning: nearer to the United Nations' views (Natural Earth as modified by Visionscarto);
natural-earth: who holds the ground, as Natural Earth sees it; none: no lines at all."""

TILES = "basemap.pmtiles"
"""A file of this name beside the record is used without being asked for."""

_EMPTY = {"type": "FeatureCollection", "features": []}


@dataclass(frozen=True, slots=True)
class Basemap:
    """The choice of one app. `custom` is the user's own GeoJSON of lines (or areas), of which those
    with the property `disputed` are dashed."""

    policy: str = POLICIES[0]
    custom: Path | None = None
    tiles: Path | None = None


def chosen(record: str | Path, boundaries: str | None, tiles: str | None) -> Basemap:
    """The basemap of these settings. Raises UsageError for a policy or file that is not there."""
    found = _tiles(record, tiles)
    if boundaries is None or boundaries in POLICIES:
        return Basemap(boundaries or POLICIES[0], None, found)
    own = Path(boundaries)
    try:
        data = json.loads(own.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"boundaries: {boundaries!r} is neither {', '.join(POLICIES)} nor a GeoJSON file that "
            f"can be read ({error})"
        ) from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise UsageError(f"{boundaries}: is no GeoJSON FeatureCollection")
    return Basemap("custom", own, found)


def _tiles(record: str | Path, tiles: str | None) -> Path | None:
    path = Path(tiles) if tiles else Path(record).parent / TILES
    if not path.is_file():
        if tiles:
            raise UsageError(f"{tiles}: there is no file of tiles here")
        return None
    with open(path, "rb") as file:
        if file.read(7) != b"PMTiles":
            raise UsageError(f"{path}: this is no PMTiles file")
    return path


def router(basemap: Basemap) -> APIRouter:
    """The routes of the basemap's data."""
    api = APIRouter(include_in_schema=False)

    @api.get("/map/borders.geojson")
    def borders() -> Response:
        if basemap.policy == "none":
            return JSONResponse(_EMPTY, media_type="application/geo+json")
        path = basemap.custom
        if path is None:
            vendor = resources.files("sayso.web") / "static" / "vendor"
            path = Path(str(vendor / f"borders-{basemap.policy}.geojson"))
        return FileResponse(path, media_type="application/geo+json")

    @api.get("/map/tiles.pmtiles")
    def tiles() -> Response:
        if basemap.tiles is None:
            raise HTTPException(404, "there is no file of tiles")
        return FileResponse(basemap.tiles, media_type="application/octet-stream")

    return api
