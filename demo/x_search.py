"""X's search queries, as far as replies need them: ``to:``, ``from:``, ``conversation_id:``, OR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Test = Callable[[Mapping[str, Any]], bool]


class BadQuery(ValueError):
    """A query that X would refuse."""


def compiled(query: str, user_ids: Mapping[str, str]) -> Test:
    """A test for posts in wire form; ``user_ids`` maps lower-case handles.

    A space means *and* and binds tighter than ``OR``. Raises ``BadQuery``.
    """
    tokens = re.findall(r"\(|\)|[^\s()]+", query)
    test, rest = _either(tokens, user_ids)
    if rest:
        raise BadQuery(f"no viable alternative at input '{rest[0]}'")
    return test


def _either(tokens: list[str], ids: Mapping[str, str]) -> tuple[Test, list[str]]:
    tests: list[Test] = []
    while True:
        test, tokens = _all(tokens, ids)
        tests.append(test)
        if tokens[:1] != ["OR"]:
            return (lambda post: any(t(post) for t in tests)), tokens
        tokens = tokens[1:]


def _all(tokens: list[str], ids: Mapping[str, str]) -> tuple[Test, list[str]]:
    tests: list[Test] = []
    while tokens and tokens[0] not in {"OR", ")"}:
        if tokens[0] == "(":
            test, tokens = _either(tokens[1:], ids)
            if tokens[:1] != [")"]:
                raise BadQuery("missing ')'")
        else:
            test = _term(tokens[0], ids)
        tests.append(test)
        tokens = tokens[1:]
    if not tests:
        raise BadQuery("empty query")
    return (lambda post: all(t(post) for t in tests)), tokens


def _term(term: str, ids: Mapping[str, str]) -> Test:
    operator, _, value = term.partition(":")
    field = {
        "to": "in_reply_to_user_id",
        "from": "author_id",
        "conversation_id": "conversation_id",
    }.get(operator)
    if field is None or not value:
        raise BadQuery(f"operator '{term}' is not served here")
    is_id = operator == "conversation_id" or value.isdigit()
    wanted = value if is_id else ids.get(value.lower().lstrip("@"))
    return lambda post: wanted is not None and post.get(field) == wanted
