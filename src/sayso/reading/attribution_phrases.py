"""Attribution without a verb that governs its content: "according to X", "in the words of X",
"in a poll", "as X said", and "…, X reported" or "A, X said, B" where the parser lost the thread."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_extent import trim
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_inverted import FINITE, by_surface, is_subordinate
from sayso.reading.attribution_lexicon import (
    POLLS,
    Cue,
    Phrase,
    phrases,
    verb_forms,
    verbs,
    views,
)
from sayso.reading.attribution_sources import kind_of
from sayso.reading.attribution_tree import cue_tokens, noun_phrase

_BELIEFS = frozenset({"believe", "expect", "show"})
_TO_WHOM = frozenset({"tell", "inform", "assure", "remind", "warn"})
_SHARED = frozenset({"agree", "concur"})
_ADDRESSEE = 6
"""Tokens of those who are told."""
_NAMED_AFTER = 8
"""Tokens of a name set off by commas behind what somebody is."""
_NOT_IN_NAME = frozenset({"VERB", "AUX", "PRON", "SCONJ", "CCONJ", "INTJ"})
_BREAKS = frozenset({",", "”", '"', "''", "’’", "—", "–", "--", "-"})
_AS = frozenset({"as"})


def read_phrases(sentence: Sentence) -> Iterator[Found]:
    """Attributions by phrases of several words (phrases.csv) that take a noun phrase: the rest of
    the clause is what that one said."""
    tokens = sentence.tokens
    for token in tokens:
        for phrase in phrases().get(token.lower, ()):
            last = token.i + len(phrase.words) - 1
            if last >= len(tokens):
                continue
            if any(tokens[token.i + n].lower != w for n, w in enumerate(phrase.words)):
                continue
            found = _by_phrase(sentence, token, tokens[last], phrase)
            if found is not None:
                yield found
                break


def read_views(sentence: Sentence) -> Iterator[Found]:
    """ "In her view, …", "…, by the guild's count" (views.csv): what those think whose view it is.
    "in the sober view of the bank" of somebody who can have one. Set apart by its place or a comma:
    "she was in his book" says nothing."""
    for noun in sentence:
        view = views().get(noun.lower)
        prep = sentence.head(noun)
        if view is None or noun.dep != "pobj" or prep.lower not in view.prepositions:
            continue
        owners, end = sentence.children(noun, "poss"), noun
        apart = prep.i == 0 or sentence.tokens[prep.i - 1].text in {",", "—", "–", "that", "and"}
        if not owners:
            of = next((t for t in sentence.children(noun, "prep") if t.lower == "of"), None)
            owners = (
                [t for t in sentence.children(of, "pobj") if _can_think(sentence, t)] if of else []
            )
            end = of or noun
        if not owners or not (apart or prep.lower != "in"):
            continue
        without = {noun.i, end.i}
        named = [t for t in noun_phrase(sentence, owners[0], without) if t.tag != "POS"]
        own = {t.i for t in sentence.subtree(prep)}
        said = runs(_clause(sentence, prep), own)
        if named and said:
            yield Found(
                cue=(prep.start, end.end),
                content=said,
                source=(named[0].start, named[-1].end),
                rule=f"{view.cls}.view",
                cls=view.cls,
                certainty=view.certainty,
                polarity="positive",
                confidence=0.0,
                sentence=sentence,
                source_head=owners[0],
                words=noun.lower,
                open_quote=True,
            )


def _can_think(sentence: Sentence, noun: Token) -> bool:
    return bool(kind_of(sentence, noun)) or noun.ent == "PERSON"


def _by_phrase(sentence: Sentence, first: Token, last: Token, phrase: Phrase) -> Found | None:
    nouns = sentence.children(last, "pobj") or sentence.children(first, "pobj")
    nouns = [t for t in nouns if t.i > last.i]
    if not nouns:
        return None
    named = noun_phrase(sentence, nouns[0], set(range(first.i, last.i + 1)))
    named = [t for t in named if t.i > last.i]
    if not named:
        return None
    ids = {t.i for t in named} | set(range(first.i, last.i + 1))
    said = runs(_own_share(sentence, first, _clause(sentence, first)), ids)
    if not said:
        return None
    return Found(
        cue=(first.start, last.end),
        content=said,
        source=(named[0].start, named[-1].end),
        rule=f"{phrase.cls}.according",
        cls=phrase.cls,
        certainty=phrase.certainty,
        polarity="positive",
        confidence=0.0,
        sentence=sentence,
        source_head=nouns[0],
        words=" ".join(phrase.words),
        open_quote=True,
    )


def _own_share(sentence: Sentence, first: Token, clause: list[Token]) -> list[Token]:
    """The part of the clause that this source has, if others share it: "30 according to the army
    and 40 according to the rebels". Each has the words up to its phrase."""
    others = [
        t.i
        for t in clause
        if t.lower == "according" and t.i != first.i and t.i > 0 and first.lower == "according"
    ]
    if not others or first.i == clause[0].i:
        return clause
    before = [i for i in others if i < first.i]
    if not before:
        return [t for t in clause if t.i < first.i]
    start = before[-1]
    joints = {",", "and", "but", "while"}
    while start < first.i and sentence.tokens[start].lower not in joints:
        start += 1
    while sentence.tokens[start + 1].lower in joints:
        start += 1
    return [t for t in clause if start < t.i < first.i] or clause


