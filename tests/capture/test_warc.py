"""WARC and WACZ: what is kept comes back; damage is reported after what came before it."""

import gzip
import io
import zipfile

import pytest

from sayso.capture import http_message, wacz
from sayso.capture.sources import items, left_out
from sayso.capture.warc import Archive, Archived, captures
from sayso.errors import ArchiveError, SourceError
from sayso.model.capture import Capture

PAGE = b"<html><body><article><p>The bridge was open on Sunday.</p></article></body></html>"


def _capture(number, payload=PAGE, **more):
    return Capture(
        payload=payload,
        target_uri=f"https://news.example/{number}",
        captured_at="2019-01-07T10:05:00Z",
        media_type="text/html",
        charset="utf-8",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        **more,
    )


@pytest.fixture
def archive(tmp_path):
    archive = Archive(tmp_path / "kept.warc.gz")
    for number in range(3):
        archive.keep(_capture(number))
    return archive


def test_what_is_kept_comes_back(archive):
    found = list(items(str(archive.path)))
    assert [c.target_uri for c in found] == [f"https://news.example/{n}" for n in range(3)]
    first = found[0]
    assert first.payload == PAGE
    assert first.payload_digest == _capture(0).payload_digest
    assert (first.media_type, first.charset, first.status) == ("text/html", "utf-8", 200)
    assert first.captured_at == "2019-01-07T10:05:00Z"
    head = gzip.decompress(archive.path.read_bytes()).decode()
    assert f"WARC-Payload-Digest: {first.payload_digest}\r\n" in head
    assert "WARC-Block-Digest: sha256:" in head
    assert first.record_id.startswith("<urn:uuid:")


def test_a_given_page_is_kept_as_a_resource(tmp_path):
    archive = Archive(tmp_path / "given.warc.gz")
    archive.keep(Capture(payload=PAGE, target_uri="https://a.example/", media_type="text/html"))
    (found,) = items(str(archive.path))
    assert (found.payload, found.status) == (PAGE, None)


@pytest.mark.parametrize("cut", [20, 200, 500])
def test_a_cut_file_gives_everything_before_the_cut(archive, cut):
    data = gzip.decompress(archive.path.read_bytes())
    archive.path.with_suffix("").write_bytes(data[:-cut])
    found = list(items(str(archive.path.with_suffix(""))))
    assert [type(i) for i in found[:2]] == [Archived, Archived]
    assert isinstance(found[-1], ArchiveError)
    assert "kept.warc" in str(found[-1])


def test_a_cut_compressed_file_is_reported(archive):
    archive.path.write_bytes(archive.path.read_bytes()[:-60])
    found = list(items(str(archive.path)))
    assert [type(i) for i in found[:2]] == [Archived, Archived]
    assert isinstance(found[-1], ArchiveError)


@pytest.mark.parametrize("payload", [b"", b"no archive at all", b"\x00" * 500])
def test_what_is_no_warc_is_an_error(payload):
    found = list(captures(io.BytesIO(payload), "a.warc"))
    assert [type(i) for i in found] == [ArchiveError]


def test_redirects_and_pictures_are_passed_over(tmp_path):
    archive = Archive(tmp_path / "mixed.warc.gz")
    picture = (("Content-Type", "image/png"),)
    archive.keep(
        Capture(payload=b"x", target_uri="https://a.example/p", status=200, headers=picture)
    )
    archive.keep(Capture(payload=b"moved", target_uri="https://a.example/m", status=301))
    archive.keep(_capture(1))
    assert [c.target_uri for c in items(str(archive.path))] == ["https://news.example/1"]


def test_wacz_gives_the_pages_of_its_warcs(archive, tmp_path):
    path = tmp_path / "kept.wacz"
    wacz.write(path, archive)
    assert [c.target_uri for c in items(str(path))] == [
        f"https://news.example/{n}" for n in range(3)
    ]


def test_wacz_members_that_point_outside_are_refused(archive, tmp_path):
    path = tmp_path / "evil.wacz"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("../outside.warc.gz", archive.path.read_bytes())
    (error,) = items(str(path))
    assert isinstance(error, ArchiveError)
    assert "outside" in str(error)


def test_wacz_bomb_is_not_read(tmp_path):
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("archive/a.warc", b"\x00" * 90_000_000)
    (error,) = items(str(path))
    assert isinstance(error, ArchiveError)
    assert "expands" in str(error)


