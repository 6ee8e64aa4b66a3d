"""The caption files that films on Bluesky name: whether they answer, and hold words.

A file is named by what it holds (its CID), so one that was looked at need never be looked at again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.bluesky_faults import Redirected
from connectors.podcast_transcripts import captions
from connectors.safe_fetch import Document
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized, Unreachable
from socialaudit.models import Captions, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from connectors.bluesky_client import Client
    from connectors.bluesky_media import Attached, Track
    from socialaudit.models import Media


class CaptionFiles:
    """Looks at the caption files of one account, each once."""

    def __init__(self, client: Client, cache: MutableMapping[str, str]) -> None:
        self._client = client
        self._cache = cache
        self._ways = [True] if client.signed_in else [False, True]
        self._doubtful = 0

    def looked_at(self, attached: Attached, did: str) -> Media:
        """A medium, with what its caption files hold."""
        if not attached.tracks:
            return attached.medium
        best: Captions | None = Captions.NONE
        for track in attached.tracks:
            found = self._track(track, attached.medium, did)
            if found is Captions.STANDARD:
                best = found
                break
            if found is Captions.AUTOMATIC or (found is None and best is Captions.NONE):
                best = found
        self._doubtful += best is None
        return replace(attached.medium, captions=best)

    def unread(self) -> Iterator[Unread]:
        """What to say of files that could not be looked at, since it was last asked."""
        if self._doubtful:
            reason = f"films whose caption file did not answer: {self._doubtful}"
            yield Unread("media.captions", reason, partial=True)
        self._doubtful = 0

    def _track(self, track: Track, medium: Media, did: str) -> Captions | None:
        key = f"bluesky:captions:{track.cid}"
        if self._cache.get(key) in {Captions.STANDARD.value, Captions.AUTOMATIC.value}:
            return Captions(self._cache[key])
        while self._ways:
            try:
                content, kind = self._client.blob(did, track.cid, by_server=self._ways[0])
            except (Forbidden, Malformed, Redirected, Unauthorized):
                self._ways.pop(0)
            except NotFound as fault:
                if "blob not found" in fault.message.lower():
                    return Captions.NONE
                self._ways.pop(0)
            except Unreachable:
                return None
            else:
                found = captions(Document(track.cid, content, kind), "text/vtt")
                if found in {Captions.STANDARD, Captions.AUTOMATIC}:
                    self._cache[key] = found.value
                return found
        return medium.captions
