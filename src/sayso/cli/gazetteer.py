"""`sayso gazetteer`: add places of one's own, and see what a name may mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sayso.cli.common import JsonOption
from sayso.cli.output import jsonl, plain, say, table
from sayso.errors import SourceError
from sayso.knowledge import gazetteer, placeimport
from sayso.knowledge.gazetteer import Place

app = typer.Typer(no_args_is_help=True, help="Places: add your own, see what a name may mean.")


@app.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="GeoNames country files or CSV files.")],
) -> None:
    """Add the places of GeoNames country files (19 columns) or of CSV files with the columns name,
    latitude, longitude and, where known, names ("|" between them), country, admin1, kind,
    population, geonameid, radius_km."""
    failed = False
    for file in files:
        try:
            count = placeimport.import_file(file)
        except SourceError as error:
            say(str(error))
            failed = True
        else:
            print(f"{file}: {count} places added")
    raise typer.Exit(1 if failed else 0)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name as a text would have it.")],
    json: JsonOption = False,
) -> None:
    """What a name may mean, likeliest first when nothing else is known."""
    found = [*gazetteer.short_forms().get(name, ()), *gazetteer.lookup(name)]
    demonym = gazetteer.demonyms().get(name.lower())
    if demonym is not None:
        found.append(demonym)
    if json:
        for place in found:
            jsonl(_json(place))
    elif found:
        table(
            f"{plain(name)}: likeliest first",
            ["weight", "place", "in", "kind", "point", "population", "id", "from"],
            [_row(place) for place in found],
        )
    if not found:
        say(f"no place of the name {plain(name)!r} is known; add it: sayso gazetteer import FILE")
        raise typer.Exit(1)


def _point(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return "no point"
    return f"{place.latitude:.3f}, {place.longitude:.3f}"


def _row(place: Place) -> list[str]:
    return [
        f"{gazetteer.prior(place):.2f}",
        place.name if place.main else f"{place.name} (by another name)",
        gazetteer.containers(place),
        place.code or place.kind,
        _point(place),
        f"{place.population:,}" if place.population else "",
        place.id,
        place.source,
    ]


def _json(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "in": gazetteer.containers(place),
        "geonameid": place.geonameid,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country or None,
        "admin1_code": place.admin1 or None,
        "feature_code": place.code,
        "population": place.population or None,
        "radius_km": place.radius_km,
        "weight": round(gazetteer.prior(place), 3),
        "source": place.source,
    }
