"""The lines of a dump that open a comment.

Dumps keep what a page prints above a comment: its author, its time, or both, on one line or two,
sometimes with a list's number or bullet, sometimes as "NAME says:". Which of these forms a page
uses is decided over the whole page, so that a date inside a sentence opens nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from sayso.knowledge import tables
from sayso.page import dates, words
from sayso.page.dump.lines import Line

Form = Literal["says", "same", "above", "none", "twice", "item"]
"""Where the author stands: "NAME says:", on the time's line, above it, nowhere, twice in a row
(a picture's label and a name), or a list item without any head."""

_NUMBER = re.compile(r"^(\d{1,6})\.(?=[ \t\u00a0]|$)[ \t\u00a0]*")
_BULLET = re.compile(r"^(?:[•◦▪·*+○●□☆■★◎△▲◇◆▫‣]|o(?=[ \t]|$)|#(?=[ \t]*$))(?:[ \t\u00a0]+|$)")
_LABELS = re.compile(r"^(?:avatar|gravatar|photo|image|\[[^\]]{0,40}\]|\*+|#|\^)\s*(?=\S)", re.I)
_LEVEL = re.compile(r"^level (\d{1,2})$", re.IGNORECASE)
_THREAD_NUMBER = re.compile(r"(?<!\w)#(\d{1,4}(?:\.\d{1,3})*)(?!\w)")
_SCORE = re.compile(
    r"[(\[]?-?\d{1,5} (?:points?|votes?|upvotes?|likes?|punkte|leserempfehlungen?)[)\]]?", re.I
)
_CUT_OFF = re.compile(r"(?<=\w)\s+(?:am|on|le)(?=$|\s+(?:permalink|permanenter link)$)", re.I)
"""What is left of "NAME on DATE" where a dump lost the date."""
_EDITED = re.compile(r"[·•|(]?\s*(?:edited|bearbeitet|modifié|last edited|zuletzt)\b.*$", re.I)
_WORD = r"(?:am|um|at|on|le|à|a las|el|il|op|den|uhr|the|o|às|w dniu|в)"
_LEAD = re.compile(rf"^(?:[,|·•:@»«/–—-]|{_WORD}(?=\s|$))\s*", re.IGNORECASE)
_TAIL = re.compile(rf"(?:(?:^|\s+){_WORD}|\s*[,|·•:»«/(]|(?:^|\s)[–—-])$", re.IGNORECASE)
_MARKS = re.compile(r"^[,|·•:@»«/–—-]+\s*|\s*[,|·•:»«/(]+$|(?:^|\s+)[–—-]+$")
_BY = re.compile(
    r"^(?:(?:posted|written|comment(?:ed)?|kommentar|commentaire|comentario) )?"
    r"(?:by|par|von|por|di|door)[\s:]+(?=\S)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[a-zäöüéèßıàç\d)\]])(?=[A-ZÄÖÜ][a-zäéû]{2,9}\.? \d{1,2},? (?:19|20)\d\d)")
_CLOCK = re.compile(r"^(?P<name>\S.{0,50}?)(?P<time>[0-2]?\d:[0-5]\d(?: ?[AP]M)?)$")


@dataclass(frozen=True, slots=True)
class Item:
    """A line without its list marks: the number if it has one, and the columns of the marks."""

    text: str
    ordinal: int | None
    at: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that open a comment: [line, body) of the dump.

    `column` is the indent of the first line, `ordinal` the number of a list item if it was one,
    `at` the width of that number with its full stop. `level` and `number` are what the page
    prints ("level 2", "#4.1"), `answers` a name after "in reply to". `rest` is what of the
    comment's own words stands on the head's line.
    """

    line: int
    body: int
    column: int
    form: Form
    ordinal: int | None = None
    at: int = 0
    marked: bool = False
    author: str | None = None
    when: str | None = None
    level: int | None = None
    number: str | None = None
    answers: str | None = None
    rest: str = ""


def item(line: Line) -> Item:
    """A line without its number or bullet."""
    text, ordinal, at, marked = line.text, None, 0, False
    for _ in range(2):
        bullet = _BULLET.match(text)
        if not bullet:
            break
        text, marked = text[bullet.end() :], True
        at = 2
    number = _NUMBER.match(text)
    if number and not _dated(text):
        text, ordinal, at, marked = text[number.end() :], int(number[1]), len(number[1]) + 1, True
    return Item(text.strip(), ordinal, at, marked)


def _dated(text: str) -> bool:
    """True if a line starts with a date, so that "15. April 2019" is no item number 15."""
    stamp = dates.find(text[:60])
    if stamp is None or stamp.start > 0:
        return False
    return stamp.year is not None or stamp.hour is not None


@cache
def _relative() -> re.Pattern[str]:
    patterns = tables.load_yaml("threads", "words.yaml")["relative"]["patterns"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


@cache
def _answering() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,(|·»↪-]*(?<!\w)(?:{words.alternation('in_reply_to')})\s*:?\s*(?P<name>\S.*)?$", re.I
    )


_PROSE = re.compile(r"[.!?;…] |, (?:dass|that|que|die|who)\b")


@lru_cache(maxsize=4096)
def name(text: str) -> str | None:
    """An author's name without the marks and labels that a dump leaves around it, or None."""
    if len(text) > 200:
        return None
    text = _THREAD_NUMBER.sub(" ", _SCORE.sub(" ", _EDITED.sub("", text)))
    before = None
    while before != text:
        before = text
        text = _MARKS.sub("", text.strip(' \t\u00a0*_"“”'))
        text = _without_buttons(_LABELS.sub("", text))
    text = _BY.sub("", text)
    said = words.says_pattern().match(text)
    if said:
        text = said["name"]
    text = text.strip(" \t\u00a0*_:,;|·•")
    if ")" in text and "(" not in text:
        text = text.replace(")", "").strip()
    if "://" in text or text.startswith("www."):
        return None
    if not text or (words.is_furniture(text) and not (text.isdigit() or _is_role(text))):
        return None
    if _PROSE.search(text) and len(text.split()) > 3:
        return None
    many = len(text) > 60 or len(text.split()) > 7
    sentence = text[-1] in ".!?…" and len(text.split()) > 3
    return None if many or sentence else text


@cache
def _buttons() -> re.Pattern[str]:
    phrases = {p for p in (*words.words("reply"), *words.words("furniture")) if len(p) > 2}
    either = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<=\W)(?:{either})$", re.IGNORECASE)


