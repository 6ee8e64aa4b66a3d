"""Whose account it is on its server, and what its profile, settings and token tell.

The account's id is kept in the cache: after the first run the profile comes with its statuses.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from connectors import mastodon_wire as wire
from connectors.mastodon_client import path_of
from connectors.mastodon_threads import lost
from connectors.transport import utc
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized, Unreachable
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.mastodon_client import Client, Whose
    from connectors.mastodon_wire import Raw
    from socialaudit.models import Reading

RULES_DAYS = 28
"""The rules of a server change rarely: they are asked for again after so many days."""
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

    @property
    def stated(self) -> int | None:
        """How many statuses the server counts, those for followers only among them."""
        return wire.count(self._profile.get("statuses_count"))

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

    def readings(self) -> Iterator[Reading]:
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
        yield from wire.settings(profile, self.owner)

    def extras(self, until: datetime) -> Iterator[Reading]:
        """Settings that a request of their own tells, and that nothing else waits for."""
        if (rules := self._rules(until)) is not None:
            yield wire.setting("rules", rules, self.owner)
        if self.has_own_token:
            try:
                filters = self._client.ask(self._client.api.filters_v2).items
                yield wire.setting("filters", filters, self.owner)
            except (Forbidden, Malformed) as fault:
                yield lost("settings", fault)
            except NotFound:  # older than Mastodon 4.0
                return

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

    def _rules(self, until: datetime) -> list[str] | None:
        """The house rules of the server, as it last told them; ``None`` where it tells none."""
        key = f"mastodon:rules:{self._whose.server}"
        kept = _kept(self._access.cache.get(key, ""))
        if timedelta(0) <= until - kept.asked < timedelta(days=RULES_DAYS):
            return kept.rules
        try:
            answer = self._client.ask(self._client.api.instance_rules)
            told = [str(rule.get("text")) for rule in answer.items if isinstance(rule, dict)]
        except Unreachable:
            return kept.rules
        except (NotFound, Malformed, Unauthorized, Forbidden):
            told = None  # older than Mastodon 3.4, or not shown to the public
        self._access.cache[key] = json.dumps({"asked": until.isoformat(), "rules": told})
        return told


@dataclass(frozen=True, slots=True)
class Kept:
    """The rules of a server as an earlier run read them, and when."""

    asked: datetime
    rules: list[str] | None


def _kept(written: str) -> Kept:
    try:
        told = json.loads(written)
        rules = told["rules"]
        return Kept(utc(told["asked"]), rules and [str(rule) for rule in rules])
    except (Malformed, ValueError, TypeError, LookupError):
        return Kept(datetime.min.replace(tzinfo=UTC), None)


def _moved(new: Raw) -> Unread:
    where = wire.text_of(new.get("url")) or wire.text_of(new.get("acct")) or "another account"
    return Unread(
        "posts",
        f"the account says that it has moved to {where}",
        "Register the new account in the council file, in place of this one.",
        partial=True,
    )
