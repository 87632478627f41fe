"""Places of the clause around an event: which hang nearest to its trigger, and which lie in another
clause, behind a verb of saying, or in what a protest is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence, Token
from sayso.reading.event_kinds import lemmas
from sayso.reading.event_lexicon import classes
from sayso.reading.toponym_sites import Site

IN = frozenset(
    ["in", "at", "near", "inside", "outside", "around", "across", "along", "throughout", "over",
     "off", "within", "on", "beside", "through", "via", "past", "atop", "down", "above"]
)  # fmt: skip
NAMES = ("compound", "nmod", "poss", "amod", "npadvmod", "appos", "nummod")
_AT = frozenset(["in", "at", "on", "near", "inside", "outside", "around"])
_CLAUSES = frozenset(["advcl", "relcl", "acl", "ccomp", "conj", "xcomp", "parataxis", "pcomp"])
SPEECH = frozenset(
    ["say", "tell", "report", "announce", "add", "claim", "state", "confirm", "warn", "note"]
)
_APART = frozenset(
    ["before", "since", "although", "though", "whereas", "until", "unless", "if", "while"]
)
ABROAD = frozenset(["embassy", "consulate", "base", "station", "court", "headquarters"])
PERSON_NOUNS = frozenset(
    ["leader", "commander", "chief", "emir", "official", "spokesman", "spokeswoman", "ambassador",
     "minister", "president", "governor", "representative", "correspondent", "source", "activist",
     "coach", "director", "soldier", "troop", "force", "rebel", "militant", "fighter", "resident"]
)  # fmt: skip
_TOPIC = frozenset(
    ["against", "over", "about", "for", "with", "since", "despite", "after", "before"]
)
DONE_TO = frozenset(
    ["capture", "fall", "bombing", "shelling", "siege", "liberation", "destruction", "invasion",
     "occupation", "bombardment", "storming", "recapture", "seizure"]
)  # fmt: skip
_FIGHTS = frozenset(["fight", "battle", "struggle", "offensive", "operation", "campaign", "war"])
_AGAINST = frozenset(["with", "against"])
REACTIONS = frozenset(
    ["protest", "demonstrate", "march", "rally", "condemn", "denounce", "accuse", "reject",
     "refuse", "demand", "urge", "call", "ask", "request", "criticize", "criticise", "blame",
     "praise", "support", "vow", "threaten", "warn", "deny", "approve", "welcome", "investigate",
     "convict", "charge", "sentence", "claim"]
)  # fmt: skip
"""What is done here about what happened elsewhere: the object's place is not the place."""
_STRIKING = frozenset(
    ["drive", "ram", "crash", "fire", "burst", "walk", "throw", "lob", "slam", "plough", "plow",
     "shoot", "hurl", "toss", "open", "storm", "charge"]
)  # fmt: skip
_DONE_AT_ONCE = frozenset(
    ["shoot", "kill", "capture", "arrest", "seize", "wound", "stab", "detain"]
)
_ELSEWHERE = frozenset(["to", "into", "from", "for"])
_TAKEN = frozenset(
    ["take", "send", "ship", "bring", "deport", "transfer", "fly", "move", "hand", "return",
     "extradite", "escape", "flee", "turn", "deliver", "lead"]
)  # fmt: skip
_BLASTS = frozenset(["explode", "detonate", "blow"])
_PACTS = frozenset(
    ["agreement", "deal", "accord", "plan", "law", "treaty", "term", "mandate", "resolution",
     "ceasefire", "truce", "pact", "rule", "scheme", "arrangement"]
)  # fmt: skip
_OUTCOMES = frozenset(
    ["result", "course", "wake", "aftermath", "series", "wave", "string", "spate"]
)
_LEADS_TO = frozenset(["trigger", "spark", "raise", "fuel", "cause", "provoke", "bring"])
_STATES = frozenset(["have", "live", "reside", "belong", "serve", "own", "maintain", "come"])
_MORE = frozenset(["other", "others", "another", "more", "several", "dozens", "scores"])
_THEIRS = frozenset(["he", "she", "it", "they", "his", "her", "its", "their"])
_OUT = frozenset(["out", "outside", "inside"])
_COUNTS = frozenset(
    ["hundred", "thousand", "dozen", "score", "ten", "group", "crowd", "number", "lot", "handful",
     "majority", "hundreds", "thousands", "dozens", "scores", "tens", "some", "many", "most"]
)  # fmt: skip
_PEOPLE = ("person", "office", "agent")
_EXAMPLES = frozenset(["including", "like", "unlike", "as", "than"])
REACH = 5