def _without_buttons(text: str) -> str:
    """A line without "Reply", "Permalink" and the like at its end."""
    found = _buttons().search(text)
    return text[: found.start()].rstrip() if found else text


def following(lines: list[Line], index: int, reach: int = 3) -> int | None:
    """The next line with words after `index`, at most `reach` lines on, or None."""
    return next((n for n in range(index + 1, min(len(lines), index + 1 + reach)) if lines[n]), None)


def _above(lines: list[Line], index: int, reach: int = 2) -> int | None:
    return next((n for n in range(index - 1, max(-1, index - 1 - reach), -1) if lines[n]), None)


@lru_cache(maxsize=4096)
def _time(text: str) -> tuple[int, int] | None:
    """Where the time of a head's line stands: a date with a year or a clock, or "3 days ago"."""
    stamp = dates.find(text)
    if stamp and (stamp.hour is not None or stamp.year is not None):
        return stamp.start, stamp.end
    found = _relative().search(text) or _SCORE.search(text) or _CUT_OFF.search(text)
    return (found.start(), found.end()) if found else None


def candidates(lines: list[Line]) -> list[Head]:
    """Every line that could open a comment, by its own form."""
    out: list[Head] = []
    for index, line in enumerate(lines):
        if not line or len(line.text) > 200:
            continue
        head = _says(lines, index) or _timed(lines, index) or _twice(lines, index)
        if head and not (out and head.line < out[-1].body):
            out.append(head)
        elif head and out and head.body > out[-1].body and head.form == "says":
            out[-1] = head
    return out


