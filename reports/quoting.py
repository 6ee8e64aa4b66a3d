"""Text that a stranger may have written, made fit to show.

It is never cleaned into markup: templates escape it. Here characters that steer a terminal or
turn text around are removed, private details masked, addresses taken out (mail apps turn them
into links), and what is left cut to a length.
"""

from __future__ import annotations

import re
import unicodedata

from socialaudit.personal.reading import hidden

LONGEST = 280
_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_DOMAIN_ENDS = (
    "uk|com|org|net|gov|edu|info|biz|eu|io|co|ly|me|tv|be|app|dev|link|site|online|xyz|ru|cn"
    "|wales|scot|cymru|london|gg|news|live|shop|page"
)
_ADDRESS = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|\b(?:[\w-]+\.)+(?:{_DOMAIN_ENDS})\b(?:[/?#:]\S*)?",
    re.IGNORECASE,
)
_PRIVATE = (
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "[email address removed]"),
    (_ADDRESS, "[web address removed]"),
    (re.compile(r"(?<!\w)@[\w.]+\w"), "[name removed]"),
    (re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE), "[number removed]"),
    (re.compile(r"\(?\+?\d(?:[\s().-]{0,2}\d){8,}"), "[number removed]"),
    (
        re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
        "[postcode removed]",
    ),
)


def clean(text: str) -> str:
    r"""The text on one line, without control, direction and invisible characters.

    >>> clean("one\u202e\n two\x00")
    'one two'
    """
    spaced = "".join(
        " " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c
        for c in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in _STEERING).split())


def masked(text: str) -> str:
    """The text cleaned, without private details, long numbers, postcodes, addresses and handles.

    >>> masked("ring 07700 900123 or a.b@example.org")
    'ring [number removed] or [email address removed]'
    """
    text = hidden(clean(text))
    for pattern, instead in _PRIVATE:
        text = pattern.sub(instead, text)
    return text


def cut(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning up to a word's end with an ellipsis.

    >>> cut("one two three", 9)
    'one two…'
    """
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    head, space, _ = start.rpartition(" ")
    return (head if space and len(head) > longest // 2 else start).rstrip(" ,.;:") + "…"


def shown(text: str | None, longest: int = LONGEST) -> str:
    """A text from anywhere, as reports show it; ``""`` when it has no letter or digit."""
    text = cut(masked(text or ""), longest)
    return text if any(c.isalnum() for c in text) else ""
