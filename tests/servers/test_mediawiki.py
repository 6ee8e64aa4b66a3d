"""Real wikis: written by a clerk, a resident and nobody in particular, then audited by a council file."""

from __future__ import annotations

import base64
import io
import json
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import mwclient
import pytest

from connectors import Access
from connectors.mediawiki import MediaWiki
from connectors.transport import Unlimited
from flows import plan as plans
from flows import stages
from socialaudit.models import AccountKind, Post
from tests.servers.started import started

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers
HERE = Path(__file__).parent
POLICY = HERE.parents[1] / "policies" / "cromer-2016.toml"
NEWER = HERE / ".mediawiki" / "usr" / "share" / "mediawiki"
VERSIONS = ("of this machine", "1.43") if NEWER.exists() else ("of this machine",)
CHECKED = (now := datetime.now(ZoneInfo("Europe/London"))) + timedelta(days=8 - now.weekday())
"""The Tuesday after everything that the tests write, when a question has waited long enough."""
BOT = {"USER": "Clerk@audit", "PASSWORD": "clerkbotpasswordof32lettersatleast"}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
)
"""A picture large enough not to be taken for a counter of visits."""


@dataclass
class Wiki:
    """A running wiki, and what was written on it: our names by the wiki's own numbers."""

    url: str
    folder: Path
    written: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """As it stands before the ids of its records."""
        return self.url.partition("://")[2]

    def writer(self, name: str = "") -> mwclient.Site:
        """Somebody who writes; nobody in particular without a name."""
        host = self.url.partition("://")[2]
        site = mwclient.Site(host, path="/", scheme="http", max_retries=0, force_login=False)
        if name:
            password = f"{name.lower()}-pass-123"
            site.clientlogin(username=name, password=password, loginreturnurl=self.url)
            site.site_init()
        return site

    def say(self, site: mwclient.Site, name: str, title: str, **asked: str) -> None:
        """One edit, known by ``name`` afterwards."""
        told = site.post("edit", title=title, token=site.get_token("csrf"), **asked)["edit"]
        self.written[f"{self.host}#r{told['newrevid']}"] = name
        self.written.setdefault(f"{self.host}#{told['pageid']}", title)

    def audit(self, name: str, monkeypatch: pytest.MonkeyPatch, *lines: str, **more: str) -> Any:
        """What a weekly check says; ``lines`` are added to the account, ``more`` to the environment."""
        folder = self.folder / name
        folder.mkdir()
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{folder}/store.db")
        monkeypatch.setenv("SOCIALAUDIT_SECRETS_DIR", str(folder))
        for key, value in more.items():
            monkeypatch.setenv(f"SNORING_WIKI_{key}", value)
        handle = (
            [] if any(line.startswith("handle") for line in lines) else [f'handle = "{self.url}/"']
        )
        account = "\n".join(['id = "wiki"', 'platform = "mediawiki"', *handle, *lines])
        (folder / "council.toml").write_text(
            f"""[council]\nid = "snoring"\nname = "Little Snoring Town Council"
timezone = "Europe/London"\npolicy = "{POLICY}"\nwebsite = "https://www.example.gov.uk"
[report]\nrecipients = ["clerk@example.gov.uk"]\n[[account]]\n{account}\n""",
            "utf-8",
        )
        plan = plans.weekly(folder / "council.toml", CHECKED, fixed=True)
        stages.run(plan, stages.Plain(), str(folder / "report"))
        return json.loads((folder / "report" / "results.json").read_text("utf-8"))

    def seen(self, results: Any) -> set[tuple[str, str]]:
        """Each finding on a record, as its check and the name under which it was written."""
        records = ((f["check"], f["record"]["id"]) for f in results["findings"] if f["record"])
        return {(check, self._named(native)) for check, native in records}

    def _named(self, native: str) -> str:
        page, _, file = native.partition("/")
        return self.written.get(native) or f"{self.written.get(page, page)}/{file}"


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    folder = tmp_path_factory.mktemp("wiki")
    with started("mediawiki", folder / "server") as told:
        running = Wiki(told["url"], folder)
        write(running)
        yield running


@pytest.fixture(params=VERSIONS)
def any_wiki(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Wiki]:
    """The same content on each version of MediaWiki that there is."""
    if request.param != "1.43":
        yield request.getfixturevalue("wiki")
        return
    monkeypatch.setenv("WIKI_SOURCE", str(NEWER))
    with started("mediawiki", tmp_path / "server") as told:
        running = Wiki(told["url"], tmp_path)
        write(running)
        yield running