def _says(lines: list[Line], index: int) -> Head | None:
    found = item(lines[index])
    end, text = index, found.text
    if found.marked and not text:
        below = following(lines, index, 2)
        if below is None or item(lines[below]).marked:
            return None
        end, text = below, lines[below].text
    said = words.says_pattern().match(text.strip("*_ ")) if len(text) < 130 else None
    author = name(said["name"]) if said else None
    if not said or author is None:
        return None
    body, when = _time_below(lines, end)
    if not (found.marked or said["colon"] or when):
        return None
    head = Head(index, body, lines[index].indent, "says", found.ordinal, found.at, found.marked)
    return replace(head, author=author, when=when)


def _time_below(lines: list[Line], index: int) -> tuple[int, str | None]:
    below = following(lines, index)
    if below is not None and len(lines[below].text) < 90:
        text = lines[below].text
        at = _time(text)
        if at and not any(map(name, _sides(text, at))):
            return below + 1, text
    return index + 1, None


def _timed(lines: list[Line], index: int) -> Head | None:
    line = lines[index]
    if len(line.text) > 160:
        return None
    found = item(line)
    text = _GLUED.sub(" ", found.text)
    at = _time(text)
    if at is None:
        clock = _CLOCK.match(text) if found.marked and found.ordinal else None
        if not clock:
            return None
        at = clock.span("time")
    before, after = _sides(text, at)
    answers = None
    for side in (before, after):
        reply = _answering().search(side)
        if reply:
            answers = name(reply["name"] or "")
            before = before[: reply.start()] if side is before else before
            after = after[: reply.start()] if side is after else after
    numbered = _THREAD_NUMBER.search(line.text)
    head = Head(index, index + 1, line.indent, "none", found.ordinal, found.at, found.marked)
    head = replace(head, when=text, answers=answers, number=numbered[1] if numbered else None)
    if _wordy(before) or _wordy(after):
        return None
    author = name(before) or name(after)
    if author:
        return replace(head, form="same", author=author)
    return _named_above(lines, index, head)


def _sides(text: str, at: tuple[int, int]) -> tuple[str, str]:
    """The words before and after a time, without "on", "um" and the like next to it."""
    before, after = text[: at[0]].rstrip(), text[at[1] :].lstrip()
    while found := _TAIL.search(before):
        before = before[: found.start()].rstrip()
    while found := _LEAD.match(after):
        after = after[found.end() :]
    return before, after


def _wordy(text: str) -> bool:
    return len(text) > 110 or len(text.split()) > 14


def _named_above(lines: list[Line], index: int, head: Head) -> Head:
    """The head with the author, number and level that stand on the lines above the time."""
    if head.marked:
        return head
    above = _above(lines, index)
    if above is None:
        return head
    level = _LEVEL.match(lines[above].text)
    if level:
        return replace(head, line=above, column=lines[above].indent, level=int(level[1]))
    found = item(lines[above])
    if _is_role(found.text) and not found.marked:
        higher = _above(lines, above)
        if higher is not None and name(item(lines[higher]).text):
            above, found = higher, item(lines[higher])
    author = name(found.text) if len(found.text) < 80 else None
    if author is None or words.is_heading(found.text) or words.is_form(found.text):
        if found.marked and not found.text:
            return replace(
                head,
                line=above,
                column=lines[above].indent,
                ordinal=found.ordinal,
                at=found.at,
                marked=True,
            )
        return head
    if _time(found.text) or (not found.marked and found.text[-1] in ".!?…,;"):
        return head
    head = replace(
        head,
        form="above",
        line=above,
        column=lines[above].indent,
        author=author,
        ordinal=found.ordinal,
        at=found.at,
        marked=found.marked,
    )
    if found.marked:
        return head
    higher = _above(lines, above)
    if higher is None:
        return head
    top = item(lines[higher])
    if top.marked and not top.text:
        return replace(
            head,
            line=higher,
            column=lines[higher].indent,
            ordinal=top.ordinal,
            at=top.at,
            marked=True,
        )
    if (name(top.text) or "").casefold().lstrip("@") == author.casefold():
        return replace(head, line=higher, column=lines[higher].indent)
    return head


def _is_role(text: str) -> bool:
    return text.casefold() in _ROLES


