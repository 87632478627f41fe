"""Content first and the source last: "The road is open, said Mira Tal, who runs the convoy".

The parser often loses these sentences (it makes the source the subject of something else), so they
are read by their surface: a clause, a comma, a verb of speech, a noun phrase.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity
from sayso.reading.attribution_found import Found, Offsets, runs
from sayso.reading.attribution_lexicon import Cue, verb_forms, verbs

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "VBN", "WDT"})
_NOT_ITS_OWN = frozenset(
    ["in", "on", "during", "after", "before", "by", "when", "while", "as", "late", "last", "this",
     "earlier", "yesterday", "today", "that", "and", "but", "via", "through", "adding"]
)  # fmt: skip
"""Words that end a source and say when or where it spoke."""
_TOLD = frozenset({"me", "us", "him", "her", "them"})
"""Who is told, and does not speak: "…, its chairman told us"."""
_WHO = frozenset({"who", "which", "whose"})
_LONGEST, _ASIDE, _UNTIL_COLON = 12, 25, 14
_LEAST = 3
"""Tokens of a source, of a relative clause behind it, to a colon behind it; of what was said."""
CLOSES = frozenset({'"', "”", "''", "»"})
_ENDS_SPEECH = frozenset({",", "?", "!", "."})
_WAITING = frozenset({"when", "while", "since", "as", "after", "if", "because", "although"})


def read_inverted(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """Attributions of this form; `taken` are starts of cues that have a source already."""
    tokens = sentence.tokens
    for verb in tokens:
        if verb.i <= _LEAST or verb.start in taken or verb.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
            continue
        cue = verbs().get(verb_forms().get(verb.lower, ""))
        if cue is None or not (cue.reports or (cue.holds and verb.tag != "VBN")):
            continue
        before = _said_before(sentence, verb)
        if not any(t.tag in FINITE for t in before) or is_subordinate(before):
            continue
        name = _name_after(sentence, verb.i + 1)
        if name:
            yield _found(sentence, cue, verb, name)


def _said_before(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """The words before the comma at which a verb stands, or before the mark that closes them as a
    quotation; () where there is neither."""
    stop = verb.i - 1
    if sentence.tokens[stop].text in CLOSES:
        stop -= 1
        return sentence.tokens[:stop] if sentence.tokens[stop].text in _ENDS_SPEECH else ()
    return sentence.tokens[:stop] if sentence.tokens[stop].text == "," else ()


def is_subordinate(tokens: list[Token] | tuple[Token, ...]) -> bool:
    """True for "Since the war began": a clause that waits for its main clause."""
    first = tokens[0]
    if first.dep != "mark" and first.lower not in _WAITING:
        return False
    return not any(t.text == "," for t in tokens)


def _name_after(sentence: Sentence, at: int) -> list[Token]:
    """The noun phrase at a place, with a relative clause behind a comma; [] if there is none."""
    tokens = sentence.tokens
    if at >= len(tokens) or tokens[at].tag not in _OPENS or tokens[at].lower in _TOLD:
        return []
    stop = at
    while stop < len(tokens) and not _ends(tokens[stop]):
        stop += 1
    name = list(tokens[at:stop])
    if len(name) > _LONGEST or any(t.tag in FINITE for t in name):
        return []
    if not any(t.pos in {"NOUN", "PROPN", "PRON"} for t in name):
        return []
    if stop + 1 < len(tokens) and tokens[stop].text == "," and tokens[stop + 1].lower in _WHO:
        rest = tokens[stop + 1 :]
        end = next((n for n, t in enumerate(rest) if t.pos == "PUNCT" and t.text != "-"), None)
        if end is not None and end <= _ASIDE:
            name += [tokens[stop], *rest[:end]]
    while name and name[-1].ent in {"DATE", "TIME"}:
        name.pop()
    return name


def _ends(token: Token) -> bool:
    if token.lower in _NOT_ITS_OWN or token.lower in _WHO:
        return True
    return token.pos == "PUNCT" and token.text != "-"


def _found(sentence: Sentence, cue: Cue, verb: Token, name: list[Token]) -> Found:
    tokens = sentence.tokens
    said = runs(list(_said_before(sentence, verb)), set())
    after = name[-1].i + 1
    colon = next(
        (t for t in tokens[after : after + _UNTIL_COLON] if t.text == ":" and t.pos == "PUNCT"),
        None,
    )
    if colon is not None and colon.i + _LEAST < len(tokens):
        said += runs(list(tokens[colon.i + 1 :]), set())
    core = [t for t in name if t.i < name[0].i + _LONGEST]
    stop = next((n for n, t in enumerate(core) if t.text == ","), len(core))
    return by_surface(sentence, cue, [verb], name, said, "inverted", core[:stop])


def by_surface(
    sentence: Sentence,
    cue: Cue,
    words: list[Token],
    name: list[Token],
    said: list[Offsets],
    frame: str,
    core: list[Token] | None = None,
) -> Found:
    """An attribution read without the tree: `words` are the cue's, `core` those of the name that
    its head is looked for in (all, if None)."""
    at, rule = (words[0].start, words[-1].end), f"{cue.cls}.{frame}"
    found = without_tree(sentence, at, name, said, rule, cue.certainty, cue.polarity, core)
    found.words = cue.words
    return found


def without_tree(
    sentence: Sentence,
    cue: Offsets,
    name: list[Token],
    said: list[Offsets],
    rule: str,
    certainty: Certainty,
    polarity: Polarity,
    core: list[Token] | None = None,
) -> Found:
    """The same for a cue that no lexicon has; the class is what stands before the dot of `rule`."""
    core = core or name
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
        source_head=sentence.span_head(core[0].start, core[-1].end),
        words="",
        open_quote=True,
    )
