"""The grammar around a trigger: who stands where, whatever the voice and however deep.

A `Frame` is a verb or noun with its deep subjects, objects, prepositional phrases, particles and
clausal complements. Passives, relative clauses, participles, gerunds, control and raising, and
shared subjects of joined verbs are resolved here and nowhere else. Knows no event.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.knowledge.lexicon import nominals
from sayso.language.syntax import Sentence, Token
from sayso.reading.event_lexicon import word_set

SUBJECT = ("nsubj", "csubj")
PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
_SUBJECTS = SUBJECT + PASSIVE_SUBJECT
_RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_PARTICLES = word_set(
    "out back up down off away over in on apart forward aside through around together"
)
OBJECT_CONTROL = word_set(
    """force order ask urge tell allow permit enable help encourage persuade compel require
    instruct invite want expect push pressure oblige call cause lead warn command direct advise
    request beg press drive get let make have see watch show hear authorize authorise ban bar
    prevent prohibit forbid"""
)
_BRINGS_ABOUT = frozenset(["order", "have", "get", "want", "see"])
_ABOUT = frozenset(["up", "around", "about", "over", "between", "nearly", "under"])
_NEEDS_OBJECT = word_set(
    "kill wound injure murder assassinate kidnap abduct arrest detain behead execute imprison jail"
)
"""Verbs that say to whom whenever they are active: "two killed in the raid" is passive."""
_STATES = frozenset(["commit", "concern", "determine", "oppose", "dedicate", "prepare"])
"""Participles that tell a state of mind: who "is committed" is no one's victim."""
_SAYS_WHAT_IT_IS = frozenset(["find", "declare", "hold", "deem", "consider", "brand", "label"])
_SIDES = word_set("north south east west northeast northwest southeast southwest outside")
_DEPTH = 9
_TAKES_TO = word_set(
    "swear vow pledge promise threaten refuse agree decide offer plan undertake intend decline"
)
"""Verbs whose "to …" says what is sworn, refused …, also where the parser calls it a purpose."""
TRANSPARENT = word_set(
    """dozen hundred thousand ten million score number group member lot series some all most one
    many several half majority handful couple pair part portion both none few any each rest
    series wave string spate round kind type sort batch more toll
    two three four five six seven eight nine
    dozens hundreds thousands tens scores total quantity amount crate stash haul collection piece
    kg kilogram kilo gram ton tonne litre liter gallon barrel truckload planeload shipload worth
    tranche bundle contingent % percent percentage"""
)


def particles_of(sentence: Sentence, verb: Token) -> frozenset[str]:
    """Particles: those the parser marks, and adverbs or bare prepositions close behind."""
    out = set()
    for child in sentence.children(verb):
        if child.dep == "prt" or (
            child.lower in _PARTICLES
            and child.dep in ("advmod", "prep", "npadvmod")
            and 0 < child.i - verb.i <= 3
        ):
            out.add(child.lower)
    return frozenset(out)


