"""Small sets of words: each is asked for by the code, and says what it is."""

import re
from pathlib import Path

import sayso.reading
from sayso.knowledge.tables import LINE, load_yaml
from sayso.reading.event_terms import FILE, terms

_CODE = "\n".join(
    p.read_text(encoding="utf-8") for p in Path(sayso.reading.__path__[0]).glob("*.py")
)
_SETS = {name: row for name, row in load_yaml(*FILE).items() if name != LINE}


def test_each_set_is_asked_for() -> None:
    assert sorted(set(re.findall(r'terms\("(\w+)"\)', _CODE))) == sorted(_SETS)


def test_each_set_says_what_it_is_and_has_no_word_twice() -> None:
    for name, row in _SETS.items():
        assert row["what"], name
        assert len(row["words"].split()) == len(terms(name)) > 1, name
