from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

import pytest

from connectors.linkedin import LinkedIn
from connectors.linkedin_posts import plain
from connectors.linkedin_wire import handle_of
from demo.linkedin import PERMISSIONS, TOKEN, LinkedInSite
from demo.linkedin_items import Items
from demo.server import Answer, LoopbackServer, Request, Site
from demo.town import TownComment, TownMedia, TownPost
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
    Audience,
    Captions,
    Comment,
    CommentKind,
    Gone,
    Known,
    Media,
    Post,
    PostKind,
    Reading,
    Setting,
    Unread,
)
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.linkedin import case
from tests.demo.test_linkedin import EVERY_KIND, a_town

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AT = SINCE + timedelta(days=1)
MS = 1_788_264_000_000  # 1 September 2026, noon
BEFORE = MS - 60 * 86_400_000
PAGE = {"id": 5, "vanityName": "snoring", "localizedName": "Snoring"}
EMPTY: dict[str, Any] = {"elements": []}
R = TypeVar("R")


@dataclass(frozen=True)
class Recorded:
    """Answers by path, whatever is asked; batches by URN. Anything else is a 404."""

    by_path: Mapping[str, Any]
    by_id: Mapping[str, Any]

    def answer(self, request: Request) -> Answer:
        path = unquote(request.path.removeprefix("/rest/"))
        if "ids" in request.query and path not in self.by_path:
            return Answer({"results": self.by_id})
        found = self.by_path.get(path)
        if found is None:
            return Answer({"message": "Could not find entity", "status": 404}, 404)
        body = found(request) if callable(found) else found
        return body if isinstance(body, Answer) else Answer(body)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@contextmanager
def connected(
    site: Site, handle: str = "little-snoring", **secrets: str
) -> Iterator[tuple[LinkedIn, LoopbackServer]]:
    with LoopbackServer(site) as server:
        access = case().access(server.url)
        linkedin = LinkedIn(replace(access, handle=handle, secrets={"token": TOKEN, **secrets}))
        try:
            yield linkedin, server
        finally:
            linkedin.close()


def reading(site: Site, **options: str) -> list[Reading]:
    with connected(site, **options) as (linkedin, _):
        return list(linkedin.read(SINCE, UNTIL))


def recorded(posts: Any = EMPTY, by_id: Any = None, **more: Any) -> list[Reading]:
    paths = {"organizations/5": PAGE, "organizationAcls": EMPTY, "posts": posts}
    return reading(Recorded(paths | more, by_id or {}), handle="5")


def only(kind: type[R], readings: list[Reading]) -> list[R]:
    return [one for one in readings if isinstance(one, kind)]


def unread(readings: list[Reading]) -> list[str]:
    return sorted(u.fact for u in only(Unread, readings) if not u.permanent)


def a_post(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"urn:li:share:{number}",
        "author": "urn:li:organization:5",
        "commentary": f"Post {number}",
        "publishedAt": MS,
        "createdAt": MS,
        "lastModifiedAt": MS,
        "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED",
        **fields,
    }


def a_comment(number: int = 30, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "commentUrn": f"urn:li:comment:(urn:li:activity:7,{number})",
        "actor": "urn:li:person:ann",
        "message": {"text": f"Comment {number}"},
        "created": {"actor": "urn:li:person:ann", "time": MS + 60_000},
        **fields,
    }


def listed(*items: Any, **more: Any) -> dict[str, Any]:
    return {"elements": list(items), **more}


def talk(count: int, state: str = "OPEN") -> dict[str, Any]:
    return {"commentSummary": {"count": count}, "commentsState": state}


