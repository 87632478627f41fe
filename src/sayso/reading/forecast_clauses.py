"""The clause that a cue speaks of: its verb, its subject, and the stretch of text it takes."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.language.syntax import Sentence, Token
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_lexicon import words

_SUBJECT = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
_COMPLEMENT = {"acomp", "attr", "oprd"}
_CONDITION_MARKS = {"if", "unless", "once", "provided", "assuming", "lest", "iff"}
_EDGE = {",", ".", ";", ":", "!", "?", "-", "–", "—", "...", "…", '"', "“", "”", "'", ">", "*",
         "(", ")", "[", "]", "/", "•", "~", "`", "‘", "’"}  # fmt: skip
MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class Clause:
    """`verb` carries the future, `main` says what happens (they differ in "is going to fall").

    `start` and `end` are the proposition's document offsets; `subject_start` is where its subject
    begins (or the verb, without one). `relative` is true for a clause that describes a noun.
    """

    verb: Token
    main: Token
    subject: tuple[Token, ...]
    start: int
    end: int
    subject_start: int
    relative: bool
    inverted: bool


def clause_of(tree: Sentence, cue: Cue) -> Clause | None:
    """The clause of a cue, or None if the tree has no verb there."""
    anchor = tree.at(cue.at)
    if anchor is None:
        return None
    if cue.rule.kind == "modal":
        verb = _helped(tree, anchor)
        return _clause(tree, verb, verb, anchor) if verb is not None else None
    if cue.rule.kind == "raise":
        return _raised(tree, anchor)
    if cue.rule.kind == "rest":
        following = next(
            (t for t in tree.tokens if t.start >= cue.end and t.text not in _EDGE), None
        )
        if following is None:
            return None
        anchor = following
    verb = _finite(tree, anchor)
    return _clause(tree, verb, verb, anchor)


def _helped(tree: Sentence, modal: Token) -> Token | None:
    """The verb that a modal helps; the modal itself where its verb is left out ("they will")."""
    if modal.pos in {"NOUN", "PROPN"}:
        return None
    if modal.dep in {"aux", "auxpass"}:
        return tree.head(modal)
    for token in tree.tokens[modal.i + 1 : modal.i + 5]:
        if token.tag == "VB":
            return token
    return modal if tree.children(modal, *_SUBJECT) or modal.dep in {"ROOT", "conj"} else None


def _raised(tree: Sentence, anchor: Token) -> Clause | None:
    rest = [t for t in tree.tokens[anchor.i + 1 : anchor.i + 5] if t.lower not in {"to", "na"}]
    main = next((t for t in rest if t.tag == "VB" or t.pos in {"VERB", "AUX"}), None)
    if main is None and rest and anchor.tag in {"VBN", "JJ", "VBD"}:
        main = rest[0]
    if main is None:
        return None
    if main.dep in {"aux", "auxpass"}:
        main = tree.head(main)
    verb = anchor
    while verb.dep in _COMPLEMENT and tree.head(verb).pos in {"AUX", "VERB"}:
        verb = tree.head(verb)
    if verb.pos not in {"AUX", "VERB"} and main.i != verb.i:
        verb = main
        while verb.dep in {"xcomp", "ccomp"} and tree.head(verb).i >= anchor.i:
            verb = tree.head(verb)
    return _clause(tree, verb, main, anchor)


def _finite(tree: Sentence, anchor: Token) -> Token:
    token = anchor
    for _ in range(len(tree.tokens)):
        if tree.children(token, *_SUBJECT) or token.head == token.i:
            return token
        token = tree.head(token)
    return token


def _subject(tree: Sentence, verb: Token, main: Token) -> Token | None:
    for candidate in (verb, main):
        kids = tree.children(candidate, *_SUBJECT)
        if kids:
            return kids[0]
    first = verb
    while first.dep == "conj":
        first = tree.head(first)
        kids = tree.children(first, *_SUBJECT)
        if kids:
            return kids[0]
    return None


def _clause(tree: Sentence, verb: Token, main: Token, anchor: Token) -> Clause:
    subject = _subject(tree, verb, main)
    kept, left, right = _kept(tree, verb, anchor)
    low, high = _run(kept, left, right, verb, anchor)
    if subject is not None and subject.i < low and verb.dep != "conj":
        low = min(low, *(t.i for t in tree.subtree(subject)))
        low = max(low, left + 1)
    low, high = _trim(tree, low, high, anchor)
    start, end = _clean_start(tree.tokens[low], anchor), tree.tokens[high].end
    end = max(min(end, start + MAX_CHARS), tree.tokens[anchor.i].end)
    if end < tree.tokens[high].end:
        inside = [t for t in tree.tokens[low : high + 1] if t.end <= end]
        end = inside[-1].end if inside else end
    named = tuple(tree.subtree(subject)) if subject is not None else ()
    helpers = [t for t in tree.children(verb, "aux", "auxpass") if t.i <= anchor.i]
    inverted = subject is not None and any(
        t.i < subject.i < verb.i and (t.i == anchor.i or t.i < anchor.i) for t in helpers
    )
    return Clause(
        verb=verb,
        main=main,
        subject=named[:40],
        start=start,
        end=end,
        subject_start=min((t.start for t in named if low <= t.i), default=start),
        relative=verb.dep in {"relcl", "acl"},
        inverted=inverted,
    )


def _clean_start(first: Token, anchor: Token) -> int:
    """The offset of the first word: a token may open with dots that ended what came before."""
    if first.i == anchor.i:
        return first.start
    bare = first.text.lstrip(".…,;:!?-–—*>\"“”'’‘ ")
    return first.end - len(bare) if bare else first.start


def _kept(tree: Sentence, verb: Token, anchor: Token) -> tuple[set[int], int, int]:
    """Token indices of the clause, and the nearest ends of clauses beside it (exclusive)."""
    kept = {verb.i}
    left, right = -1, len(tree.tokens)
    stack = [verb]
    while stack:
        token = stack.pop()
        for kid in tree.children(token):
            if token.i == verb.i and _another(tree, kid, verb, anchor):
                block = [t.i for t in tree.subtree(kid)]
                if kid.i < anchor.i:
                    left = max(left, *(i for i in block if i < anchor.i))
                else:
                    right = min(right, *(i for i in block if i > anchor.i))
                continue
            kept.add(kid.i)
            stack.append(kid)
    return kept, left, right


def _another(tree: Sentence, kid: Token, verb: Token, anchor: Token) -> bool:
    """True if a child of the clause's verb begins a clause of its own."""
    if kid.i == anchor.i:
        return False
    below = tree.subtree(kid)
    if any(t.i == anchor.i for t in below):
        return False
    own = bool(tree.children(kid, *_SUBJECT)) or any(
        t.tag == "MD" for t in tree.children(kid, "aux")
    )
    if kid.dep in {"conj", "parataxis"}:
        return own
    if kid.dep == "ccomp":
        return kid.i < verb.i and own
    if kid.dep == "advcl":
        marks = {t.lower for t in below[:3]}
        if bool(marks & _CONDITION_MARKS) or kid.i < anchor.i:
            return True
        modal = any(t.tag == "MD" for t in tree.children(kid, "aux"))
        return own and modal and not tree.children(kid, "mark")
    return False


