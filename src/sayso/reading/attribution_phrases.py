"""Attribution without a verb that governs its content: "according to X", and "…, X reported"
where the parser lost the thread."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_lexicon import verb_forms, verbs
from sayso.reading.attribution_tree import cue_tokens, noun_phrase

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOT_IN_NAME = frozenset({"VERB", "AUX", "PRON", "SCONJ", "CCONJ", "INTJ"})
_AFTER = frozenset({"ADP", "ADV", "PROPN", "NUM", "SCONJ", "NOUN", "DET", "ADJ", "PUNCT", "PART"})


def read_according(sentence: Sentence) -> Iterator[Found]:
    """ "According to X, …", "…, according to X": the rest of the clause is what X said."""
    for token in sentence:
        if token.lower != "according" or token.i + 1 >= len(sentence):
            continue
        to = sentence.tokens[token.i + 1]
        if to.lower != "to":
            continue
        nouns = sentence.children(to, "pobj") or sentence.children(token, "pobj")
        if not nouns:
            continue
        phrase = noun_phrase(sentence, nouns[0], {token.i, to.i})
        ids = {t.i for t in phrase} | {token.i, to.i}
        clause = _clause(sentence, token)
        content = runs(clause, ids)
        if not content:
            continue
        yield Found(
            cue=(token.start, to.end),
            content=content,
            source=(phrase[0].start, phrase[-1].end),
            rule="say.according",
            cls="say",
            certainty="certain",
            polarity="positive",
            confidence=0.9,
            sentence=sentence,
            source_head=nouns[0],
            words="according to",
            open_quote=True,
        )


def _clause(sentence: Sentence, token: Token) -> list[Token]:
    """The clause that the phrase belongs to: the sentence, or the half of "A, but B" it is in."""
    verb = sentence.head(token)
    while verb.head != verb.i:
        if verb.dep == "conj" and sentence.children(verb, "nsubj", "nsubjpass"):
            break
        verb = sentence.head(verb)
    if verb.dep == "conj":
        return sentence.subtree(verb)
    return list(sentence.tokens)


def read_tail(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """ "…, the group reported on Monday." by its surface: a comma, a name without a verb, a verb
    of speech, and no more than an adverbial until the end. `taken` are starts of cues that the
    tree gave already."""
    for verb in sentence:
        cue = verbs().get(verb_forms().get(verb.lower, ""))
        if cue is None or not cue.reports or verb.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
            continue
        if verb.i < 4 or verb.start in taken:
            continue
        words = cue_tokens(sentence, verb)
        name = _name_before(sentence, words[0].i)
        if name is None or not _only_adverbials(sentence, words[-1].i + 1):
            continue
        comma = name[0].i - 1
        content = list(sentence.tokens[:comma])
        if not any(t.tag in _FINITE for t in content):
            continue
        spans = runs(content, set())
        if not spans:
            continue
        yield Found(
            cue=(words[0].start, words[-1].end),
            content=spans,
            source=(name[0].start, name[-1].end),
            rule=f"{cue.cls}.tail",
            cls=cue.cls,
            certainty=cue.certainty,
            polarity=cue.polarity,
            confidence=0.8,
            sentence=sentence,
            source_head=sentence.span_head(name[0].start, name[-1].end),
            words=cue.words,
            open_quote=True,
        )


def _name_before(sentence: Sentence, stop: int) -> list[Token] | None:
    """The verbless phrase between a comma and `stop`, at most 20 tokens; None if there is none."""
    i = stop - 1
    while i >= 0 and stop - i <= 20:
        token = sentence.tokens[i]
        if token.text in {",", "”", '"', "’’", "''", "—", "–", "-"} and token.pos == "PUNCT":
            if token.text == "-" and token.start == sentence.tokens[i - 1].end:
                i -= 1
                continue
            break
        if token.pos in _NOT_IN_NAME and token.dep not in {"amod", "nsubj"}:
            return None
        i -= 1
    else:
        return None
    name = list(sentence.tokens[i + 1 : stop])
    if not name or i < 3 or not any(t.pos in {"NOUN", "PROPN", "PRON"} for t in name):
        return None
    if sentence.tokens[i].text not in {",", "”", '"', "''", "—", "–"}:
        return None
    return name if name[0].pos not in {"ADP", "ADV"} else None


def _only_adverbials(sentence: Sentence, at: int) -> bool:
    rest = sentence.tokens[at:]
    if not rest or all(t.pos == "PUNCT" for t in rest):
        return True
    first = rest[0]
    if first.pos == "PUNCT" and first.text == ",":
        return len(rest) > 1 and rest[1].tag in {"VBG", "IN"} and rest[1].lower != "that"
    if first.lower == "that" or first.text in {":", '"', "“"}:
        return False
    if first.pos not in {"ADP", "ADV", "PROPN", "SCONJ", "NOUN", "DET"}:
        return False
    return not any(t.dep in {"ccomp", "dobj"} for t in rest[:3]) and len(rest) < 25
