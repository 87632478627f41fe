"""Names in a text: found, and the right place meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Read = Callable[..., list[Any]]


def test_a_report_from_syria(places: Read) -> None:
    text = (
        "Fighters left the town of Atarib for Afrin on Sunday. Others crossed into Turkey. "
        "Residents of Idlib and Daraa said that Syrian jets had struck near Quneitra."
    )
    seen = {s.mention.exact: s for s in places(text)}
    for name in ("Atarib", "Afrin", "Idlib", "Daraa", "Quneitra", "Syrian"):
        assert seen[name].entity.country == "SY", name
    assert seen["Turkey"].entity.country == "TR"
    assert seen["Syrian"].mention.form == "demonym"
