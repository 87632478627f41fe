"""Which words are the content of a verb that attributes: one reader for each frame."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_extent import trim
from sayso.reading.attribution_lexicon import Cue, source_nouns
from sayso.reading.attribution_tree import SUBJECTS, subject

_COMPLEMENTS = frozenset(
    ["at", "as", "of", "for", "to", "with", "from", "against", "over", "into", "on"]
)
_PASSIVE_COMPLEMENTS = frozenset({"as", "for", "of", "with", "over"})
_FIGURES = frozenset({"toll", "number", "figure", "count", "total", "cost", "loss"})
_THINGS = frozenset({"document", "footage", "words"})
_REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves", "myself", "yourself"})

_WHEN = frozenset({"before", "after", "since", "until"})
"""What opens the clause that says when somebody spoke."""

Content = tuple[list[Token], str]
"""The tokens of the content and the name of the frame; ([], "") if there are none."""

_NOTHING: Content = ([], "")


def content(
    sentence: Sentence, verb: Token, cue: Cue, passive: bool, words: list[Token]
) -> Content:
    """What is said, believed, wanted … by this verb. `words`, the tokens of the cue, is lengthened
    by a preposition that belongs to it ("called for")."""
    if passive:
        return _passive(sentence, verb, cue)
    if "raise" in cue.frames:
        return _raised(sentence, verb)
    found = _clausal(sentence, verb, cue)
    if not found[0]:
        found = _nominal(sentence, verb, cue)
    if not found[0]:
        found = _prepositional(sentence, verb, cue, words)
    return trim(sentence, found[0], verb), found[1]


def _clausal(sentence: Sentence, verb: Token, cue: Cue) -> Content:
    frames = cue.frames
    clauses = [
        t
        for t in sentence.children(verb, "ccomp")
        if t.pos != "PUNCT" and not any(m.lower in _WHEN for m in sentence.children(t, "mark"))
    ]
    if not cue.quotes:
        # Only reported words can stand before their verb without a mark of subordination.
        clauses = [t for t in clauses if t.i > verb.i]
    after = [t for t in clauses if t.i > verb.i]
    if after and len(after) < len(clauses):
        follows = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence) else verb
        if follows.text not in {",", ";", '"', "“", "”", "''"}:
            clauses = after  # What stands before is another sentence, run together with this one.
    bare = [
        t
        for t in sentence.children(verb, "ccomp", "xcomp")
        if t.tag == "VBG" and t.i > verb.i and not sentence.children(t, "nsubj", "aux")
    ]
    if bare and "gerund" in frames:
        return _below(sentence, bare), "gerund"
    if clauses and "clause" in frames:
        return _below(sentence, clauses), "clause"
    objects = sentence.children(verb, "dobj")
    infinitives = [t for t in sentence.children(verb, "xcomp") if _has_to(sentence, t)]
    if infinitives and objects and "person" in frames:
        return _with_complements(sentence, verb, objects + infinitives), "person"
    if cue.is_speech and "clause" in frames and not objects:
        clauses = [t for t in sentence.children(verb, "xcomp") if t.i > verb.i]
        clauses = [t for t in clauses if not _has_to(sentence, t)]
        if clauses:
            return _below(sentence, clauses), "clause"
    if clauses and frames & {"person", "small", "object"} and "witness" not in frames:
        return _below(sentence, clauses), "clause"
    if infinitives and "infinitive" in frames:
        return _below(sentence, infinitives), "infinitive"
    return _NOTHING


def _raised(sentence: Sentence, verb: Token) -> Content:
    """ "The rebels seem to have left", "it appears that they left": all but the verb itself."""
    clauses = [t for t in sentence.children(verb, "ccomp") if t.i > verb.i]
    subjects = sentence.children(verb, *SUBJECTS)
    empty = not subjects or subjects[0].lower in {"it", "there"}
    if clauses and empty:
        return trim(sentence, _below(sentence, clauses), verb), "clause"
    rest = [t for t in sentence.children(verb, "xcomp", "oprd", "acomp") if t.i > verb.i]
    if rest and subjects:
        said = trim(sentence, _below(sentence, rest), verb)
        return trim(sentence, _below(sentence, subjects), verb) + said, "raised"
    return _NOTHING


def _nominal(sentence: Sentence, verb: Token, cue: Cue) -> Content:
    if "witness" in cue.frames and _is_witness(sentence, verb):
        seen = sentence.children(verb, "dobj", "ccomp", "xcomp")
        if seen:
            return _below(sentence, seen), "witness"
    objects = sentence.children(verb, "dobj")
    if not objects or objects[0].lower in _REFLEXIVE:
        return _NOTHING
    second = sentence.children(verb, "oprd")
    second += [t for t in sentence.children(verb, "xcomp") if not _has_to(sentence, t)]
    if "small" in cue.frames and second:
        return _with_complements(sentence, verb, objects + second), "small"
    if _fits(objects[0], sentence, verb, cue):
        return _with_complements(sentence, verb, objects + second), "object"
    return _NOTHING


def _prepositional(sentence: Sentence, verb: Token, cue: Cue, words: list[Token]) -> Content:
    for prep in sentence.children(verb, "prep"):
        if prep.lower in cue.prepositions and prep.i == words[-1].i + 1:
            kids = sentence.children(prep, "pobj", "pcomp")
            if kids:
                words.append(prep)
                kids += [t for t in sentence.children(verb, "xcomp") if _has_to(sentence, t)]
                return _with_complements(sentence, verb, kids), f"prep-{prep.lower}"
    return _NOTHING


def _is_witness(sentence: Sentence, verb: Token) -> bool:
    """True if the one who sees is of a kind that tells what it sees."""
    agent = subject(sentence, verb)
    noun = source_nouns().get(agent.lemma) if agent is not None else None
    return noun is not None and noun.access in {"eyewitness", "own_staff"}


def _fits(thing: Token, sentence: Sentence, verb: Token, cue: Cue) -> bool:
    """True if the verb can take this object as its content."""
    if "document" in cue.frames:
        noun = source_nouns().get(thing.lemma)
        return noun is not None and noun.kind in _THINGS
    if "figure" in cue.frames:
        at = any(p.lower == "at" for p in sentence.children(verb, "prep"))
        return at and thing.lemma in _FIGURES
    if "evidence" in cue.frames:
        agent = subject(sentence, verb)
        noun = source_nouns().get(agent.lemma) if agent is not None else None
        return noun is not None and (noun.kind in _THINGS or noun.tier == "monitor")
    if "small" in cue.frames and "object" not in cue.frames:
        return len(sentence.subtree(thing)) > 2
    return "object" in cue.frames and "address" not in cue.frames


def _passive(sentence: Sentence, verb: Token, cue: Cue) -> Content:
    """ "is expected to leave", "was accused of shelling", "it is believed that"."""
    clauses = [t for t in sentence.children(verb, "ccomp") if t.i > verb.i]
    if clauses and "clause" in cue.frames:
        return trim(sentence, _below(sentence, clauses), verb), "passive-clause"
    subjects = sentence.children(verb, *SUBJECTS)
    if not subjects:
        return _NOTHING
    complements = [t for t in sentence.children(verb, "xcomp", "oprd") if t.i > verb.i]
    complements += [
        p
        for p in sentence.children(verb, "prep")
        if p.i > verb.i and p.lower in _PASSIVE_COMPLEMENTS
    ]
    named = _below(sentence, subjects)
    if complements and cue.frames & {"infinitive", "person", "small", "clause", "object"}:
        rest = trim(sentence, _below(sentence, complements), verb)
        return trim(sentence, named, verb) + rest, "passive-raised"
    if "object" in cue.frames:
        return trim(sentence, named, verb), "passive-object"
    return _NOTHING


def _below(sentence: Sentence, heads: list[Token]) -> list[Token]:
    """All tokens of these dependants, in text order."""
    found = {t.i: t for head in heads for t in sentence.subtree(head)}
    return [found[i] for i in sorted(found)]


def _with_complements(sentence: Sentence, verb: Token, parts: list[Token]) -> list[Token]:
    """The object and what completes it on the right of the verb ("X of shelling Y", "X as Y")."""
    tokens = {t.i: t for part in parts for t in sentence.subtree(part)}
    last = max(tokens)
    for prep in sentence.children(verb, "prep"):
        if prep.i > last and prep.lower in _COMPLEMENTS and not _is_time(sentence, prep):
            tokens.update((t.i, t) for t in sentence.subtree(prep))
            last = max(tokens)
    return [tokens[i] for i in sorted(tokens)]


def _is_time(sentence: Sentence, prep: Token) -> bool:
    return any(t.ent in {"DATE", "TIME"} for t in sentence.children(prep, "pobj"))


def _has_to(sentence: Sentence, verb: Token) -> bool:
    return any(t.lower == "to" for t in sentence.children(verb, "aux"))
