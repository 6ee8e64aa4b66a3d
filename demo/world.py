"""The demo town, up and running: its platforms' servers, a mail server, and its council file.

The audit of it uses the same flows, connectors and mail path as one in earnest; only the addresses
in the council file are on loopback.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from demo import manifest, town
from demo.facebook import FacebookSite
from demo.mailbox import PASSWORD, USER, Mailbox
from demo.podcast import PodcastSite
from demo.server import LoopbackServer, Site
from demo.website import WebsiteSite
from demo.x import XSite
from demo.youtube import YouTubeSite
from socialaudit.settings import packaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from demo.manifest import Identity
    from demo.town import TownAccount

TOKENS = {
    "facebook": "EAADemoPageToken0123456789",
    "x": "AAAADemoBearer0123456789",
    "youtube": "ya29.DemoOwnerToken0123456789",
}
POLICY = "cromer-2016.toml"
SHEETS = ("statements", "register")
"""What the clerk of the town keeps in spreadsheets."""
PROFILES = (
    ("https://www.facebook.com/MarchwardineTownCouncil/?ref=page_internal", "Facebook"),
    ("https://twitter.com/marchwardinetc", "Twitter"),
    ("https://www.youtube.com/@MarchwardineTownCouncil/videos", "YouTube"),
    ("https://www.facebook.com/groups/marchwardine-allotments", "Allotments group"),
    ("https://www.facebook.com/sharer/sharer.php?u=https://www.marchwardine.example.org", "Share"),
    ("https://x.com/MarchwardinePolice", "Marchwardine Police"),
)
"""What the foot of the town's home page links to: its own accounts in other spellings, and others'."""
CLERK = "clerk@marchwardine.example.org"


class ClockedSite(Site, Protocol):
    """A site that shows its platform as of a moment."""

    now: datetime


class World:
    """The town's servers as of a moment, and its mailbox."""

    def __init__(self, out: Path, now: datetime) -> None:
        accounts = {name: town.load(name) for name in town.PLATFORMS}
        self.website = WebsiteSite(accounts["website"], now)
        self.website.profiles = PROFILES
        self.sites: dict[str, ClockedSite] = {
            "facebook": FacebookSite(accounts["facebook"], now, TOKENS["facebook"]),
            "x": XSite(accounts["x"], now, TOKENS["x"]),
            "youtube": YouTubeSite(accounts["youtube"], now, TOKENS["youtube"]),
            "podcast": PodcastSite(accounts["podcast"], now),
            "website": self.website,
        }
        self.accounts = accounts
        self.servers = {name: LoopbackServer(site) for name, site in self.sites.items()}
        self.mailbox = Mailbox(out / "mailbox", out)
        self.out = out

    @contextmanager
    def running(self) -> Iterator[World]:
        """Everything is up, and the environment names it, until the end."""
        with ExitStack() as stack:
            for server in self.servers.values():
                stack.enter_context(server)
            stack.enter_context(self.mailbox)
            stack.enter_context(_environment(self.environment()))
            yield self

    def at(self, now: datetime) -> None:
        """Show the town as of another moment."""
        for site in self.sites.values():
            site.now = now

    def environment(self) -> dict[str, str]:
        """What an operator would set."""
        return {
            "SOCIALAUDIT_DATABASE_URL": f"sqlite:///{self.out.resolve() / 'socialaudit.db'}",
            "SOCIALAUDIT_SMTP_HOST": "127.0.0.1",
            "SOCIALAUDIT_SMTP_PORT": str(self.mailbox.port),
            "SOCIALAUDIT_SMTP_USER": USER,
            "SOCIALAUDIT_SMTP_PASSWORD": PASSWORD,
            "SOCIALAUDIT_MAIL_FROM": "social-check@marchwardine.example.org",
            **{f"DEMO_{name.upper()}_TOKEN": token for name, token in TOKENS.items()},
        }

    def council_file(self) -> Path:
        """Write the council file that names the servers, and the clerk's spreadsheets; its path."""
        urls = {name: server.url for name, server in self.servers.items()}
        identity = manifest.load().council
        for name in SHEETS:
            kept = files("demo").joinpath("town_data", f"{name}.csv").read_text("utf-8")
            (self.out / f"{name}.csv").write_text(kept, "utf-8")
        path = self.out / f"{identity.id}.toml"
        path.write_text(_council(identity, self.accounts, urls), "utf-8")
        return path


def _council(
    identity: Identity, accounts: Mapping[str, TownAccount], urls: Mapping[str, str]
) -> str:
    policy = packaged("policies") / POLICY
    lines = [
        "[council]",
        f'id = "{identity.id}"',
        f'name = "{identity.name}"',
        f'timezone = "{identity.timezone}"',
        f'website = "{identity.website}"',
        f'policy = "{policy}"',
        f'home_page = "{urls["website"]}/"',
        f'website_feed = "{urls["website"]}/feed/"',
        f"contacts = {list(identity.contacts)}",
        f"groups = {list(identity.groups)}",
        "[report]",
        f'recipients = ["{CLERK}"]',
        f'replies_to = "{CLERK}"',
        "[records]",
        *(f'{name} = "{name}.csv"' for name in SHEETS),
    ]
    for name in ("facebook", "podcast", "x", "youtube"):
        lines += [
            "[[account]]",
            f'id = "{name}"',
            f'platform = "{name}"',
            f'handle = "{accounts[name].handle}"',
            f'base_url = "{urls[name]}"',
            *([f'credentials = "demo-{name}"'] if name in TOKENS else []),
        ]
    return "\n".join(lines) + "\n"


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
