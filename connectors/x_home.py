"""The account of X that is being read: who it is, and which records are its own."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from connectors import x_media, x_wire
from connectors.x_answer import ID
from connectors.x_threads import Threads
from connectors.x_wire import Owner
from socialaudit.errors import Malformed, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.x_answer import Answer, Raw
    from connectors.x_client import XClient
    from socialaudit.models import Account, Comment, Media, Post, Setting

USER_FIELDS = (
    "created_at,description,entities,is_identity_verified,location,name,parody,pinned_tweet_id,"
    "protected,public_metrics,url,username,verified,verified_type,withheld"
)
_NAME = re.compile("[A-Za-z0-9_]{1,20}")
_ADDRESS = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+[a-z]+/(?:#!/)?|/$", re.IGNORECASE)


class Home:
    """What is known of an account so far; each answer taken in adds to it.

    ``owner`` has an empty id or name until it is known. Both are kept in the cache between runs.
    """

    def __init__(self, access: Access, client: XClient) -> None:
        self.owner = _remembered(access)
        self.threads = Threads()
        self._access = access
        self._client = client

    def look_up(self) -> Raw:
        """The profile as X has it. Raises any ``PlatformError``.

        What is not found by one of X's four ways to ask for a user is asked for by the next.
        """
        one, many, missing = self._client.get_user, self._client.get_users, None
        native, name = self.owner.id, self.owner.username
        for way, who in (
            *([(one, {"id": native}), (many, {"ids": [native]})] if native else ()),
            *([(one, {"username": name}), (many, {"usernames": [name]})] if name else ()),
        ):
            try:
                return self._profile_of(way(**who, user_fields=USER_FIELDS))
            except NotFound as fault:
                missing = missing or fault
        raise missing or _no_such_handle()

    def _profile_of(self, raw: Raw) -> Raw:
        answer = self._client.whole(raw)
        if not answer.items or not isinstance(answer.items[0], dict):
            raise Malformed("X sent a profile without its data")
        found: Raw = answer.items[0]
        if self.owner.id and str(found.get("id")) != self.owner.id:
            raise _no_such_handle()
        return found

    def adopt(self, raw: Raw) -> None:
        """Take id, name and privacy from a profile. Raises ``Malformed``."""
        native, username = str(raw.get("id")), str(raw.get("username") or self.owner.username)
        if not ID.fullmatch(native) or (username and not _NAME.fullmatch(username)):
            raise Malformed("X sent a profile without an id or a name")
        told = raw.get("protected")
        protected = told if isinstance(told, bool) else self.owner.protected
        self.owner = replace(self.owner, id=native, username=username, protected=protected)
        self._access.cache[_cache_key(self._access)] = f"{native} {username}"

    def profile(self, raw: Raw) -> Iterator[Account | Setting]:
        """The account and its settings. Raises ``Malformed``."""
        self.adopt(raw)
        yield x_wire.account(raw, self.owner, self._access.kind)
        yield from x_wire.settings(raw, self.owner)

    def take_in(self, answer: Answer, *, by_owner: bool = False) -> None:
        """Learn from an answer; ``by_owner`` when its items are the account's, even if unsigned."""
        if self.owner.id in answer.users:
            with suppress(Malformed):  # an odd profile beside the posts takes nothing from them
                self.adopt(answer.users[self.owner.id])
        self.threads.learn(answer, self.owner.id, by_owner=by_owner)

    def post(self, raw: Raw, answer: Answer) -> Iterator[Post | Media]:
        """A post with its media. Raises ``Malformed``."""
        post = x_wire.post(raw, self.owner, answer)
        yield post
        yield from x_media.media(raw, post, answer)

    def comment(self, raw: Raw, answer: Answer, *, own: bool | None = None) -> Comment:
        """A reply or mention; ``own`` where the answer need not say. Raises ``Malformed``."""
        return x_wire.comment(raw, self.owner, answer, self.threads.place(raw), own=own)


def _remembered(access: Access) -> Owner:
    """Whose account it is, as far as the council file and earlier runs tell.

    A handle may be written as a name, with an ``@``, as the address of the profile or of a page
    below it, or be the account's numeric id.
    """
    native, username = "", _ADDRESS.sub("", access.handle.strip())
    if found := ID.fullmatch(username.removeprefix("i/user/")):
        native, username = found[0], ""
    username = re.split("[/?#]", username)[0].removeprefix("@")
    if not _NAME.fullmatch(username):
        username = ""
    known = access.cache.get(_cache_key(access), "").partition(" ")
    if ID.fullmatch(known[0]) and _NAME.fullmatch(known[2]):
        native, _, username = known
    return Owner(access.account, native, username, access.salt)


def _no_such_handle() -> NotFound:
    return NotFound("X has no such handle", "Correct the handle in the council file.")


def _cache_key(access: Access) -> str:
    return f"x:user:{access.handle.lower()}"