def _clause(sentence: Sentence, token: Token) -> list[Token]:
    """The clause that the phrase belongs to: the sentence, or the half of "A, but B" it is in, or
    the clause after a verb of speech that it opens or interrupts ("he said that, according to
    prisoners, they left"; at the end it speaks of all)."""
    verb = sentence.head(token)
    final = _is_final(sentence, token)
    while verb.head != verb.i:
        above = sentence.head(verb)
        if verb.dep == "conj" and sentence.children(verb, "nsubj", "nsubjpass"):
            return sentence.subtree(verb)
        if verb.dep == "ccomp" and not final and above.i < token.i and above.i < verb.i:
            return sentence.subtree(verb)
        verb = above
    return list(sentence.tokens)


def _is_final(sentence: Sentence, token: Token) -> bool:
    """True if nothing but the phrase itself follows."""
    return sentence.subtree(token)[-1].i >= len(sentence) - 2


def read_polls(sentence: Sentence) -> Iterator[Found]:
    """ "In a poll, …", "… in the video": what a survey or a recording shows, with no verb."""
    for token in sentence:
        if token.lower != "in" or token.dep != "prep":
            continue
        nouns = sentence.children(token, "pobj")
        if not nouns or nouns[0].lemma not in POLLS:
            continue
        verb = sentence.head(token)
        if verb.pos not in {"VERB", "AUX"} or not sentence.children(verb, "nsubj", "nsubjpass"):
            continue
        named = noun_phrase(sentence, nouns[0], {token.i})
        ids = {t.i for t in named} | {token.i}
        said = runs(trim(sentence, _clause(sentence, token), verb), ids)
        if said:
            yield Found(
                cue=(token.start, token.end),
                content=said,
                source=(named[0].start, named[-1].end),
                rule="show.in",
                cls="show",
                certainty="certain",
                polarity="positive",
                confidence=0.0,
                sentence=sentence,
                source_head=nouns[0],
                words="in",
            )


def read_tail(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """ "…, the group reported on Monday." and "A, the group said, B" by their surface: a comma, a
    name without a verb, a verb of speech, and no more than an adverbial until the end or the next
    comma. `taken` are starts of cues that the tree gave already."""
    for verb in sentence:
        cue = verbs().get(verb_forms().get(verb.lower, ""))
        if cue is None or not (_may_follow(sentence, cue, verb) or _sighed(sentence, cue, verb)):
            continue
        if verb.i < 3 or verb.start in taken or verb.dep == "relcl":
            continue
        words = cue_tokens(sentence, verb)
        name = _name_before(sentence, words[0].i)
        if name is None:
            continue
        after = _after(sentence, _addressed(sentence, cue, words[-1].i + 1))
        if after is None:
            continue
        before = list(sentence.tokens[: name[0].i - 1])
        rest = list(sentence.tokens[after:])
        if not any(t.tag in FINITE for t in [*before, *rest]):
            continue
        if not rest and before and is_subordinate(before):
            continue
        said = [*runs(before, set()), *runs(rest, set())]
        if said and before:
            yield by_surface(sentence, cue, words, name, said, "tail")


def _may_follow(sentence: Sentence, cue: Cue, verb: Token) -> bool:
    """True for words that report, and for beliefs between marks: "…, she believes, …"."""
    after = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence) else None
    last = after is None or after.pos == "PUNCT"
    held = cue.words in _SHARED or (cue.cls in _BELIEFS and "clause" in cue.frames)
    if verb.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
        # "…, the union forecasts": a noun to the parser.
        name = sentence.tokens[verb.i - 1] if verb.i else verb
        noun = (held or cue.reports) and verb.tag in {"NN", "NNS"} and _can_think(sentence, name)
        return noun and name.tag not in {"POS", "PRP$"} and _ends_with(sentence, verb)
    helpers = sentence.children(verb, "aux", "auxpass")
    if cue.reports or (cue.foretells and all(t.lemma == "have" for t in helpers)):
        return True
    return held and last and verb.tag != "VBN"