def content_head(sentence: Sentence, token: Token) -> Token:
    """The noun that says what it is: "dozens of vehicles" -> "vehicles"."""
    for _ in range(3):
        if token.lemma not in TRANSPARENT and token.pos != "NUM":
            return token
        inner = [
            k
            for p in sentence.children(token, "prep")
            if p.lower == "of"
            for k in sentence.children(p, "pobj")
        ]
        if not inner:
            return token
        token = inner[0]
    return token


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """True for "was taken", "taken by", and verbs joined to such."""
    kids = sentence.children(verb)
    if any(k.dep in ("auxpass", "nsubjpass") for k in kids):
        return verb.lemma not in _STATES or any(k.dep == "agent" for k in kids)
    if verb.tag not in ("VBN", "VBD"):
        return False
    if _undergone(sentence, verb) or garden_path(sentence, verb):
        return True
    if _gapped(sentence, verb) or _without_object(sentence, verb):
        return True
    if any(k.dep == "nsubj" and k.lower not in _RELATIVE for k in kids):
        return False
    if verb.tag == "VBN" and any(k.dep == "agent" for k in kids):
        return True
    if verb.dep == "acl":
        return not any(k.dep == "dobj" for k in kids) and not _calls_for(sentence, verb)
    if any(k.dep == "aux" and k.lemma in ("have", "do") for k in kids):
        return False
    if verb.dep == "conj" and verb.tag == "VBN" and not any(k.dep == "dobj" for k in kids):
        head = sentence.head(verb)
        if verb.lemma in _NEEDS_OBJECT and not any(k.dep in ("nsubj", "aux") for k in kids):
            return not _shared_before(sentence, verb)
        if head.dep == "acl":
            return is_passive(sentence, head)  # "people killed and injured"
        return head.pos in ("VERB", "AUX") and is_passive_shallow(sentence, head)
    if verb.dep == "advcl" and verb.tag == "VBN":
        return not any(k.dep in ("dobj", "nsubj") for k in kids)
    return False


def _shared_before(sentence: Sentence, verb: Token) -> bool:
    """ "has shot and killed the guard": an object that the verb before it has."""
    head = sentence.head(verb)
    return bool(sentence.children(head, "dobj")) and head.pos == "VERB"


def _calls_for(sentence: Sentence, verb: Token) -> bool:
    """ "The paper called on all to vote": no "paper that is called so"."""
    if verb.lemma != "call":
        return False
    return any(p.lower in ("on", "for", "upon") for p in sentence.children(verb, "prep"))


def _gapped(sentence: Sentence, verb: Token) -> bool:
    """ "Two were killed and nine wounded": the second is as passive as the first."""
    if verb.dep != "conj" or sentence.children(verb, "dobj", "aux", "prt"):
        return False
    counted = any(
        t.pos == "NUM" or sentence.children(t, "nummod") for t in sentence.children(verb, "nsubj")
    )
    return counted and any(
        k.dep in ("auxpass", "nsubjpass") for k in sentence.children(sentence.head(verb))
    )


def _without_object(sentence: Sentence, verb: Token) -> bool:
    """ "Three arrested in a raid on the port": a verb that needs an object and has none."""
    called = verb.lemma in _SAYS_WHAT_IT_IS and bool(sentence.children(verb, "oprd"))
    if not called and (verb.lemma not in _NEEDS_OBJECT or verb.dep in ("acl", "relcl", "amod")):
        return False
    if sentence.children(verb, "dobj", "aux", "ccomp", "xcomp", "prt", "dative"):
        return False
    if _counted_object(sentence, verb) or _shared_object(sentence, verb):
        return False
    return bool(sentence.children(verb, "nsubj"))


def garden_path(sentence: Sentence, verb: Token) -> bool:
    """ "The men held at the port were freed": the parser takes "held" for the main verb and joins
    "were freed" to it, without an "and"."""
    if verb.tag not in ("VBN", "VBD") or sentence.children(verb, "dobj", "cc", "aux", "punct"):
        return False
    return any(
        k.pos == "VERB" and k.i > verb.i and sentence.children(k, "auxpass")
        and not sentence.children(k, "nsubj", "nsubjpass")
        for k in sentence.children(verb, "conj")
    )  # fmt: skip


def _undergone(sentence: Sentence, verb: Token) -> bool:
    """ "ordered the men jailed", "had the editor arrested": a participle whose subject is done
    to, under a verb that brings about."""
    if verb.tag != "VBN" or verb.dep not in ("ccomp", "xcomp", "oprd"):
        return False
    kids = sentence.children(verb)
    return (
        sentence.head(verb).lemma in _BRINGS_ABOUT
        and any(k.dep == "nsubj" for k in kids)
        and not any(k.dep in ("aux", "dobj", "mark") for k in kids)
    )


def is_passive_shallow(sentence: Sentence, verb: Token) -> bool:
    """True if the verb itself shows the passive."""
    return any(k.dep in ("auxpass", "nsubjpass", "agent") for k in sentence.children(verb))


