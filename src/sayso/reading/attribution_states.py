"""Who is sure of it, at the end of what they are sure of: "They will go in, the schoolteacher is
convinced"; and whose it is without any verb: "The petition will fail, so the lawyer Birte Ohm".

Read by their surface: a clause, a comma, a name, and no more than the words for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_inverted import FINITE, is_subordinate
from sayso.reading.attribution_lexicon import adjectives
from sayso.reading.attribution_sources import kind_of

_BE = frozenset({"is", "are", "was", "were", "remains", "remain"})
_LONGEST = 14
"""Tokens of a name."""
_IN_NAME = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART", "PRON", "CCONJ"})


def read_states(sentence: Sentence) -> Iterator[Found]:
    """Attributions of this form."""
    tokens = [t for t in sentence.tokens if t.pos != "PUNCT" or t.text in {",", "&"}]
    while tokens and tokens[-1].text == ",":
        tokens.pop()
    if len(tokens) < 6:
        return
    last = tokens[-1]
    state = adjectives().get(last.lower)
    if state is not None and state.clause and tokens[-2].lower in _BE:
        name = _name(sentence, tokens[-2].i)
        if name:
            cue = (tokens[-2].start, last.end)
            yield from _found(
                sentence, cue, name, f"{state.cls}.state", state.certainty, state.polarity
            )
        return
    so = next((t for t in reversed(tokens[-_LONGEST:]) if t.lower == "so"), None)
    if so is None or so.i < 4 or sentence.tokens[so.i - 1].text != "," or so.i + 2 > last.i:
        return
    name = list(sentence.tokens[so.i + 1 : last.i + 1])
    if all(t.pos in _IN_NAME or t.text == "&" for t in name) and _somebody(sentence, name):
        yield from _found(sentence, (so.start, so.end), name, "say.state", "certain", "positive")


def _name(sentence: Sentence, stop: int) -> list[Token]:
    """The name between a comma and `stop`; [] if there is none."""
    i = stop - 1
    while i > 0 and stop - i <= _LONGEST and sentence.tokens[i].pos in _IN_NAME:
        i -= 1
    name = list(sentence.tokens[i + 1 : stop])
    return name if name and sentence.tokens[i].text == "," else []


def _somebody(sentence: Sentence, name: list[Token]) -> bool:
    ids = {t.i for t in name}
    heads = [t for t in name if t.head not in ids or t.head == t.i]
    return any(t.ent in {"PERSON", "ORG"} for t in name) or any(kind_of(sentence, t) for t in heads)


def _found(
    sentence: Sentence,
    cue: tuple[int, int],
    name: list[Token],
    rule: str,
    certainty: Certainty,
    polarity: Polarity,
) -> Iterator[Found]:
    before = list(sentence.tokens[: name[0].i])
    while before and (before[-1].pos == "PUNCT" or before[-1].lower == "so"):
        before.pop()
    if not any(t.tag in FINITE for t in before) or is_subordinate(before):
        return
    yield Found(
        cue=cue,
        content=runs(before, set()),
        source=(name[0].start, name[-1].end),
        rule=rule,
        cls=rule.partition(".")[0],
        certainty=certainty,
        polarity=polarity,
        confidence=0.0,
        sentence=sentence,
        source_head=sentence.span_head(name[0].start, name[-1].end),
        words="",
    )
