"""Attribution by nouns and adjectives: "the army's claim that …", "raised doubts about …",
"reports that …", "is worried that …", and by adverbs ("reportedly")."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_extent import trim
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_lexicon import Nominal, adjectives, light_verbs, nouns
from sayso.reading.attribution_tree import cue_tokens, noun_phrase, subject

_BE = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m", "am"]
)
_LINKING = _BE | frozenset(
    ["remain", "remains", "remained", "seem", "seems", "seemed", "become", "became", "becomes",
     "grow", "grew", "grown", "feel", "felt", "feels", "stay", "stayed", "sound", "sounded",
     "sounds", "look", "looks", "looked", "appear", "appears", "appeared"]
)  # fmt: skip
_ADVERBS = {"reportedly": "announce", "allegedly": "claim", "purportedly": "claim",
            "supposedly": "claim"}  # fmt: skip
_ABSTRACT = frozenset(
    ["thing", "things", "fact", "result", "outcome", "reason", "point", "question", "issue",
     "situation", "case", "matter", "what", "which", "everything", "nothing", "something", "all"]
)  # fmt: skip
_SELF = frozenset({"i", "we", "you"})


def read_nouns(sentence: Sentence) -> Iterator[Found]:
    """An attribution for each noun, adjective or adverb of the sentence that makes one."""
    for token in sentence:
        found: Found | None = None
        if token.pos in {"NOUN", "PROPN"} and (entry := nouns().get(token.lemma)):
            found = _by_noun(sentence, token, entry)
        elif entry := adjectives().get(token.lower):
            found = _by_adjective(sentence, token, entry)
        elif token.lower in _ADVERBS:
            found = _by_adverb(sentence, token)
        if found is not None:
            yield found


def _complement(
    sentence: Sentence, head: Token, entry: Nominal, *, clause: bool = True
) -> tuple[list[Token], list[Token], str]:
    """The content that depends on a noun or adjective, the preposition that leads to it (part of
    the cue) and the frame."""
    for kid in sentence.children(head, "acl", "ccomp", "xcomp", "relcl", "advcl", "appos"):
        if kid.i < head.i:
            continue
        if _has_to(sentence, kid):
            if entry.infinitive and kid.dep in {"acl", "xcomp"}:
                return trim(sentence, sentence.subtree(kid), head), [], "infinitive"
        elif clause and entry.clause and _is_that(sentence, kid, head):
            return trim(sentence, sentence.subtree(kid), head), [], "clause"
    for prep in sentence.children(head, "prep"):
        if prep.lower in entry.prepositions and prep.i > head.i:
            kids = sentence.children(prep, "pobj", "pcomp")
            if kids and prep.i - head.i <= 2:
                below = [t for k in kids for t in sentence.subtree(k)]
                return trim(sentence, below, head), [prep], "prep"
    return [], [], ""


def _is_that(sentence: Sentence, clause: Token, head: Token) -> bool:
    """True for a clause that begins with "that" or "whether", and does not merely describe."""
    first = sentence.subtree(clause)[0]
    if first.lower not in {"that", "whether", "if", "how"} or first.i != head.i + 1:
        return False
    return first.dep in {"mark", "advmod"} or (
        first.dep not in {"nsubj", "nsubjpass", "dobj"} and first.tag == "IN"
    )


def _by_noun(sentence: Sentence, noun: Token, entry: Nominal) -> Found | None:
    said, preps, frame = _complement(sentence, noun, entry)
    if not said:
        return None
    owners = sentence.children(noun, "poss")
    verb = sentence.head(noun)
    light = noun.dep == "dobj" and verb.lower in light_verbs()
    agent: Token | None = None
    if owners:
        agent = owners[0]
        phrase = [t for t in sentence.subtree(agent) if t.i < noun.i]
        first = phrase[-1].i + 1
        name = "owned"
    elif light:
        agent = subject(sentence, verb)
        first = cue_tokens(sentence, verb)[0].i
        phrase = noun_phrase(sentence, agent, {verb.i}) if agent is not None else []
        name = "light"
    elif frame == "clause":
        phrase, name, first = [], "bare", noun.i
    else:
        return None
    if light and not phrase:
        return None
    last = preps[0].i if preps else noun.i
    cue = [t for t in sentence.tokens[first : last + 1] if t not in said]
    return _found(sentence, cue, said, phrase, agent, entry, f"noun-{name}-{frame}")


def _by_adjective(sentence: Sentence, word: Token, entry: Nominal) -> Found | None:
    head = sentence.head(word)
    if word.dep in {"acomp", "oprd", "attr"} and head.lower in _LINKING:
        verb = head
    elif word.tag == "VBN" and (aux := sentence.children(word, "auxpass")):
        verb = aux[0] if aux[0].lower in _LINKING else word
    elif word.dep == "ROOT" and sentence.children(word, "aux", "cop"):
        verb = word
    else:
        return None
    agent = subject(sentence, word) or subject(sentence, verb)
    said, preps, frame = _complement(sentence, word, entry)
    if not said and verb is not word:
        for kid in sentence.children(verb, "ccomp", "xcomp"):
            if kid.i > word.i and entry.clause and not _has_to(sentence, kid):
                said, preps, frame = trim(sentence, sentence.subtree(kid), verb), [], "clause"
    if not said:
        return None
    if agent is None or agent.lower in {"it", "there", "that", "this"} | _ABSTRACT:
        return None  # "It is unclear whether" is the writer's own word.
    phrase = noun_phrase(sentence, agent, {verb.i, word.i})
    first = min(cue_tokens(sentence, verb)[0].i, word.i)
    last = preps[0].i if preps else word.i
    cue = [t for t in sentence.tokens[first : last + 1] if t not in said and t not in phrase]
    return _found(sentence, cue, said, phrase, agent, entry, f"adjective-{frame}")


def _by_adverb(sentence: Sentence, adverb: Token) -> Found | None:
    verb = sentence.head(adverb)
    if verb.pos not in {"VERB", "AUX"}:
        return None
    said = [t for t in sentence.subtree(verb, without=("advcl",)) if t.i != adverb.i]
    entry = Nominal(adverb.lower, _ADVERBS[adverb.lower], True, False, frozenset(), "probable",
                    "positive")  # fmt: skip
    return _found(sentence, [adverb], trim(sentence, said, verb), [], None, entry, "adverb")


def _found(
    sentence: Sentence,
    cue: list[Token],
    said: list[Token],
    phrase: list[Token],
    agent: Token | None,
    entry: Nominal,
    rule: str,
) -> Found | None:
    cut = {t.i for t in cue} | {t.i for t in phrase}
    spans = runs(said, cut)
    if not spans or not cue or cue[-1].end - cue[0].start > 80:
        return None
    notes = {"self"} if agent is not None and agent.lower in _SELF else set()
    return Found(
        cue=(cue[0].start, cue[-1].end),
        content=spans,
        source=(phrase[0].start, phrase[-1].end) if phrase else None,
        rule=f"{entry.cls}.{rule}",
        cls=entry.cls,
        certainty="probable"
        if "-bare-" in rule and entry.certainty == "certain"
        else entry.certainty,
        polarity=entry.polarity,
        confidence=0.0,
        sentence=sentence,
        source_head=agent,
        words=entry.words,
        notes=notes,
    )


def _has_to(sentence: Sentence, verb: Token) -> bool:
    return any(t.lower == "to" for t in sentence.children(verb, "aux"))
