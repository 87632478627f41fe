"""Attribution by verbs: "X said that …", "…, X reported", "X accused Y of …", "is expected to"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_found import Found, Offsets, runs
from sayso.reading.attribution_lexicon import Cue, verbs
from sayso.reading.attribution_tree import (
    SUBJECTS,
    cue_tokens,
    is_passive,
    noun_phrase,
    subject,
)
from sayso.reading.attribution_weight import conditions

_SELF = frozenset({"i", "we", "you"})
_COMPLEMENTS = frozenset({"as", "of", "for", "to", "with", "from", "against", "over", "into", "on"})


def read_verbs(sentence: Sentence) -> Iterator[Found]:
    """An attribution for each verb of the sentence that attributes something."""
    for token in sentence:
        if token.pos in {"VERB", "AUX"} or token.tag.startswith("VB"):
            found = read_verb(sentence, token)
            if found is not None:
                yield found


def cue_of(sentence: Sentence, verb: Token) -> Cue | None:
    """The lexicon's entry for the verb, with its particle if that makes a cue of its own."""
    table = verbs()
    for particle in sentence.children(verb, "prt", "advmod", "prep"):
        cue = table.get(f"{verb.lemma} {particle.lower}")
        if cue is not None and particle.i == verb.i + 1:
            return cue
    return table.get(verb.lemma)


def read_verb(sentence: Sentence, verb: Token) -> Found | None:
    """The attribution that this verb makes, or None."""
    cue = cue_of(sentence, verb)
    if cue is None or verb.dep in {"amod", "compound", "aux", "auxpass"}:
        return None
    passive = is_passive(sentence, verb)
    words = cue_tokens(sentence, verb)
    content, rule = _content(sentence, verb, cue, passive, words)
    if not content and not (cue.quotes and not passive):
        return None
    agent: Token | None = None
    if passive:
        agent = _agent(sentence, verb)
    elif cue.cls != "seem":
        agent = subject(sentence, verb)
    if agent is not None and agent.lower in {"it", "there"} and passive:
        agent = None
    verb_ids = {t.i for t in words}
    source: Offsets | None = None
    source_ids: set[int] = set()
    if agent is not None:
        phrase = noun_phrase(sentence, agent, verb_ids | {verb.i})
        source = (phrase[0].start, phrase[-1].end)
        source_ids = {t.i for t in phrase}
    spans = runs(content, verb_ids | source_ids)
    if not spans and source is None:
        return None
    notes = conditions(sentence, verb)
    if source is None and not passive:
        notes.add("unnamed")
    elif agent is not None and agent.lower in _SELF:
        notes.add("self")
    return Found(
        cue=(words[0].start, words[-1].end),
        content=spans,
        source=source,
        rule=f"{cue.cls}.{rule or 'quote'}",
        cls=cue.cls,
        certainty=cue.certainty,
        polarity=cue.polarity,
        confidence=0.0,
        sentence=sentence,
        source_head=agent,
        words=cue.words,
        open_quote=cue.quotes,
        notes=notes,
    )


def _agent(sentence: Sentence, verb: Token) -> Token | None:
    for by in sentence.children(verb, "agent"):
        for noun in sentence.children(by, "pobj"):
            return noun
    return None


def _content(
    sentence: Sentence, verb: Token, cue: Cue, passive: bool, words: list[Token]
) -> tuple[list[Token], str]:
    """The tokens of what is said, believed …, and the name of the frame; ([], "") if there are
    none. `words` (the cue) is lengthened by a preposition that belongs to it."""
    frames = cue.frames
    if passive:
        return _passive_content(sentence, verb, cue)
    clauses = [t for t in sentence.children(verb, "ccomp") if not _is_bare_quote_word(sentence, t)]
    if clauses and "clause" in frames:
        tokens = [t for c in clauses for t in sentence.subtree(c)]
        return tokens, "clause"
    objects = sentence.children(verb, "dobj")
    complements = sentence.children(verb, "xcomp")
    infinitives = [t for t in complements if _has_to(sentence, t)]
    if infinitives and objects and "person" in frames:
        return _span(sentence, verb, objects + infinitives), "person"
    if clauses and frames & {"person", "small", "object"}:
        return [t for c in clauses for t in sentence.subtree(c)], "clause"
    if infinitives and "infinitive" in frames:
        return [t for c in infinitives for t in sentence.subtree(c)], "infinitive"
    if "gerund" in frames:
        gerunds = [t for t in complements if t.tag == "VBG"]
        if gerunds:
            return [t for c in gerunds for t in sentence.subtree(c)], "gerund"
    second = sentence.children(verb, "oprd") or [t for t in complements if t not in infinitives]
    if "small" in frames and objects and second:
        return _span(sentence, verb, objects + second), "small"
    if objects and frames & {"object", "small"} and "address" not in frames:
        if objects[0].lower in {"itself", "himself", "themselves"}:
            return [], ""
        return _span(sentence, verb, objects + second), "object"
    for prep in sentence.children(verb, "prep"):
        if prep.lower in cue.prepositions and prep.i == words[-1].i + 1:
            kids = sentence.children(prep, "pobj", "pcomp")
            if kids:
                words.append(prep)
                return [t for k in kids for t in sentence.subtree(k)], f"prep-{prep.lower}"
    return [], ""


def _passive_content(sentence: Sentence, verb: Token, cue: Cue) -> tuple[list[Token], str]:
    subjects = sentence.children(verb, *SUBJECTS)
    clauses = sentence.children(verb, "ccomp")
    if clauses:
        return [t for c in clauses for t in sentence.subtree(c)], "passive-clause"
    complements = sentence.children(verb, "xcomp", "oprd")
    complements += [p for p in sentence.children(verb, "prep") if p.lower in {"as", "for"}]
    if subjects and complements and cue.frames & {"infinitive", "person", "small", "clause"}:
        return [t for c in subjects + complements for t in sentence.subtree(c)], "passive-raised"
    if subjects and cue.frames & {"object"}:
        return [t for c in subjects for t in sentence.subtree(c)], "passive-object"
    return [], ""


def _span(sentence: Sentence, verb: Token, parts: list[Token]) -> list[Token]:
    """The object and all that completes it on the right of the verb."""
    tokens: dict[int, Token] = {}
    for part in parts:
        tokens.update((t.i, t) for t in sentence.subtree(part))
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


def _is_bare_quote_word(sentence: Sentence, token: Token) -> bool:
    return token.pos == "PUNCT"
