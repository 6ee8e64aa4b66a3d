"""Pictures whose description (alt text) tells nothing of what they show.

A file name, the word "photo", what a machine guessed, the post's own words again, one or two words,
or the same description on different pictures (WCAG 2.2 failures F30 and F39 name some of these).
The rules are in ``socialaudit.descriptions``. Only the form of a file name is certain: somebody who
can see the picture must say whether its description is good. Pictures without any belong to
``image-description``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.descriptions import blank, fault, words
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN = {
    "file name": "Its description is the name of a file.",
    "address": "Its description is a web address.",
    "placeholder": "Its description only says that there is a picture.",
    "machine-made": "Its description reads as if a machine made it.",
    "copy of the post": "Its description repeats the post. It does not say what the picture shows.",
    "short": "Its description may be too short to say what the picture shows.",
    "same in the post": "Another picture in this post has the same description.",
    "same elsewhere": "Pictures in other posts have the same description.",
}
GOOD = "The description says what matters in the picture, in a person’s words."


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``least_words``: a shorter description is listed. ``alike``: the same description on this many posts is listed too."""

    least_words: Annotated[int, Ge(1)] = 3
    alike: Annotated[int, Ge(2)] = 3


@check(
    id="image-description-quality",
    title="Descriptions of pictures say what matters in them",
    examines="media",
    needs=("media.alt_text",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Improve the description of this picture",
    joined="Improve the descriptions of {n} pictures",
    fixed="description improved",
    why="People who cannot see a picture learn nothing from a description that tells nothing.",
    minutes=5,
    references=(
        "WCAG 2.2 success criterion 1.1.1, Non-text Content, Level A (failures F30 and F39)",
        "Government Communication Service, accessible social media guidance",
    ),
    parameters=Parameters,
)
def image_description_quality(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for each picture: the first fault that fits."""
    wanted: Parameters = context.parameters
    pictures = records.own_media("image", "animation")
    unknown = pictures["alt_text"].isna()
    described = pictures["alt_text"].map(lambda alt: not blank(alt), na_action="ignore")
    yield Scope(pictures[unknown | described.eq(other=True)], unknown)
    known = pictures[described.eq(other=True)]
    known = known.assign(plain=known["alt_text"].map(_plain))
    texts = dict(zip(records.posts["key"], records.posts["text"], strict=True))
    here = known.groupby(["post", "plain"])["key"].nunique().to_dict()
    anywhere = known.groupby(["account", "plain"])["post"].nunique().to_dict()
    for picture in records.rows(known):
        post = texts.get(picture.post)
        seen: str | None = fault(
            picture.alt_text, post if isinstance(post, str) else "", wanted.least_words
        )
        if not seen and here[picture.post, picture.plain] > 1:
            seen = "same in the post"
        if not seen and anywhere[picture.account, picture.plain] >= wanted.alike:
            seen = "same elsewhere"
        if seen:
            yield _observation(picture, seen)


def _plain(description: str) -> str:
    """What two descriptions that are the same have in common."""
    return " ".join(words(description)) or "".join(description.split())


def _observation(picture: Any, seen: str) -> Observation:
    return Observation(
        record=picture.key,
        message=SEEN[seen],
        confidence=Confidence.CERTAIN if seen == "file name" else Confidence.POSSIBLE,
        would_pass="It is the same picture each time." if seen == "same elsewhere" else GOOD,
        evidence={"description": picture.alt_text[:100], "fault": seen},
    )
