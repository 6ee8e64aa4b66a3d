from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.facebook import Facebook
from demo.facebook import TOKEN, FacebookSite
from tests.connectors.case import Case, a_town

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount


def case() -> Case:
    return Case(
        name="facebook",
        connector=Facebook,
        town=a_town("facebook", handle="LittleSnoring", posts=130, comments=130),
        site=_site,
        secrets={"token": TOKEN},
        first="/v25.0/LittleSnoring",
        paged="/published_posts",
        part="/visitor_posts",
        fact="comments.visitor",
    )


def _site(town: TownAccount, now: datetime) -> FacebookSite:
    return FacebookSite(town, now, TOKEN)
