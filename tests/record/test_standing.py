"""The number of separate chains, against a count that tries everything."""

from __future__ import annotations

import random
from itertools import combinations

from sayso.record import names, standing
from sayso.record.facts import Link
from sayso.record.standing import Voice

TEXTS = (
    "rebels captured the town of atarib on 5 january after heavy clashes",
    "rebels captured the town of atarib on 5 january after very heavy clashes",
    "rebels captured the town of atarib on 6 january after heavy clashes",
    "the town fell to fighters who came from the north in the early morning",
    "short",
)
KNOWN = {"actor:a": "owner:x", "outlet b": "owner:x"}


def voice(rng: random.Random) -> Voice:
    def link() -> Link:
        return Link(None, f"actor:{rng.choice('abcd')}", "monitor", "unknown")

    chain = [
        Link("Outlet", None, "publisher", "unknown"),
        *(link() for _ in range(rng.randrange(3))),
    ]
    return Voice(
        said_by=tuple(chain), outlet=f"Outlet {rng.choice('BCD')}", sentence=rng.choice(TEXTS)
    )


def plainly(voices: list[Voice]) -> int:
    """The largest set of voices of which no two share source or outlet."""

    def root(name: str | None) -> str | None:
        return KNOWN.get(name or "", name)

    said = [(v, {str(root(v.key))}) for v in voices if v.key]
    for v, mine in said:
        mine |= {str(root(x.id)) for x in v.said_by[1:-1]}
    while True:  # what is linked with what is linked
        before = [set(mine) for _, mine in said]
        for (v, mine), (w, theirs) in combinations(said, 2):
            long = min(len(v.sentence), len(w.sentence)) >= standing.SHORTEST
            copied = v.sentence == w.sentence or (
                [x for x in v.sentence.split() if x.isdigit()]
                == [x for x in w.sentence.split() if x.isdigit()]
                and standing.same_text(v.sentence, w.sentence)
            )
            if mine & theirs or (long and copied):
                mine |= theirs
                theirs |= mine
        if before == [mine for _, mine in said]:
            break
    for size in range(len(said), 0, -1):
        for some in combinations(said, size):
            outlets = {root(names.fold(v.outlet)) for v, _ in some}
            apart = all(not a & b for (_, a), (_, b) in combinations(some, 2))
            if len(outlets) == size and apart:
                return size
    return 0


def test_chains_are_those_that_share_neither_source_nor_outlet() -> None:
    rng = random.Random(4)
    found = set()
    for _ in range(400):
        voices = [voice(rng) for _ in range(rng.randrange(1, 6))]
        count = standing.chains(voices, KNOWN)
        assert count == plainly(voices), voices
        found.add(count)
    assert found == {0, 1, 2, 3}
