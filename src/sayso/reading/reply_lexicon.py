"""The words of replies, as `knowledge/data/lang/en/replies/acts.yaml` gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_yaml, where
from sayso.model.annotation import ReplyAct
from sayso.reading.forms import forms

_PATH = ("lang", "en", "replies", "acts.yaml")
_PLACES = {"start", "first", "any", "whole"}
FIRST_CHARS = 200


@dataclass(frozen=True, slots=True)
class ActRule:
    """Words that show what a comment does to the comment it answers. See `acts.yaml`."""

    id: str
    act: ReplyAct
    where: str
    weight: float
    pattern: re.Pattern[str]
    own: bool
    others: bool
    parent: str | None
    needs: str | None
    also: ReplyAct | None
    example: str
    counter: str


@cache
def act_rules() -> tuple[ActRule, ...]:
    """The rules, in order. Raises KnowledgeError naming file and line."""
    name = where(*_PATH)
    acts = set(get_args(ReplyAct))
    opening = form("opening").pattern[1:-1]
    out = []
    for row in load_yaml(*_PATH):
        line = row[LINE]
        if row["act"] not in acts:
            raise KnowledgeError(f"{name}:{line}: there is no act {row['act']!r}")
        if row.get("also") not in {None, *acts}:
            raise KnowledgeError(f"{name}:{line}: there is no act {row['also']!r}")
        if row["where"] not in _PLACES:
            raise KnowledgeError(f"{name}:{line}: there is no place {row['where']!r}")
        body = row["pattern"]
        if row["where"] == "start":
            body = rf"^\W*(?:{body}|{opening}(?:{body}))"
        elif row["where"] == "whole":
            body = rf"^\W*{opening}(?:{body})\W*$"
        try:
            pattern = re.compile(body)
        except re.error as error:
            raise KnowledgeError(f"{name}:{line}: {error}: {body}") from error
        out.append(
            ActRule(
                id=row["id"],
                act=cast(ReplyAct, row["act"]),
                where=row["where"],
                weight=float(row["weight"]),
                pattern=pattern,
                own=bool(row.get("own")),
                others=bool(row.get("others")),
                parent=row.get("parent"),
                needs=row.get("needs"),
                also=cast("ReplyAct | None", row.get("also")),
                example=row["example"],
                counter=row["not"],
            )
        )
    return tuple(out)


def form(name: str) -> re.Pattern[str]:
    """The pattern of a form."""
    return forms("lang", "en", "replies", "forms.yaml")[name].pattern


@cache
def words(name: str) -> frozenset[str]:
    """A list of `words.yaml`."""
    return frozenset(load_yaml("lang", "en", "replies", "words.yaml")[name])
