"""Bytes -> text: the declared charset if it fits, UTF-8, or the best guess; never a picture."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from sayso.errors import EmptySource, NotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x00asm", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"RIFF", "sound, video or a picture"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_SAMPLE = 200_000
_WEB = {"iso-8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252"}
"""What browsers read where a page says Latin-1 (WHATWG Encoding Standard)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that it was read in, and what is doubtful about that (or None)."""

    text: str
    charset: str
    doubt: str | None = None


def text_of(payload: bytes, source: str, declared: str | None = None) -> Decoded:
    """The text of some bytes. Raises EmptySource, or NotText for what is no text."""
    if not payload.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise EmptySource(source, "the input is empty")
    for magic, what in _MAGIC:
        if payload.startswith(magic):
            raise NotText(source, f"this is {what}, not text")
    decoded = _decoded(payload, declared)
    if not _is_text(decoded.text):
        raise NotText(source, "this is binary data, not text")
    return decoded


def _decoded(payload: bytes, declared: str | None) -> Decoded:
    for bom, name in _BOMS:
        if payload.startswith(bom):
            return Decoded(payload[len(bom) :].decode(name, "replace"), name)
    try:
        return Decoded(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error
    inside = _META.search(payload[:4096])
    named: str | None = str(inside[1] or inside[2], "ascii") if inside else None
    for charset in filter(None, (declared, named)):
        stated = _try(payload, charset)
        if stated is not None:
            return Decoded(stated, charset.casefold())
    wrong = payload.decode("utf-8", "replace")
    if wrong.count("\ufffd") * 1000 < len(wrong):
        doubt = f"some bytes are no UTF-8 (the first at byte {bad.start}); they were replaced"
        return Decoded(wrong, "utf-8", doubt)
    guess: str = detect_encoding(payload[:_SAMPLE]) or "cp1252"
    read = _try(payload, guess)
    if read is None:
        guess, read = "cp1252", payload.decode("cp1252", "replace")
    return Decoded(read, guess, f"the charset is not declared or wrong; read as {guess}, a guess")


def _try(payload: bytes, charset: str) -> str | None:
    name = _WEB.get(charset.casefold(), charset)
    try:
        if codecs.lookup(name).name == "utf-8":
            return None
        text = payload.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") * 100 <= len(text) else None


_ODD = re.compile("[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffd]")
_WORDS = re.compile(r"[\w\s]+")


def _is_text(text: str) -> bool:
    sample = text[:2_000] + text[-500:]
    if len(_ODD.findall(sample)) * 50 > len(sample):
        return False
    return sum(map(len, _WORDS.findall(sample))) * 3 > len(sample)
