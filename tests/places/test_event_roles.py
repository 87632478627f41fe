"""Which places end up in an event, beside its parties."""

from __future__ import annotations

import pytest
from tests.events.reading import events

CASES = [
    # text, trigger, field -> words
    ("Thousands marched in the capital Chisinau on Sunday to protest against a law.", "marched",
     {"place": ["Chisinau"], "recipient": []}),
    ("About 90 demonstrators marched on Manila's market district.", "marched",
     {"place": ["Manila"], "recipient": []}),
    ("A car bomb exploded near the U.S. Embassy in Lima.", "exploded", {"place": ["Lima"]}),
    ("Israel captured the hill from Syria in 1967.", "captured",
     {"origin": [], "place": [], "recipient": ["Syria"]}),
    ("Rebels stormed the Heart Hospital on Monday.", "stormed", {"place": ["Heart Hospital"]}),
    ("A bomb exploded near a shop close to the Tashun Hospital.", "exploded",
     {"place": ["Tashun Hospital"]}),
    ("Two members of the Tashun Liberation Front were killed in Herat.", "killed",
     {"place": ["Herat"]}),
    ("The first peacekeeping troops arrived in Monrovia on Monday.", "arrived",
     {"place": ["Monrovia"], "recipient": ["Monrovia"]}),
    ("Gunmen attacked Tashun village and burned nine houses.", "attacked", {"place": ["Tashun"]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "wanted"), CASES, ids=[c[0][:30] for c in CASES])
def test_case(text: str, trigger: str, wanted: dict[str, list[str]]) -> None:
    event = next(e for e in events(text) if trigger in e.exact)
    got = {field: [a.exact for a in getattr(event, field)] for field in wanted}
    assert got == wanted
    for arg in (*event.place, *event.origin, *event.destination):
        assert text[arg.start : arg.end] == arg.exact