def lift(sentence: Sentence, head: Token, *, country: bool = False) -> Token:
    """The noun phrase's head that the name only specifies: "the town of X", "X province", "Paris,
    Texas" -> the first name; of joined names, the first. The name of a `country` does not specify
    an embassy, a base or a street: those lie elsewhere."""
    for _ in range(6):
        up = sentence.head(head)
        if up.i == head.i:
            return head
        if country and up.lemma in ABROAD | words().ways:
            return head
        nominal = up.pos in ("NOUN", "PROPN")
        specifies = head.dep in ("compound", "nmod") and (
            up.pos == "PROPN" or up.lemma in words().sites
        )
        if nominal and (specifies or head.dep in ("appos", "conj")):
            head = up
        elif head.dep == "pobj" and up.lower == "of":
            noun = sentence.head(up)
            if noun.i == up.i or noun.lemma not in words().sites | words().countryside:
                return head
            head = noun
        else:
            return head
    return head


def lies_in(sentence: Sentence, name: Token, noun: Token, site: Site) -> bool:
    """True if what a noun stands for lies in the place that is named before it: "a Baghdad cafe",
    "Baghdad's west end", "at a Jerusalem bus stop"; not "a U.S. helicopter", "a U.S. base"."""
    if site.extent == "country" and noun.lemma in ABROAD | words().ways:
        return False  # nor "in Norvia Street"
    if not words().sites.isdisjoint((noun.lemma, noun.lower)) or noun.lemma in words().parts:
        return True
    if site.extent != "local" or name.dep not in ("compound", "nmod", "amod") or noun.pos != "NOUN":
        return False
    return noun.dep == "pobj" and sentence.head(noun).lower in _AT


def beside(sentence: Sentence, token: Token) -> bool:
    """True for X in "the entrance to X", "the road into X", "north of X": what is said of the noun
    or direction is beside X."""
    prep = sentence.head(token)
    holder = sentence.head(prep)
    if token.dep != "pobj":
        return False
    if prep.lower in ("to", "into"):
        return holder.lemma in words().ways_to
    return prep.lower == "of" and is_direction(sentence, holder)


def is_direction(sentence: Sentence, token: Token) -> bool:
    """True for "north" in "a road north of X"; not in "a mile north of X", which says where the
    place named before lies."""
    if token.dep not in ("advmod", "npadvmod") or token.lower not in words().directions:
        return False
    last = sentence.tokens[token.i - 1]
    apart = last.pos == "PUNCT" or last.ent == "QUANTITY" or last.lower == "away"
    return token.i > 0 and not apart and not sentence.children(token, "npadvmod", "nummod")


def around(sentence: Sentence, trigger: Token, sites: Sequence[Site]) -> list[Site]:
    """The places that hang nearest to the trigger, within REACH."""
    costs = _costs(sentence, trigger)
    ranked: list[tuple[int, Site]] = []
    for site in sites:
        holder = _holder(sentence, site)
        if holder is not None and holder.i in costs:
            ranked.append((costs[holder.i], site))
    if not ranked:
        return []
    best = min(cost for cost, _ in ranked)
    return [site for cost, site in ranked if cost == best <= REACH]


def of_subject(sentence: Sentence, trigger: Token, sites: Sequence[Site]) -> list[Site]:
    """Where those who act, or are acted on, are: "Militants in Sinai killed …". Only several
    people: one leader "in Sinai" may be anywhere."""
    out = []
    for site in sites:
        prep = sentence.head(lift(sentence, site.head, country=site.extent == "country"))
        people = sentence.head(prep)
        if not _locates(sentence, prep) or people.tag != "NNS":
            continue
        counted = _counted(sentence, people)
        if counted.head == trigger.i and counted.dep in ("nsubj", "nsubjpass"):
            out.append(site)
    return out


def _counted(sentence: Sentence, people: Token) -> Token:
    """What counts them: "hundreds of students", "a crowd of students"; else they themselves."""
    of = sentence.head(people)
    if people.dep != "pobj" or of.lower != "of":
        return people
    count = sentence.head(of)
    return count if count.lemma in _COUNTS or count.pos == "NUM" else people


