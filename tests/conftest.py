"""What holds for all tests: no test fails because a machine is slow; a record on either engine."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.reading import forecast_model, replies

settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")

Addresses = Callable[[], str]
"""Gives the address of a record that is not there yet, each time another."""


def server() -> str:
    """The address of the PostgreSQL server of the tests; without one they are not run, and in CI
    that is a failure."""
    address = os.environ.get("SAYSO_TEST_POSTGRES")
    if not address:
        reason = "not run: no PostgreSQL here (make test-postgres starts one)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return address


@pytest.fixture
def schemas() -> Iterator[Addresses]:
    """New records on PostgreSQL: each a schema of its own, dropped afterwards."""
    import psycopg

    address, made = server(), []
    with psycopg.connect(address, autocommit=True) as connection:

        def new() -> str:
            name = f"test_{uuid.uuid4().hex[:16]}"
            connection.execute(f"CREATE SCHEMA {name}")
            made.append(name)
            return f"{address}?options=-csearch_path%3D{name}"

        yield new
        for name in made:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def files(tmp_path: Path) -> Addresses:
    """New records in files."""
    return lambda: str(tmp_path / f"{uuid.uuid4().hex[:8]}.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def addresses(request: pytest.FixtureRequest) -> Addresses:
    """New records on each engine in turn."""
    found: Addresses = request.getfixturevalue("files" if request.param == "sqlite" else "schemas")
    return found


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies and forecasts by their rules, as where the trained model cannot run."""
    for module in (forecast_model, replies):
        monkeypatch.setattr(module, "default_model", lambda: None)
