"""The words around comments (`knowledge/data/threads/words.yaml`), made into patterns once."""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge import tables

_AROUND = "-–—,;'\" \t\u00a0:.!…*_[](){}|·•»«›‹→←↓↑↪\u200b"


@cache
def words(group: str) -> tuple[str, ...]:
    """The words of one group, longest first, in lower case."""
    rows = tables.load_yaml("threads", "words.yaml")[group]["words"]
    return tuple(sorted((str(w).lower() for w in rows), key=len, reverse=True))


@cache
def alternation(group: str) -> str:
    """The words of a group as one alternation of a regular expression; `{n}` is a number."""
    number = r"(?:\d{1,3}(?:[.,]\d{3})+|\d+)"
    return "|".join(
        re.escape(w).replace(r"\{n\}", number).replace(r"\ ", r"\s+") for w in words(group)
    )


def bare(line: str) -> str:
    """A line without the marks around it, in lower case."""
    return line.strip(_AROUND).lower()


@cache
def _furniture() -> frozenset[str]:
    days = tables.load_yaml("threads", "words.yaml")["furniture"]["weekdays"]
    return frozenset(words("furniture")) | frozenset(words("reply")) | frozenset(days)


@cache
def _run() -> re.Pattern[str]:
    """Buttons in a row, perhaps with no space between them: "ReplyShare", "Like · Reply · 3"."""
    phrases = sorted((w for w in _furniture() if len(w) > 1), key=len, reverse=True)
    either = "|".join(map(re.escape, phrases))
    return re.compile(rf"(?:(?>{either})[\s|·•,()/\d↓↑+-]*+)++$")


def is_furniture(line: str) -> bool:
    """True if a whole line is buttons or labels of a comment block, or nothing but marks."""
    word = bare(line)
    if not word or word in _furniture() or (word.isdigit() and len(word) < 5):
        return True
    return len(word) < 80 and bool(_run().match(word))


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{alternation('form')})", re.IGNORECASE)


def is_form(line: str) -> bool:
    """True if a line opens the form for a new comment or the end of the thread."""
    return len(line) < 160 and bool(_form().match(line))


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{alternation('heading')})(?=\W|$)(?P<rest>.*)$", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    counted = [w for w in words("heading") if "{n}" in w]
    number = r"(?P<n>\d{1,3}(?:[.,]\d{3})+|\d+)"
    body = "|".join(
        re.escape(w).replace(r"\{n\}", number.replace("?P<n>", "")).replace(r"\ ", r"\s+")
        for w in counted
    )
    return re.compile(rf"^\W*(?:{body})(?=\W|$)", re.IGNORECASE)


def is_heading(line: str) -> bool:
    """True if a short line is the heading above a thread."""
    if len(line) > 160:
        return False
    found = _heading().match(line)
    if not found:
        return False
    return bool(_counted().match(line)) or len(found["rest"].strip()) < 3


def stated_count(line: str) -> int | None:
    """The number of comments that a heading states, or None."""
    if len(line) > 160 or not _counted().match(line):
        return None
    digits = re.search(r"\d[\d.,]*", line)
    return int(re.sub(r"\D", "", digits[0])) if digits else None


@cache
def says_pattern() -> re.Pattern[str]:
    """`NAME says:` as a whole line; group `name`."""
    return re.compile(
        rf"^(?P<name>\S.{{0,100}}?)[\s\u00a0]+(?:{alternation('says')})\s?(?P<colon>[:：]|\.\.+|…)?$",
        re.IGNORECASE,
    )


@cache
def says_prefix() -> re.Pattern[str]:
    """`NAME says: words`, the words on the same line; groups `name` and `rest`."""
    return re.compile(
        rf"^(?P<name>\S.{{0,60}}?)[\s\u00a0]+(?:{alternation('says')})\s?[:：](?P<rest>.*)$",
        re.IGNORECASE,
    )
