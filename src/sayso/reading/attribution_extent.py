"""Where a content ends: what the parser hangs on it that is no longer the source's words."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_lexicon import SPEECH, verb_forms, verbs

_DASHES = frozenset({"-", "--", "—", "–", "---"})
_MARKS = frozenset('"“”„«»') | {"''", "``"}
_REPORTING = SPEECH | {"ask", "order", "judge", "promise", "show"}
_CONTRAST = frozenset({"while", "whereas", "although", "though", "but"})
_VENUE_PREPOSITIONS = frozenset({"in", "on", "during", "at", "via", "through"})
_VENUES = frozenset(
    ["statement", "interview", "speech", "conference", "briefing", "tweet", "post", "letter",
     "email", "communique", "twitter", "facebook", "telegram", "television", "tv", "radio",
     "instagram", "broadcast", "address", "sermon", "memo", "op-ed", "essay", "blog"]
)  # fmt: skip
_ALSO = frozenset({"pointing", "referring", "drawing", "linking", "alluding", "signalling"})


def trim(sentence: Sentence, tokens: list[Token], verb: Token) -> list[Token]:
    """The tokens of a content, in order, without what follows it in the reporter's own words: an
    aside after a dash, a relative clause after a comma, "…, adding that", "… and called him". What
    stands inside quotation marks is never cut."""
    if len(tokens) < 3:
        return tokens
    inside = {t.i for t in tokens}
    last = max(inside)
    quoted = _quoted(tokens)
    cut = last + 1
    for token in tokens:
        at = _cut_before(sentence, token, verb, inside, last)
        if at is not None and at not in quoted and tokens[0].i < at < cut:
            cut = at
    venue = _venue(sentence, [t for t in tokens if t.i < cut], quoted)
    while venue is not None:
        cut = venue
        venue = _venue(sentence, [t for t in tokens if t.i < cut], quoted)
    dash = _dash(tokens, quoted)
    if dash is not None:
        cut = min(cut, dash)
    return [t for t in tokens if t.i < cut]


def _cut_before(
    sentence: Sentence, token: Token, verb: Token, inside: set[int], last: int
) -> int | None:
    """The index at which this dependant ends the content, or None."""
    if token.dep not in {"relcl", "advcl", "acl", "conj"} or token.head not in inside:
        return None
    below = sentence.subtree(token)
    first, end = below[0].i, below[-1].i
    if first == 0 or end < last - 1:
        return None
    comma = sentence.tokens[first - 1].text == ","
    if token.dep == "relcl":
        relative = any(t.tag in {"WDT", "WP", "WP$", "WRB"} for t in below[:4])
        return first - 1 if comma and relative else None
    cue = verbs().get(verb_forms().get(token.lower, ""))
    reports = (cue is not None and cue.cls in _REPORTING) or token.lower in _ALSO
    if token.dep == "advcl" and reports and sentence.children(token, "nsubj"):
        # "… , while the rebels said": another one's word.
        return first - 1 if comma and below[0].lower in _CONTRAST else None
    if token.dep == "conj":
        own = sentence.children(token, "nsubj", "nsubjpass", "aux", "auxpass")
        another = bool(own) and cue is not None and cue.is_speech and own[0].dep == "nsubj"
        if not reports or (own and not another) or token.tag != verb.tag or first <= verb.i:
            return None
        joint = [t.i for t in sentence.children(sentence.head(token), "cc") if t.i < token.i]
        return max(joint) if joint else first
    return first - 1 if comma and reports and token.tag == "VBG" else None


def _venue(sentence: Sentence, tokens: list[Token], quoted: set[int]) -> int | None:
    """The index at which "in a statement", "on state television" at the end tells where it was
    said; None if nothing does."""
    if len(tokens) < 3:
        return None
    inside = {t.i for t in tokens}
    for token in reversed(tokens[-14:]):
        if token.lower not in _VENUE_PREPOSITIONS or token.i in quoted or token.dep != "prep":
            continue
        nouns = sentence.children(token, "pobj")
        if nouns and nouns[0].lemma in _VENUES:
            last = max(t.i for t in sentence.subtree(token) if t.i in inside)
            return token.i if last >= tokens[-1].i - 1 and token.i > tokens[1].i else None
    return None


def _quoted(tokens: list[Token]) -> set[int]:
    """Indices of tokens that stand inside quotation marks."""
    out: set[int] = set()
    open_ = False
    for token in tokens:
        if token.text in _MARKS:
            open_ = not open_
        elif open_:
            out.add(token.i)
    return out


def _dash(tokens: list[Token], quoted: set[int]) -> int | None:
    """The index of a dash that opens an aside which nothing closes, or None."""
    dashes = [
        t.i
        for n, t in enumerate(tokens)
        if t.text in _DASHES and t.i not in quoted and n > 2 and tokens[n - 1].end < t.start
    ]
    if dashes and tokens[0].pos == "PROPN":
        # "MARAYA, March 3 (Agency) — …" opens no aside.
        before = [t for t in tokens if t.i < dashes[0]]
        if not any(t.pos in {"VERB", "AUX"} for t in before):
            dashes = dashes[1:]
    return dashes[-1] if len(dashes) % 2 else None
