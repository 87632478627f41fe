"""From triggers to events: what is only a topic is dropped, what tells one happening is joined.

PLOVER's rules: the content of a demand, threat, promise or charge is no event of its own; a death
under an attack belongs to the attack; an event noun counts when a light verb, a happening verb or
its own participants make it more than a mention.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_joining import join_results
from sayso.reading.event_kinds import Kinds
from sayso.reading.event_modals import negated
from sayso.reading.event_nouns import with_nouns
from sayso.reading.event_passive import garden_path
from sayso.reading.event_retyping import retype
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match, noun_matches, verb_matches

_NOT_SPOKEN = frozenset(["SANCTION", "PROTEST", "COERCE"])
"""Acts that no words before them can be the content of."""
_PUNISHES = frozenset(["coerce.arrest", "coerce.deport", "sanction.convict", "sanction.expel"])
CAUSATIVE = terms("causative")


def select(sentence: Sentence, kinds: Kinds) -> list[Match]:
    """The events of a sentence, in text order."""
    found = verb_matches(sentence, kinds)
    all_nouns = noun_matches(sentence, kinds)
    inner = {m.token.i: m for m in (*all_nouns, *found)}
    verbs = _without_topics(sentence, [m for m in found if not _mere_cause(m, found)])
    nouns = [n for n in all_nouns if not _inside_topic(sentence, n.token, verbs)]
    charged = {t for n in nouns for t in _charge(sentence, n)}  # "the arrest of two for killing"
    verbs = [v for v in verbs if v.token.i not in charged]
    events = join_results(sentence, _without_background(sentence, verbs))
    events = with_nouns(sentence, kinds, events, nouns)
    for match in events:
        retype(sentence, match, inner)
    events = [m for m in events if not _generic(sentence, m)]
    events = _told_once(sentence, events)
    events = [m for m in events if not _told_again(sentence, m, events)]
    return sorted(events, key=lambda m: m.token.start)


_ANYBODY = terms("anybody")
_HABIT = terms("habit")


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


def _practice(sentence: Sentence, verb: Token) -> bool:
    """ "The militia does not take hostages", "a government that kills nurses": what somebody is
    said to do as a rule, or of which kind they are."""
    if verb.tag == "VB":
        does = [a for a in sentence.children(verb, "aux") if a.lemma == "do"]
        return bool(does) and does[0].tag in ("VBP", "VBZ") and negated(sentence, verb) is not None
    if verb.tag not in ("VBP", "VBZ") or verb.dep != "relcl":
        return False
    return any(t.lower in ("a", "an", "any") for t in sentence.children(sentence.head(verb), "det"))


def _of_anybody(sentence: Sentence, verb: Token) -> bool:
    """ "Those who commit violence will be punished": nobody in particular."""
    if verb.tag not in ("VBP", "VBZ"):
        return False
    if verb.dep == "relcl":
        return sentence.head(verb).lower in _ANYBODY
    return any(
        t.lower == "whoever"
        or any(d.lower == "every" for d in sentence.children(t, "det"))  # "every citizen supports"
        for t in sentence.children(verb, "nsubj")
    )


def _told_again(sentence: Sentence, match: Match, events: list[Match]) -> bool:
    """ "The blast, which destroyed a truck, …" and "…, and these attacks go on": told by another
    trigger of the sentence."""
    if match.verbal or match.type != "ASSAULT":
        return False
    noun = match.token
    if any(
        m.verbal and m.rule.result and m.type == "ASSAULT" and m.token.dep == "relcl"
        and m.token.head == noun.i
        for m in events
    ):  # fmt: skip
        return True
    pointing = any(t.lower in ("these", "those") for t in sentence.children(noun, "det"))
    return pointing and any(
        not m.verbal and m.token.i < noun.i and m.token.lemma == noun.lemma for m in events
    )


_SAYS_OF_ANY = terms("says_of_any")


def _generic(sentence: Sentence, match: Match) -> bool:
    """ "Holding a dialogue is not easy" tells of no dialogue."""
    verb = match.light_frame.head if match.light_frame is not None else match.token
    if _habit(sentence, verb) or _of_anybody(sentence, verb):
        return True
    if match.rule.type == "ASSAULT" and match.verbal and _practice(sentence, verb):
        return True
    if verb.lemma == "be" and match.rule.type == "AGREE" and verb.dep == "relcl":
        return True  # "a nation that is willing to fight crime" is described, and agrees nothing
    if match.rule.type == "AGREE" and _there_is(sentence, match.token):
        return True  # "there is no treaty": a state of things
    return (
        verb.tag == "VBG"
        and verb.dep in ("csubj", "nsubj")
        and verb.pos == "VERB"
        and _of_any(sentence, sentence.head(verb))
    )


def _of_any(sentence: Sentence, verb: Token) -> bool:
    """ "… is not easy", "… means war", "… would cost them dear": of whatever does what it says."""
    aux = sentence.children(verb, "aux")
    done = any(a.lemma == "have" for a in aux)  # "may have started the war"
    return verb.lemma in _SAYS_OF_ANY or (not done and any(a.tag == "MD" for a in aux))


def _told_once(sentence: Sentence, events: list[Match]) -> list[Match]:
    """ "Rejected and condemned the law", "condemn and repudiate": one act in two words, where the
    second has no subject, and not more than the first's object, of its own."""
    by_token = {m.token.i: m for m in events}
    kept = []
    for match in events:
        first = by_token.get(match.token.head) if match.token.dep == "conj" else None
        again = (
            first is not None
            and match.verbal
            and match.rule.type is not None
            and match.rule.type not in _ALWAYS_TOLD
            and ((first.type, first.mode) == (match.type, match.mode) or _blamed(first, match))
            and not sentence.children(match.token, "nsubj", "nsubjpass", "aux", "neg", "ccomp")
            and _bare(sentence, first.token, match.token)
        )
        if not again:
            kept.append(match)
    return kept


def _blamed(first: Match, second: Match) -> bool:
    """ "Condemn and repudiate"."""
    return first.type == "ACCUSE" and second.type == "REJECT"


def _bare(sentence: Sentence, first: Token, second: Token) -> bool:
    """True if nothing but a joining word stands between two joined verbs."""
    between = sentence.tokens[first.i + 1 : second.i]
    return len(between) <= 2 and all(t.pos in ("CCONJ", "PUNCT", "ADV") for t in between)


def _there_is(sentence: Sentence, token: Token) -> bool:
    be = sentence.head(token)
    return be.lemma == "be" and token.dep == "attr" and bool(sentence.children(be, "expl"))


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


_ALWAYS_TOLD = frozenset(["ASSAULT", "RETREAT"])


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
        if reduced and token.lemma == "suspect":
            continue  # "communities suspected of support": who suspects them is nobody's deed
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
