"""Any text: no exception, words that match, bounds in order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.syntax import Sentence
from sayso.model.annotation import Quantity
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.quantities import Quantities
from sayso.reading.timex import Timexes

PIECES = [
    "more than", "400", "militants", "dozens of", "1,200", "250.000", "between", "and", "20", "to",
    "-", "15,to 20,000", "a", "few", "hundred", "thousand", "million", "half", "no", "at least",
    "no fewer than", "of", "the", "$", "%", "S-400", "T-72", "1e999", "99999999999999999999", "½",
    "casualties", "\n1", "\n2", "\n3", "or more", "+", "(", ")", "two", "several", "women", ".",
    "killed", "10 000", "１２", "٣", "-5", "#7",
]  # fmt: skip


class NoParser:
    name = "none"

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        return []


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), st.text()))
def test_any_text(text: str) -> None:
    parts = (Part(id="p1", kind="body", start=0, end=len(text)),)
    draft = Draft(Document(id="d", text=text, parts=parts), NoParser())
    for stage in (Timexes(), Quantities()):
        for annotation in stage.read(draft):
            draft.add(annotation)
    for q in draft.of(Quantity):
        assert text[q.start : q.end] == q.exact
        assert q.low is None or q.high is None or q.low <= q.high
        assert not q.low_exclusive or (q.low is not None and q.high is None)
        if q.head_start is not None and q.head_end is not None:
            assert q.start <= q.head_start < q.head_end <= q.end