def write(wiki: Wiki) -> None:
    """A week on the wiki."""
    clerk, resident = wiki.writer("Clerk"), wiki.writer("Resident")
    clerk.upload(io.BytesIO(PNG), filename="Bus stop.png", description="The bus stop")
    for title, text in {
        "Bins": "Bins go out on Monday. [https://www.example.gov.uk/bins The days]\n"
        "[[File:Bus stop.png|thumb|Where they stand]]",
        "Hall": "The hall is open. [[File:Bus stop.png|alt=Two people wait at the bus stop in the rain]]",
        "Park": "The park is green. [[File:Bus stop.png]]",
        "Template:Note": "Wow!! [[File:Bus stop.png]]",
    }.items():
        wiki.say(clerk, title, title, text=text)
    add = {"section": "new", "sectiontitle": "Brown bins"}
    wiki.say(
        resident, "question", "Talk:Bins", text="When will my brown bin be emptied? ~~~~", **add
    )
    add = {"section": "new", "sectiontitle": "Parking"}
    wiki.say(resident, "settled", "Talk:Hall", text="Where can I park? ~~~~", **add)
    time.sleep(1.1)  # the wiki's clock counts whole seconds, and an answer comes after its question
    wiki.say(clerk, "answer", "Talk:Hall", appendtext="\n:Behind the hall. ~~~~")
    insult = "\nYou are all a bunch of f***ing thieving bastards! ~~~~"
    wiki.say(resident, "insult", "Talk:Hall", appendtext=insult)
    (worst,) = (native for native, name in wiki.written.items() if name == "insult")
    number = worst.partition("#r")[2]
    wiki.say(clerk, "removal", "Talk:Hall", undo=number)
    hide = {"type": "revision", "ids": number, "hide": "content"}
    clerk.post("revisiondelete", token=clerk.get_token("csrf"), **hide)


def test_a_council_file_alone_is_enough(any_wiki: Wiki, monkeypatch: pytest.MonkeyPatch) -> None:
    results = any_wiki.audit("public", monkeypatch)
    (account,) = results["accounts"]
    assert (account["status"], account["reasons"]) == ("read", [])
    assert (account["posts"], account["media"], account["comments"]) == (4, 3, 4)
    found = any_wiki.seen(results)
    assert {name for check, name in found if check == "image-description"} == {
        "Bins/Bus_stop.png",
        "Park/Bus_stop.png",
    }
    assert {name for check, name in found if check == "unanswered-comments"} == {"question"}
    assert {name for check, name in found if check == "offensive-comments"} == set()
    assert ("removed-without-record", "insult") in found
    assert "account-privacy" not in {check for check, _ in found}


def test_a_week_without_a_change_costs_one_request(wiki: Wiki) -> None:
    cache: dict[str, str] = {}
    requests = []
    for _ in range(2):
        reader = MediaWiki(
            Access(
                account="wiki",
                handle=f"{wiki.url}/",
                kind=AccountKind.COUNCIL,
                limiter=Unlimited(),
                cache=cache,
            )
        )
        told = list(reader.read(CHECKED, CHECKED + timedelta(days=7)))
        reader.close()
        assert [r for r in told if isinstance(r, Post)] == []
        requests.append(reader.usage.requests)
    assert requests == [5, 1]  # the first time, to find the API (3) and read the first page


def test_that_everybody_may_edit_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("mediawiki", tmp_path / "server") as told:
        (tmp_path / "server" / "open").touch()
        wiki = Wiki(told["url"], tmp_path)
        wiki.say(wiki.writer(), "passer-by", "Talk:Park", text="== Dogs ==\nMay dogs come in? ~~~~")
        results = wiki.audit("open", monkeypatch)
    found = wiki.seen(results)
    assert "account-privacy" in {check for check, _ in found}
    assert ("unanswered-comments", "passer-by") in found
    assert "127.0.0.1" not in json.dumps([f["message"] for f in results["findings"]])


def test_a_person_s_page_is_what_that_person_changed(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = wiki.audit("person", monkeypatch, f'handle = "{wiki.url}/index.php/User:Resident"')
    (account,) = results["accounts"]
    assert (account["status"], account["posts"]) == ("read", 0)


def test_a_closed_wiki_is_read_with_a_bot_password(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wiki.folder / "server" / "private").touch()
    try:
        credential = 'credentials = "snoring-wiki"'
        keyless = wiki.audit("keyless", monkeypatch)
        wrong = wiki.audit("wrong", monkeypatch, credential, **{**BOT, "PASSWORD": "x" * 32})
        right = wiki.audit("right", monkeypatch, credential, **BOT)
    finally:
        (wiki.folder / "server" / "private").unlink()
    assert [r["accounts"][0]["status"] for r in (keyless, wrong, right)] == [
        "not read",
        "not read",
        "read",
    ]
    assert "readapidenied" in json.dumps(keyless)
    assert "refused the user or password" in json.dumps(wrong)
    assert BOT["PASSWORD"] not in json.dumps(right)


def test_a_wrong_password_is_no_open_wiki(wiki: Wiki, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**BOT, "PASSWORD": "y" * 32}
    results = wiki.audit("refused", monkeypatch, 'credentials = "snoring-wiki"', **wrong)
    (account,) = results["accounts"]
    assert account["status"] == "not read"
    assert "y" * 32 not in json.dumps(results)


def test_a_wiki_that_has_stopped_is_reported_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("mediawiki", tmp_path / "server") as told:
        gone = Wiki(told["url"], tmp_path)
    begun = time.monotonic()
    results = gone.audit("stopped", monkeypatch)
    assert time.monotonic() - begun < 30
    (account,) = results["accounts"]
    assert (account["status"], "could not be reached" in json.dumps(account)) == ("not read", True)
