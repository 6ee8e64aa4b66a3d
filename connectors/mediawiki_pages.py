"""Pages of a wiki as readers see them, each read once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence  # noqa: TC003 - the fields of a dataclass
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors.mediawiki_about import Introduction
from connectors.mediawiki_edits import Change, change, flag, items
from connectors.mediawiki_talk import MOST_AT_ONCE
from connectors.mediawiki_wire import media, parsed, post
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from connectors.hypertext import Page
    from connectors.mediawiki_about import About
    from connectors.mediawiki_site import Api
    from socialaudit.models import Reading

KEPT = "mediawiki:home"
"""Where the cache keeps the page that introduces the wiki, by the number of its version."""
INTRODUCTION = 4_000
"""Characters of the page that introduces a wiki that count as its description."""
_MOST_LINKS = 100


@dataclass(slots=True)
class Pages:
    """Reads pages. ``native`` makes an id of ours of a page's own; ``versions``: those of each edit."""

    api: Api
    about: About
    account: str
    native: Callable[[str], str]
    versions: bool = False
    asked: int = 0
    refused: set[int] = field(default_factory=set)
    _read: dict[int, Page] = field(default_factory=dict)

    def posts(self, changes: Sequence[Change]) -> Iterator[Reading]:
        """A post for each of these pages that is still there, with its media."""
        for start in range(0, len(changes), MOST_AT_ONCE):
            some = changes[start : start + MOST_AT_ONCE]
            told = self.infos([c.page for c in some])
            for one in some:
                info = told.get(one.page, {})
                if flag(info, "missing") or flag(info, "redirect"):
                    continue
                yield from self._post(one, info)

    def infos(self, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """What the wiki says of at most 50 pages, by their numbers, with each one's newest edit."""
        answer = self.api.call(
            "query",
            pageids="|".join(map(str, numbers)),
            prop="info|revisions",
            inprop="protection|url|talkid",
            rvprop="ids|timestamp|flags|tags|size",
        )
        query = answer.get("query")
        found = items(query.get("pages")) if isinstance(query, dict) else []
        return {
            p["pageid"]: p
            for p in found
            if isinstance(p, dict) and isinstance(p.get("pageid"), int)
        }

    def known(self, numbers: Sequence[int]) -> Iterator[tuple[int, list[Reading]]]:
        """Pages by number as they are now; nothing for one that is gone."""
        for start in range(0, len(numbers), MOST_AT_ONCE):
            some = numbers[start : start + MOST_AT_ONCE]
            told = self.infos(some)
            for number in some:
                info = told.get(number, {"missing": True})
                if flag(info, "missing") or flag(info, "invalid"):
                    yield number, []
                    continue
                newest = next(iter(items(info.get("revisions"))), None)
                one = change(newest, info) if newest else None
                yield number, list(self._post(one, info)) if one else []

    def introduction(
        self, title: str, lately: object, cache: MutableMapping[str, str]
    ) -> Introduction | None:
        """How the wiki introduces itself on a page; as kept, where ``lately`` it is still the same."""
        if lately and (kept := kept_home(cache, title)) and kept["revision"] == lately:
            return Introduction(kept["text"], tuple(map(str, kept["links"])))
        try:
            answer = self._parse(page=title, redirects="1")
            page = parsed(answer, self.about.address(title) or self.about.root)
        except NotFound:
            return Introduction("", ())
        except (Forbidden, Malformed):
            return None
        told = answer["parse"]
        if isinstance(number := told.get("pageid"), int):
            self._read[number] = page
        text, links = page.text[:INTRODUCTION], page.links[:_MOST_LINKS]
        kept = {"title": title, "revision": told.get("revid"), "text": text, "links": links}
        cache[KEPT] = json.dumps(kept)
        return Introduction(text, tuple(links))

    def unread(self) -> Iterator[Unread]:
        """What to say of pages that could not be read."""
        if self.refused:
            reason = f"{len(self.refused)} of {self.asked} pages could not be read"
            yield Unread("posts", reason, "See who may read them.", partial=True)

    def _post(self, one: Change, info: Mapping[str, Any]) -> Iterator[Reading]:
        self.asked += 1
        try:
            page = self._page(one)
        except NotFound:
            return
        except (Forbidden, Malformed):
            self.refused.add(one.page)
            return
        shown = post(one, page, info, self.about, self.native(str(one.page)), self.account)
        yield shown
        yield from media(shown, page)

    def _page(self, one: Change) -> Page:
        if one.page in self._read and not self.versions:
            return self._read[one.page]
        asked = {"oldid": one.revision} if self.versions else {"pageid": one.page}
        base = self.about.address(one.title) or self.about.root
        page = parsed(self._parse(**asked), base)
        self._read[one.page] = page
        return page

    def _parse(self, **asked: Any) -> dict[str, Any]:
        return self.api.call(
            "parse",
            **asked,
            prop="text|revid|displaytitle",
            disableeditsection="1",
            disabletoc="1",
            disablelimitreport="1",
        )


def kept_home(cache: Mapping[str, str], title: str | None = None) -> dict[str, Any] | None:
    """The introduction that was kept; ``None`` for none that can be used."""
    try:
        told = json.loads(cache.get(KEPT, "null"))
        usable = isinstance(told["text"], str) and isinstance(told["links"], list)
        return told if usable and title in {None, told["title"]} else None
    except (ValueError, TypeError, LookupError):
        return None
