"""Documents and forms that nobody says can be had in another form.

The council's clause allows alternative formats *on request*, so it must be said somewhere: in the
post that hands the document out, or once in the account's profile for all posts. What is handed out,
and what counts as an offer, are named rules (``socialaudit.formats``). Pinned posts and the pages of
the website are not seen from here, so the answer is always *possible*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.formats import GATE, Form, Handed, accessible_page, handed_out, offer
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``handed_out``: what must be offered in another form. ``forms``: which other forms count.

    ``days``: what was handed out longer ago is not listed.
    """

    handed_out: tuple[Handed, ...] = get_args(Handed)
    forms: tuple[Form, ...] = get_args(Form)
    days: Annotated[int, Ge(1)] = 30


@check(
    id="alternative-formats",
    title="Documents and forms can be had in other formats",
    examines="posts",
    needs=("posts", "account"),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Say how to get this document in another format",
    joined="Say how to get {n} documents in other formats",
    fixed="other formats offered",
    why="People who cannot read a document or fill in a form need to know how to ask.",
    minutes=5,
    references=(
        "Equality Act 2010, sections 20, 29 and 149",
        "WCAG 2.2 success criterion 1.1.1, Non-text Content, Level A",
    ),
    parameters=Parameters,
)
def alternative_formats(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """A profile that offers it covers all posts of its account."""
    wanted: Parameters = context.parameters
    posts = records.own_posts()
    posts = posts[posts["kind"] != "reply"]
    profiles = {p.account: _profile(p, wanted) for p in records.rows(records.accounts)}
    texts = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    linked = posts["links"].map(lambda links: isinstance(links, tuple) and bool(links))
    worth = posts["text"].notna() & (records.candidates(texts, GATE) | linked.astype(bool))
    lacking = {
        post.key: found for post in records.rows(posts[worth]) if (found := _lacking(post, wanted))
    }
    untold = posts["account"].map(lambda account: profiles.get(account) is None).astype(bool)
    asked = posts["key"].isin(list(lacking))
    unread = posts["text"].isna() | (posts["links"].isna() & ~asked)
    yield Scope(posts, unread | (asked & untold))
    for post in records.rows(posts[asked & ~untold]):
        if not profiles[post.account]:
            old = context.now - post.published_at > timedelta(days=wanted.days)
            excused = f"It was handed out more than {wanted.days} days ago." if old else ""
            yield _observation(post.key, lacking[post.key], excused)


def _profile(profile: Any, wanted: Parameters) -> str | None:
    """The words of a profile that offer another form; ``None`` where they were not told."""
    links = profile.links if isinstance(profile.links, tuple) else ()
    if page := accessible_page(links):
        return page
    if not isinstance(profile.description, str):
        return None
    return offer(profile.description, wanted.forms)


def _lacking(post: Any, wanted: Parameters) -> tuple[str, str] | None:
    """What a post hands out without an offer, and the words that say so."""
    title = post.title if isinstance(post.title, str) else ""
    links = post.links if isinstance(post.links, tuple) else ()
    text = f"{title}\n{post.text}"
    if accessible_page(links) or offer(text, wanted.forms):
        return None
    return handed_out(text, links, wanted.handed_out)


def _observation(post: str, lacking: tuple[str, str], excused: str) -> Observation:
    return Observation(
        record=post,
        message="Neither this post nor the profile says how to get it in another format.",
        confidence=Confidence.POSSIBLE,
        excused=excused,
        would_pass="The post, or the profile for all posts, offers large print or another format.",
        evidence={
            "hands out": lacking[0],
            "words": lacking[1],
            "offer": "none in the post or the profile",
        },
    )
