from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.instagram import Instagram
from demo.instagram import TOKEN, InstagramSite
from tests.connectors.case import Case, a_town

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount


def case() -> Case:
    return Case(
        name="instagram",
        connector=Instagram,
        town=a_town("instagram", handle="littlesnoring", posts=130, comments=130),
        site=_site,
        secrets={"token": TOKEN},
        first="/v25.0/me",
        paged="/media",
        part="/comments",
        fact="comments",
    )


def _site(town: TownAccount, now: datetime) -> InstagramSite:
    return InstagramSite(town, now, TOKEN)
