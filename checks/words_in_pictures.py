"""Posters whose facts stand in the picture and not in the post.

WCAG 2.2 success criterion 1.4.5 asks for text rather than pictures of it. Nobody here reads a
picture: what tells is the post, the picture's description, or the platform's guess at it
(``socialaudit.posters``), so the answer is always *possible*, and a poster of which none of them
tells is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.posters import ALT_GATE, POST_GATE, Seen, in_picture_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

MESSAGES = {
    "sends people to the picture": "The post sends people to its picture for what they need to know.",
    "says little": "Its picture seems to hold words, and the post itself says little.",
}
NOT_READ = "We cannot read the words in a picture."


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``few_words``: a post with fewer words than this beside a poster says too little, as does one that only names its subject."""

    few_words: Annotated[int, Ge(1)] = 10


@check(
    id="words-in-pictures",
    title="What a poster says is in the post too",
    examines="posts",
    needs=("posts", "media.alt_text"),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Write in the post what the poster says",
    joined="Write in {n} posts what their posters say",
    fixed="poster’s facts added to the post",
    why="People who cannot see or enlarge a picture miss the day, time and place on it.",
    minutes=5,
    references=(
        "WCAG 2.2 success criteria 1.1.1, Non-text Content, Level A, and 1.4.5, Images of Text, Level AA",
        "Government Communication Service, accessible social media guidance",
    ),
    parameters=Parameters,
)
def words_in_pictures(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for each post; its other pictures do not matter then."""
    pictures = records.own_media("image", "animation")
    posts = records.own_posts()
    posts = posts[posts["key"].isin(pictures["post"])]
    alts = pictures["alt_text"].fillna("") + "\n" + pictures["automatic_alt_text"].fillna("")
    sheets = set(pictures.loc[records.candidates(alts, ALT_GATE), "post"])
    texts = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    worth = records.candidates(texts, POST_GATE) | posts["key"].isin(sheets)
    described: dict[str, list[str]] = {}
    for post, alt in zip(pictures["post"], alts, strict=True):
        described.setdefault(post, []).append(alt)
    found: dict[str, Seen] = {}
    for post in records.rows(posts[worth & posts["text"].notna()]):
        links = post.links if isinstance(post.links, tuple) else ()
        on = post.published_at.astimezone(context.timezone).date()
        title = post.title if isinstance(post.title, str) else ""
        if seen := in_picture_only(
            f"{title}\n{post.text}", links, described[post.key], on, context.parameters.few_words
        ):
            found[post.key] = seen
    undescribed = posts["key"].isin(pictures.loc[pictures["alt_text"].isna(), "post"])
    doubtful = posts["text"].isna() | posts["links"].isna() | undescribed
    yield Scope(posts, doubtful & ~posts["key"].isin(list(found)))
    yield from (_observation(key, seen) for key, seen in found.items())


def _observation(post: str, seen: Seen) -> Observation:
    more = f"The description of its picture tells what the post does not: {seen.words}."
    return Observation(
        record=post,
        message=f"{MESSAGES.get(seen.reason, more)} {NOT_READ}",
        confidence=Confidence.POSSIBLE,
        would_pass="The post itself tells the day, time and place, or links to them.",
        evidence={"why": seen.reason, "words": seen.words, "picture": "its words were not read"},
    )
