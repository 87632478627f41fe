"""The programs of docs/exports-as-jsonl.md: an export becomes JSON Lines, and these are read."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.model.capture import Capture
from sayso.page.recover import recover

DOCS = Path(__file__).parents[2] / "docs" / "exports-as-jsonl.md"
PROGRAMS = dict(re.findall(r"## (\w+)\n.*?```python\n(.*?)```", DOCS.read_text("utf-8"), re.S))


def _run(name, folder):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAMS[name]], cwd=folder, capture_output=True, check=True
    )
    return done.stdout


def _thread(line):
    document = recover(Capture(payload=line, key="x.jsonl", media_type="application/json"))
    ids = {p.id: p.key for p in document.parts}
    return [
        (p.key, ids.get(p.reply_to), p.author, p.published, document.text[p.start : p.end])
        for p in document.comments()
    ]


def _lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_an_archive_of_reddit(tmp_path):
    _lines(tmp_path / "posts.jsonl", {
        "id": "abc", "title": "The bridge", "selftext": "Is it open?", "created_utc": 1546855500,
    })  # fmt: skip
    _lines(
        tmp_path / "comments.jsonl",
        {"id": "c1", "parent_id": "t3_abc", "link_id": "t3_abc", "author": "rana",
         "body": "Since Sunday.", "created_utc": "1546855560"},
        {"id": "c2", "parent_id": "t1_c1", "link_id": "t3_abc", "author": "old_mason",
         "body": "Source?", "created_utc": 1546855620},
    )  # fmt: skip
    _run("Reddit", tmp_path)
    assert _thread((tmp_path / "discussions.jsonl").read_bytes()) == [
        ("c1", None, "rana", "2019-01-07T10:06:00Z", "Since Sunday."),
        ("c2", "c1", "old_mason", "2019-01-07T10:07:00Z", "Source?"),
    ]


def test_a_chat_of_telegram(tmp_path):
    messages = [
        {"id": 1, "type": "service", "date": "2019-01-07T10:00:00"},
        {"id": 2, "type": "message", "date": "2019-01-07T10:05:00", "from": "Rana",
         "text": ["The bridge is ", {"type": "bold", "text": "open"}, "."]},
        {"id": 3, "type": "message", "date": "2019-01-07T10:06:00", "from": "Tom",
         "reply_to_message_id": 2, "text": "Source?"},
    ]  # fmt: skip
    (tmp_path / "result.json").write_text(
        json.dumps({"name": "Bridges", "messages": messages}), encoding="utf-8"
    )
    rows = _thread(_run("Telegram", tmp_path))
    assert [(r[0], r[1], r[2], r[4]) for r in rows] == [
        ("2", None, "Rana", "The bridge is open."),
        ("3", "2", "Tom", "Source?"),
    ]


@pytest.mark.parametrize("name", ["Reddit", "Telegram", "X"])
def test_each_export_has_its_program(name):
    assert name in PROGRAMS


def test_an_archive_of_x(tmp_path):
    _lines(
        tmp_path / "posts.jsonl",
        {"id_str": "1", "full_text": "The bridge is open.", "in_reply_to_status_id_str": None,
         "created_at": "Mon Jan 07 10:05:00 +0000 2019", "user": {"screen_name": "rana"}},
        {"id_str": "2", "full_text": "Source?", "in_reply_to_status_id_str": "1",
         "created_at": "Mon Jan 07 10:06:00 +0000 2019", "user": {"screen_name": "tom"}},
        {"id_str": "3", "full_text": "I crossed it.", "in_reply_to_status_id_str": "2",
         "created_at": "Mon Jan 07 10:07:00 +0000 2019", "user": {"screen_name": "rana"}},
    )  # fmt: skip
    _run("X", tmp_path)
    line = (tmp_path / "discussions.jsonl").read_bytes()
    assert json.loads(line)["text"] == "The bridge is open."
    assert [row[:4] for row in _thread(line)] == [
        ("2", None, "tom", "2019-01-07T10:06:00+00:00"),
        ("3", "2", "rana", "2019-01-07T10:07:00+00:00"),
    ]
