from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.linkedin import LinkedIn
from demo.linkedin import TOKEN, LinkedInSite
from tests.connectors.case import Case, a_town

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount


def case() -> Case:
    return Case(
        name="linkedin",
        connector=LinkedIn,
        town=a_town("linkedin", handle="little-snoring", posts=130, comments=130),
        site=_site,
        secrets={"token": TOKEN},
        first="/rest/organizations",
        paged="/rest/posts",
        part="/comments",
        fact="comments",
    )


def _site(town: TownAccount, now: datetime) -> LinkedInSite:
    return LinkedInSite(town, now, TOKEN)
