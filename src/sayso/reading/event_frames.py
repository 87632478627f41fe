"""The grammar around a trigger: who stands where, whatever the voice and however deep.

A `Frame` is a verb or noun with its deep subjects, objects, prepositional phrases, particles and
clausal complements. Passives, relative clauses, participles, gerunds, control and raising, and
shared subjects of joined verbs are resolved here and in its three sister modules alone: subjects,
passive, arguments. Knows no event.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import (
    antecedent,
    counted_object,
    lacks_object,
    own_of,
    preps_of,
    set_off,
    shared_object,
    time_like,
)
from sayso.reading.event_lexicon import word_set
from sayso.reading.event_passive import SAYS_WHAT_IT_IS, is_passive, undergone
from sayso.reading.event_subjects import OBJECT_CONTROL, surface_subjects
from sayso.reading.event_terms import terms

_PARTICLES = word_set(
    "out back up down off away over in on apart forward aside through around together"
)
_TAKES_TO = terms("takes_to")
_SAYS = terms("says_before")
_CLOSES = frozenset([",", '"', "”", "'", "’", "''"])
"""What stands between words said and the verb that says who said them."""


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

    @property
    def to_be_done(self) -> bool:
        """Whether something is to be done to those who are named ("ordered them to be shot")."""
        return any(
            kind == "inf" and self.sentence.children(clause, "auxpass")
            for kind, clause in self.complements
        )


def _behind_particle(sentence: Sentence, verb: Token) -> list[Token]:
    """ "Handed in weapons", where the parser hangs the weapons on "in"; "let the hostages go"."""
    found = [n for p in sentence.children(verb, "prt") for n in sentence.children(p, "pobj")]
    if verb.lemma == "let":
        for clause in sentence.children(verb, "ccomp"):
            found += sentence.children(clause, "nsubj") if clause.lemma == "go" else []
    return found


def verb_frame(sentence: Sentence, verb: Token) -> Frame:
    """The frame of a verb."""
    frame = Frame(head=verb, sentence=sentence)
    frame.passive = is_passive(sentence, verb)
    frame.particles = particles_of(sentence, verb)
    frame.preps = preps_of(sentence, verb)
    surface = _one_subject(sentence, surface_subjects(sentence, verb))
    objects = (
        own_of(sentence, verb, ("dobj",))
        or counted_object(sentence, verb)
        or _behind_particle(sentence, verb)
    )
    objects = [t for n, t in enumerate(objects) if not n or not set_off(sentence, t)]
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
            if not time_like(k)
        ]
        agents = sentence.children(verb, "agent")
        if not frame.subjects and agents and surface:
            # "held by up police": a lower-case name that the parser takes for a particle
            frame.subjects = [t for t in objects if t.i > agents[0].i]
            objects = [t for t in objects if t.i < agents[0].i]
        if not frame.subjects and undergone(sentence, verb):
            # "pressure to have the case opened": who would have it done is not said
            above = sentence.head(verb)
            free = above.dep in ("acl", "relcl") and clause_kind(sentence, above) == "inf"
            frame.subjects = [] if free else surface_subjects(sentence, above)
        frame.objects = surface or objects
        if surface and objects and not frame.datives:
            frame.datives = surface
            frame.objects = objects
    elif not surface and objects and _said_by(sentence, verb, objects[0]):
        frame.subjects = objects
    else:
        frame.subjects = surface
        frame.objects = objects or _made_to(sentence, verb) or shared_object(sentence, verb)
        if not objects and verb.dep == "relcl" and surface and lacks_object(sentence, verb):
            frame.objects = [antecedent(sentence, verb)]
    for thing in frame.objects:
        for name, nouns in preps_of(sentence, thing).items():
            frame.inner.setdefault(name, []).extend(nouns)
    for child in sentence.children(verb):
        if child.dep in ("xcomp", "ccomp"):
            frame.complements.append((clause_kind(sentence, child), child))
            if is_future(sentence, child):
                frame.complements.append(("will", child))
        elif child.dep == "advcl" and clause_kind(sentence, child) == "inf":
            own = verb.lemma in _TAKES_TO and not objects and child.i > verb.i
            frame.complements.append(("inf" if own else "purpose", child))
    if verb.lemma in ("be", "remain", "seem", "feel"):
        for adjective in sentence.children(verb, "acomp"):
            for child in sentence.children(adjective, "xcomp", "ccomp"):
                frame.complements.append((clause_kind(sentence, child), child))
            frame.preps = {**preps_of(sentence, adjective), **frame.preps}
    if not any(kind == "inf" for kind, _ in frame.complements):
        for thing in objects:
            for child in sentence.children(thing, "acl", "relcl"):
                if clause_kind(sentence, child) == "inf" and verb.lemma in OBJECT_CONTROL:
                    frame.complements.append(("inf", child))
    return frame


def _said_by(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """ "It was worse, complained the president of the chamber": who says so stands behind the
    verb."""
    if verb.lemma not in _SAYS or verb.dep == "conj" or verb.tag not in ("VBD", "VBZ"):
        return False
    before = sentence.tokens[verb.i - 1].text if verb.i else ""
    between = sentence.tokens[verb.i + 1 : noun.i]
    return before in _CLOSES and all(t.head == noun.i for t in between)


def _one_subject(sentence: Sentence, subjects: list[Token]) -> list[Token]:
    """ "The post at Tovel, Marsk was hit": a name behind a comma is no second subject."""
    return [
        t
        for n, t in enumerate(subjects)
        if not n or t.dep == "conj" or t.pos != "PROPN" or sentence.tokens[t.i - 1].text != ","
    ]


def _made_to(sentence: Sentence, verb: Token) -> list[Token]:
    """ "allowed the plane to land", "ordered the men jailed": whom, where the parser makes them
    the subject of what they are to do."""
    if verb.lemma in SAYS_WHAT_IT_IS:
        for clause in sentence.children(verb, "ccomp"):
            if clause.pos == "ADJ":  # "found the editor guilty"
                return sentence.children(clause, "nsubj")
    if verb.lemma not in OBJECT_CONTROL and verb.lemma not in ("declare", "announce"):
        return []
    for clause in sentence.children(verb, "ccomp", "xcomp"):
        if clause_kind(sentence, clause) == "inf" or undergone(sentence, clause):
            return sentence.children(clause, "nsubj", "nsubjpass")
    return []


def clause_kind(sentence: Sentence, clause: Token) -> str:
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
        if clause_kind(sentence, child) == "inf":
            frame.complements.append(("inf", child))
        else:
            frame.complements.append(("clause", child))
    return frame
