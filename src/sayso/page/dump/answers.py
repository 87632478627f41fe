"""Who answers whom by the words alone, for dumps that lost the nesting.

What is looked for is what holds of any talk: an answer names whom it is for, quotes it, opens
with the second part of a pair ("you're welcome", "yes", "thanks for the tip"), or comes from
somebody whose turn it is again. Measured on 23 threads whose tree is known, nine in ten of what
each rule says are right; addressing somebody by name and the order of the times less.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from sayso.knowledge import tables
from sayso.page import words
from sayso.page.dump.clock import out_of_order
from sayso.page.found import Comment
from sayso.page.salutation import addressee

Answer = tuple[int, str]
"""The index of the comment that is answered, and the evidence that says so."""

_OPENING = 160
"""Code points in which an answer shows that it is one."""
_BACK = 500
"""How many comments up somebody is looked for by name or by a quotation."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")
_SPLIT = re.compile(r"[\s,.|(@]+")
_QUOTED = re.compile(r"^\s*[\"“”„«‘'>]+\s*(?P<words>[^\"“”»’'\n]{16,400})")
_LETTERS = re.compile(r"[^\W_]+")


@cache
def _answering() -> re.Pattern[str]:
    rows = tables.load_yaml("threads", "words.yaml")["answer"]

    def either(key: str) -> str:
        return "|".join(re.escape(w) for w in sorted(rows[key], key=len, reverse=True))

    within = r"[^.!?\n]{0,60}?(?<!\w)"
    return re.compile(
        rf"\W*(?:(?:{either('start')})(?!\w)|(?:{either('alone')})(?=\s?[,.!:;…–—)-]|\s*$)"
        rf"|{within}(?:{either('early')})(?!\w)"
        rf"|{within}(?:{either('thanks')})(?!\w){within}(?:{either('for')})(?!\w))",
        re.IGNORECASE,
    )


def is_answer(text: str) -> bool:
    """True if a comment opens as the second part of a pair: thanks for a comment, "yes", "glad
    that you like it", "you're welcome"."""
    return bool(_answering().match(text.lstrip()[:_OPENING].replace("’", "'")))


@dataclass(slots=True)
class _Talk:
    """The comments so far, and what is known of who speaks."""

    comments: Sequence[Comment]
    host: str | None
    partners: dict[str, set[str]]
    names: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def add(self, n: int, parent: int | None) -> None:
        """Takes a comment up, once it is known whom it answers."""
        author = _folded(self.comments[n].author)
        if author:
            self.names[author] = n
            word = _first(author)
            if len(word) > 2:
                self.first[word] = n
        if parent is not None and author == self.host:
            self.answered.add(_folded(self.comments[parent].author))


def by_words(named: Sequence[str | None], comments: Sequence[Comment]) -> list[Answer | None]:
    """For each comment the one above that it answers, or None. `named` are the names that stand
    after "in reply to" in the heads."""
    late = out_of_order([c.published for c in comments])
    talk = _Talk(comments, _host(comments), _partners(comments))
    out: list[Answer | None] = []
    root = 0
    for n in range(len(comments)):
        found = _called(named[n], n, comments) or _addressed(talk, n) or _quoting(comments, n)
        found = found or _taking_turns(talk, n, out) or _second_part(talk, n)
        if found is None and n in late and n:
            found = root, "time"
        out.append(found)
        if found is None:
            root = n
        talk.add(n, found[0] if found else None)
    return _host_answers(talk, out)


def _folded(name: str | None) -> str:
    return name.casefold() if name else ""


def _first(folded: str) -> str:
    return _SPLIT.split(folded.lstrip("@"))[0]


def _called(name: str | None, n: int, comments: Sequence[Comment]) -> Answer | None:
    """The latest comment above by the author whom a head names ("in reply to NAME")."""
    if not name:
        return None
    folded = name.casefold()
    for m in range(n - 1, max(-1, n - _BACK), -1):
        if _folded(comments[m].author) == folded:
            return m, "in reply to"
    return None


def _addressed(talk: _Talk, n: int) -> Answer | None:
    """Somebody above whom a comment names at its start, or the one just above whom it names in
    its first sentence.

    Readers greet the writer of the page, whom they do not answer by that, unless the writer
    answered them before.
    """
    comment, me = talk.comments[n], _folded(talk.comments[n].author)
    other = addressee(comment.text, talk.names, talk.first)
    if other is None and n and _names(comment.text, talk.comments[n - 1].author):
        other = n - 1
    if other is None or _folded(talk.comments[other].author) == me:
        return None
    greets_host = _folded(talk.comments[other].author) == talk.host
    if greets_host and me not in talk.answered and not comment.text.lstrip().startswith("@"):
        return None
    return other, "addressed by name"


