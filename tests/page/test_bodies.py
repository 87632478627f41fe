"""The article's body on pages of our own: not below trafilatura alone, and never with comments."""

import importlib.util
from pathlib import Path

import pytest
import yaml

TOOL = Path(__file__).parents[2] / "tools" / "bench_bodies.py"
PAGES = yaml.safe_load((Path(__file__).parent / "bodies.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_bodies", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_bodies_are_not_below_the_library_alone(bench):
    ours = bench.score(bench.ours)
    assert ours[2] >= bench.score(bench.theirs)[2]
    assert ours[1] == 1.0


@pytest.mark.parametrize("name", PAGES)
def test_a_body_has_its_words(bench, name):
    text = " ".join(bench.ours(PAGES[name]["html"]).split())
    assert [w for w in PAGES[name]["with"] if w not in text] == []


def test_no_comment_is_in_a_body(bench):
    page = PAGES["comments below"]
    text = bench.ours(page["html"])
    assert not [w for w in page["without"] if w in text]
