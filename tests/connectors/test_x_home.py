from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from demo.server import Answer
from socialaudit.errors import NotFound
from socialaudit.models import Account, Post, Setting
from tests.connectors.x_answers import DATE, UID, Recorded, a_page, a_post, a_user, talk

if TYPE_CHECKING:
    from demo.server import Request

NAME = "LittleSnoringTC"
NOT_HERE = Answer("<h1>Not Found</h1>", 404, DATE, "text/html")


def only(path: str, user: Any) -> Any:
    """Users as one of X's ways to ask for them knows them, and no other."""

    def answer(request: Request) -> Any:
        return {"data": user} if request.path == path else NOT_HERE

    return answer


def a_bare_page() -> Any:
    page = a_page(a_post())
    del page["includes"]
    return page


@pytest.mark.parametrize(
    ("handle", "path", "user"),
    [
        (NAME, f"/2/users/by/username/{NAME}", a_user()),
        (NAME, "/2/users/by", [a_user()]),
        (UID, f"/2/users/{UID}", a_user()),
        (UID, "/2/users", [a_user()]),
    ],
)
def test_a_profile_is_found_by_whatever_way_there_is(handle: str, path: str, user: Any) -> None:
    recorded = Recorded(users=only(path, user), posts=a_bare_page(), archive=a_page())
    told = talk(recorded, handle=handle)
    assert (told.one(Account).handle, len(told.of(Post))) == (NAME, 1)
    assert told.unread() == {}


def test_a_profile_with_another_id_is_not_the_accounts() -> None:
    recorded = Recorded(users={"data": a_user(id="99")}, posts=a_bare_page(), archive=a_page())
    told = talk(recorded)
    assert told.of(Account) == []
    assert set(told.unread()) == {"account", "settings"}


def test_an_account_that_no_way_finds_is_not_found() -> None:
    told = talk(Recorded(), handle=NAME)
    assert isinstance(told.error, NotFound)
    assert told.paths() == [f"/2/users/by/username/{NAME}", "/2/users/by"]


def test_a_profile_that_tells_little_beside_the_posts_is_looked_up() -> None:
    thin = {"id": UID, "name": "Little Snoring", "username": NAME}
    page = {**a_page(a_post()), "includes": {"users": [thin]}}
    whole = talk(Recorded(users={"data": a_user()}, posts=page, archive=a_page()))
    assert [s.name for s in whole.of(Setting)] == ["protected"]
    assert whole.unread() == {}
    alone = talk(Recorded(posts=page, archive=a_page()))
    assert alone.one(Account).name == "Little Snoring"
    assert {fact: u.partial for fact, u in alone.unread().items()} == {
        "account": True,
        "settings": True,
    }


@pytest.mark.parametrize("odd", [{"id": UID}, {"id": UID, "username": "../x"}])
def test_an_odd_profile_beside_the_posts_takes_nothing_from_them(odd: dict[str, Any]) -> None:
    page = {**a_page(a_post()), "includes": {"users": [odd]}}
    told = talk(Recorded(posts=page, archive=a_page()))
    assert [p.id for p in told.of(Post)] == ["1000"]
    assert "posts" not in told.unread()
