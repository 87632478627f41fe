"""From triggers to events: what is only a topic is dropped, what tells one happening is joined.

PLOVER's rules: the content of a demand, threat, promise or charge is no event of its own; a death
under an attack belongs to the attack; an event noun counts when a light verb, a happening verb or
its own participants make it more than a mention.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_forms import verb_lemma
from sayso.reading.event_frames import Frame, content_head, garden_path, verb_frame
from sayso.reading.event_kinds import Kinds
from sayso.reading.event_lexicon import light_verbs, word_set
from sayso.reading.event_triggers import Match, negated, noun_matches, verb_matches
from sayso.reading.event_weapons import is_means

HOSTILE = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "PROTEST", "REJECT"])
GIVING_WAY = frozenset(["RETREAT", "CONCEDE"])
_THREAT_MODE = {
    "ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict",
    "PROTEST": None, "REJECT": "restrict",
}  # fmt: skip
_NOT_SPOKEN = frozenset(["SANCTION", "PROTEST", "COERCE"])
"""Acts that no words before them can be the content of."""
_PUNISHES = frozenset(["coerce.arrest", "coerce.deport", "sanction.convict", "sanction.expel"])
_REFUSED = {
    "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist",
    "CONSULT": "meet", "SUPPORT": None, "AGREE": None,
}  # fmt: skip
_BACKGROUND = word_set(
    "after before during since amid following despite until over about for on of to"
)
CAUSATIVE = word_set("force compel make drive oblige press push pressure")
_CAUSAL = frozenset(["in", "by", "during", "from", "after", "amid", "with", "when", "under", "as"])


def select(sentence: Sentence, kinds: Kinds) -> list[Match]:
    """The events of a sentence, in text order."""
    found = verb_matches(sentence, kinds)
    all_nouns = noun_matches(sentence, kinds)
    inner = {m.token.i: m for m in (*all_nouns, *found)}
    verbs = _without_topics(sentence, [m for m in found if not _mere_cause(m, found)])
    nouns = [n for n in all_nouns if not _inside_topic(sentence, n.token, verbs)]
    events = _join_results(sentence, _without_background(sentence, verbs))
    events = _with_nouns(sentence, kinds, events, nouns)
    for match in events:
        _retype(sentence, match, inner)
    events = [m for m in events if not _generic(sentence, m)]
    return sorted(events, key=lambda m: m.token.start)


_ANYBODY = word_set("those anyone anybody whoever everyone everybody")
_HABIT = word_set("always usually often sometimes typically generally normally seldom rarely")


def _habit(sentence: Sentence, verb: Token) -> bool:
    """ "They always end up killing each other" tells of no killing."""
    for up in (verb, *sentence.ancestors(verb)[:2]):
        if up.pos != "VERB":
            return False
        if any(c.lower in _HABIT for c in sentence.children(up, "advmod")):
            return up.tag in ("VBP", "VBZ")
        if up.dep not in ("xcomp", "pcomp", "prep"):
            return False
    return False


def _of_anybody(sentence: Sentence, verb: Token) -> bool:
    """ "Those who commit violence will be punished": nobody in particular."""
    if verb.tag not in ("VBP", "VBZ"):
        return False
    if verb.dep == "relcl":
        return sentence.head(verb).lower in _ANYBODY
    return any(t.lower == "whoever" for t in sentence.children(verb, "nsubj"))


def _generic(sentence: Sentence, match: Match) -> bool:
    """ "Holding a dialogue is not easy" tells of no dialogue."""
    verb = match.light_frame.head if match.light_frame is not None else match.token
    if _habit(sentence, verb) or _of_anybody(sentence, verb):
        return True
    return (
        verb.tag == "VBG"
        and verb.dep in ("csubj", "nsubj")
        and verb.pos == "VERB"
        and sentence.head(verb).lemma in ("be", "seem", "remain", "mean", "require")
    )


# -- operators ---------------------------------------------------------------------------------


def _mere_cause(match: Match, verbs: list[Match]) -> bool:
    """ "forced them to surrender" tells the surrender; the forcing is no second event."""
    if match.token.lemma not in CAUSATIVE:
        return False
    clauses = {c.i for kind, c in match.frame.complements if kind in ("inf", "small", "that")}
    return any(m.token.i in clauses and m.rule.type == "RETREAT" for m in verbs)


def _topic_tokens(sentence: Sentence, match: Match) -> set[int]:
    """The tokens that only say what a demand, threat, promise or charge is about."""
    if not match.rule.absorb:
        return _charge(sentence, match)
    frame = match.frame
    roots: list[Token] = [
        clause
        for _, clause in frame.complements
        if clause.i > match.token.i or match.rule.type not in _NOT_SPOKEN
    ]
    roots += frame.objects
    for child in sentence.children(match.token):
        if child.dep == "ccomp" and child.i < match.token.i and match.rule.type in _NOT_SPOKEN:
            continue
        if child.dep in ("prep", "agent", "dative", "xcomp", "ccomp", "advcl", "npadvmod"):
            if child.dep == "advcl" and not _content_clause(sentence, child):
                continue
            roots.append(child)
    found: set[int] = set()
    for root in roots:
        found |= {t.i for t in sentence.subtree(root)}
    if not frame.passive:
        for subject in frame.subjects:
            inside = {t.i for t in sentence.subtree(subject)}
            found -= inside if match.token.i not in inside else set()
    return found


def _charge(sentence: Sentence, match: Match) -> set[int]:
    """ "jailed for helping the rebels": what somebody is punished for is a charge, no event."""
    if match.rule.name not in _PUNISHES:
        return set()
    found: set[int] = set()
    for prep in sentence.children(match.token, "prep"):
        if prep.lower in ("for", "over", "on") and prep.i > match.token.i:
            found |= {t.i for k in sentence.children(prep, "pcomp") for t in sentence.subtree(k)}
    return found


def _content_clause(sentence: Sentence, clause: Token) -> bool:
    """An adverbial clause that is content in disguise: "to", "if", "unless", "for"."""
    for child in sentence.children(clause, "mark", "aux"):
        if child.lower in ("to", "if", "unless"):
            return True
    return False


def _without_topics(sentence: Sentence, matches: list[Match]) -> list[Match]:
    """Outer operators first; whatever lies in their topic goes."""
    order = sorted(matches, key=lambda m: _depth(sentence, m.token))
    gone: set[int] = set()
    kept = []
    for match in order:
        if match.token.i in gone:
            continue
        kept.append(match)
        gone |= _topic_tokens(sentence, match)
    return sorted(kept, key=lambda m: m.token.i)


_ALWAYS_TOLD = frozenset(["ASSAULT", "RETREAT", "MOBILIZE"])


def _consults(sentence: Sentence, token: Token, matches: list[Match]) -> bool:
    return any(m.token.i == token.head and m.rule.type == "CONSULT" for m in matches)


def _without_background(sentence: Sentence, matches: list[Match]) -> list[Match]:
    """Without what only describes a party ("the civilians jailed for …") or gives the purpose of
    another event ("met to discuss"), where the sentence tells that other event."""
    told = {m.token.i for m in matches if m.rule.type}
    kept = []
    for match in matches:
        token = match.token
        others = told - {token.i}
        reduced = token.dep == "acl" and token.tag in ("VBN", "VBD")
        describes = bool(others) and (reduced or garden_path(sentence, token))
        purpose = (
            token.dep in ("advcl", "xcomp")
            and token.head in others
            and any(c.lower == "to" and c.dep == "aux" for c in sentence.children(token))
        )
        if purpose and _consults(sentence, token, matches) and match.rule.type != "CONSULT":
            purpose = False  # "called to congratulate" tells the congratulation
        if purpose or (describes and match.rule.type not in _ALWAYS_TOLD):
            told = others
            continue
        kept.append(match)
    return kept


def _depth(sentence: Sentence, token: Token) -> int:
    n = 0
    while token.head != token.i and n < 200:
        token = sentence.tokens[token.head]
        n += 1
    return n


def _inside_topic(sentence: Sentence, token: Token, verbs: list[Match]) -> bool:
    return any(token.i in _topic_tokens(sentence, m) for m in verbs if m.rule.absorb)


def _retype(sentence: Sentence, match: Match, inner: dict[int, Match]) -> None:
    """Promises are retyped by what is promised; one's own future is a promise."""
    rule = match.rule
    if rule.will or rule.intend:
        wanted = ("will", "inf") if rule.will else ("inf", "will")
        match.content = next((c for k, c in match.frame.complements if k in wanted), None)
        if match.content is not None:
            match.words = [match.content]
    kind = _inner_type(sentence, match.frame, inner)
    match.inner = [
        m for _, clause in match.frame.complements if (m := inner.get(clause.i)) and m.verbal
    ]
    if rule.type == "AGREE" and match.frame.complements and kind is not None:
        if (rule.intend or rule.will) and kind in HOSTILE:
            match.type, match.mode = "THREATEN", _THREAT_MODE.get(kind)
        elif kind == "REJECT":
            match.type, match.mode = "REJECT", None
        elif rule.intend and kind in GIVING_WAY:
            match.type, match.mode = "CONCEDE", None
    elif rule.type == "THREATEN" and kind is not None:
        match.mode = _THREAT_MODE.get(kind, match.mode)
    if match.verbal and rule.type == "REJECT" and rule.wont:
        match.mode = None
    _refusal(sentence, match)