@pytest.mark.parametrize(
    ("posts", "comments", "answered", "expected"),
    [(0, 0, 0, 3), (1, 0, 0, 4), (50, 100, 0, 5), (101, 101, 0, 9), (2, 5, 3, 8)],
)
def test_a_week_takes_no_more_requests_than_its_formula(
    posts: int, comments: int, answered: int, expected: int
) -> None:
    said = [TownComment(id=f"c{n}", at=AT, by="Ann", text=f"C{n}") for n in range(comments)]
    said += [
        TownComment(id=f"r{n}", at=AT, by="Bob", text=f"R{n}", reply_to=f"c{n}")
        for n in range(answered)
    ]
    quiet = [TownPost(id=f"p{n}", at=AT, text=f"P{n}") for n in range(1, posts)]
    busy = TownPost(id="busy", at=AT, text="Busy", comment=tuple(said))
    town = a_town(*quiet, *([busy] if posts else []))
    with connected(LinkedInSite(town, NOW)) as (linkedin, server):
        readings = list(linkedin.read(SINCE, UNTIL))
        assert len(server.log) == expected == linkedin.usage.requests
    assert len(only(Post, readings)) == posts
    assert len(only(Comment, readings)) == comments + answered


def test_an_unchanged_month_is_probed_in_one_request_for_50_posts() -> None:
    town = case().town
    with connected(LinkedInSite(town, NOW)) as (linkedin, server):
        posts = only(Post, list(linkedin.read(SINCE, UNTIL)))
        before = len(server.log)
        known = [Known("post", p.id, comment_count=p.comment_count) for p in posts]
        assert list(linkedin.reread(known)) == []
        assert len(server.log) - before == 3


def test_every_kind_of_post_is_read_as_what_it_is() -> None:
    readings = reading(LinkedInSite(EVERY_KIND, NOW))
    told = {p.text: (p.kind, p.audience, p.replies_from) for p in only(Post, readings)}
    assert told == {
        "The fair (free) #fair": (PostKind.POST, Audience.PUBLIC, "OPEN"),
        "A film": (PostKind.VIDEO, Audience.PUBLIC, "OPEN"),
        "Read": (PostKind.POST, Audience.PUBLIC, "OPEN"),
        "Look": (PostKind.REPOST, Audience.PUBLIC, "OPEN"),
        "Soon": (PostKind.POST, Audience.UNPUBLISHED, "OPEN"),
        "For members": (PostKind.POST, Audience.FOLLOWERS, "CLOSED"),
    }
    fair = next(p for p in only(Post, readings) if p.text.startswith("The fair"))  # type: ignore[union-attr]  # every post has a text
    assert fair.edited_at == AT + timedelta(hours=1)
    assert sorted(str(m.alt_text) for m in only(Media, readings)) == ["", "A stall", "None"]
    assert [p.links for p in only(Post, readings) if p.text == "Read"] == [
        ("https://www.example.gov.uk/a",)
    ]
    assert unread(readings) == []


def test_who_may_act_for_the_page_is_counted_and_not_named() -> None:
    settings = only(Setting, reading(LinkedInSite(EVERY_KIND, NOW)))
    assert {s.name: s.value for s in settings} == {"ADMINISTRATOR": "2", "CONTENT_ADMIN": "1"}
    assert "person" not in repr([s.payload for s in settings])


def test_comments_come_with_their_replies_and_without_names() -> None:
    readings = reading(LinkedInSite(EVERY_KIND, NOW))
    told = {c.text: (c.kind, c.own) for c in only(Comment, readings)}
    assert told == {"When?": (CommentKind.COMMENT, False), "Sunday": (CommentKind.REPLY, True)}
    assert "urn:li:person" not in repr([c.payload for c in only(Comment, readings)])


