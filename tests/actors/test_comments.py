"""Discussions: who the writer is, and what is left open."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from sayso.model.annotation import Mention
from sayso.reading.actor_args import actor_arg

_spec = importlib.util.spec_from_file_location(
    "actor_helpers", Path(__file__).parent / "helpers.py"
)
assert _spec is not None and _spec.loader is not None
helpers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(helpers)

DRAFT = helpers.draft_of(
    "Kenyan troops left Kismayo after a clash with al-Shabaab.",
    "I saw it coming, you know.",
    "but Kenya bombed them last week, the CIA helped. They never learn.",
    "The group will be back in a month.",
    "The Shabaab terrorists will run.",
)


def _head(number: int, word: str) -> list[tuple[str, str | None, str | None]]:
    tree = next(t for t in DRAFT.trees() if DRAFT.part_of(t.start).id == f"p{number}")
    token = next(t for t in tree.tokens if t.text == word)
    return [(a.exact, a.entity, a.part) for a in actor_arg(DRAFT, tree, token)]


def test_i_is_the_comments_author() -> None:
    assert _head(2, "I") == [("I", None, "p2")]


def test_you_is_nobody() -> None:
    assert _head(2, "you") == []


def test_them_is_not_whoever_bombs_them() -> None:
    assert _head(3, "them") == [("them", None, None)]


def test_a_comment_does_not_reach_into_the_article() -> None:
    entities = {m.exact: m.entity for m in DRAFT.of(Mention)}
    assert entities["The group"] is None
    assert "They" not in entities


def test_a_slur_stays_a_label() -> None:
    mention = next(m for m in DRAFT.of(Mention) if m.exact == "The Shabaab terrorists")
    assert (mention.form, mention.entity) == ("label", "actor:al-shabaab")
    entity = DRAFT.entity("actor:al-shabaab")
    assert entity is not None
    assert not any("terrorist" in alias.lower() for alias in entity.aliases)
