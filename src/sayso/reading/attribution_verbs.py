"""Attribution by verbs: "X said that …", "…, X reported", "X accused Y of …", "is expected to"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity
from sayso.reading.attribution_content import content
from sayso.reading.attribution_found import Found, Offsets, runs
from sayso.reading.attribution_lexicon import Cue, source_nouns, verb_forms, verbs
from sayso.reading.attribution_tree import (
    cue_tokens,
    is_passive,
    noun_phrase,
    subject,
    subject_before,
)
from sayso.reading.attribution_weight import conditions

_SELF = frozenset({"i", "we", "you"})


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
    lemma = verb_forms().get(verb.lower)
    if lemma is None:
        return None
    after = sentence.tokens[verb.i + 1].lower if verb.i + 1 < len(sentence) else ""
    return table.get(f"{lemma} {after}") or table.get(lemma)


def read_verb(sentence: Sentence, verb: Token) -> Found | None:
    """The attribution that this verb makes, or None."""
    cue = cue_of(sentence, verb)
    if cue is None or verb.dep in {"amod", "compound", "aux", "auxpass"}:
        return None
    passive = is_passive(sentence, verb)
    words = cue_tokens(sentence, verb)
    said, rule = content(sentence, verb, cue, passive, words)
    if not said and not (cue.quotes and not passive):
        return None
    agent: Token | None = None
    if passive:
        agent = _agent(sentence, verb)
    elif cue.cls != "seem":
        agent = subject(sentence, verb)
        if agent is None and cue.is_speech and verb.tag in {"VBD", "VBZ", "VBP"}:
            agent = subject_before(sentence, words[0].i)
    if agent is not None and agent.lower in {"it", "there"} and passive:
        agent = None
    verb_ids = {t.i for t in words}
    source: Offsets | None = None
    source_ids: set[int] = set()
    if agent is not None:
        phrase = noun_phrase(sentence, agent, verb_ids | {verb.i})
        before = (k.i < agent.i < verb.i for k in sentence.children(verb) if k.dep in _CONTENT)
        if any(before):
            phrase, agent = _last_name(sentence, phrase, agent)
        phrase, agent = _whole_name(sentence, verb, phrase, agent)
        if phrase:  # a tree gone wrong can make the agent part of its own cue
            source = (phrase[0].start, phrase[-1].end)
            source_ids = {t.i for t in phrase}
    spans = runs(said, verb_ids | source_ids)
    if not spans and source is None:
        return None
    notes = conditions(sentence, verb)
    if source is None and not passive and cue.cls != "seem":
        notes.add("unnamed")
    elif agent is not None and agent.lower in _SELF:
        notes.add("self")
    certainty, polarity = _reality(sentence, verb, agent, cue, words, notes)
    return Found(
        cue=(words[0].start, words[-1].end),
        content=spans,
        source=source,
        rule=f"{cue.cls}.{rule or 'quote'}",
        cls=cue.cls,
        certainty=certainty,
        polarity=polarity,
        confidence=0.0,
        sentence=sentence,
        source_head=agent,
        words=cue.words,
        weight=cue.weight,
        open_quote=cue.quotes,
        thing=_thing(sentence, verb),
        notes=notes,
    )


_CONTENT = frozenset({"ccomp", "parataxis", "advcl"})


def _last_name(sentence: Sentence, phrase: list[Token], agent: Token) -> tuple[list[Token], Token]:
    """ "…, killing seven members of the group, the Observatory said": the Observatory alone.

    The parser takes such words for an apposition; a real one would close with a comma.
    """
    commas = [n for n, t in enumerate(phrase) if t.lower == "," and t.i > agent.i]
    if not commas:
        return phrase, agent
    rest = phrase[commas[-1] + 1 :]
    ids = {t.i for t in rest}
    heads = [t for t in rest if t.head not in ids]
    if len(heads) != 1 or heads[0].dep != "appos":
        return phrase, agent
    after = rest[-1].i + 1
    if after < len(sentence) and sentence.tokens[after].lower == ",":
        return phrase, agent
    return rest, heads[0]


def _whole_name(
    sentence: Sentence, verb: Token, phrase: list[Token], agent: Token
) -> tuple[list[Token], Token]:
    """ "Professor Ulf Hagemann of the charity MedWatch said": one name, of which the parser makes
    two subjects."""
    first = next((t for t in sentence.children(verb, "nsubj") if t.i < agent.i), None)
    if first is None or not phrase or phrase[0].pos != "PROPN":
        return phrase, agent
    between = sentence.tokens[first.i + 1 : phrase[0].i]
    if not between or between[0].lower not in _OF or not all(_joins(t) for t in between):
        return phrase, agent
    begin = sentence.subtree(first)[0].i
    return list(sentence.tokens[begin : phrase[-1].i + 1]), first


def _joins(token: Token) -> bool:
    return token.pos in {"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM"}


_OF = frozenset({"of", "from", "at", "with", "for"})
_DOUBTFUL = frozenset({"unconfirmed", "unverified", "conflicting", "contradictory"})
_SEEMING: dict[str, Certainty] = {
    "appear": "probable",
    "seem": "probable",
    "purport": "possible",
    "claim": "possible",
}


def _reality(
    sentence: Sentence,
    verb: Token,
    agent: Token | None,
    cue: Cue,
    words: list[Token],
    notes: set[str],
) -> tuple[Certainty, Polarity]:
    """How sure the source is, and of which sign: the cue's own value, unless the words around it
    weaken it ("appears to show", "unconfirmed reports say", "would not confirm")."""
    certainty, polarity = cue.certainty, cue.polarity
    neither = any(t.lower in {"neither", "nor"} for t in sentence.children(verb, "preconj", "cc"))
    if verb.dep == "conj":
        above = sentence.children(sentence.head(verb), "preconj", "cc")
        neither = neither or any(t.lower in {"neither", "nor"} for t in above)
    if neither or ("negated" in notes and cue.cls in {"announce", "deny", "show", "believe"}):
        return "unknown", "positive"
    if agent is not None and any(t.lower in _DOUBTFUL for t in sentence.children(agent, "amod")):
        return "possible", polarity
    for token in words[:-1]:
        if token.lemma in _SEEMING and certainty == "certain":
            return _SEEMING[token.lemma], polarity
    if "modal" in notes and certainty == "certain":
        return "possible", polarity
    if agent is None and certainty == "certain" and cue.cls in {"say", "announce", "claim"}:
        return "probable", polarity  # "is said to have left": hearsay
    return certainty, polarity


def _agent(sentence: Sentence, verb: Token) -> Token | None:
    for by in sentence.children(verb, "agent"):
        for noun in sentence.children(by, "pobj"):
            return noun
    return None


def _thing(sentence: Sentence, verb: Token) -> str:
    """The kind of the verb's object, if it is a thing that carries words or pictures."""
    for noun in sentence.children(verb, "dobj"):
        named = source_nouns().get(noun.lemma)
        if named is not None:
            return named.kind
    return ""