def test_nothing_is_claimed_of_captions() -> None:
    readings = reading(LinkedInSite(EVERY_KIND, NOW))
    assert [m.captions for m in only(Media, readings)] == [None] * 3
    assert [u.fact for u in only(Unread, readings) if "captions" in u.fact] == ["media.captions"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, None),
        ({"captions": None}, None),
        ({"captions": []}, Captions.NONE),
        ({"captions": ""}, Captions.NONE),
        ({"captions": "https://dms.example/c.srt"}, Captions.STANDARD),
        ({"captions": [{"locale": "en_GB"}]}, Captions.STANDARD),
        ({"captions": [{"autoGenerated": True}]}, Captions.AUTOMATIC),
    ],
)
def test_captions_are_told_where_linkedin_comes_to_tell_them(told: Any, expected: Any) -> None:
    urn = "urn:li:video:V1"
    post = a_post(content={"media": {"id": urn}})
    readings = recorded(listed(post), {urn: {"id": urn, "duration": 90_000, **told}})
    medium = only(Media, readings)[0]
    assert (medium.captions, medium.duration) == (expected, 90.0)


def test_videos_that_may_not_be_read_cost_nothing_that_the_posts_tell() -> None:
    urn = "urn:li:video:V1"
    refusal = Answer({"message": "Accessing this video resource is forbidden"}, 403)
    post = a_post(content={"media": {"id": urn}})
    talks = {"urn:li:share:1": talk(0)}
    readings = recorded(listed(post), talks, videos=lambda _: refusal)
    assert [m.captions for m in only(Media, readings)] == [None]
    assert unread(readings) == []
    assert "media.captions" in [u.fact for u in only(Unread, readings) if u.permanent]


@pytest.mark.parametrize("sort", ["organization", "company", "organizationBrand"])
def test_the_pages_own_comments_are_told_by_its_number(sort: str) -> None:
    path = "socialActions/urn:li:share:1/comments"
    thread = listed(a_comment(30, actor=f"urn:li:{sort}:5"), a_comment(31, actor="urn:li:person:5"))
    told = only(Comment, recorded(listed(a_post()), **{path: thread}))
    assert [c.own for c in told] == [True, False]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("cromer-town-council", "cromer-town-council"),
        ("@cromer", "cromer"),
        ("https://www.linkedin.com/company/cromer-tc/posts/", "cromer-tc"),
        ("linkedin.com/company/12345/admin", "12345"),
        ("https://uk.linkedin.com/showcase/cromer/?x=1", "cromer"),
        ("urn:li:organization:77", "77"),
        ("https://www.linkedin.com/company/caf%C3%A9", "café"),
    ],
)
def test_a_handle_is_read_in_the_ways_people_write_it(written: str, name: str) -> None:
    assert handle_of(written) == name


def test_a_page_is_found_by_its_number_too() -> None:
    number = str(Items(EVERY_KIND).number)
    account = only(Account, reading(LinkedInSite(EVERY_KIND, NOW), handle=number))[0]
    assert (account.handle, account.links) == ("little-snoring", ("https://www.example.gov.uk",))


def test_a_name_that_no_page_has_is_not_found() -> None:
    with pytest.raises(NotFound, match="no page called other") as told:
        reading(LinkedInSite(EVERY_KIND, NOW), handle="other")
    assert "/company/" in told.value.remedy


def test_a_profile_that_shows_little_leaves_the_rest_unknown() -> None:
    account = only(Account, recorded())[0]
    assert (account.description, account.links, account.contact) == (None, None, None)


@pytest.mark.parametrize(
    ("permission", "lost"),
    [
        ("rw_organization_admin", ["settings"]),
        ("r_organization_social_feed", ["comments"]),
    ],
)
def test_a_missing_permission_costs_what_it_is_for(permission: str, lost: list[str]) -> None:
    site = LinkedInSite(EVERY_KIND, NOW, permissions=PERMISSIONS - {permission})
    readings = reading(site)
    assert unread(readings) == lost
    assert len(only(Post, readings)) == 6


def test_a_version_that_is_no_longer_served_says_what_to_do() -> None:
    with pytest.raises(Forbidden, match="20240101 is not active") as told:
        reading(LinkedInSite(EVERY_KIND, NOW), version="202401")
    assert "VERSION" in told.value.remedy


