"""Reading again what is known of a WordPress site: by number, many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectors import wordpress_wire as wire
from connectors.wordpress_api import Blocked, LoginWanted, Pages
from connectors.wordpress_desk import authors, counts
from connectors.wordpress_lists import REFUSED, Gathered, batches, real
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors.wordpress_api import Api
    from connectors.wordpress_desk import Desk
    from connectors.wordpress_lists import Lists
    from socialaudit.models import Known, Reading

_AWAY = (NotFound, Forbidden, Unauthorized)
_UNTOLD = (Blocked, LoginWanted, Malformed)
"""What tells nothing of whether an item is still there."""
_REMOVED = frozenset({"trash", "auto-draft"})


class Again:
    """Reads known posts and comments as they are now.

    What a list by number does not give is asked for by itself: only what is then refused or missing
    is gone.
    """

    def __init__(self, api: Api, lists: Lists, desk: Desk) -> None:
        self._api = api
        self._lists = lists
        self._desk = desk

    def read(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The readings, posts first."""
        counted = {k.id: k.comment_count for k in known if k.comment_count is not None}
        wanted = [
            (k.post or k.id.partition("#")[0]) if k.kind == "media" else k.id
            for k in known
            if k.kind != "comment" and k.comment_count is None
        ]
        comments = [k.id for k in known if k.kind == "comment"]
        yield from self._posts(_numbers(wanted), {i: counted[i] for i in _numbers(counted)})
        yield from self._comments(_numbers(comments))

    def _posts(self, wanted: list[str], counted: dict[str, int]) -> Iterator[Reading]:
        """Wanted posts, and those whose number of comments has changed, with these comments."""
        talk, now = Gathered(), None
        if wanted or counted:
            try:
                talk = self._lists.counted(list(dict.fromkeys([*wanted, *counted])))
                now = counts(talk.items) if talk.whole else None
            except REFUSED as fault:
                yield Unread("comments", fault.message, fault.remedy, partial=True)
        changed = [n for n in counted if now is not None and now[n] != counted[n]]
        items, gone = self._by_number("posts", wanted, changed)
        for told in self._desk.posts(items):
            if isinstance(told, Unread):
                yield told
            else:
                post, shown = told
                yield from self._desk.told(post, shown, None if now is None else now[post.id])
        yield from (Gone("post", native) for native in gone)
        fresh = [i for i in talk.items if str(wire.number(i.get("post"))) in changed]
        yield from self._desk.comments(fresh, authors(items))

    def _comments(self, wanted: list[str]) -> Iterator[Reading]:
        """Wanted comments, with the answers to them that the site itself wrote."""
        if not wanted:
            return
        items, gone = self._by_number("comments", wanted, [])
        yield from (Gone("comment", native) for native in gone)
        answers = self._answers(wanted)
        for comment in self._desk.comments(real([*items, *answers]), ()):
            if isinstance(comment, Unread) or comment.id in wanted or comment.own:
                yield comment

    def _answers(self, wanted: list[str]) -> list[Any]:
        found = Gathered()
        for some in batches(wanted):
            query: dict[str, object] = {"parent": ",".join(some), "_fields": wire.COMMENT_FIELDS}
            found.add(Pages(self._api, "comments", query))
        return found.items

    def _by_number(
        self, path: str, wanted: list[str], changed: list[str]
    ) -> tuple[list[Any], list[str]]:
        """The items of these numbers, and the numbers of wanted ones that are gone."""
        numbers = list(dict.fromkeys([*wanted, *changed]))
        query = self._lists.post_query() if path == "posts" else self._comment_query()
        found = Gathered()
        for some in batches(numbers):
            try:
                found.add(Pages(self._api, path, {**query, "include": ",".join(some)}))
            except REFUSED:
                continue
        asked = set(numbers)
        items = {str(i.get("id")): i for i in found.items if isinstance(i, dict)}
        items = {number: item for number, item in items.items() if number in asked}
        gone = []
        for number in numbers:
            if number not in items:
                try:
                    item = self._alone(path, number, query)
                except _UNTOLD:
                    continue
                if item is not None:
                    items[number] = item
                elif number in wanted:
                    gone.append(number)
        return list(items.values()), gone

    def _alone(self, path: str, number: str, query: dict[str, object]) -> Any:
        """One item; ``None`` where it is gone or may not be seen."""
        asked = {k: v for k, v in query.items() if k in {"context", "_embed", "_fields"}}
        try:
            item = self._api.get(f"{path}/{number}", **asked)
        except _UNTOLD:
            raise
        except _AWAY:
            return None
        if not isinstance(item, dict) or str(item.get("id")) != number:
            raise Malformed("the site gave another item than the one that was asked for")
        return None if path == "posts" and item.get("status") in _REMOVED else item

    def _comment_query(self) -> dict[str, object]:
        moderated = (
            {"context": "edit", "status": "all"} if self._lists.may("moderate_comments") else {}
        )
        return {**moderated, "_fields": wire.COMMENT_FIELDS}


def _numbers(names: Sequence[str] | dict[str, int]) -> list[str]:
    """Those that are numbers, each once: what a feed named otherwise cannot be asked for."""
    return list(dict.fromkeys(name for name in names if name.isdigit()))
