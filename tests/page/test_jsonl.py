"""JSON Lines: texts as given, and exported discussions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import NotText
from sayso.model.capture import Capture
from sayso.page.recover import recover


def _document(row):
    payload = json.dumps(row).encode("utf-8", "surrogatepass")
    return recover(Capture(payload=payload, key="a.jsonl", media_type="application/json"))


@given(st.text(max_size=80))
def test_a_text_without_comments_is_the_document(text):
    document = _document({"id": 7, "text": text, "headline": "not in it"})
    assert document.text == text.encode("utf-8", "replace").decode()
    assert document.key == "7"
    assert len(document.parts) == (1 if text else 0)


def test_an_exported_discussion():
    rows = [
        {"id": "c", "parent": "b", "author": "Rana K.", "text": "My own eyes."},
        {"id": "b", "parent": "a", "author": "old mason", "text": "Source?"},
        {"id": "a", "parent": None, "author": "Rana K.", "text": "It was open.", "published": "x"},
        {"id": "d", "parent": "gone", "text": ""},
        "no object",
    ]
    document = _document({"id": "t1", "text": "The bridge.", "comments": rows})
    assert [(p.key, p.kind, p.depth, p.reply_to) for p in document.parts] == [
        (None, "body", None, None),
        ("c", "comment", 3, "p3"),
        ("b", "comment", 2, "p4"),
        ("a", "comment", 1, None),
        ("d", "comment", 1, None),
    ]
    assert document.text == "The bridge.\n\nMy own eyes.\n\nSource?\n\nIt was open."
    assert [i.code for i in document.issues] == ["comment-skipped", "parent-missing"]


_IDS = st.sampled_from(["a", "b", "c", "d", None, 3, "self"])


@given(st.lists(st.fixed_dictionaries({"id": _IDS, "parent": _IDS}), max_size=12))
def test_any_parents_give_a_tree(rows):
    document = _document({"id": 1, "text": "", "comments": [{**r, "text": "w"} for r in rows]})
    parts = {p.id: p for p in document.parts}
    for part in document.parts:
        above = parts[part.reply_to].depth if part.reply_to else 0
        assert part.depth == above + 1


def test_a_very_long_chain_of_replies():
    rows = [{"id": n, "parent": n + 1 if n < 20_000 else None, "text": "w"} for n in range(20_001)]
    document = _document({"id": 1, "text": "", "comments": rows})
    assert document.parts[0].depth == 20_001


@pytest.mark.parametrize("payload", [b"[1]", b"3", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_an_error(payload):
    with pytest.raises(NotText):
        recover(Capture(payload=payload, key="a.jsonl", media_type="application/json"))
