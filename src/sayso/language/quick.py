"""spaCy made cheaper without another result.

Two parts of a small pipeline cost more than they have to: matrix products go through a slower
library than the one numpy ships with, and parts of speech and lemmas are matched token by token
although they follow from the word, its tag and its label. Both are mended here from outside, on
the loaded pipeline only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

FORMS = ("attribute_ruler", "lemmatizer")
"""The components whose work `Forms` does."""

_MOST = 200_000

Key = tuple[str, str, str]
"""A word, its tag and its label."""
Form = tuple[str, str]
"""Part of speech and lemma."""


def use_numpy_products(nlp: Language) -> None:
    """Lets the pipeline's own models multiply with numpy's library (about three times as fast as
    the default one for matrices of this size). Models on other hardware are left alone."""
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops


class Forms:
    """Part of speech and lemma of tokens, by the pipeline's own rules, worked out once for each
    (word, tag, label).

    Rules that look at two tokens are respected: a sentence with a word or label that opens such a
    rule goes through the pipeline's components as it stands.
    """

    def __init__(self, nlp: Language, lowers: set[str], deps: set[str], odd: list[str]) -> None:
        self._vocab = nlp.vocab
        self._components = [nlp.get_pipe(name) for name in FORMS]
        self._lowers = lowers
        self._deps = deps
        self._odd = re.compile("|".join(f"(?:{pattern})" for pattern in odd)) if odd else None
        self._known: dict[Key, Form] = {}

    @classmethod
    def of(cls, nlp: Language) -> Forms | None:
        """None if the pipeline's forms could depend on more than this can see."""
        from spacy.pipeline import AttributeRuler, Lemmatizer

        if tuple(n for n in nlp.pipe_names if n in FORMS) != FORMS:
            return None
        ruler, lemmatizer = (nlp.get_pipe(name) for name in FORMS)
        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
            return None
        if lemmatizer.mode != "rule":
            return None
        lowers: set[str] = set()
        deps: set[str] = set()
        odd: list[str] = []
        for rule in ruler.patterns:
            for pattern in rule["patterns"]:  # type: ignore[union-attr]
                if len(pattern) == 1:
                    continue
                first: dict[Any, Any] = pattern[0]
                if isinstance(first.get("LOWER"), str):
                    lowers.add(first["LOWER"])
                elif isinstance(first.get("DEP"), str):
                    deps.add(first["DEP"])
                elif isinstance(first.get("LOWER"), dict) and "REGEX" in first["LOWER"]:
                    odd.append(first["LOWER"]["REGEX"])
                else:
                    return None
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for part in list(index.keys()):
            index[part] = frozenset(index[part])  # they come as lists, searched end to end
        return cls(nlp, lowers, deps, odd)

    def __call__(self, docs: Sequence[Doc], keys: Sequence[Sequence[Key]]) -> list[list[Form]]:
        """The form of each token of parsed documents, whose (word, tag, label) are `keys`. Words
        that were not met before are worked out together, which costs less than one by one."""
        if len(self._known) >= _MOST:
            self._known.clear()
        alone = [any(self._opens(word.lower(), dep) for word, _, dep in each) for each in keys]
        met = (key for each, whole in zip(keys, alone, strict=True) if not whole for key in each)
        new = [key for key in dict.fromkeys(met) if key not in self._known]
        if new:
            self._learn(new)
        return [
            [(t.pos_, t.lemma_) for t in self._formed(doc)]
            if whole
            else [self._known[key] for key in each]
            for doc, each, whole in zip(docs, keys, alone, strict=True)
        ]

    def _opens(self, lower: str, dep: str) -> bool:
        """Whether a rule about two tokens may start here."""
        if lower in self._lowers or dep in self._deps:
            return True
        return self._odd is not None and self._odd.search(lower) is not None

    def _formed(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc

    def _learn(self, new: list[Key]) -> None:
        """Works out the forms of words none of which opens a rule about two tokens, so that they
        can stand side by side."""
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=[word for word, _, _ in new])
        for token, (_, tag, dep) in zip(doc, new, strict=True):
            token.tag_ = tag
            token.dep_ = dep
        for token, key in zip(self._formed(doc), new, strict=True):
            self._known[key] = (token.pos_, token.lemma_)


class Dictionary:
    """Whether an English dictionary holds a word: the lemma tables that the pipeline carries.

    They list lemmas, irregular forms and endings. A pipeline without them holds no word.
    """

    def __init__(self, nlp: Language) -> None:
        self._lemmas: set[str] = set(nlp.Defaults.stop_words)
        self._endings: set[tuple[str, str]] = set()
        lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
        lookups: Any = getattr(lemmatizer, "lookups", None)
        if lookups is None or not lookups.has_table("lemma_index"):
            return
        for table in ("lemma_index", "lemma_exc"):
            for words in lookups.get_table(table).values():
                self._lemmas.update(words)
        for rules in lookups.get_table("lemma_rules").values():
            self._endings.update((old, new) for old, new in rules if old.isalpha())

    def __call__(self, word: str) -> bool:
        """`word` in lower case, with a straight apostrophe; a possessive is left off."""
        word = word.removesuffix("'s")
        if word in self._lemmas:
            return True
        return any(
            word.endswith(old) and word[: -len(old)] + new in self._lemmas
            for old, new in self._endings
        )
