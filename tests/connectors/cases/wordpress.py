"""A WordPress site under contract, read without a password."""

from __future__ import annotations

from connectors.wordpress import WordPress
from demo.server import FAULTS
from demo.wordpress import WordPressSite
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="wordpress",
        connector=WordPress,
        town=a_town("wordpress", handle="https://news.example.gov.uk", posts=130, comments=130),
        site=WordPressSite,
        secrets={},
        first="",  # a site whose API alone is refused is read through its feeds
        paged="/wp/v2/posts",
        part="/wp/v2/comments",
        fact="comments",
        # a web page where the API should be is what a site answers whose API is elsewhere
        faults=frozenset(FAULTS) - {"html"},
    )
