"""Export: LinkedIn's page export cannot be read, and an account that names one is *not assessed*.

What an administrator of a page can download (Analytics, Content, Export) is a spreadsheet of
figures: it names a post's day but no time, shows neither pictures nor their descriptions, subtitles
nor comments, and covers a year at most. Nothing that a policy asks could be answered from it. The
archive of a member's own data holds no posts of a page. Connect the page to LinkedIn instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from socialaudit.errors import ExportUnusable

if TYPE_CHECKING:
    from datetime import datetime

    from connectors import Access
    from connectors.archive_files import Files

LOOKS = "LinkedIn’s export of a page"
WHOLE = False
_SHEETS = r".*_(?:updates|content|visitors|followers|competitor)[^/]*_\d+\.(?:xlsx?|csv)"
_MEMBER = r"(?:Shares|Profile|Rich_Media|Connections)\.csv"


def root(files: Files) -> str | None:
    """Where the spreadsheets lie, or a member's own archive."""
    found = files.matching(_SHEETS)
    return "" if found else files.root(_MEMBER)


def made_at(files: Files, root: str) -> datetime | None:
    """Never told: nothing is read from it."""
    del files, root
    return None


def records(files: Files, root: str, access: Access) -> NoReturn:
    """None: raises ``ExportUnusable``, which says why."""
    del files, root, access
    raise ExportUnusable(
        "LinkedIn’s export of a page holds figures only: no times, pictures or comments to check",
        'Take "archive" out of the council file and connect the page to LinkedIn.',
    )
