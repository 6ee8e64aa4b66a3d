"""What the town wrote on its wiki: each edit of each page, in the markup that MediaWiki keeps or shows."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demo.town import number
from socialaudit.models import Captions

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownComment, TownMedia, TownPost

CLERK = "Clerk"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One edit of one page. ``text`` is what the page said after it."""

    page: int
    title: str
    talks: bool = False
    revision: int
    parent: int
    at: datetime
    by: str
    text: str
    hidden: bool = False
    subject: int = 0


def page_id(post: TownPost) -> int:
    """The number of a post's page."""
    return int(number("mediawiki", post.id, digits=7))


def revision_id(post: TownPost, comment: TownComment | None = None) -> int:
    """The number of an edit; later edits have higher ones."""
    at, name = (comment.at, comment.id) if comment else (post.at, "")
    return int(at.timestamp() - 1_000_000_000) * 10 + int(number(post.id, name)) % 10


def heading(comment: TownComment) -> str:
    """The heading under which a comment begins a thread."""
    return f"Thread {comment.id}"


def edits_of(post: TownPost, now: datetime) -> list[Edit]:
    """Every edit of a post's page, and then of its talk page, oldest first."""
    title = post.title or post.text[:40]
    page = Edit(
        page=page_id(post),
        title=title,
        revision=revision_id(post),
        parent=0,
        at=post.at,
        by=CLERK,
        text=_shown(post, now),
    )
    return [page, *_talk(post, title, now)]


def _talk(post: TownPost, title: str, now: datetime) -> list[Edit]:
    """An edit of the talk page for each comment; what was hidden stands on the page no more."""
    edits: list[Edit] = []
    blocks: dict[str, list[str]] = {}
    parent = 0
    for one in sorted(post.comments_as_of(now), key=lambda c: (c.at, c.id)):
        by = CLERK if one.by == "council" else one.by
        signed = f"{one.text} [[User:{by}|{by}]] ([[User talk:{by}|talk]]) {one.at:%H:%M, %d %B %Y} (UTC)"
        hidden = one.state_as_of(now) != "published"
        before = {name: list(lines) for name, lines in blocks.items()}
        if one.reply_to in blocks:
            blocks[one.reply_to].append(f":{signed}")
        else:
            blocks[one.id] = [f"== {heading(one)} ==", signed]
        text = "\n".join(line for lines in blocks.values() for line in lines)
        if hidden:
            blocks = before
        number_ = revision_id(post, one)
        edits.append(
            Edit(
                page=page_id(post) + 10_000_000,
                title=f"Talk:{title}",
                talks=True,
                revision=number_,
                parent=parent,
                at=one.at,
                by=by,
                text=text,
                hidden=hidden,
                subject=page_id(post),
            )
        )
        parent = number_
    return edits


def _shown(post: TownPost, now: datetime) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in post.text.split("\n") if line)
    links = "".join(
        f'<a class="external" href="{html.escape(a)}">{html.escape(a)}</a>' for a in post.links
    )
    return lines + links + "".join(_medium(m, now) for m in post.media)


def _medium(medium: TownMedia, now: datetime) -> str:
    if medium.kind == "image":
        file = f"{medium.id}.png"
        alt = html.escape(medium.alt_as_of(now))
        return (
            f'<div class="thumb tright"><a href="/wiki/File:{file}" class="image"><img alt="{alt}"'
            f' src="/w/images/thumb/a/ab/{file}/220px-{file}" width="220" height="140"/></a></div>'
        )
    kind = "audio" if medium.kind == "audio" else "video"
    file = f"{medium.id}.{'ogg' if kind == 'audio' else 'webm'}"
    captions = medium.captions_as_of(now) == Captions.STANDARD
    track = f'<track src="/w/api.php?action=timedtext&amp;title=File%3A{file}&amp;lang=en" kind="subtitles" type="text/vtt" srclang="en"/>'
    return (
        f'<{kind} id="mwe_player_1" controls="" preload="none" class="mw-file-element">'
        f'<source src="/w/images/a/ab/{file}"/>{track if captions else ""}</{kind}>'
    )


def stamp(at: datetime) -> str:
    """A time as MediaWiki writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
