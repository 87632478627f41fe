"""Who is sure of it, at the end of what they are sure of: "They will go in, the schoolteacher is
convinced"; whose it is without any verb: "The petition will fail, so the lawyer Birte Ohm"; and who
speaks right behind a quotation that opens the sentence, whatever the verb.

Read by their surface: a clause or quotation, a comma, a name, a word or two.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_inverted import CLOSES, FINITE, is_subordinate, without_tree
from sayso.reading.attribution_lexicon import adjectives
from sayso.reading.attribution_sources import kind_of

_BE = frozenset({"is", "are", "was", "were", "remains", "remain"})
_LONGEST = 14
"""Tokens of a name."""
_PARTICLES = 2
"""Tokens of a verb behind a quotation with its particle ("shot back")."""
_FULL = 2
"""Tokens of a bare name: "so the lawyer Birte Ohm" says who that is."""
_HOLDS = frozenset({"believe", "claim", "say"})
_OPENS = frozenset({'"', "“", "``", "«"})
_PAUSES = frozenset({",", "?", "!"})
_IN_NAME = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART", "PRON", "CCONJ"})


def read_states(sentence: Sentence) -> Iterator[Found]:
    """Attributions of these forms."""
    yield from _behind_quotation(sentence)
    yield from _at_the_end(sentence)


def _behind_quotation(sentence: Sentence) -> Iterator[Found]:
    """ "“One of them will go,” a supplier in Toledo confided": any verb, in its place."""
    tokens = sentence.tokens
    if not tokens or tokens[0].text not in _OPENS:
        return
    mark = next((t for t in tokens[2:] if t.text in CLOSES), None)
    if mark is None or tokens[mark.i - 1].text not in _PAUSES or mark.i + 3 > len(tokens):
        return
    rest = [t for t in tokens[mark.i + 1 :] if t.pos != "PUNCT"]
    if not rest or tokens[mark.i + 1].pos == "PUNCT":
        return
    verb = next((t for t in rest if t.tag in {"VBD", "VBZ"}), None)
    if verb is None or len(rest) - rest.index(verb) > _PARTICLES:
        return
    name = list(tokens[mark.i + 1 : verb.i])
    while name and name[-1].text == ",":
        name.pop()
    whole = all(t.pos in _IN_NAME or t.text == "," for t in name)
    if name and whole and len(name) <= _LONGEST and _somebody(sentence, name):
        said = runs(list(tokens[: mark.i + 1]), set())
        cue = (verb.start, rest[-1].end)
        yield without_tree(sentence, cue, name, said, "say.tail", "certain", "positive")


def _at_the_end(sentence: Sentence) -> Iterator[Found]:
    tokens = [t for t in sentence.tokens if t.pos != "PUNCT" or t.text in {",", "&"}]
    while tokens and tokens[-1].text == ",":
        tokens.pop()
    if len(tokens) < 6:
        return
    last = tokens[-1]
    state = adjectives().get(last.lower)
    if state is not None and state.clause and tokens[-2].lower in _BE:
        name = _name(sentence, tokens[-2].i)
        if name and state.cls in _HOLDS and _somebody(sentence, name):
            cue = (tokens[-2].start, last.end)
            yield from _found(
                sentence, cue, name, f"{state.cls}.state", state.certainty, state.polarity
            )
        return
    so = next((t for t in reversed(tokens[-_LONGEST:]) if t.lower == "so"), None)
    if so is None or so.i < 4 or sentence.tokens[so.i - 1].text != "," or so.i + 2 > last.i:
        return
    name = list(sentence.tokens[so.i + 1 : last.i + 1])
    known = any(t.ent in {"PERSON", "ORG"} for t in name) and len(name) > _FULL
    if known and all(t.pos in _IN_NAME - {"CCONJ"} or t.text == "&" for t in name):
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
    yield without_tree(sentence, cue, name, runs(before, set()), rule, certainty, polarity)
