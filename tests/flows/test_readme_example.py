"""README's first council file, as it stands there, against servers on this machine: no key is needed."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import connectors
from demo.bluesky import BlueskySite
from demo.mastodon import MastodonSite
from demo.mediawiki import MediaWikiSite
from demo.server import LoopbackServer
from demo.wordpress import WordPressSite
from socialaudit.cli import main
from tests.connectors.case import NOW, a_town

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from demo.server import Site

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SITES: Mapping[str, Callable[..., Site]] = {
    "bluesky": BlueskySite,
    "mastodon": MastodonSite,
    "mediawiki": MediaWikiSite,
    "wordpress": WordPressSite,
}


def example() -> str:
    """The first block of TOML in README."""
    found = re.search(r"^```toml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def written(folder: Path, stack: ExitStack) -> Path:
    """The example beside the policies, each account with the address of a server of its own."""

    def served(table: re.Match[str]) -> str:
        platform, handle = table[1], table[2]
        town = a_town(platform, handle=handle, posts=3, comments=2)
        server = stack.enter_context(LoopbackServer(SITES[platform](town, NOW)))
        return f'{table[0]}base_url = "{server.url}"\n'

    account = r'platform = "(.*)"\nhandle = "(.*)"\n'
    text, accounts = re.subn(account, served, example())
    assert accounts == text.count("[[account]]") == len(SITES)
    (folder / "policies").symlink_to(ROOT / "policies")
    (folder / "councils").mkdir()
    path = folder / "councils" / "my.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_first_example_works_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    with ExitStack() as stack:
        council = written(tmp_path, stack)
        given = ["audit", str(council), "--now", NOW.isoformat(), "--out", str(tmp_path / "report")]
        done = CliRunner().invoke(main, given)
    assert done.exit_code == 10, done.output
    results: dict[str, Any] = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    status = {a["platform"]: (a["status"], a["posts"] >= 3) for a in results["accounts"]}
    assert status == dict.fromkeys(SITES, ("read", True))
    assert {f["check"] for f in results["findings"]} & {"monitoring-gaps"} == set()


def test_the_first_example_names_no_key_and_only_platforms_that_need_none() -> None:
    assert "credentials" not in example()
    for platform in re.findall(r'platform = "(.*)"', example()):
        assert platform in connectors.NAMES
        assert f"| `{platform}` | no key" in README