def _refusal(sentence: Sentence, match: Match) -> None:
    """ "Norvia will not release the crew": one's own "will not" refuses what it says."""
    kind = match.type or ""
    if not match.verbal or match.frame.passive or kind not in _REFUSED or not match.frame.subjects:
        return
    no = negated(sentence, match.token)
    will = next(
        (
            a
            for a in sentence.children(match.token, "aux")
            if a.lower in ("will", "wo", "'ll", "shall")
        ),
        None,
    )
    if no is not None and will is not None:
        match.type, match.mode, match.refused = "REJECT", _REFUSED[kind], True
        match.words = [will, no, *match.words]


def _inner_type(sentence: Sentence, frame: Frame, inner: dict[int, Match]) -> str | None:
    """The type of what a promise, plan or threat is about, or None."""
    for _, clause in frame.complements:
        own = inner.get(clause.i)
        if own is not None and own.verbal and own.rule.type:
            return own.rule.type
        for token in sentence.subtree(clause):
            match = inner.get(token.i)
            if match is not None and not match.verbal and match.rule.type:
                return match.rule.type
    return None


# -- one happening, several words ----------------------------------------------------------------


def _join_results(sentence: Sentence, matches: list[Match]) -> list[Match]:
    """ "opened fire, killing one" is one event: results hang on the act they come from."""
    kept: list[Match] = []
    for match in matches:
        host = _host(sentence, match, kept)
        if host is None:
            kept.append(match)
            continue
        host.merged.append(match)
        if host.mode == "destroy" and match.rule.result in ("killed", "injured"):
            host.mode = None  # people were hurt too: the mode of things alone does not fit
    return kept


