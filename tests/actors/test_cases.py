"""The case file: words and who they mean."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.model.annotation import Mention
from sayso.reading.actor_args import actor_arg

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("actor_helpers", HERE / "helpers.py")
assert _spec is not None and _spec.loader is not None
helpers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(helpers)

CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    draft = helpers.draft_of(case["text"])
    mentions = draft.of(Mention)
    for words, entity in case.get("mentions", {}).items():
        found = {m.entity for m in mentions if m.exact == words}
        # In YAML 1.1 a bare `no` is False.
        wanted = set() if entity is False else {entity}
        assert found == wanted, (words, found)
    for words, number in case.get("count", {}).items():
        assert sum(m.exact == words for m in mentions) == number, words
    tree = draft.trees()[0]
    for head, wanted in case.get("args", {}).items():
        token = next(t for t in tree.tokens if t.text == head)
        args = actor_arg(draft, tree, token)
        got = [f"{a.exact} = {a.entity}" if a.entity else a.exact for a in args]
        assert got == wanted, head
