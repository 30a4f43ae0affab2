"""Every statement of the store is one that PostgreSQL's own parser takes, too."""

import re
from pathlib import Path

import pglast
import pytest

STORE = Path(__file__).resolve().parents[2] / "Sources/HubStore"
LITERAL = re.compile(r'"""\n(.*?)\n\s*"""|"((?:SELECT|INSERT|UPDATE|DELETE|CREATE) [^"]*)"', re.DOTALL)
# The engine alone may speak SQLite.
STATEMENTS = [
    (f"{path.relative_to(STORE)}:{path.read_text()[:match.start()].count(chr(10)) + 1}", (match[1] or match[2]).strip())
    for path in sorted(STORE.rglob("*.swift"))
    if "Engine" not in path.parts
    for match in LITERAL.finditer(path.read_text())
]


def test_the_statements_are_found() -> None:
    assert len(STATEMENTS) > 60


@pytest.mark.parametrize("statement", [text for _, text in STATEMENTS], ids=[place for place, _ in STATEMENTS])
def test_postgresql_parses(statement: str) -> None:
    pglast.parse_sql(statement)


@pytest.mark.parametrize("statement", [text for _, text in STATEMENTS], ids=[place for place, _ in STATEMENTS])
def test_parameters_are_numbered_in_the_order_of_their_first_use(statement: str) -> None:
    """SQLite counts named parameters as they come; PostgreSQL goes by the number."""
    order = list(dict.fromkeys(int(number) for number in re.findall(r"\$(\d+)", statement)))
    assert order == list(range(1, len(order) + 1))