def _sighed(sentence: Sentence, cue: Cue, verb: Token) -> bool:
    """ "They will stay away, the owner sighed": a way of speaking, at the end of what will be."""
    told = cue.is_speech and "quote" in cue.frames and verb.tag in {"VBD", "VBZ", "VBP"}
    return told and _ends_with(sentence, verb) and any(t.tag == "MD" for t in sentence)


def _ends_with(sentence: Sentence, token: Token) -> bool:
    """True if nothing but marks follows a word."""
    return all(t.pos == "PUNCT" for t in sentence.tokens[token.i + 1 :])


def _addressed(sentence: Sentence, cue: Cue, at: int) -> int:
    """Behind those who are told: "…, he told us, …"."""
    if cue.words not in _TO_WHOM:
        return at
    for token in sentence.tokens[at : at + _ADDRESSEE]:
        if token.pos not in {"PRON", "NOUN", "PROPN", "DET", "ADJ"} or token.ent in {
            "DATE",
            "TIME",
        }:
            return token.i
    return at


def _name_before(sentence: Sentence, stop: int) -> list[Token] | None:
    """The verbless phrase between a comma and `stop`, at most 20 tokens; None if there is none."""
    i = last = _before_aside(sentence, stop)
    while i >= 0 and stop - i <= 20:
        token = sentence.tokens[i]
        if token.text in _BREAKS and token.pos == "PUNCT":
            if token.text == "-" and token.start == sentence.tokens[i - 1].end:
                i -= 1
                continue
            break
        if token.pos in _NOT_IN_NAME and token.dep not in {"amod", "nsubj", "poss"}:
            return None
        i -= 1
    else:
        return None
    name = list(sentence.tokens[i + 1 : last + 1 if last == stop - 1 else stop - 1])
    if not name or i < 1 or not any(t.pos in {"NOUN", "PROPN", "PRON"} for t in name):
        return None
    return name if name[0].pos not in {"ADP", "ADV"} else None


def _before_aside(sentence: Sentence, stop: int) -> int:
    """The last token before `stop`, or before a name set off by commas that ends there: "its
    chairman, Ana Voss, said"."""
    if sentence.tokens[stop - 1].text != ",":
        return stop - 1
    i = stop - 2
    while i > 0 and stop - i <= _NAMED_AFTER and sentence.tokens[i].pos in {"PROPN", "ADP", "DET"}:
        i -= 1
    aside = sentence.tokens[i + 1 : stop - 1]
    named = bool(aside) and sentence.tokens[i].text == "," and aside[0].pos == "PROPN"
    return i - 1 if named else stop - 1


def _after(sentence: Sentence, at: int) -> int | None:
    """Where the content goes on after the cue (the end of the sentence if it does not); None if
    what follows the cue cannot be skipped as an adverbial."""
    rest = sentence.tokens[at:]
    if not rest or all(t.pos == "PUNCT" for t in rest):
        return len(sentence)
    first = rest[0]
    if first.text == ",":
        if len(rest) > 1 and (rest[1].tag in {"VBG"} or rest[1].lower in {"citing", "quoting"}):
            return len(sentence)
        return at + 1
    if first.lower == "that" or first.text in {":", '"', "“"}:
        return None
    if first.pos not in {"ADP", "ADV", "PROPN", "SCONJ", "NOUN", "DET"}:
        return None
    if any(t.dep in {"ccomp", "dobj"} for t in rest[:3]):
        return None
    for n, token in enumerate(rest[:9]):
        if token.text == ",":
            return at + n + 1 if len(rest) - n > 4 else len(sentence)
    return len(sentence) if len(rest) < 25 else None


def read_as(sentence: Sentence) -> Iterator[Found]:
    """ "As the army said, the road is open": the main clause is what the army said; "as the army
    sees it"."""
    for verb in sentence:
        if verb.dep != "advcl" or not sentence.children(verb, "mark", "advmod"):
            continue
        objects = [t.lower for t in sentence.children(verb, "dobj")]
        seen = verb.lemma == "see" and verb.tag in {"VBZ", "VBP"} and objects == ["it"]
        cue = verbs()["believe"] if seen else verbs().get(verb_forms().get(verb.lower, ""))
        speaks = cue is not None and cue.is_speech and "clause" in cue.frames
        if cue is None or not (speaks or seen):
            continue
        below = sentence.subtree(verb)
        agents = sentence.children(verb, "nsubj")
        more = sentence.children(verb, "ccomp", "dobj") and not seen
        if below[0].lower not in _AS or not agents or more:
            continue
        named = noun_phrase(sentence, agents[0], {verb.i})
        head = sentence.head(verb)
        said = runs(sentence.subtree(head), {t.i for t in below})
        if said and head.pos in {"VERB", "AUX"}:
            words = cue_tokens(sentence, verb)
            yield by_surface(sentence, cue, words, named, said, "tail")