def _own(sentence: Sentence, verb: Token, deps: tuple[str, ...]) -> list[Token]:
    out: list[Token] = []
    for child in sentence.children(verb, *deps):
        if child.lower in _RELATIVE and verb.dep in ("relcl", "acl", "ccomp", "conj"):
            clause = verb
            while clause.dep == "conj":
                clause = sentence.head(clause)
            if clause.dep in ("relcl", "acl") or child.lower in ("who", "which"):
                out.append(antecedent(sentence, clause))
                continue
        if child.tag == "EX" or child.lower == "there":
            continue
        out.append(child)
    return out


def _swallowed(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a finite verb that has none, where the parser made the noun right before it
    part of an opening phrase ("On a visit to Norvia, Minister Oda said") or took an acronym for
    an adverb."""
    if verb.dep not in ("ROOT", "ccomp") or verb.pos != "VERB":
        return []
    aux = sentence.children(verb, "aux", "auxpass")
    if not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in (verb, *aux)):
        return []
    if sentence.children(verb, "expl", "csubj", "attr"):
        return []
    at = verb.i - 1
    helpers = {t.i for t in aux}
    while at >= 0 and (at in helpers or sentence.tokens[at].dep in ("neg", "aux")):
        at -= 1
    if at < 1 and not (at == 0 and sentence.tokens[0].text.isupper()):
        return []
    token = sentence.tokens[at]
    if token.head == verb.i:
        acronym = token.dep == "advmod" and len(token.text) > 2 and token.text.isupper()
        return [token] if acronym else []
    if token.pos not in ("NOUN", "PROPN") or _time_like(token):
        return []
    if token.dep == "pobj" and any(
        c.ent in ("GPE", "LOC", "DATE", "TIME") for c in sentence.children(token, "compound")
    ):
        return [token]  # "In the town of Belan rebels attacked"
    while token.dep == "pobj" and sentence.head(sentence.head(token)).pos in ("NOUN", "PROPN"):
        up = sentence.head(sentence.head(token))
        if any(t.text == "," for t in sentence.tokens[up.i : token.i]):
            break
        token = up
    if token.dep not in ("conj", "appos", "pobj", "dep", "npadvmod") or token.i > verb.i:
        return []
    opening = next((a for a in sentence.ancestors(token) if a.head == verb.i), None)
    if opening is None or opening.dep != "prep" or opening.i > token.i:
        return []
    first = sentence.subtree(token)
    start = next((t.i for t in first if t.i >= token.i - 6 and t.text != ","), token.i)
    before = sentence.tokens[:start]
    return [token] if any(t.text == "," or _time_like(t) for t in before[opening.i :]) else []


def antecedent(sentence: Sentence, clause: Token) -> Token:
    """What a relative clause is about. "Vehicles and weapons which …": the first joined noun.

    Where the parser hangs the clause on a noun that does not agree in number with its verb ("a
    video showing dozens of vehicles which were abandoned"), the noun before the pronoun is taken.
    """
    noun = sentence.head(clause)
    near = _noun_before_pronoun(sentence, clause)
    if near is not None and near.i != noun.i and near.tag in ("NNS", "NNPS") and noun.tag == "NN":
        plural = any(
            k.lower in ("were", "are", "have") for k in sentence.children(clause, "aux", "auxpass")
        )
        if plural:
            noun = near
    while noun.dep == "conj" and noun.pos in ("NOUN", "PROPN"):
        noun = sentence.head(noun)
    return _beside(sentence, noun)


def _beside(sentence: Sentence, noun: Token) -> Token:
    """ "Karvan, north of Belan, which they took": Karvan."""
    if noun.dep != "pobj" or sentence.head(noun).lower != "of":
        return noun
    side = sentence.head(sentence.head(noun))
    if side.lemma not in _SIDES or side.dep not in ("appos", "npadvmod", "advmod"):
        return noun
    return sentence.head(side) if sentence.head(side).pos == "PROPN" else noun


def surface_subjects(sentence: Sentence, verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, found through joined verbs, control, raising and participles."""
    own = _own(sentence, verb, _SUBJECTS) or _swallowed(sentence, verb)
    if own:
        return own
    if depth > _DEPTH or verb.head == verb.i:
        return []
    head = sentence.head(verb)
    if verb.dep == "acl":
        # "a statement condemning X" is its issuer's deed; "a statement released today" is not.
        wording = verb.tag not in ("VBN", "VBD") and head.lemma in _DOCUMENT
        if wording and head.dep in ("dobj", "pobj", "nsubjpass") and not _gets(sentence, head):
            issuer = _possessor(sentence, head, depth)
            if issuer:
                return issuer
        if verb.tag in ("VBG", "VBN", "VBD"):
            nouns = ("NOUN", "PROPN", "PRON", "NUM")
            return [_described(sentence, verb, head)] if head.pos in nouns else []
        return _possessor(sentence, head, depth)
    if verb.dep == "relcl":
        return [antecedent(sentence, verb)] if head.pos in ("NOUN", "PROPN", "PRON") else []
    if verb.dep == "pcomp" or head.dep == "prep" or head.pos == "ADP":
        up = sentence.head(head)
        if up.pos in ("VERB", "AUX", "ADJ"):
            return surface_subjects(sentence, up, depth + 1)
        return _possessor(sentence, up, depth)
    if verb.dep == "ccomp" and verb.tag in ("VBD", "VBZ", "VBP"):
        return _stranded(sentence, verb)
    if head.pos in ("VERB", "AUX"):
        if verb.dep in ("xcomp", "ccomp") and head.lemma in OBJECT_CONTROL:
            objects = _own(sentence, head, ("dobj", "dative"))
            if objects:
                return objects
            if is_passive(sentence, head):
                return surface_subjects(sentence, head, depth + 1)
        return surface_subjects(sentence, head, depth + 1)
    if head.pos == "ADJ":
        return surface_subjects(sentence, head, depth + 1)
    if head.pos in ("NOUN", "PROPN") and verb.dep in ("conj", "advcl", "appos"):
        return []
    return []


def _stranded(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a finite clause that has none, where the parser gave it to an adjective
    before the verb: "how men close to the major took part"."""
    for token in reversed(sentence.tokens[: verb.i]):
        if token.pos == "ADJ" and token.head == verb.head:
            return sentence.children(token, "nsubj")
        if token.i == verb.head:
            break
    return []


def _gets(sentence: Sentence, document: Token) -> bool:
    """ "heard calls condemning the raid": who hears them did not make them."""
    up = sentence.head(document)
    return document.dep == "dobj" and up.lemma in _RECEIVES


def _described(sentence: Sentence, verb: Token, noun: Token) -> Token:
    """Whom a participle describes. Where the parser hangs it on a thing ("the news of the death of
    the senator, murdered by …"), the person named right before it."""
    if noun.ent or noun.pos != "NOUN" or noun.lemma in nominals() or noun.lemma in TRANSPARENT:
        return noun
    at = verb.i - 1
    while at > noun.i and sentence.tokens[at].pos == "PUNCT":
        at -= 1
    near = sentence.tokens[at]
    inside = at > noun.i and any(a.i == noun.i for a in sentence.ancestors(near))
    person = near.ent in ("PERSON", "NORP") or near.lemma in nominals()
    return near if inside and person else noun


_PRONOUNS = word_set("he she it they we i")
_RECEIVES = word_set(
    "hear receive get read see have reject ignore welcome find obtain quote answer return burn"
)
_DOCUMENT = word_set(
    """report statement resolution letter lawsuit suit petition motion complaint bill declaration
    communique article editorial decree order announcement message note speech tweet document
    indictment communiqué appeal call"""
)


def spoken_of(sentence: Sentence, verb: Token, subject: Token) -> Token:
    """The antecedent of a pronoun subject that the same sentence gives: "the army said it had
    shelled the town" -> "army". Else the subject itself."""
    if subject.pos != "PRON" or subject.lower not in _PRONOUNS:
        return subject
    clause = sentence.head(subject)
    for _ in range(4):
        if clause.head == clause.i:
            break
        up = sentence.head(clause)
        if clause.dep == "relcl" and up.pos in ("NOUN", "PROPN"):
            # "in Tarun, where he met …": whoever went there
            up = next((a for a in sentence.ancestors(up)[:4] if a.pos == "VERB"), up)
        if clause.dep in ("ccomp", "advcl", "relcl", "acl") and up.pos in ("VERB", "AUX"):
            for candidate in sentence.children(up, "nsubj", "nsubjpass"):
                if candidate.pos != "PRON" and _agrees(subject, candidate):
                    return candidate
        clause = up
    return subject


def _agrees(pronoun: Token, noun: Token) -> bool:
    word = pronoun.lower
    if word in ("he", "she"):
        known = nominals().get(noun.lemma)
        body = known is not None and known.cls in ("group", "organ", "unit", "craft")
        return noun.ent in ("PERSON", "") and noun.tag in ("NN", "NNP") and not body
    if word == "it":
        return noun.ent != "PERSON" and noun.tag in ("NN", "NNP", "NNPS")
    if word == "they":
        name = noun.tag == "NNP" and noun.ent != "PERSON"
        return name or noun.tag in ("NNS", "NNPS") or noun.lower in ("police", "army", "group")
    return False


def _possessor(sentence: Sentence, noun: Token, depth: int) -> list[Token]:
    """Whose plan, decision, attempt … it is."""
    owners = sentence.children(noun, "poss")
    if owners:
        return owners
    for prep in sentence.children(noun, "prep", "agent"):
        if prep.lower in ("by", "from", "of"):
            found = sentence.children(prep, "pobj")
            if found:
                return found
    if noun.dep in ("dobj", "attr", "pobj", "xcomp") and depth < _DEPTH:
        up = sentence.head(noun)
        if up.dep in ("prep", "agent"):
            up = sentence.head(up)
        if up.pos in ("VERB", "AUX"):
            return surface_subjects(sentence, up, depth + 1)
    return []


def _noun_before_pronoun(sentence: Sentence, clause: Token) -> Token | None:
    for child in sentence.children(clause):
        if child.lower in ("which", "who", "that") and child.i < clause.i:
            for token in reversed(sentence.tokens[max(0, child.i - 2) : child.i]):
                if token.pos in ("NOUN", "PROPN"):
                    return token
    return None


@dataclass(slots=True)
class Frame:
    """See the module's docstring. `preps` are the head's own, `inner` those of its objects."""

    head: Token
    sentence: Sentence
    passive: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    inner: dict[str, list[Token]] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    complements: list[tuple[str, Token]] = field(default_factory=list)

    def prep(self, name: str) -> list[Token]:
        """The nouns under a preposition of the trigger, or else of its object."""
        return self.preps.get(name) or self.inner.get(name) or []


def preps_of(sentence: Sentence, token: Token) -> dict[str, list[Token]]:
    """Preposition -> the nouns (or gerunds) it governs. "According to" and the like count under
    their last word's whole: "because of", "ahead of" are left under their first word."""
    out: dict[str, list[Token]] = {}
    for prep in sentence.children(token, "prep", "agent", "dative"):
        if prep.dep == "dative" and prep.pos not in ("ADP", "PART"):
            continue
        _add_prep(sentence, prep, out)
    for adverb in sentence.children(token, "advmod", "prt"):
        for prep in sentence.children(adverb, "prep"):
            _add_prep(sentence, prep, out)
    return out


def _add_prep(sentence: Sentence, prep: Token, out: dict[str, list[Token]]) -> None:
    name = prep.lower
    for child in sentence.children(prep):
        if child.dep in ("pobj", "pcomp"):
            out.setdefault(name, []).append(child)
        elif child.dep == "prep":
            for deeper in sentence.children(child, "pobj", "pcomp"):
                out.setdefault(f"{name} {child.lower}", []).append(deeper)
                out.setdefault(child.lower, []).append(deeper)


def verb_frame(sentence: Sentence, verb: Token) -> Frame:
    """The frame of a verb."""
    frame = Frame(head=verb, sentence=sentence)
    frame.passive = is_passive(sentence, verb)
    frame.particles = particles_of(sentence, verb)
    frame.preps = preps_of(sentence, verb)
    surface = surface_subjects(sentence, verb)
    objects = _own(sentence, verb, ("dobj",)) or _counted_object(sentence, verb)
    objects = [t for n, t in enumerate(objects) if not n or not _set_off(sentence, t)]
    behind = [t for t in objects if t.head == verb.i and t.i > verb.i]
    if behind and verb.dep == "conj":
        objects = behind  # "houses which they entered and have held families": not the houses
    frame.datives = [t for t in sentence.children(verb, "dative") if t.pos not in ("ADP", "PART")]
    if frame.passive:
        frame.subjects = [
            k
            for agent in sentence.children(verb, "agent", "prep")
            if agent.lower == "by"
            for k in sentence.children(agent, "pobj")
            if not _time_like(k)
        ]
        agents = sentence.children(verb, "agent")
        if not frame.subjects and agents and surface:
            # "held by up police": a lower-case name that the parser takes for a particle
            frame.subjects = [t for t in objects if t.i > agents[0].i]
            objects = [t for t in objects if t.i < agents[0].i]
        if not frame.subjects and _undergone(sentence, verb):
            # "pressure to have the case opened": who would have it done is not said
            above = sentence.head(verb)
            free = above.dep in ("acl", "relcl") and _kind(sentence, above) == "inf"
            frame.subjects = [] if free else surface_subjects(sentence, above)
        frame.objects = surface or objects
        if surface and objects and not frame.datives:
            frame.datives = surface
            frame.objects = objects
    else:
        frame.subjects = surface
        frame.objects = objects or _made_to(sentence, verb) or _shared_object(sentence, verb)
        if not objects and verb.dep == "relcl" and surface and _gap(sentence, verb):
            frame.objects = [antecedent(sentence, verb)]
    for thing in frame.objects:
        for name, nouns in preps_of(sentence, thing).items():
            frame.inner.setdefault(name, []).extend(nouns)
    for child in sentence.children(verb):
        if child.dep in ("xcomp", "ccomp"):
            frame.complements.append((_kind(sentence, child), child))
            if is_future(sentence, child):
                frame.complements.append(("will", child))
        elif child.dep == "advcl" and _kind(sentence, child) == "inf":
            own = verb.lemma in _TAKES_TO and not objects and child.i > verb.i
            frame.complements.append(("inf" if own else "purpose", child))
    if verb.lemma in ("be", "remain", "seem", "feel"):
        for adjective in sentence.children(verb, "acomp"):
            for child in sentence.children(adjective, "xcomp", "ccomp"):
                frame.complements.append((_kind(sentence, child), child))
            frame.preps = {**preps_of(sentence, adjective), **frame.preps}
    if not any(kind == "inf" for kind, _ in frame.complements):
        for thing in objects:
            for child in sentence.children(thing, "acl", "relcl"):
                if _kind(sentence, child) == "inf" and verb.lemma in OBJECT_CONTROL:
                    frame.complements.append(("inf", child))
    return frame


def _shared_object(sentence: Sentence, verb: Token) -> list[Token]:
    """ "seized and burned the trucks": the object of the second is the first one's too."""
    second = next((k for k in sentence.children(verb, "conj") if k.pos == "VERB"), None)
    if second is None or second.tag != verb.tag or not verb.i < second.i <= verb.i + 3:
        return []
    if any(k.i > verb.i for k in sentence.children(verb, "prep", "prt", "xcomp", "ccomp", "acomp")):
        return []
    return _own(sentence, second, ("dobj",))


def _set_off(sentence: Sentence, noun: Token) -> bool:
    """ "met Oda on Sunday in Tarun, a port": after a comma no further object, but an apposition."""
    first = sentence.subtree(noun)[0]
    set_off = first.i > 0 and sentence.tokens[first.i - 1].text == ","
    return set_off and first.dep == "det" and not sentence.children(noun, "cc")


def _counted_object(sentence: Sentence, verb: Token) -> list[Token]:
    """ "kidnapped up to 16 engineers": the parser takes the count for a prepositional phrase."""
    for prep in sentence.children(verb, "prep"):
        if prep.i != verb.i + 1 or prep.lower not in _ABOUT:
            continue
        inner = sentence.children(prep, "prep") if prep.lower == "up" else []
        for noun in (n for p in (prep, *inner) for n in sentence.children(p, "pobj")):
            number = sentence.children(noun, "nummod")
            if number and number[0].i <= prep.i + 2 and not _time_like(noun):
                return [noun]
    return []


def _made_to(sentence: Sentence, verb: Token) -> list[Token]:
    """ "allowed the plane to land", "ordered the men jailed": whom, where the parser makes them
    the subject of what they are to do."""
    if verb.lemma in _SAYS_WHAT_IT_IS:
        for clause in sentence.children(verb, "ccomp"):
            if clause.pos == "ADJ":  # "found the editor guilty"
                return sentence.children(clause, "nsubj")
    if verb.lemma not in OBJECT_CONTROL and verb.lemma not in ("declare", "announce"):
        return []
    for clause in sentence.children(verb, "ccomp", "xcomp"):
        if _kind(sentence, clause) == "inf" or _undergone(sentence, clause):
            return sentence.children(clause, "nsubj", "nsubjpass")
    return []


def _time_like(token: Token) -> bool:
    return token.ent in ("DATE", "TIME")


def _gap(sentence: Sentence, verb: Token) -> bool:
    """A relative clause with its own subject lacks an object: "the town they took"."""
    subjects = sentence.children(verb, "nsubj")
    if any(c.lower in ("where", "when", "why") for c in sentence.children(verb)):
        return False  # "the street where a bomb exploded"
    return bool(subjects) and subjects[0].lower not in _RELATIVE


def _kind(sentence: Sentence, clause: Token) -> str:
    """inf, ing, that (finite), or small (no verb)."""
    if any(k.dep == "aux" and k.lower == "to" for k in sentence.children(clause)):
        return "inf"
    if clause.tag == "VBG" and not sentence.children(clause, "nsubj", "aux"):
        return "ing"
    if clause.pos in ("VERB", "AUX"):
        return "that"
    return "small"


def is_future(sentence: Sentence, clause: Token) -> bool:
    """True for a finite clause about what will be: "will", "would", "is to", "going to"."""
    for child in sentence.children(clause, "aux"):
        if child.lower in ("will", "would", "'ll", "shall"):
            return True
    head = sentence.head(clause)
    return clause.dep == "xcomp" and head.lemma == "go" and head.tag == "VBG"


def noun_frame(sentence: Sentence, noun: Token) -> Frame:
    """The frame of a noun: possessors and modifiers that act are `subjects`."""
    frame = Frame(head=noun, sentence=sentence)
    frame.preps = preps_of(sentence, noun)
    frame.subjects = list(sentence.children(noun, "poss"))
    if noun.dep == "dobj":
        frame.inner = preps_of(sentence, sentence.head(noun))
    for child in sentence.children(noun, "acl", "relcl"):
        if _kind(sentence, child) == "inf":
            frame.complements.append(("inf", child))
        else:
            frame.complements.append(("clause", child))
    return frame