def _host(sentence: Sentence, match: Match, earlier: list[Match]) -> Match | None:
    if match.rule.type != "ASSAULT":
        return None
    token = match.token
    if match.rule.result is None:
        return _twin(sentence, match, earlier) or _as_cause(sentence, match, earlier)
    for host in reversed(earlier):
        if host.rule.type != "ASSAULT" or host.rule.result in ("captured", "abducted"):
            continue
        if match.rule.result in ("captured", "abducted"):
            continue
        h = host.token
        linked = token.head == h.i and token.dep in ("advcl", "conj", "xcomp", "dep", "ccomp")
        through = token.dep == "pcomp" and sentence.tokens[token.head].head == h.i
        through = through or _by_its_means(sentence, token, h)
        twin = h.dep == "conj" and h.head == token.i
        if linked or through or twin:
            return host
    return None


def _twin(sentence: Sentence, match: Match, earlier: list[Match]) -> Match | None:
    """ "ambushed and neutralised the convoy": two verbs for one deed, with one object; "attacked
    the meeting, firing at the crowd": how it was done."""
    token = match.token
    if _same_attackers(sentence, match):
        return next((h for h in earlier if _acts(sentence, h, sentence.head(token))), None)
    top = sentence.head(token) if token.dep == "conj" else token
    how = (
        top.dep == "advcl" and top.tag == token.tag == "VBG" and not sentence.children(top, "mark")
    )
    if (token.dep != "conj" and not how) or sentence.children(token, "nsubj", "nsubjpass", "prt"):
        return None
    for host in earlier:
        h = host.token
        under = top if how else token
        if under.head != h.i or host.rule.type != "ASSAULT" or host.rule.result is not None:
            continue
        if host.rule.mode == "capture" or match.rule.mode == "capture":
            continue
        if how and token.i > h.i:
            host.mode = host.mode or match.mode
            return host
        if how or token.i - h.i > 3:
            continue
        own = [sentence.children(t, "dobj") for t in (h, token)]
        apart = own[0] and own[1]
        if not apart and not sentence.children(h, "prep") and h.tag == token.tag:
            return host
    return None


