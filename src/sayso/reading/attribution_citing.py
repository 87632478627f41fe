"""Sources behind a source: "the agency reported, citing a military official"."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_found import Found, Offsets, runs
from sayso.reading.attribution_lexicon import source_nouns
from sayso.reading.attribution_tree import noun_phrase

_CITING = frozenset({"citing", "quoting"})
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def read_citing(sentence: Sentence, found: list[Found]) -> list[Found]:
    """`found` with each "citing X", where X can speak, as an attribution to X of what the verb
    before it attributes (or of its whole clause)."""
    for verb in sentence:
        if verb.lower not in _CITING:
            continue
        named = next((t for t in sentence.children(verb, "dobj") if _can_speak(t)), None)
        if named is None or any(t.lower == "as" for t in sentence.children(verb, "prep")):
            continue
        phrase = noun_phrase(sentence, named, {verb.i})
        said = _said(sentence, verb, found, (verb.start, phrase[-1].end)) if phrase else []
        if not said:
            continue
        found = [f for f in found if f.cue != (verb.start, verb.end)]
        found.append(
            Found(
                cue=(verb.start, verb.end),
                content=said,
                source=(phrase[0].start, phrase[-1].end),
                rule="say.citing",
                cls="say",
                certainty="certain",
                polarity="positive",
                confidence=0.0,
                sentence=sentence,
                source_head=named,
                words="cite",
            )
        )
    return found


def _can_speak(noun: Token) -> bool:
    kind = source_nouns().get(noun.lemma)
    if kind is not None:
        return kind.kind in {"people", "body", "person"}
    return noun.ent in _NAMES and noun.pos == "PROPN"


def _said(sentence: Sentence, verb: Token, found: list[Found], aside: Offsets) -> list[Offsets]:
    """What the nearest cue of speech in the sentence attributes, freed from the aside itself; the
    clause around the aside if there is none."""
    spoken = [f for f in found if f.open_quote and f.content and f.cue[0] != verb.start]
    if spoken:
        nearest = min(spoken, key=lambda f: abs(f.cue[0] - verb.start))
        nearest.content = [(s, e) for s, e in nearest.content if e <= aside[0] or aside[1] <= s]
        return list(nearest.content)
    above = sentence.head(verb)
    if above.pos not in {"VERB", "AUX"}:
        return []
    return runs(sentence.subtree(above), {t.i for t in sentence.subtree(verb)})
