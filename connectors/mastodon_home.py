"""Whose account it is on its server, and what its profile, settings and token tell.

The account's id is kept in the cache: after the first run the profile comes with its statuses.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from connectors import mastodon_wire as wire
from connectors.mastodon_client import path_of
from connectors.mastodon_threads import lost
from connectors.transport import scrub
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.mastodon_client import Client, Whose
    from connectors.mastodon_wire import Raw
    from socialaudit.models import Reading

RULES_DAYS = 28
"""The rules of a server change rarely: they are asked for again after so many days."""
_FIRST = datetime.min.replace(tzinfo=UTC)
OTHER = Unread(
    "settings",
    "the token belongs to another account, so its own settings and mentions were not read",
    "Make the token while signed in to the council's account.",
    partial=True,
)


class Home:
    """The account of one access. ``owner`` has no id before ``find``."""

    def __init__(self, access: Access, client: Client, whose: Whose) -> None:
        self.owner = wire.Owner(access.account, "", whose.server, access.salt)
        self.has_own_token = False
        self._access = access
        self._client = client
        self._whose = whose
        self._key = f"mastodon:id:{whose.server}/{whose.name}"
        self._profile: Raw = {}

    def find(self) -> bool:
        """Learn the account's id; whether that needed no request. Raises ``PlatformError``.

        A token is tried first: a wrong one is an error, whatever the server shows without it.
        """
        if self._client.token and not self._profile:
            mine = self._client.ask(self._client.api.account_verify_credentials).item
            self.has_own_token = self._is_ours(mine)
            if self.has_own_token:
                self._adopt(mine)
        if self.owner.id:
            return False
        if native := self._access.cache.get(self._key):
            self._own(native)
            return True
        self._adopt(self._looked_up())
        return False

    def forget(self) -> None:
        """Drop an id that the server no longer knows."""
        self._access.cache.pop(self._key, None)
        self._own("")
        self._profile = {}

    def learn(self, raw: object) -> None:
        """Take the profile from one of the account's statuses, where it came with it."""
        author = raw.get("account") if isinstance(raw, dict) else None
        if self._profile or not isinstance(author, dict) or "note" not in author:
            return
        if str(author.get("id")) == self.owner.id:
            self._profile = author

    def readings(self, until: datetime) -> Iterator[Reading]:
        """The account and its settings, asked for unless they came already."""
        if not self._profile:
            asked = self._client.ask(self._client.api.account, path_of(self.owner.id))
            self._profile = asked.item
        profile = self._profile
        if profile.get("suspended") is True:
            raise NotFound(
                f"{self._whose.host} has suspended this account", "Ask who runs the server."
            )
        yield wire.account(profile, self._access, self._whose.server)
        if isinstance(profile.get("moved"), dict):
            yield _moved(profile["moved"])
        if self._client.token and not self.has_own_token:
            yield OTHER
        extra: Raw = {}
        try:
            extra = self._rules(until) | (self._filters() if self.has_own_token else {})
        except Forbidden as fault:
            yield lost("settings", fault)
        yield from wire.settings(profile, self._access, extra)

    def _own(self, native: str) -> None:
        self.owner = wire.Owner(self._access.account, native, self._whose.server, self._access.salt)

    def _adopt(self, profile: Raw) -> None:
        self._profile = profile
        self._own(wire.identity(profile))
        self._access.cache[self._key] = self.owner.id

    def _is_ours(self, mine: Raw) -> bool:
        known = self._access.cache.get(self._key)
        names = {str(mine.get(part)).casefold() for part in ("username", "acct", "id")}
        return self._whose.name.casefold() in names or str(mine.get("id")) == known

    def _looked_up(self) -> Raw:
        """The profile by name. Servers without a look-up take the name for an id."""
        name, api = self._whose.name, self._client.api
        try:
            return self._client.ask(api.account_lookup, name).item
        except (NotFound, Malformed) as fault:
            try:
                return self._client.ask(api.account, path_of(name)).item
            except (NotFound, Malformed, Unauthorized, Forbidden):
                raise fault from None

    def _rules(self, until: datetime) -> Raw:
        """The house rules of the server, as it last told them."""
        key = f"mastodon:rules:{self._whose.server}"
        kept: dict[str, Any] = {}
        try:
            kept = dict(json.loads(self._access.cache.get(key, "{}")))
            asked = wire.moment_of(kept.get("asked")) or _FIRST
        except (ValueError, TypeError):
            asked = _FIRST
        if not timedelta(0) <= until - asked < timedelta(days=RULES_DAYS):
            try:
                answer = self._client.ask(self._client.api.instance_rules)
                told = [str(r.get("text")) for r in answer.items if isinstance(r, dict)]
            except (NotFound, Malformed, Unauthorized, Forbidden):
                told = None  # older than Mastodon 3.4, or not shown to the public
            kept = {"asked": until.isoformat(), "rules": told}
            self._access.cache[key] = json.dumps(kept)
        return {"rules": kept["rules"]} if isinstance(kept.get("rules"), list) else {}

    def _filters(self) -> Raw:
        """The words and phrases that the account does not want to see."""
        try:
            answer = self._client.ask(self._client.api.filters_v2)
            return {"filters": scrub(answer.items)}
        except (NotFound, Malformed):
            return {}


def _moved(new: Raw) -> Unread:
    where = wire.text_of(new.get("url")) or wire.text_of(new.get("acct")) or "another account"
    return Unread(
        "posts",
        f"the account says that it has moved to {where}",
        "Register the new account in the council file, in place of this one.",
        partial=True,
    )
