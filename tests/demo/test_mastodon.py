from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from connectors.mastodon import Mastodon
from connectors.mastodon_wire import identity
from demo.mastodon import MastodonSite
from demo.mastodon_entities import account_id, status_id
from demo.server import FAULTS, Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from flows import plan as plans
from flows import stages
from socialaudit.models import Comment, Gone, Known, Media, Post, PostKind
from tests.connectors.mastodon_answers import an_access

if TYPE_CHECKING:
    from socialaudit.models import Reading

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
UNTIL = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=7)
TOKEN = "demo-mastodon-token"
SCHEMAS = json.loads((Path(__file__).parents[1] / "schemas" / "mastodon.json").read_text("utf-8"))
POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
BINS = TownPost(
    id="bins",
    at=NOW - timedelta(days=3),
    text="The bins go out on #BinDay & not before: https://www.example.org/bins/when/and/where/to",
    media=(TownMedia(id="pic", alt="A red bin"), TownMedia(id="bare")),
    comment=(
        TownComment(
            id="q",
            at=NOW - timedelta(days=2),
            by="Ann Example",
            text="When do you collect ours in Mill Lane?",
        ),
        TownComment(
            id="thanked",
            at=NOW - timedelta(days=2),
            by="Ben Example",
            text="Where can I get a new bin?",
        ),
        TownComment(
            id="a",
            at=NOW - timedelta(days=1),
            by="council",
            text="From the depot",
            reply_to="thanked",
        ),
    ),
)
TOWN = TownAccount(
    platform="mastodon",
    handle="@snoring@mastodon.example",
    name="Little Snoring Town Council",
    description="The town council.",
    website="https://www.example.org",
    created_at=datetime(2020, 1, 1, tzinfo=UTC),
    settings={"locked": True},
    post=(
        BINS,
        TownPost(
            id="film",
            at=NOW - timedelta(days=4),
            text="The mayor speaks",
            media=(TownMedia(id="speech", kind="video"),),
        ),
        TownPost(id="closed", at=NOW - timedelta(days=5), text="Hello", audience="followers"),
        TownPost(id="shared", at=NOW - timedelta(days=5), text="Theirs", kind="repost"),
        TownPost(
            id="named", at=NOW - timedelta(days=2), text="Who mends the lamp?", by="Cat Example"
        ),
        TownPost(
            id="edited",
            at=NOW - timedelta(days=6),
            text="Two",
            text_before_edit="One",
            edited_at=NOW - timedelta(days=5),
        ),
    ),
)


@dataclass
class Watched:
    """A site whose answers are kept with their paths."""

    site: MastodonSite
    answers: list[tuple[str, Answer]] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        self.answers.append((request.path, self.site.answer(request)))
        return self.answers[-1][1]

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def ask(path: str, site: MastodonSite | None = None, **query: str) -> Answer:
    request = Request("GET", f"/api/{path}", query, {"host": "127.0.0.1:1"}, {})
    return (site or MastodonSite(TOWN, NOW)).answer(request)


def schema_of(path: str, answer: Answer) -> str:
    """The definition that an answer must fit."""
    if answer.status != 200:
        return "error"
    ending = path.rpartition("/")[2]
    if ending in {"statuses", "context", "notifications", "filters", "rules"}:
        return ending
    return "status" if "/statuses/" in path else "account"


def misfits(path: str, answer: Answer) -> list[str]:
    schema = {"$ref": f"#/$defs/{schema_of(path, answer)}", "$defs": SCHEMAS["$defs"]}
    sent = json.loads(answer.encoded())
    return [
        f"{path} {e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(sent)
    ]


@pytest.mark.parametrize("secrets", [{}, {"token": TOKEN}])
def test_every_answer_fits_the_documented_entities(secrets: dict[str, str]) -> None:
    site = Watched(MastodonSite(TOWN, NOW))
    with LoopbackServer(site) as server:
        reader = Mastodon(replace(an_access(server.url, "@snoring"), secrets=secrets))
        read: list[Reading] = list(reader.read(SINCE, UNTIL))
        posts = [Known("post", r.id, comment_count=9) for r in read if isinstance(r, Post)]
        comments = [Known("comment", r.id, "x") for r in read if isinstance(r, Comment)]
        reader.close()
        again = Mastodon(replace(an_access(server.url, "@snoring"), secrets=secrets))
        list(again.reread([*posts, *comments, Known("post", "1")]))
        again.close()
    assert {schema_of(path, answer) for path, answer in site.answers} >= {
        *("statuses", "context", "rules", "account", "error")
    }
    assert [fault for path, answer in site.answers for fault in misfits(path, answer)] == []


