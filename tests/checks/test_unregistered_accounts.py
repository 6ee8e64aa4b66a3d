from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checks.unregistered_accounts import unregistered_accounts
from socialaudit.check import Confidence, Counted, Observation, Registered
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.presences import HOME_PAGE
from socialaudit.records import from_records
from tests.checks.judging import a_context
from tests.records import COUNCIL, an_account

if TYPE_CHECKING:
    from socialaudit.models import Account

BLOG = "https://testhamtc.wordpress.com/"
INSTAGRAM = "https://www.instagram.com/testhamtc"
FACEBOOK = Registered("facebook", "facebook", "TesthamTC")
PAGE = an_account(id="111222333", handle="TesthamTC", links=())


def home(*links: str) -> Account:
    return an_account(
        key=f"feed:{HOME_PAGE}", id=HOME_PAGE, account=WEBSITE, platform="feed", links=links
    )


def said(
    *records: Account,
    registered: tuple[Registered, ...] = (FACEBOOK,),
    not_ours: tuple[str, ...] = (),
) -> tuple[list[Observation], int, int]:
    context = a_context(
        unregistered_accounts,
        council=replace(COUNCIL, not_ours=not_ours),
        registered=registered,
        home_page="https://www.testham.example/",
    )
    told = list(unregistered_accounts.judge(from_records(records), context))
    counted = next((c for c in told if isinstance(c, Counted)), Counted(None, 0))
    return [o for o in told if isinstance(o, Observation)], counted.examined, counted.unknown


def test_a_profile_that_the_website_shows_and_no_list_holds_is_told_once() -> None:
    page = replace(PAGE, links=(INSTAGRAM,), description=f"Photos: {INSTAGRAM}/. Ring us.")
    (found,), examined, unknown = said(page, home("https://facebook.com/testhamtc", INSTAGRAM))
    assert (examined, unknown) == (2, 0)
    assert found.message == (
        "Facebook and the website link to “testhamtc” on Instagram, which is not on the list. "
        "It may be somebody else’s."
    )
    assert found.confidence is Confidence.POSSIBLE
    assert found.evidence == {"address": INSTAGRAM}
    assert found.subject == "profile instagram testhamtc"


def test_what_the_council_says_is_not_its_own_is_left_alone() -> None:
    assert said(PAGE, home(INSTAGRAM), not_ours=("http://instagram.com/TesthamTC/",))[0] == []


def test_a_page_by_its_number_is_the_one_by_its_name_once_it_was_read() -> None:
    number = "https://www.facebook.com/profile.php?id=111222333"
    assert said(PAGE, home(number)) == ([], 1, 0)
    assert said(home(number)) == ([], 0, 1)
    by_number = (Registered("facebook", "facebook", "111222333"),)
    assert said(home("https://www.facebook.com/TesthamTC"), registered=by_number) == ([], 0, 1)


def test_an_old_name_on_youtube_may_be_the_channel_that_is_listed() -> None:
    old = home("https://www.youtube.com/user/testhamcouncil")
    channel = Registered("youtube", "youtube", "@testham")
    assert said(old, registered=(channel,)) == ([], 1, 0)
    assert len(said(old)[0]) == 1


@pytest.mark.parametrize(
    "blog",
    [Registered("blog", "wordpress", BLOG), Registered("blog", "feed", f"{BLOG}feed/"),
     Registered("blog", "wordpress", "testham", BLOG)],
)  # fmt: skip
def test_a_blog_is_listed_by_where_it_is_read(blog: Registered) -> None:
    assert said(home(BLOG), registered=(blog,)) == ([], 1, 0)


def test_a_home_page_that_was_not_read_is_unknown() -> None:
    assert said(PAGE) == ([], 0, 1)
    assert said(home()) == ([], 0, 0)


def test_profiles_of_staff_are_not_read_for_it() -> None:
    hers = replace(PAGE, key="x:1", account="x", kind=AccountKind.STAFF, links=(INSTAGRAM,))
    assert said(hers, home()) == ([], 0, 0)
