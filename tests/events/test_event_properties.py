"""Whatever the text: no exception, and the words are those of the text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.reading import read

from sayso.model.annotation import Event
from sayso.reading.event_lexicon import word_set

_WORDS = word_set(
    """the a rebels army attacked which killed said that forced surrender after "the Front" and ,
    . ’s was by in Karvan town 12 dozens of soldiers if will not refused to withdraw from ? ( )
    “ — agreed talks with clashes between erupted bombing wounded including two women was were
    being arrested Norvia's HTS' none fled while whose whom 2,000 protest against called on for"""
)
WORDS = st.sampled_from(sorted(_WORDS))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    reading = read(text)
    for event in reading.annotations:
        if isinstance(event, Event):
            whole = reading.document.text
            args = [*event.actor, *event.recipient, *event.place, *event.origin]
            args += [*event.destination, *event.quantities, *event.reality_words, event]
            for arg in args:
                assert whole[arg.start : arg.end] == arg.exact