def _run(kept: set[int], left: int, right: int, verb: Token, anchor: Token) -> tuple[int, int]:
    inside = [i for i in kept if left < i < right]
    inside.append(anchor.i)
    if left < verb.i < right:
        inside.append(verb.i)
    return min(inside), max(inside)


def _trim(tree: Sentence, low: int, high: int, anchor: Token) -> tuple[int, int]:
    tokens = tree.tokens
    for i in range(low, anchor.i):
        # A sentence's inner full stop or semicolon before the cue ends what came before it.
        if tokens[i].text in {";", ".", "!", "?", "...", "…", ":"} and i + 1 <= anchor.i:
            low = i + 1
    while low < anchor.i and (
        tokens[low].text in _EDGE
        or tokens[low].lower in words("openers")
        or tokens[low].pos == "INTJ"
    ):
        if tokens[low].lower == "that" and tokens[low].dep in _SUBJECT:
            break
        if tokens[low].dep in {"det", "prep"} and tokens[low].pos in {"DET", "ADP"}:
            break  # "no brigade will be moved", "for years they will stay"
        low += 1
    if tokens[low].lower == "according":
        comma = next((t.i for t in tokens[low : anchor.i] if t.text == ","), None)
        low = comma + 1 if comma is not None else low
    for i in range(anchor.i + 1, high + 1):
        if tokens[i].text in {";", "...", "…"} or (tokens[i].text in {".", "!", "?"} and i < high):
            high = i - 1
            break
    while high > anchor.i and (
        tokens[high].text in _EDGE - {")", "]", '"', "”"}
        or tokens[high].lower in {"and", "but", "or", "because", "so", "if", "when"}
    ):
        high -= 1
    return low, max(high, anchor.i)