def test_every_request_says_which_version_it_speaks() -> None:
    with connected(LinkedInSite(EVERY_KIND, NOW)) as (linkedin, server):
        list(linkedin.read(SINCE, UNTIL))
    assert {r.headers["linkedin-version"] for r in server.log} == {"202609"}
    assert {r.headers["x-restli-protocol-version"] for r in server.log} == {"2.0.0"}
    methods = {r.headers.get("x-restli-method") for r in server.log if "ids" in r.query}
    assert methods == {"BATCH_GET"}


def test_a_list_is_left_after_the_first_post_that_changed_before_the_window() -> None:
    times = dict.fromkeys(("publishedAt", "createdAt", "lastModifiedAt"), BEFORE)
    old = [a_post(n, **times) for n in range(2, 101)]
    asked = []

    def posts(request: Request) -> Any:
        asked.append(request.query["start"])
        return listed(a_post(1), *old, paging={"links": [{"rel": "next", "href": "?start=100"}]})

    assert [p.id for p in only(Post, recorded(posts))] == ["urn:li:share:1"]
    assert asked == ["0"]


def test_an_old_post_that_was_edited_does_not_end_the_list() -> None:
    edited = a_post(1, publishedAt=BEFORE, createdAt=BEFORE, lastModifiedAt=MS + 9)
    readings = recorded(listed(edited, a_post(2)))
    assert [p.id for p in only(Post, readings)] == ["urn:li:share:2"]


def test_a_list_out_of_order_is_followed_through_old_pages() -> None:
    old = [
        a_post(n, publishedAt=BEFORE, createdAt=BEFORE, lastModifiedAt=BEFORE + n) for n in (3, 4)
    ]

    def posts(request: Request) -> Any:
        start = int(request.query["start"])
        if start == 2:
            return listed(a_post(1))
        return listed(*old, paging={"links": [{"rel": "next", "href": f"?start={start + 2}"}]})

    assert [p.id for p in only(Post, recorded(posts))] == ["urn:li:share:1"]


def test_a_list_without_links_goes_on_after_a_full_page() -> None:
    def posts(request: Request) -> Any:
        start = int(request.query["start"])
        return listed(*(a_post(n) for n in range(start, min(start + 100, 150))))

    assert len(only(Post, recorded(posts))) == 150


def test_a_list_with_a_total_ends_with_it() -> None:
    asked = []

    def posts(request: Request) -> Any:
        asked.append(request.query["start"])
        some = [a_post(n) for n in range(100)]
        return listed(*some, paging={"total": 100, "links": []})

    assert len(only(Post, recorded(posts))) == 100
    assert asked == ["0"]


@pytest.mark.parametrize(
    ("status", "body", "expected", "words"),
    [
        (401, {"serviceErrorCode": 65600}, Unauthorized, "not accepted"),
        (401, {"serviceErrorCode": 65601}, Unauthorized, "revoked"),
        (401, {"serviceErrorCode": 65602}, Unauthorized, "expired"),
        (401, "nonsense", Unauthorized, "not accepted"),
        (403, {"serviceErrorCode": 100, "message": "Not enough permissions"}, Forbidden, "Not en"),
        (404, {}, NotFound, "404"),
        (410, {}, NotFound, "410"),
        (400, {"code": "VERSION_MISSING", "message": "A version"}, Forbidden, "version"),
        (400, {"message": "Invalid query parameters"}, Malformed, "Invalid"),
        (408, {}, Unreachable, "408"),
        (429, {"message": "Too many"}, RateLimited, "Too many"),
        (500, {}, Unreachable, "500"),
        (503, "<html>", Unreachable, "503"),
        (302, "", Unreachable, "302"),
        (200, "<html>", Unreachable, "page where data"),
        (200, [], Malformed, "object"),
        (200, "null", Unreachable, "page"),
        (200, {"elements": []}, Malformed, "not about a page"),
        (200, '{"a":' * 2_000 + "1" + "}" * 2_000, PlatformError, "LinkedIn"),
    ],
)
def test_an_answer_that_is_no_page_is_raised_as_what_it_is(
    status: int, body: Any, expected: type[PlatformError], words: str
) -> None:
    site = Recorded({"organizations/5": lambda _: Answer(body, status)}, {})
    with pytest.raises(expected, match=words):
        reading(site, handle="5")


