"""Nouns that tell an event: what carries them, and what they say of the verb they stand under."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import content_head, owner_named
from sayso.reading.event_forms import verb_lemma
from sayso.reading.event_frames import verb_frame
from sayso.reading.event_kinds import Kinds
from sayso.reading.event_lexicon import light_verbs, word_set
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import handled

_BACKGROUND = word_set(
    "after before during since amid following despite until over about for on of to"
)
_CAUSAL = frozenset(["in", "by", "during", "from", "after", "amid", "with", "when", "under", "as"])


_AS_SUCH = terms("as_such")
_TAKES_PLACE = terms("takes_place")


def _light_kind(sentence: Sentence, verb: Token) -> str | None:
    lemma = verb_lemma(verb)
    before = [t.lower for t in sentence.tokens[max(0, verb.i - 2) : verb.i]]
    if before == ["de", "-"]:
        return None  # "de-escalate the war" is no fighting
    names = {lemma}
    for child in sentence.children(verb, "prt", "advmod", "prep"):
        if child.i > verb.i:
            names.add(f"{lemma} {child.lower}")
    for kind in ("stops", "suffers", "does", "happens"):
        if names & light_verbs()[kind]:
            return kind
    return None


def carrier(sentence: Sentence, noun: Token) -> Token:
    """The noun that stands in the clause for it: "a series of attacks" -> "series"."""
    token = noun
    for _ in range(3):
        if token.dep == "conj" and sentence.head(token).pos in ("NOUN", "PROPN"):
            token = sentence.head(token)
        elif token.dep == "pobj" and sentence.head(token).lower == "of":
            up = sentence.head(sentence.head(token))
            if up.pos in ("NOUN", "NUM") and content_head(sentence, up).i == token.i:
                token = up
            else:
                break
        else:
            break
    return token


def _participants(sentence: Sentence, match: Match, kinds: Kinds) -> int:
    """How many participants the noun itself names."""
    frame = match.frame
    n = len(frame.subjects)
    for name in ("by", "against", "on", "between", "with", "upon", "at", "to", "of"):
        for noun in frame.preps.get(name, []):
            if any(
                kinds.is_a(sentence, noun, c)
                for c in ("armed", "state", "group", "person", "place")
            ):
                n += 1
                break
    for child in sentence.children(match.token, "compound", "amod", "nmod", "poss"):
        if child.ent in ("NORP", "GPE", "ORG") or kinds.is_a(sentence, child, "armed"):
            n += 1
            break
    return n


def with_nouns(
    sentence: Sentence, kinds: Kinds, events: list[Match], nouns: list[Match]
) -> list[Match]:
    by_verb = {m.token.i: m for m in events}
    for merged in events:
        for m in merged.merged:
            by_verb[m.token.i] = merged
    out = list(events)
    for noun in nouns:
        placed = _place_noun(sentence, kinds, noun, by_verb, out)
        if placed is not None:
            out = _with_results(sentence, placed, out)
    return out


def _with_results(sentence: Sentence, noun: Match, events: list[Match]) -> list[Match]:
    """ "Carried out air raids, leaving six dead": what came of a deed is no second one."""
    light = noun.light_frame
    if light is None or noun.type != "ASSAULT":
        return [*events, noun]
    came = [
        m
        for m in events
        if m.rule.result in ("killed", "injured", "destroyed")
        and m.token.head == light.head.i
        and m.token.dep in ("advcl", "conj")
        and not sentence.children(m.token, "nsubj", "nsubjpass", "mark")
    ]
    noun.merged += came
    return [*(m for m in events if m not in came), noun]


def _place_noun(
    sentence: Sentence, kinds: Kinds, noun: Match, by_verb: dict[int, Match], events: list[Match]
) -> Match | None:
    """The noun as an event of its own, or None after hanging it on one that is there."""
    token = carrier(sentence, noun.token)
    head = sentence.head(token)
    as_object = token.dep in ("dobj", "nsubjpass", "oprd")
    if head.pos == "VERB" and (as_object or (token.dep == "nsubj" and head.dep == "relcl")):
        return _object_noun(sentence, noun, head, by_verb)
    if token.dep == "nsubj":
        host = by_verb.get(head.i)
        if host is not None:
            _hang(host, noun)
            return None
        if noun.token.lemma in _AS_SUCH and head.lemma not in _TAKES_PLACE:
            return None  # "violence leads nowhere"
        if _light_kind(sentence, head) in ("happens", "does") or head.pos == "AUX":
            kind = "happens"
            if head.pos == "AUX" and _participants(sentence, noun, kinds) < 1:
                return None
            return _lit(sentence, noun, kind, head)
        if noun.rule.type in ("ASSAULT", "PROTEST") and _participants(sentence, noun, kinds):
            return noun if not events else None
        return None
    if token.dep == "attr" and sentence.children(head, "expl"):
        return _lit(sentence, noun, "happens", head)
    if token.dep == "pobj":
        return _prep_noun(sentence, kinds, noun, token, by_verb, events)
    if token.head == token.i:
        fragment = not any(t.pos == "VERB" and t.dep == "ROOT" for t in sentence)
        return noun if fragment else None
    return None


def _hang(host: Match, noun: Match) -> None:
    """The noun says how: its mode and its participants go to the event it stands in."""
    if host.type == noun.type or (noun.type == "ASSAULT" and host.type in ("ASSAULT", None)):
        host.merged.append(noun)
        if noun.rule.mode and host.mode in (None, "destroy"):
            host.mode = noun.rule.mode
        elif host.mode == "targeted":
            host.mode = noun.rule.mode  # who falls in an attack on others was not its target


def _lit(sentence: Sentence, noun: Match, kind: str, verb: Token) -> Match:
    noun.light = kind
    noun.light_frame = verb_frame(sentence, verb)
    span = sorted([noun.token.i, verb.i])
    if kind in ("does", "suffers", "stops") and span[1] - span[0] <= 6:
        noun.words = [*noun.words, verb]
    return noun


def _object_noun(
    sentence: Sentence, noun: Match, verb: Token, by_verb: dict[int, Match]
) -> Match | None:
    host = by_verb.get(verb.i)
    if host is not None:
        if not host.rule.absorb and host.rule.result != "destroyed":
            _hang(host, noun)  # a mine that is destroyed is not what destroys
        return None
    kind = _light_kind(sentence, verb)
    if kind is None or kind == "happens":
        return None
    if noun.rule.type == "ASSAULT" and not handled(sentence, verb, noun.token):
        return None  # who has bombs, or sends some, attacks nobody
    if noun.rule.type == "AID" and verb.lemma in ("have", "receive", "get"):
        return None  # who has aid does not give it
    if noun.rule.type in ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE") or kind == "does":
        lit = _lit(sentence, noun, kind, verb)
        return _stopped(sentence, lit, verb) if kind == "stops" else lit
    return None


def _stopped(sentence: Sentence, noun: Match, verb: Token) -> Match:
    """ "A helicopter ended the attack": it took place, and not by the helicopter. "Soldiers stopped
    the rebel attack": it was theirs to suffer. "Halted its attack": there is none any more."""
    if noun.type != "ASSAULT":
        return noun
    theirs = any(t.pos == "PRON" for t in sentence.children(noun.token, "poss"))
    if verb.lemma == "end":
        noun.light = "does" if theirs else "happens"
    elif owner_named(sentence, noun.token):
        noun.light = "suffers"
    else:
        noun.polarity = "negative"
    return noun


