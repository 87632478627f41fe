"""A plain-text page -> the article and its thread."""

from __future__ import annotations

from sayso.model.document import Issue
from sayso.page import dates, words
from sayso.page.dump import heads, lines, tree
from sayso.page.dump.article import article
from sayso.page.dump.heads import Head
from sayso.page.dump.lines import Line
from sayso.page.found import Comment, Found


def recover(text: str) -> Found:
    """The article and the thread of a page that was saved as text."""
    rows = lines.split(text)
    width = lines.wrap_width(rows)
    opened = heads.says_heads(rows)
    out = Found()
    top = opened[0].line if opened else len(rows)
    above = article(_above(rows[:top]), width)
    out.headline, out.body = above.headline, above.body
    out.byline, out.byline_words = above.byline, above.byline_words
    out.evidence = above.evidence
    _date(out)
    _thread(rows, opened, width, out)
    return out


def _above(rows: list[Line]) -> list[Line]:
    """The lines above the thread, without the heading of the thread."""
    for index in range(len(rows) - 1, max(-1, len(rows) - 12), -1):
        if rows[index] and words.is_heading(rows[index].text):
            return rows[:index]
    return rows


def _date(out: Found) -> None:
    visible = [e for e in out.evidence if e.source == "visible"]
    if visible:
        out.published = visible[0].edtf
    elif out.evidence:
        words_ = out.evidence[0].words
        out.issues.append(
            Issue(
                "date-open",
                f"the page gives no date of its own; {words_!r} heads an archive listing",
            )
        )


def _thread(rows: list[Line], opened: list[Head], width: int | None, out: Found) -> None:
    stamped = [rows[h.body - 1].text for h in opened if h.stamp]
    order = dates.day_order(stamped, out.language)
    lost = 0
    for index, (head, place) in enumerate(zip(opened, tree.places(opened), strict=True)):
        end = opened[index + 1].line if index + 1 < len(opened) else len(rows)
        body = _body(rows[head.body : end], head, last=index + 1 == len(opened))
        stamp = dates.find(rows[head.body - 1].text, order) if head.stamp else None
        lost += place.missing
        out.comments.append(
            Comment(
                text=lines.joined(body, width),
                author=head.author,
                published=stamp.iso if stamp else None,
                parent=place.parent,
                decided_by=place.decided_by,
            )
        )
    if lost:
        out.issues.append(
            Issue("comments-missing", f"the numbers of the list leave out {lost} comments")
        )


def _body(rows: list[Line], head: Head, *, last: bool) -> list[Line]:
    """The lines of one comment, without the buttons under it and what follows the thread."""
    for index, line in enumerate(rows):
        if line and words.is_form(line.text):
            rows = rows[:index]
            break
    if last and head.ordinal is not None:
        for index, line in enumerate(rows):
            if line and line.indent < head.column + 2 and index:
                rows = rows[:index]
                break
    while rows and (not rows[-1] or words.is_furniture(rows[-1].text)):
        rows = rows[:-1]
    while rows and (not rows[0] or words.is_furniture(rows[0].text)):
        rows = rows[1:]
    return rows
