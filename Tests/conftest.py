"""What both suites share: see Faults/README.md."""

import pytest

pytest_plugins = ["harness.fixtures"]
pytest.register_assert_rewrite("harness")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=50, help="how often the kill test kills the hub (default 50)")
    parser.addoption("--seed", type=int, default=None, help="repeat a run: the seed that its report names")
