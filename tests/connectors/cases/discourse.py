"""A user of a Discourse board under contract."""

from __future__ import annotations

from connectors.discourse import Discourse
from demo.discourse import DiscourseSite
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="discourse",
        connector=Discourse,
        town=a_town(
            "discourse", handle="https://forum.example.org/u/council", posts=35, comments=45
        ),
        site=DiscourseSite,
        secrets={},
        first="/u/council.json",
        paged="/topics/created-by/",
        part="/user_actions",
        fact="posts",
    )
