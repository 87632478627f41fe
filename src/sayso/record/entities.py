"""One actor or place under several names: near matches are proposed, a person decides.

The machine never merges. A judgement `same` with verdict positive, negative or unsure is an edge
of a graph; what stands for a group is worked out from the edges that hold, so every merge can be
undone. Matching names of the knowledge base are one id already and need no proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import fuzz

from sayso.model.rows import Proposal
from sayso.record import judgements
from sayso.record.database import Database, Row
from sayso.record.standing import Groups

NEAR = 86.0
"""From this score (rapidfuzz, 0-100) on two names are proposed as one: spelling variants of one
romanised name score 86 to 97 ("Tahrir al Sham", "Tahrir ash Sham"), different brigades with one
common word stay under 80."""
_COMMON = frozenset(
    (
        "the",
        "al",
        "of",
        "and",
        "in",
        "for",
        "movement",
        "brigade",
        "brigades",
        "army",
        "forces",
        "force",
        "group",
        "front",
        "party",
        "union",
        "council",
        "ministry",
        "government",
        "state",
        "people",
        "s",
        "islamic",
        "national",
        "free",
    )
)


def canonical(database: Database) -> dict[str, str]:
    """Entity id -> the id that stands for all that a person judged to be one; ids that stand for
    themselves are left out. A negative judgement on a pair that others would join keeps the two
    apart: the join that came last is not made."""
    edges: dict[tuple[str, str], str] = {}
    for j in judgements.standing(database):
        if j.act == "same" and j.object:
            edges[min(j.subject, j.object), max(j.subject, j.object)] = j.verdict or "positive"
    apart = [pair for pair, verdict in edges.items() if verdict == "negative"]
    groups = Groups()
    for (a, b), verdict in edges.items():
        if verdict != "positive":
            continue
        left, right = groups.find(a), groups.find(b)
        if any({groups.find(x), groups.find(y)} == {left, right} for x, y in apart):
            continue
        groups.join(a, b)
    ids = {i for pair in edges for i in pair}
    return {i: _best(i, ids, groups) for i in ids if _best(i, ids, groups) != i}


def _best(entity: str, ids: set[str], groups: Groups) -> str:
    """Of a group the id of the knowledge base stands for it; of several the first."""
    root = groups.find(entity)
    members = sorted(i for i in ids if groups.find(i) == root)
    return min(members, key=lambda i: (i.startswith("name:"), i))


def same_as(database: Database, entity: str, known: Mapping[str, str] | None = None) -> set[str]:
    """All ids that stand for the same thing, itself included."""
    known = canonical(database) if known is None else known
    top = known.get(entity, entity)
    return {top, entity, *(i for i, root in known.items() if root == top)}


def proposals(database: Database, *, kind: str = "actor", limit: int = 200) -> list[Proposal]:
    """Pairs of names that may be one, the most alike first; pairs already judged are left out.

    Names are compared only where they share a telling word, so the work stays small: a name that
    is misspelt in every word is missed.
    """
    judged = {
        frozenset((j.subject, j.object))
        for j in judgements.standing(database)
        if j.act == "same" and j.object
    }
    rows = database.rows(
        "SELECT e.id, e.name, n.folded FROM entity_name n JOIN entity e ON e.seq = n.entity"
        " WHERE e.kind = ? ORDER BY e.seq",
        (kind,),
    )
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for word in set(str(row["folded"]).split()) - _COMMON:
            by_word[word[:4]].append(number)
    found: dict[frozenset[str], Proposal] = {}
    for numbers in by_word.values():
        if len(numbers) > 400:
            continue  # too common a word to tell anything
        for k, a in enumerate(numbers):
            for b in numbers[k + 1 :]:
                _compare(rows[a], rows[b], judged, found)
    return sorted(found.values(), key=lambda p: (-p.score, p.left, p.right))[:limit]


def _compare(
    a: Row,
    b: Row,
    judged: set[frozenset[str]],
    found: dict[frozenset[str], Proposal],
) -> None:
    left, right = a["id"], b["id"]
    # Two ids of the knowledge base are two things: whoever made it said so.
    if left == right or not (left.startswith("name:") or right.startswith("name:")):
        return
    pair = frozenset((left, right))
    if pair in judged:
        return
    score = fuzz.token_sort_ratio(a["folded"], b["folded"], score_cutoff=NEAR)
    if score and (pair not in found or found[pair].score < score):
        found[pair] = Proposal(
            left=left, left_name=a["name"], right=right, right_name=b["name"],
            score=score, why=f"“{a['folded']}” and “{b['folded']}” are spelt alike",
        )  # fmt: skip
