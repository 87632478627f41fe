"""One happening told in several words: results hang on the act they come from, two verbs for one
deed are one event.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import joined_after
from sayso.reading.event_lexicon import of_class, word_set
from sayso.reading.event_modals import negated
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import is_means

_APART = word_set("before although though whereas until unlike")
"""What opens a clause that tells another happening."""
_WHO = ("armed", "person", "civilian", "agent", "crowd", "office", "police")
_SHOTS = terms("shots")


def join_results(sentence: Sentence, matches: list[Match]) -> list[Match]:
    """ "opened fire, killing one" is one event: results hang on the act they come from."""
    kept: list[Match] = []
    for match in matches:
        deed = next((h for h in kept if _deed_of(sentence, h, match)), None)
        if deed is not None:
            kept.remove(deed)
            match.merged.append(deed)
            match.mode = match.mode or deed.mode
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
    if _of_its_own(sentence, token):
        return None
    planted = next((h for h in earlier if _laid(sentence, h, match)), None)
    if planted is not None:
        return planted
    if match.rule.result is None:
        return _twin(sentence, match, earlier) or _as_cause(sentence, match, earlier)
    for host in reversed(earlier):
        if host.rule.type != "ASSAULT" or host.rule.result in ("captured", "abducted"):
            continue
        if match.rule.result in ("captured", "abducted"):
            continue
        h = host.token
        own = (h.i, *(m.token.i for m in host.merged))
        linked = token.head in own and token.dep in ("advcl", "conj", "xcomp", "dep", "ccomp")
        through = token.dep == "pcomp" and sentence.tokens[token.head].head == h.i
        through = through or _by_its_means(sentence, token, h)
        used = sentence.head(h)  # "used drones to bomb the post, wounding two"
        through = through or (used.i == token.head and used.lemma in ("use", "employ"))
        left = sentence.head(token)  # "leaving four injured"
        through = through or (left.lemma == "leave" and left.i in own and left.i != h.i)
        twin = h.head == token.i and (
            h.dep == "conj" or (h.dep == "ccomp" and host.rule.result is not None)
        )
        if linked or through or twin or _hurt(sentence, token, h):
            return host
    return None


def _deed_of(sentence: Sentence, deed: Match, match: Match) -> bool:
    """ "Shelling kills four", with no word of who shells whom: one event, and how it was done."""
    token = deed.token
    return (
        token.head == match.token.i
        and token.tag == "VBG"
        and token.dep in ("csubj", "nsubj")
        and deed.rule.type == match.rule.type == "ASSAULT"
        and match.rule.result is not None
        and not sentence.children(token, "dobj", "nsubj")
        and not any(a.tag == "MD" for a in sentence.children(match.token, "aux"))
        and negated(sentence, match.token) is None
    )


def _hurt(sentence: Sentence, token: Token, host: Token) -> bool:
    """ "Exploded in the hotel killing two"; "bombs went off, resulting in damage and 17 persons
    injured"; "attacked the farm, where three were killed"."""
    if token.i < host.i or not any(up.i == host.i for up in sentence.ancestors(token)):
        return False
    if token.dep == "relcl":
        helpers = sentence.children(token, "aux", "auxpass", "neg", "agent")
        return (
            any(c.lower == "where" for c in sentence.children(token, "advmod"))
            and bool(sentence.children(token, "nsubjpass"))
            and all(h.lower in ("was", "were") for h in helpers)
            and not any(t.ent == "DATE" for t in sentence.subtree(token))
        )
    if token.dep != "acl":
        return False
    noun = sentence.head(token)
    if token.tag == "VBG":  # "attacked the rebels killing civilians" tells of the rebels
        return not noun.ent and not of_class(noun.lemma, *_WHO)
    return token.tag == "VBN" and noun.dep == "conj" and bool(sentence.children(noun, "nummod"))


def _of_its_own(sentence: Sentence, verb: Token) -> bool:
    """ "…, but the driver was not hurt"; "…, hours before the mayor was killed": another deed, or
    none."""
    if verb.dep not in ("conj", "advcl") or not sentence.children(verb, "nsubj", "nsubjpass"):
        return False
    if negated(sentence, verb) is not None:
        return True
    return any(c.lower in _APART for c in sentence.children(verb, "mark", "advmod"))


def _laid(sentence: Sentence, before: Match, match: Match) -> bool:
    """ "A device planted in a car went off", "the bomb, which was placed at the door, damaged a
    car": one bomb, one deed."""
    noun = sentence.head(before.token)
    if before.token.dep not in ("acl", "relcl") or before.mode != "explosives":
        return False
    return any(t.i == noun.i for t in match.frame.subjects)


def _twin(sentence: Sentence, match: Match, earlier: list[Match]) -> Match | None:
    """ "ambushed and neutralised the convoy": two verbs for one deed, with one object; "attacked
    the meeting, firing at the crowd": how it was done."""
    token = match.token
    for host in earlier:
        second = joined_after(sentence, host.token)
        if second is not None and second.i == token.i and host.rule.type == "ASSAULT":
            return host
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
    """ "attacked by men who stabbed them", "by men who fired ten shots": the relative clause says
    how. One with a victim of its own ("by men who killed a nun") tells another deed."""
    token = match.token
    if token.dep != "relcl" or sentence.children(token, "aux"):
        return False  # "who had fired at the school" did so before
    things = sentence.children(token, "dobj")
    return any(
        (t.pos == "PRON" and t.lower in ("them", "him", "her", "it"))
        or is_means(sentence, t)
        or t.lemma in _SHOTS
        for t in things
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
    if not match.frame.subjects and match.frame.passive and match.rule.name == "assault.attack":
        # "three were wounded when their post was attacked"
        return any(c.lower == "when" for c in sentence.children(match.token))
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