@pytest.mark.parametrize(
    "name", sorted(set(FAULTS) - {"html", "cut", "truncated", "slow", "malformed"})
)
def test_every_fault_has_the_server_s_own_shape(name: str) -> None:
    path = f"/api/v1/accounts/{account_id(TOWN)}/statuses"
    request = Request("GET", path, {}, {"host": "127.0.0.1:1"}, {})
    assert misfits(path, MastodonSite(TOWN, NOW).fault(name, request)) == []


def test_the_town_is_shown_as_of_its_moment() -> None:
    before = MastodonSite(TOWN, BINS.at + timedelta(minutes=1))
    status = ask(f"v1/statuses/{status_id(TOWN, BINS)}", before).body
    assert status["replies_count"] == 0
    assert ask(f"v1/statuses/{status_id(TOWN, BINS)}").body["replies_count"] == 2
    earlier = MastodonSite(TOWN, BINS.at - timedelta(minutes=1))
    assert ask(f"v1/statuses/{status_id(TOWN, BINS)}", earlier).status == 404


def test_a_page_is_never_longer_than_asked_and_names_the_next() -> None:
    first = ask(f"v1/accounts/{account_id(TOWN)}/statuses", limit="2")
    assert len(first.body) == 2
    assert 'rel="next"' in first.headers["Link"]
    last = first.body[-1]["id"]
    older = ask(f"v1/accounts/{account_id(TOWN)}/statuses", limit="40", max_id=last)
    assert {identity(s) for s in older.body} & {identity(s) for s in first.body} == set()
    assert 'rel="next"' not in older.headers["Link"]


def test_a_closed_server_shows_nothing_without_a_token() -> None:
    assert ask("v1/accounts/lookup", MastodonSite(TOWN, NOW, closed=True)).status == 401


def read(**secrets: str) -> list[Reading]:
    with LoopbackServer(MastodonSite(TOWN, NOW)) as server:
        reader = Mastodon(replace(an_access(server.url, "@snoring"), secrets=secrets))
        found = list(reader.read(SINCE, UNTIL))
        reader.close()
    return found


def test_the_public_sees_public_posts_with_own_answers_as_posts_and_comments() -> None:
    found = read()
    posts = {p.text: p for p in found if isinstance(p, Post)}
    assert set(posts) == {BINS.text, "The mayor speaks", "Theirs", "Two", "From the depot"}
    assert (posts["From the depot"].kind, posts["Theirs"].kind) == (PostKind.REPLY, PostKind.REPOST)
    assert {m.alt_text for m in found if isinstance(m, Media)} == {"A red bin", ""}
    assert [c.text for c in found if isinstance(c, Comment) and c.own] == ["From the depot"]


def test_the_account_s_own_token_sees_more() -> None:
    found = read(token=TOKEN)
    assert "Hello" in {p.text for p in found if isinstance(p, Post)}
    assert "Who mends the lamp?" in {c.text for c in found if isinstance(c, Comment)}
    assert not [r for r in found if isinstance(r, Gone)]


def test_an_audit_finds_what_is_wrong_on_the_server_and_nothing_else_of_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path}/store.db")
    with LoopbackServer(MastodonSite(TOWN, NOW)) as server:
        council = tmp_path / "council.toml"
        council.write_text(
            f"""[council]\nid = "snoring"\nname = "Little Snoring Town Council"
timezone = "Europe/London"\npolicy = "{POLICY}"\nwebsite = "https://www.example.org"
[report]\nrecipients = ["clerk@example.gov.uk"]
[[account]]\nid = "mastodon"\nplatform = "mastodon"\nhandle = "@snoring@mastodon.example"
base_url = "{server.url}"\n""",
            "utf-8",
        )
        plan = plans.weekly(council, NOW, fixed=True)
        stages.run(plan, stages.Plain(), str(tmp_path / "report"))
    results: dict[str, Any] = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    (account,) = results["accounts"]
    assert (account["status"], account["requests"]) == ("read", 2)  # statuses, one conversation
    found = {(f["check"], f["record"]["kind"]) for f in results["findings"] if f["record"]}
    assert {("image-description", "media"), ("unanswered-comments", "comment")} <= found
    assert ("account-privacy", "setting") in found
    questions = [f for f in results["findings"] if f["check"] == "unanswered-comments"]
    assert len(questions) == 1
    outcome = {a["check"]: a["outcome"] for a in results["assessments"] if a["account"]}
    assert outcome["video-captions"] == "not assessed"
    assert (outcome["held-comments"], outcome["visitor-posts"]) == ("pass", "not applicable")