def _holder(sentence: Sentence, site: Site) -> Token | None:
    """The word that a preposition of place ties the name to, or None if none does; for a place
    that is itself attacked or taken, the verb. Leads through "the courtyard of the X hospital"
    and "three towns, including X"."""
    token = lift(sentence, site.head, country=site.extent == "country")
    for _ in range(5):
        up = sentence.head(token)
        if up.i == token.i:
            return None
        if beside(sentence, token):
            token = sentence.head(up)
        elif is_direction(sentence, token):
            if up.pos != "VERB" and up.dep not in ("dobj", "nsubjpass"):
                return _above(sentence, up)
            return up if up.lemma not in _TAKEN else None
        elif token.dep == "pobj":
            holder = sentence.head(up)
            if holder.lower == "from":
                return None
            if _locates(sentence, up):
                person = holder.lemma in PERSON_NOUNS and holder.dep not in ("pobj", "agent")
                return None if person or holder.lemma in SPEECH else holder
            if up.lower not in ("of", "including") or holder.pos not in ("NOUN", "PROPN"):
                return None
            if not words().sites.isdisjoint((holder.lemma, holder.lower)):
                token = holder
                continue
            if any(not classes()[c].words.isdisjoint(lemmas(holder)) for c in _PEOPLE):
                return None  # "in support of the governor of X"
            token = holder
        elif token.dep in ("dobj", "nsubjpass"):
            held = up.lower in words().taking | words().entering or up.lemma in words().leaving
            return up if held else None
        elif (token.dep in NAMES and lies_in(sentence, token, up, site)) or (
            token.dep == "prep" and up.pos in ("NOUN", "PROPN")
        ):
            token = up
        else:
            return None
    return None


def _above(sentence: Sentence, noun: Token) -> Token | None:
    """What a noun hangs on by a preposition of place: "on a road north of X"."""
    prep = sentence.head(noun)
    return sentence.head(prep) if noun.dep == "pobj" and _locates(sentence, prep) else None


def _locates(sentence: Sentence, prep: Token) -> bool:
    """True for a preposition of place, "close to", "next to", "the battle for" and "the fall of"
    included."""
    word = prep.lower
    if word in IN:
        return True
    head = sentence.head(prep)
    if word == "into":
        return head.lemma in _STRIKING  # "drove a car into a cafe", not "a road into X"
    if word == "to":
        return head.lower in ("close", "next", "adjacent")
    if word == "for":
        return head.lemma in _FIGHTS
    return word == "of" and (head.lemma in DONE_TO or head.lower in _OUT)


def _costs(sentence: Sentence, trigger: Token) -> dict[int, int]:
    """How far each token lies from the trigger along the tree; a step into another clause counts
    more, and none leads through a verb of saying or into "before …"."""
    costs = {trigger.i: 0}
    above = {t.i for t in sentence.ancestors(trigger)}
    queue = [trigger]
    while queue:
        token = min(queue, key=lambda t: costs[t.i])
        queue.remove(token)
        steps = [(c, _step(sentence, c)) for c in sentence.children(token)]
        if token.i == trigger.i or (token.lemma in REACTIONS and token.i in above):
            steps = _own_steps(sentence, token, steps)
        if token.head != token.i:
            step = _step(sentence, token)
            steps.append((sentence.head(token), max(2, step) if token.dep == "acl" else step))
        for other, step in steps:
            cost = costs[token.i] + step
            if cost <= REACH and cost < costs.get(other.i, REACH + 1):
                costs[other.i] = cost
                if other.lemma not in SPEECH:
                    queue.append(other)
    return costs


def _own_steps(
    sentence: Sentence, trigger: Token, steps: list[tuple[Token, int]]
) -> list[tuple[Token, int]]:
    """The steps down from the trigger itself. Of a reaction only "in a turn of the protests in X,
    crowds marched"; after a shooting or an arrest "after a robbery in X" counts."""
    if trigger.lemma in REACTIONS:
        ahead = ("in", "at", "during")
        return [
            (c, n) for c, n in steps if c.i < trigger.i and c.dep == "prep" and c.lower in ahead
        ]
    if trigger.lemma in _DONE_AT_ONCE:
        return [(c, 2 if _right_after(sentence, c) else n) for c, n in steps]
    return steps


def _right_after(sentence: Sentence, prep: Token) -> bool:
    """True for "shot after a robbery in X"; not for "a day after …"."""
    if prep.dep != "prep" or prep.lower != "after":
        return False
    return not sentence.children(prep, "npadvmod", "advmod", "nummod")


