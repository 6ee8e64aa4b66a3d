"""A Mastodon server under contract, read without a token."""

from __future__ import annotations

from connectors.mastodon import Mastodon
from demo.mastodon import MastodonSite
from demo.mastodon_entities import account_id
from tests.connectors.case import Case, a_town


def case() -> Case:
    town = a_town("mastodon", handle="@LittleSnoringTC@mastodon.example", posts=95, comments=55)
    return Case(
        name="mastodon",
        connector=Mastodon,
        town=town,
        site=MastodonSite,
        secrets={},
        first="/accounts/lookup",
        paged=f"/accounts/{account_id(town)}/statuses",
        part="/context",
        fact="comments",
    )
