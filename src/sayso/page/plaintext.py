"""A plain-text page -> the article and its thread."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.document import Issue
from sayso.page import dates, langid, words
from sayso.page.dump import lines, paragraphs, tree, voice
from sayso.page.dump.article import article
from sayso.page.dump.heads import Head, candidates, heads
from sayso.page.dump.lines import Line
from sayso.page.dump.named import named
from sayso.page.found import Comment, Found

MAX_CHARACTERS = 5_000_000
"""Code points of a dump that are read; the rest is cut off, and the document says so."""


def recover(text: str) -> Found:
    """The article and the thread of a page that was saved as text."""
    rows = lines.split(text[:MAX_CHARACTERS])
    width = lines.wrap_width(rows)
    found = candidates(rows)
    opened = heads(rows, found) or named(rows)
    out = Found()
    guessed = voice.start(rows) if _sparse(rows) and _doubtful(opened, rows) else None
    if guessed is not None:
        opened = []
    top = opened[0].line if opened else len(rows) if guessed is None else guessed
    above = article(_above(rows[:top]), width)
    out.headline, out.body = above.headline, above.body
    if out.headline and not out.body and not opened:
        # One paragraph and nothing else: it is what there is to read, not the name of it.
        out.headline, out.body = "", out.headline
    out.byline, out.byline_words = above.byline, above.byline_words
    out.evidence = above.evidence
    if len(text) > MAX_CHARACTERS:
        out.issues.append(Issue("cut", f"only the first {MAX_CHARACTERS} characters were read"))
    _date(out)
    out.language = langid.language(out.body or text)
    _thread(_Dump(rows, width, {h.line for h in found}), opened, out)
    if guessed is not None:
        _guessed(rows[guessed:], out)
    return out


def _doubtful(opened: list[Head], rows: list[Line]) -> bool:
    """True for heads that may be something else: few, and of so weak a form that they may be dates
    of the article; or without words below most of them, as in a list of sources."""
    ends = [*(head.line for head in opened[1:]), len(rows)]
    bare = sum(not any(rows[h.body : end]) for h, end in zip(opened, ends, strict=False))
    if len(opened) < 2 or bare * 2 > len(opened):
        return True
    return len(opened) < 5 and opened[0].form in ("same", "above", "none")


def _sparse(rows: list[Line]) -> bool:
    """True for dumps that part paragraphs by single breaks and keep no indent."""
    filled = [n for n, row in enumerate(rows) if row]
    if len(filled) < 6:
        return False
    empty = filled[-1] - filled[0] + 1 - len(filled)
    return empty * 20 < len(filled) and all(rows[n].indent < 4 for n in filled)


def _guessed(rows: list[Line], out: Found) -> None:
    """The comments of a dump that tells them by their words alone."""
    out.comments = paragraphs.comments(rows)
    if out.comments:
        out.issues.append(
            Issue(
                "thread-guessed",
                "the dump marks no comments; where they start is read from how they are written",
            )
        )


def _above(rows: list[Line]) -> list[Line]:
    """The lines above the thread, without the heading of the thread."""
    for index in range(len(rows) - 1, max(-1, len(rows) - 30), -1):
        if rows[index] and words.is_heading(rows[index].text):
            return rows[:index]
    return rows


def _date(out: Found) -> None:
    visible = [e for e in out.evidence if e.source == "visible"]
    if visible:
        out.published = visible[0].edtf
    elif out.evidence:
        listed = out.evidence[0].words
        out.issues.append(
            Issue("date-open", f"the page gives no date of its own; {listed!r} heads a listing")
        )


@dataclass(frozen=True, slots=True)
class _Dump:
    """The lines of a dump, where it broke them, and the lines that look like some head."""

    rows: list[Line]
    width: int | None
    heads: set[int]


def _thread(dump: _Dump, opened: list[Head], out: Found) -> None:
    order = dates.day_order((h.when for h in opened if h.when), out.language)
    for index, head in enumerate(opened):
        last = index + 1 == len(opened)
        end = len(dump.rows) if last else opened[index + 1].line
        body = _body(dump, head, end, last=last)
        if head.rest:
            body = [Line(head.column + head.at + 1, head.rest), *body]
        stamp = dates.find(head.when, order) if head.when else None
        out.comments.append(
            Comment(
                text=lines.joined(body, dump.width),
                author=head.author,
                published=stamp.iso if stamp else None,
            )
        )
    lost = 0
    for comment, place in zip(out.comments, tree.places(opened, out.comments), strict=True):
        comment.parent, comment.decided_by = place.parent, place.decided_by
        lost += place.missing
    if lost:
        out.issues.append(
            Issue("comments-missing", f"the numbers of the list leave out {lost} comments")
        )


def _body(dump: _Dump, head: Head, end: int, *, last: bool) -> list[Line]:
    """The lines of one comment, without the buttons under it and what follows the thread."""
    rows = dump.rows[head.body : end]
    for index, line in enumerate(rows):
        if line and words.is_form(line.text):
            rows = rows[:index]
            break
    if last:
        rows = _until_dedent(rows, head)
        rows = next((rows[:n] for n in range(1, len(rows)) if head.body + n in dump.heads), rows)
    while rows and (
        not rows[-1] or _button(rows[-1].text) or head.body + len(rows) - 1 in dump.heads
    ):
        rows = rows[:-1]
    while rows and (not rows[0] or _button(rows[0].text)):
        rows = rows[1:]
    return rows


def _button(text: str) -> bool:
    """True for a line of buttons: "Reply", "• Antworten", "Like Reply 3"."""
    bare = text.lstrip("•*+◦o ").strip()
    return words.is_furniture(bare) and not bare.isdigit()


def _until_dedent(rows: list[Line], head: Head) -> list[Line]:
    """The lines of the last comment: up to the first that stands left of its words."""
    filled = [n for n, line in enumerate(rows) if line]
    if not filled:
        return rows
    column = min(rows[filled[0]].indent, head.column + 2) if head.marked else head.column
    for n in filled[1:]:
        if rows[n].indent < column:
            return rows[:n]
    return rows