def _same_attackers(sentence: Sentence, match: Match) -> bool:
    """ "attacked by men who stabbed them": the relative clause says how."""
    token = match.token
    return token.dep == "relcl" and any(
        t.pos == "PRON" and t.lower in ("them", "him", "her", "it")
        for t in sentence.children(token, "dobj")
    )


def _acts(sentence: Sentence, host: Match, noun: Token) -> bool:
    return host.rule.type == "ASSAULT" and any(t.i == noun.i for t in host.frame.subjects)


def _by_its_means(sentence: Sentence, token: Token, host: Token) -> bool:
    """ "set off devices that wounded two"; "exploded, hurting two and destroying a car"."""
    if token.dep in ("relcl", "acl"):
        noun = sentence.head(token)
        return noun.head == host.i and is_means(sentence, noun)
    above = sentence.head(token)
    return token.dep == "conj" and above.head == host.i and above.dep == "advcl"


def _when(sentence: Sentence, match: Match, host: Match) -> bool:
    """One was killed "when police fired": who did it, where nobody else is named."""
    if host.frame.subjects or not match.frame.subjects:
        return False
    return any(c.lower in ("when", "as", "after") for c in sentence.children(match.token))


def _owned_act(sentence: Sentence, token: Token) -> bool:
    """ "killed in police firing": the parser hangs the gerund on whose firing it is."""
    noun = sentence.head(token)
    return (
        token.dep == "acl" and token.tag == "VBG" and noun.i == token.i - 1
        and noun.dep == "pobj" and sentence.head(noun).lower in ("in", "by", "during", "to")
    )  # fmt: skip


def _as_cause(sentence: Sentence, match: Match, earlier: list[Match]) -> Match | None:
    """ "killed in shelling": a gerund under the result's own preposition says how."""
    token = match.token
    if token.dep not in ("pcomp", "pobj", "advcl") and not _owned_act(sentence, token):
        return None
    prep = sentence.head(token) if token.dep != "advcl" else token
    if token.dep == "acl":
        prep = sentence.head(prep)
    for host in reversed(earlier):
        own = {host.token.i, *(m.token.i for m in host.merged)}
        told = host.rule.type == "ASSAULT" and host.rule.result and prep.head in own
        if told and (token.dep != "advcl" or _when(sentence, match, host)):
            host.mode = host.mode or match.mode
            return host
    return None


# -- nouns -----------------------------------------------------------------------------------------


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


def _with_nouns(
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
            out.append(placed)
    return out


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
    if noun.rule.type == "AID" and verb.lemma in ("have", "receive", "get"):
        return None  # who has aid does not give it
    if noun.rule.type in ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE") or kind == "does":
        lit = _lit(sentence, noun, kind, verb)
        if kind == "stops":
            lit.polarity = "negative" if noun.type == "ASSAULT" else None
        return lit
    return None


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
