"""The measured part of the record, on corpora whose facts are known by construction.

CI runs one corpus; `make test-full` runs three. The seeds are none of those (1 to 5) on which the
weights were set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import corpus
import pytest

from sayso.record import control, links, standing
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import held


@pytest.fixture(scope="module", params=[11, pytest.param(12, marks=pytest.mark.full),
                                        pytest.param(13, marks=pytest.mark.full)])  # fmt: skip
def made(request, tmp_path_factory):  # type: ignore[no-untyped-def]
    found = corpus.generate(request.param)
    patch = pytest.MonkeyPatch()
    known = standing.roots(found.linked)
    patch.setattr(links, "roots", lambda: known)
    with Record(tmp_path_factory.mktemp("corpus") / "r.db") as record:
        for n in range(0, len(found.readings), 100):
            record.add(found.readings[n : n + 100], reader="test")
        yield found, record, tellings(found, record)
    patch.undo()


def tellings(found: corpus.Corpus, record: Record) -> dict[int, Counter[int]]:
    """record event -> how many tellings of which true event it holds."""
    out: dict[int, Counter[int]] = defaultdict(Counter)
    for row in record.database.rows(
        "SELECT d.id, t.annotation, t.event FROM telling t JOIN document d ON d.seq = t.document"
    ):
        out[row["event"]][found.truth[row["id"], row["annotation"]]] += 1
    return out


def pairs(n: int) -> int:
    return n * (n - 1) // 2


def test_pairwise_f1_of_joining(made) -> None:  # type: ignore[no-untyped-def]
    found, _, joined = made
    assert len(found.readings) == 1000 and len(found.events) == 200
    true = sum(pairs(n) for c in joined.values() for n in c.values())
    told = sum(pairs(sum(c.values())) for c in joined.values())
    gold = sum(pairs(n) for n in Counter(found.truth.values()).values())
    precision, recall = true / told, true / gold
    assert 2 * precision * recall / (precision + recall) >= 0.9, (precision, recall)


def test_separate_chains_are_counted_right(made) -> None:  # type: ignore[no-untyped-def]
    found, record, joined = made
    main: dict[int, tuple[int, int]] = {}
    for event, counts in joined.items():
        true, number = counts.most_common(1)[0]
        main[true] = max(main.get(true, (0, 0)), (number, event))
    right = sum(
        record.database.value("SELECT chains FROM event WHERE seq = ?", (event,))
        == found.events[true].chains
        for true, (_, event) in main.items()
    )
    assert right / len(found.events) >= 0.95  # an event that was merged away counts as wrong


def test_control_of_every_town_on_every_day(made) -> None:  # type: ignore[no-untyped-def]
    found, record, _ = made
    right = asked = 0
    for town in sorted({e.town for e in found.events}):
        claims = held.claims_of(record, f"place:test:{town.lower()}", Filters())
        segments = control.timeline(claims)
        for n in range(-5, corpus.DAYS + 5):
            day = corpus.START + timedelta(n)
            answer = found.holder(town, day)
            if answer is None:
                continue
            known, holder = answer
            there = [s for s in segments if s.surely_at(day.isoformat()) and s.holder]
            asked += 1
            right += (there[0].holder.name if there else None) == (holder if known else None)
    assert asked > 5000
    assert right / asked >= 0.95


def test_rebuilding_gives_nearly_the_same_events(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from sayso.record import events

    _, record, joined = made
    record.database.backup(tmp_path / "copy.db")
    with Record(tmp_path / "copy.db") as copy:
        number = events.rebuild(copy.database)
    assert abs(number - len(joined)) <= 0.03 * len(joined), (number, len(joined))