def _prep_noun(
    sentence: Sentence,
    kinds: Kinds,
    noun: Match,
    token: Token,
    by_verb: dict[int, Match],
    events: list[Match],
) -> Match | None:
    prep = sentence.head(token)
    governor = sentence.head(prep)
    host = by_verb.get(governor.i)
    if host is None:
        for up in sentence.ancestors(prep)[:4]:
            if up.i in by_verb:
                host = by_verb[up.i]
                break
    name = prep.lower
    if host is not None and host.type == "ASSAULT" and noun.type == "ASSAULT" and name in _CAUSAL:
        _hang(host, noun)
        return None
    if (
        host is not None
        and host.type == "RETREAT"
        and host.mode in ("withdraw", "surrender", "flight")
        and noun.rule.two_sided
        and name in ("after", "following")
    ):
        noun.extra_actors = [*host.frame.subjects, *host.frame.objects]
        for up in sentence.ancestors(host.token)[:2]:
            if up.pos == "VERB" and host.token.dep in ("xcomp", "ccomp"):
                noun.extra_actors += verb_frame(sentence, up).subjects
                break
        noun.confidence = 0.7
        return noun
    if governor.pos == "VERB" and name in ("under", "in", "into", "for", "to", "on"):
        kind = _light_kind(sentence, governor)
        if kind in ("does", "suffers") and f"{governor.lemma} {name}" in (
            light_verbs()["does"] | light_verbs()["suffers"]
        ):
            return _lit(sentence, noun, kind, governor)
    if events or name in _BACKGROUND:
        return None
    if _participants(sentence, noun, kinds) >= 1 and noun.type == "ASSAULT":
        noun.confidence = 0.5
        return noun
    return None
