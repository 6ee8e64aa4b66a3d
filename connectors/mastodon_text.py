"""The HTML of Mastodon and its kin (statuses, profiles, archives) as text and links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from connectors.hypertext import Page

_NAMED = frozenset({"mention", "hashtag"})
_ADDED = re.compile(
    r"<(p|span|div)\b[^>]*\b(?:quote-inline|gts-system-message)\b[^>]*>.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What servers put into a post and nobody wrote: Mastodon 4.5 before a quote, for servers that know
none; GoToSocial where it did not fetch what is attached."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a piece of HTML says, and the addresses it links to: not those of people and hashtags.

    ``images`` gives the description by the address of each picture in it: Mastodon has none, but
    servers for longer texts do.
    """

    text: str
    links: tuple[str, ...]
    images: dict[str, str] = field(default_factory=dict)


def said(html: str, base: str) -> Said:
    """The words as people see them; a link is written out whole, a custom emoji is ``:name:``.

    ``base`` makes addresses whole.

    >>> said('<p>See <a href="https://a.example/b"><span class="invisible">https://</span>a.example/b</a></p>', "").text
    'See https://a.example/b'
    """
    page = _Content(_ADDED.sub("", html), base)
    return Said(page.text, tuple(dict.fromkeys(page.links)), page.images)


class _Content(Page):
    """A piece of HTML whose links to people and hashtags are words, not links."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        named = {*(told.get("class") or "").split(), *(told.get("rel") or "").split()}
        if tag == "a" and named & {*_NAMED, "tag"}:
            attrs = [(name, value) for name, value in attrs if name != "href"]
        if tag == "img" and "emoji" in " ".join(named):
            self.handle_data(told.get("alt") or "")
            return
        super().handle_starttag(tag, attrs)
