from __future__ import annotations

from reports.signposts import Signposts

HOST = "https://facebook.example/"


def test_the_same_words_never_lead_to_two_places() -> None:
    signposts = Signposts({"facebook.example"})
    links = [signposts.to("Fair", f"{HOST}{n}", "FB-001") for n in (1, 2, 3)]
    assert [(link.text, link.mark) for link in links if link] == [
        ("Fair", ""),
        ("Fair", "(FB-001)"),
        ("Fair", "(3)"),
    ]


def test_the_same_place_keeps_its_words() -> None:
    signposts = Signposts({"facebook.example"})
    assert signposts.to("Fair", f"{HOST}1") == signposts.to("Fair", f"{HOST}1")


def test_an_address_off_the_list_is_no_link() -> None:
    assert Signposts({"facebook.example"}).to("Fair", "https://evil.example/") is None