def test_a_limit_of_a_day_is_lifted_at_midnight() -> None:
    body = {"message": "Resource level throttle MEMBER DAY limit for calls is reached."}
    site = Recorded({"organizations/5": lambda _: Answer(body, 429)}, {})
    with pytest.raises(RateLimited) as told:
        reading(site, handle="5")
    assert told.value.retry_at
    assert told.value.retry_at.timetuple()[3:6] == (0, 0, 0)
    assert timedelta(0) < told.value.retry_at - datetime.now(UTC) <= timedelta(days=1)


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None},
        {"id": "12"},
        {"id": "urn:li:share:../x"},
        {"publishedAt": None, "createdAt": "x"},
    ],
)
def test_a_post_that_is_not_understood_costs_no_other(odd: Any) -> None:
    page = listed(a_post(1) | odd, a_post(2), "none", None)
    readings = recorded(page, {"urn:li:share:2": talk(0)})
    assert [p.id for p in only(Post, readings)] == ["urn:li:share:2"]
    assert unread(readings) == ["posts"]


@pytest.mark.parametrize(
    "odd",
    [
        {"commentary": None},
        {"commentary": {"text": "x"}},
        {"visibility": None},
        {"visibility": "SOMETHING_NEW"},
        {"content": None},
        {"content": {"media": {"id": "urn:li:document:1", "title": "Minutes"}}},
        {"content": {"poll": {"question": "?"}, "multiImage": {"images": "none"}}},
        {"content": {"article": {"source": "javascript:alert(1)"}}},
        {"content": {"article": {"source": "http://[x"}}},
        {"content": {"media": {"id": 7}}},
        {"distribution": "MAIN_FEED"},
        {"lifecycleStateInfo": []},
        {"publishedAt": None},
        {"lastModifiedAt": "soon"},
        {"publishedAt": 10**30},
    ],
)
def test_a_post_with_an_odd_field_is_read(odd: Any) -> None:
    readings = recorded(listed(a_post(**odd)))
    assert [(p.id, p.links) for p in only(Post, readings)] == [("urn:li:share:1", ())]
    assert only(Media, readings) == []


@pytest.mark.parametrize(
    ("fields", "audience"),
    [
        ({}, Audience.PUBLIC),
        ({"visibility": "CONNECTIONS"}, Audience.FOLLOWERS),
        ({"visibility": "LOGGED_IN"}, Audience.FOLLOWERS),
        ({"visibility": "NEW"}, None),
        ({"lifecycleState": "DRAFT"}, Audience.UNPUBLISHED),
        ({"adContext": {"dscStatus": "ACTIVE"}}, Audience.UNPUBLISHED),
        ({"distribution": {"feedDistribution": "NONE"}}, Audience.UNLISTED),
        ({"distribution": {"targetEntities": [{"industries": ["x"]}]}}, Audience.FOLLOWERS),
    ],
)
def test_who_may_see_a_post_is_told(fields: Any, audience: Audience | None) -> None:
    assert [p.audience for p in only(Post, recorded(listed(a_post(**fields))))] == [audience]


@pytest.mark.parametrize(
    ("little", "text"),
    [
        (r"Ask {hashtag|\#|Cromer} \(free\)", "Ask #Cromer (free)"),
        (r"{hashtag|#|A} {hashtag|\#|B}", "#A #B"),
        ("With @[The Hall](urn:li:organization:1)!", "With The Hall!"),
        (r"C:\\temp \* \_ \~", r"C:\temp * _ ~"),
        ("plain (text) #tag", "plain (text) #tag"),
        ("{hashtag|", "{hashtag|"),
        (None, ""),
        (7, ""),
    ],
)
def test_little_text_is_read_as_people_see_it(little: Any, text: str) -> None:
    assert plain(little) == text


