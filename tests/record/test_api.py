"""`import sayso` loads nothing; the names that it gives are those it lists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sayso

SRC = Path(sayso.__file__).parents[1]


def test_all_is_sorted_and_there() -> None:
    assert sayso.__all__ == sorted(sayso.__all__)
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)
    assert set(sayso._HOMES) == set(sayso.__all__)


def test_importing_loads_nothing() -> None:
    code = "import sayso, sys; print([m for m in sys.modules if m.startswith('sayso.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(SRC)}, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"


def test_ten_lines(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "Rebels leave Atarib\n\nRebels left the town of Atarib on 5 January 2019, residents said, "
        "after days of war.\n\nThe town's council said the schools would open again on Sunday.\n"
    )
    with sayso.Record(tmp_path / "my.db") as record:
        for reading in record.read(tmp_path / "page.txt", published="2019-01-07"):
            assert reading.document.published == "2019-01-07"
        for event in record.events(since="2019-01-01"):
            for found in record.event(event.id).fields:
                assert all(v.said_by for v in found.values)
        assert record.verify().intact
        assert record.search("schools")
        assert record.forecasts() is not None and record.control() is not None


def test_errors_travel_between_processes() -> None:
    import pickle

    from sayso.errors import NoContent

    error = pickle.loads(pickle.dumps(NoContent("page.html", "no article")))
    assert isinstance(error, NoContent) and str(error) == "page.html: no article"
