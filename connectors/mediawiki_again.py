"""Pages and contributions of a wiki read again, as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence  # noqa: TC003 - beside the fields of a dataclass
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.mediawiki_lists import Lists
from socialaudit.models import Gone

if TYPE_CHECKING:
    from connectors.mediawiki_edits import Change
    from connectors.mediawiki_pages import Pages
    from connectors.mediawiki_site import Api
    from connectors.mediawiki_talk import Talk
    from socialaudit.models import Known, Reading


@dataclass(frozen=True, slots=True)
class Again:
    """Reads known pages and comments of one account."""

    api: Api
    pages: Pages
    talk: Talk

    def read(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Pages with what they show; comments, and what the account said after them; or ``Gone``."""
        posts = {
            (one.post or one.id.rpartition("/")[0]) if one.kind == "media" else one.id: one
            for one in known
            if one.kind in {"post", "media"}
        }
        if posts:
            yield from self._posts(posts)
        if comments := [one for one in known if one.kind == "comment"]:
            yield from self._comments(comments)

    def _posts(self, posts: Mapping[str, Known]) -> Iterator[Reading]:
        numbers = {native: number(native) for native in posts}
        found = dict(self.pages.known([n for n in dict.fromkeys(numbers.values()) if n]))
        for native, one in numbers.items():
            if readings := found.get(one):
                yield from readings
            elif one not in self.pages.refused:
                yield Gone(posts[native].kind, posts[native].id)
        yield from self.pages.unread()

    def _comments(self, comments: Sequence[Known]) -> Iterator[Reading]:
        numbers = {one.id: number(one.id, "r") for one in comments}
        talk = self.talk
        talk.texts.fetch(numbers.values())
        for one in comments:
            if numbers[one.id] not in talk.texts.known:
                yield Gone("comment", one.id)
        found = [talk.texts.changes[n] for n in numbers.values() if n in talk.texts.changes]
        wanted = {f"mediawiki:{one.id}" for one in comments}
        for comment in talk.comments(self._since(found)):
            if comment.key in wanted or comment.own:
                yield comment

    def _since(self, found: Sequence[Change]) -> list[Change]:
        """The edits of the same talk pages from the first of these on."""
        edits = {one.revision: one for one in found}
        for page in dict.fromkeys(one.page for one in found):
            oldest = min(one.at for one in found if one.page == page)
            lists = Lists.onwards(self.api, oldest)
            for query in lists.page(pageids=str(page)):
                edits |= {one.revision: one for one in lists.changes(query)}
        return list(edits.values())


def number(native: str, start: str = "") -> int:
    """The wiki's own number in an id of ours; 0 where there is none."""
    written = native.rpartition("#")[2].removeprefix(start)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0  # noqa: PLR2004 - a 64-bit number