def test_gzip_bomb_is_bounded():
    body = gzip.compress(b"\x00" * 3_000_000)
    assert http_message.gunzipped(body, limit=1000) == (b"\x00" * 1000, True)
    assert http_message.decoded(body, "gzip", limit=1000)[1]


def test_http_messages_are_decoded():
    body = gzip.compress(PAGE)
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (10, body[:10], len(body) - 10, body[10:])
    )
    message = http_message.parse(block)
    assert (message.status, message.body, message.cut) == (200, PAGE, False)
    assert message.header("CONTENT-type") == "text/html"


def test_folder_takes_known_types_and_names_the_others(tmp_path):
    (tmp_path / "b.html").write_bytes(PAGE)
    (tmp_path / "a.txt").write_bytes(b"The bridge was open on Sunday, the monitor said.")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.html").write_bytes(PAGE)
    assert [c.key for c in items(str(tmp_path))] == [str(tmp_path / n) for n in ("a.txt", "b.html")]
    assert left_out(str(tmp_path)) == [str(tmp_path / "c.png")]


def test_missing_file_is_one_clear_error():
    (error,) = items("nowhere/a.html")
    assert isinstance(error, SourceError)
    assert str(error) == "nowhere/a.html: there is no such file"


def test_compressed_page_and_json_lines(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE))
    (tmp_path / "b.jsonl").write_bytes(b'{"id": 1, "text": "x"}\n\n{"id": 2, "text": "y"}\n')
    page, first, second = items(str(tmp_path))
    assert page.payload == PAGE
    assert (first.payload, second.media_type) == (b'{"id": 1, "text": "x"}', "application/json")


def test_answers_that_there_is_no_page_come_out_as_evidence(tmp_path):
    archive = Archive(tmp_path / "gone.warc.gz")
    for status in (200, 404, 410, 451, 403, 500):
        archive.keep(
            Capture(
                payload=b"" if status == 451 else PAGE,
                target_uri=f"https://news.example/{status}",
                captured_at="2019-01-07T10:05:00Z",
                status=status,
                headers=(("Content-Type", "text/html"),),
            )
        )
    assert [c.status for c in items(str(archive.path))] == [200, 404, 410, 451]


@pytest.mark.parametrize("cut", [1, 60, 300])
def test_a_cut_archive_is_made_whole_before_it_grows(archive, cut):
    data = archive.path.read_bytes()
    archive.path.write_bytes(data[:-cut])
    again = Archive(archive.path)
    again.keep(_capture(7))
    found = list(items(str(archive.path)))
    assert [c.target_uri[-1] for c in found] == ["0", "1", "7"]
    assert again.cut > 0
    assert archive.cut == 0


def test_what_is_no_archive_is_not_appended_to(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"these are my notes")
    with pytest.raises(ArchiveError, match="nothing is appended"):
        Archive(path).keep(_capture(1))
    assert path.read_bytes() == b"these are my notes"


def test_the_same_page_makes_the_same_record(tmp_path):
    kept = []
    for name in ("a", "b"):
        archive = Archive(tmp_path / f"{name}.warc.gz")
        archive.keep(Capture(payload=PAGE, media_type="text/html"), at="2019-01-07T10:05:00Z")
        kept.append(archive.path.read_bytes())
    assert kept[0] == kept[1]


def test_a_payload_is_taken_out_and_the_others_stay(archive):
    archive.keep(_capture(8, payload=PAGE.replace(b"open", b"shut")))
    assert archive.forget(_capture(0).payload_digest) == 3
    (found,) = items(str(archive.path))
    assert found.target_uri == "https://news.example/8"
    assert archive.forget(_capture(0).payload_digest) == 0


def test_a_folder_leaves_out_the_archive_of_a_record(tmp_path):
    (tmp_path / "r.db").write_bytes(b"")
    Archive(tmp_path / "r.db-archive" / "pages-00001.warc.gz").keep(_capture(1))
    Archive(tmp_path / "old-archive" / "a.warc.gz").keep(_capture(2))
    assert [c.target_uri[-1] for c in items(str(tmp_path))] == ["2"]


def test_a_link_that_leads_out_of_a_folder_is_left_alone(tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_bytes(PAGE)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "in.html").write_bytes(PAGE)
    (folder / "out.html").symlink_to(outside)
    assert [c.key for c in items(str(folder))] == [str(folder / "in.html")]
