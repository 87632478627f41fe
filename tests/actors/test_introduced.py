"""Short names that a text gives."""

from __future__ import annotations

import pytest

from sayso.reading.mention_introduced import introduced


@pytest.mark.parametrize(
    ("text", "long_name", "short"),
    [
        ("the River Valley Defence Force (RVDF) said", "River Valley Defence Force", "RVDF"),
        ("by Hay'at Nasr al-Badia (HNB)", "Hay'at Nasr al-Badia", "HNB"),
        ("a Movement for the Hills (MFH)", "Movement for the Hills", "MFH"),
        ("the Fuerzas Unidas del Norte (United North Forces, UNF)", None, None),
        ("the Partido Popular Verde (Green Party)", None, None),
        ("Juan Carlos Vega (41) was hurt", None, None),
        ("the Frente de Paz Civil [FPC]", "Frente de Paz Civil", "FPC"),
        ("the National Water Board, or NWB, said", "National Water Board", "NWB"),
        ("a dam (built in 1990)", None, None),
        ("Popular Hill Front (locally known as FPM)", "Popular Hill Front", "FPM"),
        ("he said (LOL)", None, None),
    ],
)  # fmt: skip
def test_introduced(text: str, long_name: str | None, short: str | None) -> None:
    pairs = introduced(text, 0, len(text))
    got = [(text[p.start : p.end], p.short) for p in pairs]
    assert got == ([(long_name, short)] if long_name else [])
