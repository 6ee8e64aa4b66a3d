"""What a transcript that an episode names holds: words that a person can read, or not.

Formats: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md
(WebVTT, SubRip, JSON, HTML, plain text). Told apart by what came, since the announced type is often
wrong; only a web page in place of another format is none, because servers answer so when a file
is missing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from connectors.hypertext import Page
from socialaudit.models import Captions
from socialaudit.transcripts import LEAST

if TYPE_CHECKING:
    from connectors.safe_fetch import Document

BEGINNING = 300_000
"""Bytes read of a transcript: an hour of speech in most formats."""
_EDGE = 1_500
"""Characters at either end in which a transcript says how it was made."""
_DEEPEST = 4
_CUE = re.compile(
    r"^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\n]*\n"
    r"(?P<words>[^\n]+)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_SAID = re.compile(r'"(?:body|text)"\s*:\s*"[^"\\]*[^\W\d_]')
_MADE = r"(?:auto(?:matically)?[- ]?(?:generated|transcribed|created)|machine[- ](?:generated|made)|AI[- ]generated)"
_AUTOMATIC = re.compile(
    rf"\b{_MADE}\b[^.\n]{{0,40}}\b(?:transcript|caption|subtitle)"
    rf"|\b(?:transcript(?:ion)?|captions|subtitles)\b[^.\n]{{0,60}}\b{_MADE}\b"
    r"|\b(?:transcript(?:ion)?|captions|subtitles|(?:re)?transcribed)\b[^.\n]{0,40}\b(?:automatically"
    r"|by (?:an? )?(?:AI|artificial intelligence|machine|computer|software|speech recognition))\b",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"\b(?:checked|corrected|edited|reviewed|proof-?read) by\b", re.IGNORECASE)


def captions(document: Document, announced: str) -> Captions | None:
    """What a fetched file, ``announced`` as a media type, is as a transcript.

    ``NONE`` for what holds no words, ``AUTOMATIC`` where it says that nobody wrote or checked it,
    ``None`` for a form that we cannot read (a PDF).
    """
    content = document.content
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return None
    text = _text(content, document.content_type)
    if not _holds_words(text, announced.partition(";")[0].strip().lower(), whole=document.whole):
        return Captions.NONE
    edges = text[:_EDGE] + "\n" + text[-_EDGE:]
    machine = _AUTOMATIC.search(edges) and not _CHECKED.search(edges)
    return Captions.AUTOMATIC if machine else Captions.STANDARD


def _text(content: bytes, content_type: str) -> str:
    declared = re.search(r"charset=[\"']?([\w.-]+)", content_type, re.IGNORECASE)
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", declared[1] if declared else "cp1252"]:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (LookupError, ValueError):
            continue
    # the beginning of a file may end within a character
    return content.decode("utf-16" if marked else "utf-8", "replace").replace("\r\n", "\n")


def _holds_words(text: str, announced: str, *, whole: bool) -> bool:
    start = text[:1000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<?xml")) or announced == "text/html":
        page = announced in {"", "text/html"}
        return page and len(Page(text, "").text.split()) >= LEAST
    if start.startswith(("{", "[{")):
        return _json_holds_words(text, whole=whole)
    if "-->" in text or start.startswith("webvtt"):
        return any(_WORD.search(_TAG.sub("", cue["words"])) for cue in _CUE.finditer(text))
    timed = announced in {"text/vtt", "application/x-subrip", "application/srt", "application/json"}
    return not timed and "\0" not in text and _WORD.search(text) is not None


def _json_holds_words(text: str, *, whole: bool) -> bool:
    if not whole:
        return _SAID.search(text) is not None
    try:
        return _says(json.loads(text), _DEEPEST)
    except (ValueError, RecursionError):
        return False


def _says(told: Any, deep: int) -> bool:
    if isinstance(told, dict):
        said = [told.get("body"), told.get("text")]
        if any(isinstance(words, str) and _WORD.search(words) for words in said):
            return True
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return deep > 0 and any(_says(part, deep - 1) for part in inner)
