"""How far the words of a sentence lie from the trigger of an event: the cost of each step along the
tree. A step into another clause costs more, and some lead nowhere: into what was before, what a
party is described by, what a protest is about.
"""

from __future__ import annotations

from sayso.knowledge.placewords import ties, words
from sayso.language.syntax import Sentence, Token

_CLAUSES = frozenset(["advcl", "relcl", "acl", "ccomp", "conj", "xcomp", "parataxis", "pcomp"])
_APART = frozenset(
    ["before", "since", "although", "though", "whereas", "until", "unless", "if", "while"]
)
_TOPIC = frozenset(
    ["against", "over", "about", "for", "with", "since", "despite", "after", "before"]
)
_AGAINST = frozenset(["with", "against"])
_ELSEWHERE = frozenset(["to", "into", "from", "for"])
_MORE = frozenset(["other", "others", "another", "more", "several", "dozens", "scores"])
_THEIRS = frozenset(["he", "she", "it", "they", "his", "her", "its", "their"])
_EXAMPLES = frozenset(["including", "like", "unlike", "as", "than"])
REACH = 5
"""What costs more is not the event's."""


def costs_from(sentence: Sentence, trigger: Token) -> dict[int, int]:
    """How far each token lies from the trigger along the tree; a step into another clause counts
    more, and none leads through a verb of saying or into "before …"."""
    costs = {trigger.i: 0}
    above = {t.i for t in sentence.ancestors(trigger)}
    queue = [trigger]
    while queue:
        token = min(queue, key=lambda t: costs[t.i])
        queue.remove(token)
        steps = [(c, _step(sentence, c)) for c in sentence.children(token)]
        if token.i == trigger.i or (token.lemma in ties().reactions and token.i in above):
            steps = _own_steps(sentence, token, steps)
        if token.head != token.i:
            steps.append((sentence.head(token), _step(sentence, token, up=True)))
        for other, step in steps:
            cost = costs[token.i] + step
            if cost <= REACH and cost < costs.get(other.i, REACH + 1):
                costs[other.i] = cost
                if other.lemma not in ties().speech:
                    queue.append(other)
    return costs


def _own_steps(
    sentence: Sentence, trigger: Token, steps: list[tuple[Token, int]]
) -> list[tuple[Token, int]]:
    """The steps down from the trigger itself. Of a reaction only "in a turn of the protests in X,
    crowds marched"; after a shooting or an arrest "after a robbery in X" counts."""
    if trigger.lemma in ties().reactions:
        ahead = ("in", "at", "during")
        return [
            (c, n) for c, n in steps if c.i < trigger.i and c.dep == "prep" and c.lower in ahead
        ]
    if trigger.lemma in ties().done_at_once:
        steps = [(c, 2 if _right_after(sentence, c) else n) for c, n in steps]
    # "sent troops to the force in X": its own goal is no other's
    return [(c, 1 if c.dep == "prep" and c.lower in _ELSEWHERE else n) for c, n in steps]


def _right_after(sentence: Sentence, prep: Token) -> bool:
    """True for "shot after a robbery in X"; not for "a day after …"."""
    if prep.dep != "prep" or prep.lower != "after":
        return False
    return not sentence.children(prep, "npadvmod", "advmod", "nummod")


