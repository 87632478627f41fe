"""Bytes that are no page: one clear error each, never another exception."""

import pytest

from sayso.errors import EmptySource, NoContent, NotText, SaysoError
from sayso.model.capture import Capture
from sayso.model.document import Document
from sayso.page.recover import recover

HTML = "text/html"


@pytest.mark.parametrize(
    ("payload", "media_type", "error", "reason"),
    [
        (b"", None, EmptySource, "empty"),
        (b" \n\t ", HTML, EmptySource, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, None, NotText, "PNG"),
        (bytes(range(256)) * 40, "text/plain", NotText, "binary"),
        (b"\x00\x01\x02\x03" * 100, None, NotText, "binary"),
        (b"<html><head><title>x</title></head><body></body></html>", HTML, NoContent, "article"),
        (b"<html><body><nav><a href=/>Home</a></nav></body></html>", HTML, NoContent, "article"),
        (b"{not json", "application/json", NotText, "JSON"),
    ],
)
def test_bad_input_names_file_and_reason(payload, media_type, error, reason):
    with pytest.raises(error) as caught:
        recover(Capture(payload=payload, key="pages/a.html", media_type=media_type))
    assert "pages/a.html" in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


_SENTENCE = "Die Brücke über den Fluß war am Sonntag geöffnet, sagte der Bürgermeister. "


@pytest.mark.parametrize("charset", ["cp1252", "iso-8859-15", "utf-16", "utf-8-sig"])
def test_text_in_another_charset_is_read(charset):
    text = "Die Brücke bleibt offen\n\n" + _SENTENCE * 4
    document = recover(Capture(payload=text.encode(charset), key="a.txt", media_type="text/plain"))
    assert "Brücke über den Fluß" in document.text
    assert ("charset" in [i.code for i in document.issues]) == (
        charset in ("cp1252", "iso-8859-15")
    )


def test_declared_charset_is_no_issue():
    page = f"<html><head><meta charset=windows-1252></head><body><article><p>{_SENTENCE * 4}</p>"
    document = recover(Capture(payload=page.encode("cp1252"), key="a.html", media_type=HTML))
    assert "Brücke über den Fluß" in document.text
    assert not [i for i in document.issues if i.code == "charset"]


@pytest.mark.parametrize("tag", ["div", "ul><li", "blockquote", "table><tr><td", "span", "p"])
def test_deep_nesting_is_read_in_bounded_time(tag):
    opening = "".join(f"<{t}>" for t in tag.split("><")) if "><" in tag else f"<{tag}>"
    page = "<html><body>" + opening * 10_000 + _SENTENCE * 4
    try:
        document = recover(Capture(payload=page.encode(), key="deep.html", media_type=HTML))
    except SaysoError:
        return
    assert isinstance(document, Document)
    if tag in ("div", "blockquote", "span"):
        (issue,) = [i for i in document.issues if i.code == "nesting"]
        assert "deeper than 400" in issue.message
