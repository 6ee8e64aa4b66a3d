"""What our emails are made of, against what mail apps support: the data of Can I email.

Asked of the apps that councils read mail with. Left out are Windows Mail, which Microsoft ended in
2024, and Gmail in a phone's browser, which shows no style block at all.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.servers.documents import EMAILS
from tests.servers.email_features import features

pytestmark = pytest.mark.servers
KEPT = Path(__file__).parent / "node_modules" / "caniemail" / "data" / "caniemail.json"
APPS = ("apple-mail", "gmail", "outlook", "samsung-email", "thunderbird")
LEFT_OUT = {"outlook windows-mail", "gmail mobile-webmail"}
MAY_BE_UNSUPPORTED = {
    "css-at-media",
    "css-at-media-prefers-color-scheme",
    "css-selector-attribute",
    "css-white-space",
    "html-meta-color-scheme",
}
"""The design of the report names these: nothing is lost with them."""
UNHEARD = ("html-aria-label", "thunderbird macos")
"""The design asks for the label all the same: without it the heading is heard first."""
NO_DATA = {
    "css-at-media-max-width",
    "css-color",
    "css-page-break-after",
    "html-a",
    "html-aria-roledescription",
    "html-class",
    "html-href",
    "html-meta-charset",
    "html-meta-format-detection",
    "html-meta-supported-color-schemes",
    "html-meta-viewport",
    "html-meta-x-apple-disable-message-reformatting",
    "html-scope",
}
"""As old as HTML, or for one maker's apps alone."""


@cache
def support() -> dict[str, dict[str, str]]:
    """For each feature and app the newest word: y, a (in part), n, u (unknown)."""
    rows: list[dict[str, Any]] = json.loads(KEPT.read_text("utf-8"))["data"]
    return {
        row["slug"]: {
            f"{app} {platform}": list(versions.values())[-1][0]
            for app, platforms in row["stats"].items()
            for platform, versions in platforms.items()
            if app in APPS
        }
        for row in rows
    }


@pytest.mark.parametrize("name", EMAILS)
def test_mail_apps_support_what_an_email_is_made_of(name: str) -> None:
    used = features(EMAILS[name], support())
    unsupported = {
        (feature, app)
        for feature in used - MAY_BE_UNSUPPORTED
        for app, word in support().get(feature, {}).items()
        if word == "n" and app not in LEFT_OUT
    } - {UNHEARD}
    assert unsupported == set()
    assert used - support().keys() <= NO_DATA


def test_every_exception_is_needed() -> None:
    used = set().union(*(features(html, support()) for html in EMAILS.values()))
    assert used >= MAY_BE_UNSUPPORTED | NO_DATA


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        ('<p style="position:absolute">x</p>', "css-position"),
        ('<p style="width:calc(1px + 2%)">x</p>', "css-unit-calc"),
        ("<style>@media (hover:hover){a:hover{color:red}}</style>", "css-pseudo-class-hover"),
        ("<style>p.x>b{display:flex}</style>", "css-display-flex"),
        ("<video></video>", "html-video"),
        ('<a href="#x">x</a>', "html-anchor-links"),
    ],
)
def test_what_some_mail_app_lacks_would_be_seen(html: str, feature: str) -> None:
    assert feature in features(html, support())
    assert "n" in support()[feature].values()