def _step(sentence: Sentence, lower: Token, *, up: bool = False) -> int:
    """The cost of the edge between a token and its head, walked down or `up`."""
    if lower.dep == "prep":
        return _prep_step(sentence, lower)
    if lower.dep == "appos":
        # "X, a leader in Y": where the post is, not what happened.
        return REACH + 1 if lower.lemma in ties().posts else 1
    if lower.dep not in _CLAUSES:
        return 0 if lower.dep == "pobj" and lower.lemma in ties().outcomes else 1
    if lower.dep == "acl" and lower.tag == "VBN" and not up:
        return 1  # "an attack carried out in X"
    if lower.lemma in ties().leads_to and lower.tag == "VBG":
        return REACH + 1  # "detonated a bomb, triggering an arms race in X"
    if lower.dep == "relcl" and _describes(sentence, lower):
        return REACH + 1
    marks = {t.lower for t in sentence.children(lower, "mark", "advmod", "prep")}
    other = bool(sentence.children(lower, "nsubj", "nsubjpass"))
    if marks & _APART and not ("while" in marks and _same_people(sentence, lower)):
        return REACH + 1
    if lower.dep == "conj":
        return _conj_step(sentence, lower, up=up)
    if lower.dep == "xcomp":
        return 1
    if not other or lower.dep != "advcl":
        return 2
    # "was killed when a bomb hit X" tells one event twice; other clauses with a subject of their
    # own tell another.
    main = sentence.head(lower)
    if main.dep == "conj":
        main = sentence.head(main)  # "was shot and wounded when …"
    if _same_people(sentence, lower):
        return 2 if marks & {"when", "as"} else 3  # "shot … as he left"
    if "after" in marks and main.lemma not in words().casualties and not up:
        return REACH + 1  # "was captured after others invaded X"; "died after a bomb hit X"
    once = main.lemma in ties().blasts or sentence.children(main, "nsubjpass")
    return 1 if once and marks & {"when", "as"} else 3


def _describes(sentence: Sentence, clause: Token) -> bool:
    """True for "troops which have bases in X" and "a man who had been shot in X": what holds of a
    party elsewhere, or was before; not for "X, where they had lunch"."""
    children = sentence.children(clause)
    if any(t.lower == "where" for t in children):
        return False
    had = any(t.lower == "had" and t.dep == "aux" for t in children)
    of_subject = sentence.head(clause).dep in ("nsubj", "nsubjpass")
    return clause.lemma in ties().states or (had and of_subject)


def _same_people(sentence: Sentence, clause: Token) -> bool:
    """True for "while driving through X" and "while he was driving through X"."""
    subjects = sentence.children(clause, "nsubj", "nsubjpass")
    return all(t.tag == "PRP" for t in subjects)


def _prep_step(sentence: Sentence, prep: Token) -> int:
    word = prep.lower
    if word in _ELSEWHERE and sentence.head(prep).lemma in ties().taken_away:
        return REACH + 1  # "was captured and taken to a camp in X"
    if word in _EXAMPLES or word == "according":
        return REACH + 1  # "according to sources in X"
    if word == "under" and any(t.lemma in ties().pacts for t in sentence.children(prep, "pobj")):
        return REACH + 1  # "under the agreement reached in X"
    if word not in _TOPIC:
        return 1
    # "protested against the war in X": the war is in X, the protest is not. But the parser hangs
    # "clashes with the rebels in X" on the rebels.
    parties = all(t.tag in ("NNS", "NNPS") for t in sentence.children(prep, "pobj"))
    return 1 if word in _AGAINST and parties else REACH + 1


def _conj_step(sentence: Sentence, lower: Token, *, up: bool) -> int:
    """Joined verbs share a place if they share subject and tense, or count one loss: "two were
    killed and nine others wounded"; what others did is another event."""
    head = sentence.head(lower)
    if lower.pos != "VERB":
        return 1
    goal = any(t.lower in _ELSEWHERE for t in sentence.children(lower, "prep"))
    if lower.lemma in ties().taken_away and goal and not up:
        return REACH + 1  # "was captured and taken to a camp in X"
    subjects = sentence.children(lower, "nsubj", "nsubjpass")
    if subjects:
        return 0 if all(_of_the_same(sentence, t) for t in subjects) else REACH + 1
    return 1 if lower.tag == head.tag else 2


def _of_the_same(sentence: Sentence, subject: Token) -> bool:
    """True for "they", "nine others", "two more", "their car": of what was told before."""
    inside = [subject, *sentence.children(subject)]
    return any(t.tag == "CD" or t.lower in _MORE | _THEIRS for t in inside)