_ROLES = frozenset(
    {"gast", "guest", "author", "autor", "admin", "member", "mitglied", "invité", "auteur", "op"}
    | {"post author", "beitragsautor", "moderator", "mod", "anonymous", "anonym", "registered"}
)


def _twice(lines: list[Line], index: int) -> Head | None:
    """A name, perhaps a role, and the same name again."""
    text = lines[index].text
    author = name(text) if 1 < len(text) <= 40 else None
    if author is None or author != text:
        return None
    below = following(lines, index, 2)
    if below is not None and lines[below].text.casefold() in _ROLES:
        below = following(lines, below, 2)
    if below is None or lines[below].text != text:
        return None
    return Head(index, below + 1, lines[index].indent, "twice", author=author)


def thread_start(lines: list[Line], heads: list[Head]) -> int | None:
    """The line of the heading above the thread ("33 Comments"), or None.

    Of several the one is taken that has a head soon after it, and most heads behind it.
    """
    best, best_score = None, 0.0
    starts = [h.line for h in heads]
    for index, line in enumerate(lines):
        if not line or not words.is_heading(line.text):
            continue
        filled, near = 0, False
        for n in range(index + 1, len(lines)):
            filled += bool(lines[n])
            if n in starts:
                near = True
                break
            if filled > 25:
                break
        behind = sum(1 for s in starts if s > index)
        score = behind * (2 if near else 0.2) + (words.stated_count(line.text) is not None)
        if score > best_score:
            best, best_score = index, score
    return best


def heads(lines: list[Line], found: list[Head] | None = None) -> list[Head]:
    """The heads of the thread of a dump, in page order. `found` are its `candidates`."""
    found = candidates(lines) if found is None else found
    start = thread_start(lines, found)
    if start is not None and any(h.line > start for h in found):
        found = [h for h in found if h.line > start]
    elif start is not None and words.stated_count(lines[start].text):
        found = []
    chosen = _of_one_form(lines, found)
    if start is None and chosen and not chosen[0].marked:
        # Two dates in an article are no thread; two readers named as such are.
        least = 2 if chosen[0].form in ("says", "twice") else 3
        chosen = chosen if len(chosen) >= least else []
    if len(chosen) < 8:
        items = _items(lines)
        if len(items) > 2 * len(chosen):
            return items
    return _between(lines, chosen)


def _of_one_form(lines: list[Line], found: list[Head]) -> list[Head]:
    """The heads of the form that the page uses. A head counts if words follow it before the
    next: a list of other pages and their dates has none."""
    weights: Counter[tuple[Form, bool]] = Counter()
    order: tuple[Form, ...] = ("says", "twice", "same", "above", "none")
    factor = {"says": 20, "twice": 12, "none": 5}
    for index, head in enumerate(found):
        end = found[index + 1].line if index + 1 < len(found) else head.body + 3
        words_below = any(lines[n] for n in range(head.body, min(end, len(lines))))
        value = factor.get(head.form, 10) * (12 if head.marked else 10)
        weights[head.form, head.marked] += value if words_below else value // 10
    if not weights:
        return []
    form, marked = max(weights, key=lambda key: (weights[key], -order.index(key[0])))
    kin: set[Form] = {form}
    if form in ("same", "above"):
        known = sum(h.form == form for h in found)
        if sum(h.form == "none" and h.marked == marked for h in found) * 3 >= known:
            kin.add("none")
    chosen = [h for h in found if h.form in kin and (h.marked or not marked)]
    return _with_feet(lines, chosen) if form == "twice" else _steady(chosen)