def test_a_thread_is_read_with_what_its_items_lack_or_have_too_much() -> None:
    urn = "urn:li:share:1"
    thread = listed(
        a_comment(30, commentsSummary={"aggregatedTotalComments": 1}),
        {k: v for k, v in a_comment(31, object="urn:li:activity:7").items() if k != "commentUrn"},
        a_comment(32, actor=None, created={"time": MS}),
        a_comment(33, message=None, lastModified={"time": MS + 120_000}),
        a_comment(34, created=None),
        {"id": "35"},
        None,
        "x",
    )
    under = "socialActions/urn:li:comment:(urn:li:activity:7,30)/comments"
    more = {f"socialActions/{urn}/comments": thread, under: listed(a_comment(40))}
    readings = recorded(listed(a_post()), {urn: talk(8)}, **more)
    told = {c.id.rpartition(",")[2]: (c.text, c.own) for c in only(Comment, readings)}
    assert told == {
        "30)": ("Comment 30", False),
        "31)": ("Comment 31", False),
        "32)": ("Comment 32", None),
        "33)": ("", False),
        "40)": ("Comment 40", False),
    }
    assert unread(readings) == ["comments"]


def test_a_post_without_comments_is_not_asked_for_them() -> None:
    urn = "urn:li:share:1"
    readings = recorded(listed(a_post()), {urn: talk(0, "CLOSED")})
    assert [(p.comment_count, p.replies_from) for p in only(Post, readings)] == [(0, "CLOSED")]
    assert unread(readings) == []


def test_comments_are_asked_for_where_their_number_is_not_told() -> None:
    path = "socialActions/urn:li:share:1/comments"
    readings = recorded(listed(a_post()), **{path: listed(a_comment())})
    assert len(only(Comment, readings)) == 1


def test_comments_that_are_stated_and_not_shown_are_said_to_be_missing() -> None:
    path = "socialActions/urn:li:share:1/comments"
    readings = recorded(listed(a_post()), {"urn:li:share:1": talk(3)}, **{path: EMPTY})
    assert unread(readings) == ["comments"]


def test_a_comment_in_a_comment_without_end_is_left() -> None:
    deep = a_comment(30, commentsSummary={"totalFirstLevelComments": 1})
    site = {"socialActions/urn:li:share:1/comments": listed(deep)}
    site["socialActions/urn:li:comment:(urn:li:activity:7,30)/comments"] = listed(deep)
    readings = recorded(listed(a_post()), {"urn:li:share:1": talk(1)}, **site)
    assert len(only(Comment, readings)) == 1


def test_a_batch_may_write_its_urns_as_in_an_address() -> None:
    readings = recorded(listed(a_post()), {"urn%3Ali%3Ashare%3A1": talk(0)})
    assert [p.comment_count for p in only(Post, readings)] == [0]


def test_a_comment_that_is_gone_is_gone_and_one_that_is_there_is_read_with_its_replies() -> None:
    items = Items(EVERY_KIND)
    post = EVERY_KIND.post[0]
    urn = items.urn(post)
    with connected(LinkedInSite(EVERY_KIND, NOW)) as (linkedin, _):
        first = only(Comment, list(linkedin.read(SINCE, UNTIL)))
        asked = next(c.id for c in first if c.text == "When?")
        known = [Known("comment", asked, urn), Known("comment", "urn:li:comment:(x,9)", urn)]
        readings = list(linkedin.reread(known))
    assert {c.text for c in only(Comment, readings)} == {"When?", "Sunday"}
    assert only(Gone, readings) == [Gone("comment", "urn:li:comment:(x,9)")]


