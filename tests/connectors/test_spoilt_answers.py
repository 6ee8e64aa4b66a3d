"""Instagram and LinkedIn with anything at all in the place of any part of an answer."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from connectors.instagram import Instagram
from connectors.linkedin import LinkedIn
from demo.instagram import InstagramSite
from demo.linkedin import LinkedInSite
from demo.server import Answer, LoopbackServer, Request, Site
from socialaudit.errors import PlatformError
from socialaudit.models import Comment, Known, Media, Post, Reading
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases import instagram, linkedin
from tests.connectors.test_graph_errors import JUNK, spoil
from tests.demo.test_instagram import EVERY_KIND as ON_INSTAGRAM
from tests.demo.test_linkedin import EVERY_KIND as ON_LINKEDIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Connector
    from tests.connectors.case import Case


@dataclass
class Spoilt:
    site: Site
    junk: Any
    chance: Random

    def answer(self, request: Request) -> Answer:
        good = self.site.answer(request)
        return Answer(json.dumps(spoil(good.body, self.junk, self.chance)), good.status)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


READERS: dict[str, tuple[type[Connector], Case, Site]] = {
    "instagram": (Instagram, instagram.case(), InstagramSite(ON_INSTAGRAM, NOW)),
    "linkedin": (LinkedIn, linkedin.case(), LinkedInSite(ON_LINKEDIN, NOW)),
}


def known_of(readings: list[Reading]) -> Iterator[Known]:
    for one in readings:
        if isinstance(one, Post):
            yield Known("post", one.id)
            yield Known("post", one.id, comment_count=9)
        elif isinstance(one, Media | Comment) and one.post:
            kind = "media" if isinstance(one, Media) else "comment"
            yield Known(kind, one.id, one.post.partition(":")[2])


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize("name", READERS)
def test_whatever_stands_in_place_of_a_value_only_our_errors_are_raised(
    name: str, junk: Any, seed: int
) -> None:
    connector, case, good = READERS[name]
    readings: list[Reading] = []
    site = Spoilt(good, junk, Random(seed))  # noqa: S311 - repeatable, secures nothing
    with LoopbackServer(site) as server:
        reader = connector(case.access(server.url))
        with suppress(PlatformError):
            readings.extend(reader.read(SINCE, UNTIL))
        with suppress(PlatformError):
            readings.extend(reader.reread(list(known_of(readings))))
        reader.close()
    json.dumps([getattr(one, "payload", None) for one in readings]).encode()
    str(readings).encode()
    assert len(server.log) < 100
