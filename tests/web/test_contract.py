"""The API keeps its own description under made-up requests: no server error, no broken contract.

A few requests for each operation here; `make test-full` sends many. That a request which fits the
description is always accepted is not asked: "south above north" fits any pattern, and is refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

schemathesis = pytest.importorskip("schemathesis", reason="not run: schemathesis is not here")

from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

from sayso.web.app import create_app  # noqa: E402

CHECKED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture,
           HealthCheck.data_too_large)  # fmt: skip


def _campaign(record_path: Path, examples: int) -> int:
    """Sends so many requests to each operation; gives the number of operations."""
    app = create_app(record_path)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    count = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        count += 1

        @settings(max_examples=examples, deadline=None, suppress_health_check=CHECKED,
                  phases=(Phase.explicit, Phase.generate), database=None,
                  derandomize=True)  # fmt: skip
        @given(case=operation.as_strategy())
        def send(case: object) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])  # type: ignore[attr-defined]

        send()
    return count


def test_the_api_keeps_its_contract(record_path: Path) -> None:
    assert _campaign(record_path, 8) >= 9


@pytest.mark.full
def test_the_api_keeps_its_contract_at_length(record_path: Path) -> None:
    assert _campaign(record_path, 300) >= 9