def test_a_quiet_post_of_which_nothing_is_summed_up_is_not_gone() -> None:
    posts = {
        "results": {"urn:li:share:1": a_post(1)},
        "errors": {"urn:li:share:2": {"status": 404}},
    }
    paths = {"organizations/5": PAGE, "posts": posts, "socialMetadata": {"results": {}}}
    with connected(Recorded(paths, {}), handle="5") as (linkedin, _):
        known = [Known("post", f"urn:li:share:{n}", comment_count=0) for n in (1, 2)]
        assert list(linkedin.reread(known)) == [Gone("post", "urn:li:share:2")]


def test_a_reply_whose_list_is_refused_is_not_gone() -> None:
    urn = "urn:li:share:1"
    top = listed(a_comment(30, commentsSummary={"totalFirstLevelComments": 1}))
    under = "socialActions/urn:li:comment:(urn:li:activity:7,30)/comments"
    refusal = Answer({"message": "Not enough permissions"}, 403)
    paths = {f"socialActions/{urn}/comments": top, under: lambda _: refusal}
    with connected(Recorded({"organizations/5": PAGE, **paths}, {}), handle="5") as (linkedin, _):
        known = [Known("comment", "urn:li:comment:(urn:li:activity:7,31)", urn)]
        readings = list(linkedin.reread(known))
    assert only(Gone, readings) == []
    assert unread(readings) == ["comments"]
    assert len(only(Comment, readings)) == 1


def test_a_medium_taken_out_of_its_post_is_gone() -> None:
    items = Items(EVERY_KIND)
    urn = items.urn(EVERY_KIND.post[0])
    with connected(LinkedInSite(EVERY_KIND, NOW)) as (linkedin, _):
        readings = list(linkedin.reread([Known("media", "urn:li:image:9", urn)]))
    assert only(Gone, readings) == [Gone("media", "urn:li:image:9")]
    assert len(only(Media, readings)) == 2


def test_a_record_that_a_batch_refuses_is_not_taken_for_gone() -> None:
    fault = {"status": 403, "message": "Not enough permissions to access: GET /posts"}
    site = Recorded(
        {"organizations/5": PAGE, "posts": {"results": {}, "errors": {"urn:li:share:1": fault}}},
        {},
    )
    with connected(site, handle="5") as (linkedin, _):
        readings = list(linkedin.reread([Known("post", "urn:li:share:1")]))
    assert only(Gone, readings) == []
    assert unread(readings) == ["posts"]


def test_a_medium_that_two_posts_share_is_read_once() -> None:
    picture = {"media": {"id": "urn:li:image:1", "altText": "A bin"}}
    readings = recorded(listed(a_post(1, content=picture), a_post(2, content=picture)))
    assert [m.alt_text for m in only(Media, readings)] == ["A bin"]


def test_a_picture_with_media_is_described_by_its_alt_text() -> None:
    several = {"images": [{"id": "urn:li:image:1", "altText": "A bin"}, {"id": "urn:li:image:2"}]}
    readings = recorded(listed(a_post(content={"multiImage": several})))
    assert [m.alt_text for m in only(Media, readings)] == ["A bin", ""]


def test_a_town_with_media_of_one_post_is_whole() -> None:
    town = a_town(TownPost(id="p", at=AT, text="P", media=(TownMedia(id="m", alt="A street"),)))
    readings = reading(LinkedInSite(town, NOW))
    assert [m.alt_text for m in only(Media, readings)] == ["A street"]


def test_a_poll_says_its_question_and_its_answers() -> None:
    poll = {"question": "Which day?", "options": [{"text": "Monday"}, {"text": "Friday"}, 5]}
    (post,) = only(Post, recorded(listed(a_post(content={"poll": poll}))))
    assert post.text == "Post 1\nWhich day?\nMonday\nFriday"


def test_the_picture_of_a_celebration_is_one_of_the_post() -> None:
    party = {"media": {"id": "urn:li:image:1", "altText": "A cake"}, "type": "WELCOME"}
    readings = recorded(listed(a_post(content={"celebration": party})))
    assert [m.alt_text for m in only(Media, readings)] == ["A cake"]
