"""The archive beside a record: what is read is kept there, once, and can be forgotten."""

from pathlib import Path

import pytest

from sayso.capture.sources import captures
from sayso.capture.warc import Archive
from sayso.errors import PageGone
from sayso.model.capture import Capture
from sayso.record.record import Record
from sayso.record.verify import verify
from sayso.service import judge
from sayso.service.read import Outcome, read

PAGE = "<html><body><article><p>{}</p></article></body></html>".format(
    "The bridge over the river was opened to traffic on Sunday, the district office said. " * 4
)


@pytest.fixture(autouse=True)
def _no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_ARCHIVE", raising=False)


def _kept(folder: Path) -> list[Capture]:
    return [c for path in sorted(folder.glob("*.warc.gz")) for c in captures(str(path))]


def test_what_is_given_is_kept_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    with Record(tmp_path / "r.db") as record:
        for _ in range(2):
            (outcome,) = read([str(page)], record)
            assert isinstance(outcome, Outcome)
        (kept,) = _kept(tmp_path / "r.db-archive")
        assert kept.payload == PAGE.encode()
        assert kept.payload_digest == outcome.reading.capture.payload_digest
        assert kept.captured_at is not None

        judge.redact(record, outcome.reading.document.id, reason="asked for")
        assert _kept(tmp_path / "r.db-archive") == []
        assert verify(record.database).intact


def test_texts_and_archives_are_not_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "It was open."}\n', encoding="utf-8")
    archive = Archive(tmp_path / "given.warc.gz")
    archive.keep(Capture(payload=PAGE.encode(), target_uri="https://a.example/1", status=200,
                         headers=(("Content-Type", "text/html"),)))  # fmt: skip
    with Record(tmp_path / "r.db") as record:
        assert len(list(read([str(tmp_path / "a.jsonl"), str(archive.path)], record))) == 2
        assert not (tmp_path / "r.db-archive").exists()
        monkeypatch.setenv("SAYSO_ARCHIVE", "off")
        (tmp_path / "b.html").write_text(PAGE + " ", encoding="utf-8")
        list(read([str(tmp_path / "b.html")], record))
        assert not (tmp_path / "r.db-archive").exists()


def test_a_page_that_was_gone_is_evidence_out_of_an_archive_too(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "given.warc.gz")
    for status, year, payload in ((200, 2020, PAGE.encode()), (410, 2021, b"gone")):
        archive.keep(
            Capture(
                payload=payload,
                status=status,
                target_uri="https://a.example/1",
                captured_at=f"{year}-01-07T10:00:00Z",
                headers=(("Content-Type", "text/html"),),
            )
        )
    with Record(tmp_path / "r.db") as record:
        for _ in range(2):
            first, gone = read([str(archive.path)], record)
            assert isinstance(first, Outcome)
            assert isinstance(gone, PageGone) and "410" in gone.reason
        rows = record.database.rows("SELECT status, supersedes FROM capture ORDER BY seq")
        assert [row["status"] for row in rows] == [200, 410]
        assert rows[1]["supersedes"] == first.reading.capture.payload_digest
        assert record.database.value("SELECT count(*) FROM custody WHERE act = 'gone'") == 1
        assert verify(record.database).intact
