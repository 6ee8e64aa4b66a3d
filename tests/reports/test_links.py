from __future__ import annotations

import pytest

from reports.links import safe

HOSTS = {"facebook.com", "reports.example.org"}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/posts/1?comment_id=2#x",
        "https://facebook.com/1",
        "https://WWW.FACEBOOK.COM/1",
        "https://reports.example.org:443/cromer/",
    ],
)
def test_https_to_a_known_host_is_safe(address: str) -> None:
    assert safe(address, HOSTS) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT://facebook.com/%0aalert(1)",
        "data:text/html,<script>",
        "http://facebook.com/1",
        "//facebook.com/1",
        "https://facebook.com.evil.example/1",
        "https://evilfacebook.com/1",
        "https://facebook.com@evil.example/1",
        "https://evil.example\\@facebook.com/",
        "https://facebook.com:8443/1",
        "https://facebook.com:x/1",
        "https://facebook.com/a b",
        "https://facebook.com/\n",
        'https://facebook.com/"onclick="x',
        "https://facebook.com/\u202e",
        "https://fa\u0441ebook.com/1",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://facebook.com/" + "x" * 3000,
    ],
)
def test_everything_else_is_not(address: str | None) -> None:
    assert safe(address, HOSTS) is None