def _with_feet(lines: list[Line], chosen: list[Head]) -> list[Head]:
    """The heads with the times that stand below their comments, where the page prints them there.

    Then a name alone right below such a time opens a comment too: who has no picture is not
    named twice.
    """
    feet = [n for n, line in enumerate(lines) if line and _is_foot(line)]
    opened = {h.line: h for h in chosen}
    below = {following(lines, n) for n in feet}
    if sum(line in below for line in opened) * 3 < (len(chosen) - 1) * 2:
        return chosen
    for n in sorted(below - {None, *opened}, key=lambda n: n or 0):
        author = name(lines[n].text) if n is not None and n > chosen[0].line else None
        if n is None or author is None or len(lines[n].text) > 40:
            continue
        role = following(lines, n, 1)
        end = role if role is not None and _is_role(lines[role].text) else n
        opened[n] = Head(n, end + 1, lines[n].indent, "twice", author=author)
    rows = [opened[n] for n in sorted(opened)]
    ends = [*(h.line for h in rows[1:]), len(lines)]
    out = []
    for head, end in zip(rows, ends, strict=True):
        foot = next((n for n in feet if head.body <= n < end), None)
        out.append(replace(head, when=lines[foot].text) if foot is not None else head)
    return out


def _is_foot(line: Line) -> bool:
    """True for a line that is a time and nothing else."""
    at = _time(line.text) if len(line.text) < 60 else None
    return at is not None and not any(_sides(line.text, at))


def _steady(chosen: list[Head]) -> list[Head]:
    """Without a first head that stands far left of all others: the article's own date."""
    if len(chosen) > 2 and not chosen[0].marked:
        others = {h.column for h in chosen[1:]}
        if chosen[0].column not in others and chosen[0].form != chosen[1].form:
            return chosen[1:]
    return chosen


def _items(lines: list[Line]) -> list[Head]:
    """The items of the thread's list, for dumps that lost the heads.

    Only below a heading of the thread or the form for a new comment; of several such places the
    one with most items. Where most items open with a short line of their own, that is the author.
    """
    starts = [n for n, line in enumerate(lines) if line and words.is_heading(line.text)]
    if not starts:
        starts = [n for n, line in enumerate(lines) if line and words.is_form(line.text)]
    best: list[Head] = []
    for first in starts[:20]:
        found = _items_below(lines, first)
        if len(found) > len(best):
            best = found
    if len(best) < 2 and not (best and words.stated_count(lines[starts[0]].text)):
        return []
    return _with_authors(lines, best)


def _items_below(lines: list[Line], start: int) -> list[Head]:
    out: list[Head] = []
    column: int | None = None
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not line:
            continue
        if column is not None and line.indent < column:
            break
        found = item(line)
        if not found.marked or len(found.text) < 2:
            continue
        if column is None:
            column = line.indent if found.ordinal is not None else max(0, line.indent - 2)
        if found.ordinal is None and line.indent <= column:
            continue
        head = Head(index, index + 1, line.indent, "item", found.ordinal, found.at, True)
        out.append(replace(head, rest=found.text))
    return out


def _with_authors(lines: list[Line], items: list[Head]) -> list[Head]:
    """The items with their first lines as authors, if most of them read like names."""
    named = []
    for index, head in enumerate(items):
        end = items[index + 1].line if index + 1 < len(items) else head.body + 2
        below = any(lines[n] for n in range(head.body, min(end, len(lines))))
        author = name(head.rest) if below and len(head.rest) < 40 else None
        named.append(author if author and author[-1] not in ".!?,:" else None)
    if sum(n is not None for n in named) * 3 < len(items) * 2:
        return items
    return [
        replace(head, author=author, rest="") if author else head
        for head, author in zip(items, named, strict=True)
    ]


def _between(lines: list[Line], chosen: list[Head]) -> list[Head]:
    """The heads, and the numbered items between them that lost their heads: those that stand in
    the column of heads and whose numbers fit between theirs."""
    out: list[Head] = []
    for index, head in enumerate(chosen):
        out.append(head)
        if head.ordinal is None or index + 1 == len(chosen):
            continue
        last = chosen[index + 1]
        number = head.ordinal
        for n in range(head.body, last.line):
            found = item(lines[n]) if lines[n] and lines[n].indent == head.column else None
            if not found or found.ordinal is None or not found.text:
                continue
            fits = found.ordinal == number + 1 and last.column <= head.column
            if fits and (last.column < head.column or found.ordinal < (last.ordinal or 0)):
                number = found.ordinal
                row = Head(n, n + 1, head.column, "item", number, found.at, True)
                out.append(replace(row, rest=found.text))
    return out
