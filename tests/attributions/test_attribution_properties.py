"""Whatever the text: no exception, and every span is of the text."""

from __future__ import annotations

from attribution_reading import draft_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.annotation import Attribution
from sayso.reading.saidby import said_by

PIECES = st.sampled_from(
    ["he said", "“", "”", '"', "''", ",", ".", ":", "\n", "The ministry", "reported on Monday",
     "according to", "that", "troops left", "is expected to", "who", "denied", "(", "🙂", "قال",
     "SAID", "by", "video showing", "the", "—", "‘", "’"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_text(text: str) -> None:
    draft = draft_of(text)
    ids = {a.id for a in draft.of(Attribution)}
    for a in draft.of(Attribution):
        assert text[a.start : a.end] == a.exact
        assert a.content
        for span in (a.cue, *a.content):
            assert text[span.start : span.end] == span.exact
            assert a.start <= span.start < span.end <= a.end
        assert a.nested_in is None or a.nested_in in ids - {a.id}
        assert said_by(draft, a.content[0].start, a.content[0].end)


def test_a_sentence_of_five_thousand_words() -> None:
    text = "the army said that rebels claimed they left and " * 560
    draft = draft_of(text)
    for a in draft.of(Attribution):
        assert text[a.start : a.end] == a.exact
        assert len(said_by(draft, a.content[0].start, a.content[0].end)) <= 9