def _step(sentence: Sentence, lower: Token) -> int:
    """The cost of the edge between a token and its head."""
    if lower.dep == "prep":
        return _prep_step(sentence, lower)
    if lower.dep == "appos":
        # "X, a leader in Y": where the post is, not what happened.
        return REACH + 1 if lower.lemma in PERSON_NOUNS else 1
    if lower.dep not in _CLAUSES:
        return 0 if lower.dep == "pobj" and lower.lemma in _OUTCOMES else 1
    if lower.dep == "acl" and lower.tag == "VBN":
        return 1  # "an attack carried out in X"
    if lower.lemma in _LEADS_TO and lower.tag == "VBG":
        return REACH + 1  # "detonated a bomb, triggering an arms race in X"
    if lower.dep == "relcl" and (lower.lemma in _STATES or _had(sentence, lower)):
        return REACH + 1  # "troops which have bases in X", "a man who had been shot in X"
    marks = {t.lower for t in sentence.children(lower, "mark", "advmod", "prep")}
    other = bool(sentence.children(lower, "nsubj", "nsubjpass"))
    if marks & _APART and not ("while" in marks and _same_people(sentence, lower)):
        return REACH + 1
    if lower.dep == "conj":
        return _conj_step(sentence, lower)
    if lower.dep == "xcomp":
        return 1
    if not other or lower.dep != "advcl":
        return 2
    # "was killed when a bomb hit X" tells one event twice; other clauses with a subject of their
    # own tell another.
    main = sentence.head(lower)
    if main.dep == "conj":
        main = sentence.head(main)  # "was shot and wounded when …"
    if all(t.tag == "PRP" for t in sentence.children(lower, "nsubj", "nsubjpass")):
        return 2 if marks & {"when", "as"} else 3  # "shot … as he left"
    if "after" in marks and main.lemma not in words().casualties:
        return REACH + 1  # "was captured after others invaded X"; "died after a bomb hit X"
    once = main.lemma in _BLASTS or sentence.children(main, "nsubjpass")
    return 1 if once and marks & {"when", "as"} else 3


def _had(sentence: Sentence, clause: Token) -> bool:
    """True for what is said of a subject in the past perfect: it was before, if not "where …"."""
    children = sentence.children(clause)
    had = any(t.lower == "had" and t.dep == "aux" for t in children)
    of_subject = sentence.head(clause).dep in ("nsubj", "nsubjpass")
    return had and of_subject and not any(t.lower == "where" for t in children)


def _same_people(sentence: Sentence, clause: Token) -> bool:
    """True for "while driving through X" and "while he was driving through X"."""
    subjects = sentence.children(clause, "nsubj", "nsubjpass")
    return all(t.tag == "PRP" for t in subjects)


def _prep_step(sentence: Sentence, prep: Token) -> int:
    word = prep.lower
    if word in _ELSEWHERE and sentence.head(prep).lemma in _TAKEN:
        return REACH + 1  # "was captured and taken to a camp in X"
    if word in _EXAMPLES or word == "according":
        return REACH + 1  # "according to sources in X"
    if word == "under" and any(t.lemma in _PACTS for t in sentence.children(prep, "pobj")):
        return REACH + 1  # "under the agreement reached in X"
    if word not in _TOPIC:
        return 1
    # "protested against the war in X": the war is in X, the protest is not. But the parser hangs
    # "clashes with the rebels in X" on the rebels.
    parties = all(t.tag in ("NNS", "NNPS") for t in sentence.children(prep, "pobj"))
    return 1 if word in _AGAINST and parties else REACH + 1


def _conj_step(sentence: Sentence, lower: Token) -> int:
    """Joined verbs share a place if they share subject and tense, or count one loss: "two were
    killed and nine others wounded"; what others did is another event."""
    head = sentence.head(lower)
    if lower.pos != "VERB":
        return 1
    if lower.lemma in _TAKEN:
        return REACH + 1
    subjects = sentence.children(lower, "nsubj", "nsubjpass")
    if subjects:
        return 0 if all(_of_the_same(sentence, t) for t in subjects) else REACH + 1
    return 1 if lower.tag == head.tag else 2


def _of_the_same(sentence: Sentence, subject: Token) -> bool:
    """True for "they", "nine others", "two more", "their car": of what was told before."""
    inside = [subject, *sentence.children(subject)]
    return any(t.tag == "CD" or t.lower in _MORE | _THEIRS for t in inside)
