"""Highlights are exactly the words, and the walk through a thread loses nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.model.document import Part
from sayso.web.highlight import Mark, runs, tree

TEXT = "وصل 🙂 the fighters to عفرين on Sunday"

marks = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted), max_size=8
).map(lambda pairs: [Mark(s, e, f"l{n}", f"a{n}") for n, (s, e) in enumerate(pairs) if s < e])


@given(marks)
def test_runs_are_the_text(found: list[Mark]) -> None:
    assert "".join(r.text for r in runs(TEXT, 0, len(TEXT), found)) == TEXT


@given(marks)
def test_each_mark_covers_exactly_its_words(found: list[Mark]) -> None:
    cut = runs(TEXT, 0, len(TEXT), found)
    for mark in found:
        lit = "".join(r.text for r in cut if mark.annotation in r.annotations)
        assert lit == TEXT[mark.start : mark.end]
        assert sum(mark.annotation in r.opens for r in cut) == 1


def comment(number: int, parent: int | None) -> Part:
    return Part(
        id=f"p{number}",
        kind="comment",
        start=0,
        end=0,
        reply_to=None if parent is None else f"p{parent}",
        depth=1,
    )


def test_the_tree_holds_everyone_at_any_depth() -> None:
    parts = [comment(0, None)] + [comment(n, n - 1) for n in range(1, 5000)]
    depth, level = 0, tree(parts)
    while level:
        depth, level = depth + 1, level[0].replies
    assert depth == 5000


def test_a_reply_to_nobody_known_is_a_root() -> None:
    assert [b.part.id for b in tree([comment(1, 99), comment(2, 1)])] == ["p1"]
