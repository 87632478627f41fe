"""Who is sure of it, at the end of what they are sure of: "They will go in, the schoolteacher is
convinced"; whose it is without any verb: "The petition will fail, so the lawyer Birte Ohm", "For
Ms Oduya, the coalition is finished"; and who speaks right behind a quotation, whatever the verb.

Read by their surface: a clause, a comma, a name, and no more than the words for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity
from sayso.reading.attribution_found import Found, Offsets, runs
from sayso.reading.attribution_inverted import FINITE, is_subordinate
from sayso.reading.attribution_lexicon import adjectives
from sayso.reading.attribution_sources import kind_of

_BE = frozenset({"is", "are", "was", "were", "remains", "remain"})
_LONGEST = 14
"""Tokens of a name."""
_PARTICLES = 2
"""Tokens of a verb behind a quotation with its particle ("shot back")."""
_CLOSES = frozenset({'"', "”", "''", "»"})
_PAUSES = frozenset({",", "?", "!"})
_IN_NAME = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART", "PRON", "CCONJ"})


def read_states(sentence: Sentence) -> Iterator[Found]:
    """Attributions of these forms."""
    yield from _for_whom(sentence)
    yield from _behind_quotation(sentence)
    yield from _at_the_end(sentence)


def _for_whom(sentence: Sentence) -> Iterator[Found]:
    """ "For Ms Oduya, the coalition is finished by spring"."""
    first = sentence.tokens[0]
    if first.lower != "for" or first.dep != "prep":
        return
    named = next(iter(sentence.children(first, "pobj")), None)
    if named is None or named.ent != "PERSON":
        return
    name = [t for t in sentence.subtree(named, without=("relcl", "acl")) if t.text != ","]
    after = max(t.i for t in sentence.subtree(first)) + 1
    rest = list(sentence.tokens[after:])
    head = sentence.head(first)
    says = any(t.i >= after for t in sentence.children(head, "nsubj", "nsubjpass", "expl"))
    if not rest or rest[0].text != "," or not says or not any(t.tag in FINITE for t in rest):
        return
    cue = (first.start, first.end)
    yield _made(sentence, cue, name, runs(rest[1:], set()), "believe.state", "probable", "positive")


def _behind_quotation(sentence: Sentence) -> Iterator[Found]:
    """ "“One of them will go,” a supplier in Toledo confided": any verb, in its place."""
    tokens = sentence.tokens
    mark = next((t for t in tokens[2:] if t.text in _CLOSES), None)
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
        yield _made(sentence, cue, name, said, "say.tail", "certain", "positive")


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
    yield _made(sentence, cue, name, runs(before, set()), rule, certainty, polarity)


def _made(
    sentence: Sentence,
    cue: tuple[int, int],
    name: list[Token],
    said: list[Offsets],
    rule: str,
    certainty: Certainty,
    polarity: Polarity,
) -> Found:
    return Found(
        cue=cue,
        content=said,
        source=(name[0].start, name[-1].end),
        rule=rule,
        cls=rule.partition(".")[0],
        certainty=certainty,
        polarity=polarity,
        confidence=0.0,
        sentence=sentence,
        source_head=sentence.span_head(name[0].start, name[-1].end),
        words="",
        open_quote=True,
    )