def _names(text: str, author: str | None) -> bool:
    """True if the first sentence of a text has an author's first name in it."""
    word = _first(_folded(author))
    if len(word) < 3 or not word.isalpha():
        return False
    sentence = _SENTENCE.split(text.lstrip()[:_OPENING], maxsplit=1)[0]
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE)
    written_small = author is not None and author.islower()
    return bool(found and (written_small or sentence[found.start()].isupper()))


def _quoting(comments: Sequence[Comment], n: int) -> Answer | None:
    """The latest comment above whose words a comment quotes at its start."""
    opened = _QUOTED.match(comments[n].text[:500])
    if not opened:
        return None
    letters = _LETTERS.findall(opened["words"].casefold())
    if len(letters) < 4:
        return None
    quoted = " ".join(letters)
    for m in range(n - 1, max(-1, n - _BACK), -1):
        if quoted in " ".join(_LETTERS.findall(comments[m].text.casefold())):
            return m, "quote"
    return None


def _taking_turns(talk: _Talk, n: int, out: list[Answer | None]) -> Answer | None:
    """A, B, A: the second A answers B; and B answered A, unless A is somebody who answers one
    reader after the other, as the writer of a page does."""
    if n < 2:
        return None
    one, two, three = (_folded(c.author) for c in talk.comments[n - 2 : n + 1])
    if not one or not two or one != three or one == two:
        return None
    if one != talk.host and len(talk.partners[one]) < 2 and out[n - 1] is None:
        out[n - 1] = n - 2, "turns"
    return n - 1, "turns"


def _partners(comments: Sequence[Comment]) -> dict[str, set[str]]:
    """For each author the others who stand between two of the author's comments."""
    found: dict[str, set[str]] = defaultdict(set)
    names = [_folded(c.author) for c in comments]
    for one, two, three in zip(names, names[1:], names[2:], strict=False):
        if one == three != two and one:
            found[one].add(two)
    return found


def _second_part(talk: _Talk, n: int) -> Answer | None:
    """An opening that only an answer has: the comment before is answered."""
    if not n or _folded(talk.comments[n - 1].author) == _folded(talk.comments[n].author) != "":
        return None
    return (n - 1, "answer") if is_answer(talk.comments[n].text) else None


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(rf"^(?:{words.alternation('greeting')})(?!\w)", re.IGNORECASE)


def _greets(text: str) -> bool:
    return bool(_greeting().match(text.lstrip()))


def _host(comments: Sequence[Comment]) -> str | None:
    """The writer of the page among the authors, as a folded name: who is greeted most, or else
    who wrote a quarter of all comments, hardly two in a row; None if there is no such author."""
    counts = Counter(a for c in comments if (a := _folded(c.author)))
    greeted: Counter[str] = Counter()
    first = {_first(name): index for index, name in enumerate(counts)}
    whole = {name: index for index, name in enumerate(counts)}
    names = list(counts)
    for comment in comments:
        other = addressee(comment.text, whole, first) if _greets(comment.text) else None
        if other is not None and names[other] != _folded(comment.author):
            greeted[names[other]] += 1
    for name, times in greeted.most_common(1):
        if times >= 2 and counts[name] >= 2:
            return name
    for name, most in counts.most_common(1):
        own = [n for n, c in enumerate(comments) if _folded(c.author) == name]
        in_a_row = sum(b - a == 1 for a, b in pairwise(own))
        often = most >= 3 and most * 4 >= len(comments) and most * 5 <= len(comments) * 3
        if often and in_a_row * 5 <= most:
            return name
    return None


def _host_answers(talk: _Talk, found: list[Answer | None]) -> list[Answer | None]:
    """The writer of the page answers nearly everybody, once it is plain that some are answered."""
    own = [n for n, c in enumerate(talk.comments) if _folded(c.author) == talk.host]
    if talk.host is None or not any(found[n] for n in own):
        return found
    for n in own:
        if n and found[n] is None and _folded(talk.comments[n - 1].author) != talk.host:
            found[n] = n - 1, "host"
    return found
