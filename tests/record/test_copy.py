"""A record copied between engines is the same record: rows, digests, log, words, next numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from build_readings import Page

from sayso.errors import IntegrityError, RecordError, UsageError
from sayso.model.reading import Reading
from sayso.record import copying, migrations, verify
from sayso.record.database import Database
from sayso.record.record import Record
from sayso.service import ask, judge
from sayso.service import copy as service


def filled(address: str) -> None:
    """A record with pages, comments, odd characters, a judgement and a redaction."""
    with Record(address, who="tester") as record:
        for n in range(12):
            page = Page(key=str(n), publisher=f"P{n % 3}", uri=f"https://example.org/{n}").say(
                f"HTS shelled Atarib on 2019-01-05, “report” {n} 🙂.", trigger="shelled",
                actor=["HTS"], place=["Atarib"], time=("2019-01-05", "2019-01-05"),
            )  # fmt: skip
            page.comment("ada").forecast("They will be gone in a month.", "2019-02-07")
            record.add([page.reading()], reader="test")
        event = ask.events(record).rows[0]
        judge.judge(record, "accept", event.id, who="ada")
        first = ask.pages(record).rows[0]
        judge.redact(record, first.id, reason="asked for", who="ada")


def later() -> Reading:
    page = Page(key="later")
    page.sentence("A later word.")
    return page.reading()


def digests(address: str) -> list[copying.Copied]:
    with Database(address, readonly=True) as database:
        return [copying.digest(database, t) for t in migrations.tables()]


@pytest.fixture(params=["files-files", "files-schemas", "schemas-files", "schemas-schemas"])
def both(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Addresses of two new records, in each pair of engines."""
    first, second = request.param.split("-")
    return request.getfixturevalue(first)(), request.getfixturevalue(second)()


def test_a_copy_is_the_same_record(both: tuple[str, str]) -> None:
    source, target = both
    filled(source)
    before = digests(source)
    done = service.copy(source, target)
    assert list(done) == before == digests(source) == digests(target)
    assert {t.table: t.rows for t in done}["document"] == 12
    with Record(source, readonly=True) as old, Record(target, readonly=True) as new:
        report = verify.verify(new.database)
        assert report.intact, report.broken
        assert report == verify.verify(old.database)
        assert ask.events(new) == ask.events(old)
        found = ask.search(new, '"shelled atarib"', limit=50)
        assert len(found) == 11 and len(ask.search(old, '"shelled atarib"')) == 11
    with Record(target) as new:  # and it goes on from there
        new.add([later()], reader="test")
        assert verify.verify(new.database).intact


def test_there_and_back(files: Callable[[], str], schemas: Callable[[], str]) -> None:
    first, server, last = files(), schemas(), files()
    filled(first)
    assert service.copy(first, server) == service.copy(server, last)
    assert digests(first) == digests(last)


def test_a_copy_goes_into_a_new_record(addresses: Callable[[], str]) -> None:
    first, second = addresses(), addresses()
    filled(first)
    filled(second)
    before = digests(second)
    with pytest.raises(RecordError, match="holds rows already"):
        service.copy(first, second)
    assert digests(second) == before
    with pytest.raises(UsageError, match="same"):
        service.copy(first, first)


def test_nothing_is_kept_of_a_copy_that_differs(
    addresses: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = addresses(), addresses()
    filled(first)
    many = Database.many

    def lossy(self: Database, sql: str, rows: list[tuple[object, ...]]) -> None:
        many(self, sql, rows[:-1] if " annotation " in sql else rows)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Database, "many", lossy)
        with pytest.raises(IntegrityError, match="copy of annotation differs"):
            service.copy(first, second)
    if not second.startswith("postgres"):
        assert not Path(second).exists()
    service.copy(first, second)  # the next run does it
    assert digests(second) == digests(first)


def test_what_is_not_there_is_not_copied(files: Callable[[], str]) -> None:
    target = files()
    with pytest.raises(RecordError, match="no record here"):
        service.copy(files(), target)
    assert not Path(target).exists()
