"""Pictures that nobody has described.

A description that a platform guessed does not count, and one made of spaces or invisible characters
is none. Whether a description is any good is another check's question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Context, Observation, Scope, Urgency, check
from socialaudit.descriptions import blank
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@check(
    id="image-description",
    title="Every picture has a description (alt text)",
    examines="media",
    needs=("media.alt_text",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Describe this picture",
    joined="Describe {n} pictures",
    fixed="description added",
    why="People who cannot see a picture miss what it says without a description (alt text).",
    minutes=5,
    references=(
        "WCAG 2.2 success criterion 1.1.1, Non-text Content, Level A",
        "Equality Act 2010, sections 20, 29 and 149",
        "Government Communication Service, accessible social media guidance",
    ),
)
def image_description(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """A description that the platform says is not there, or shows as nothing, is certain."""
    pictures = records.own_media("image", "animation")
    unknown = pictures["alt_text"].isna()
    yield Scope(pictures, unknown)
    for picture in records.rows(pictures[~unknown]):
        if blank(picture.alt_text):
            yield Observation(
                record=picture.key,
                message="This picture has no description (alt text).",
                would_pass="It has a description that a person wrote.",
                evidence={"description": "empty" if picture.alt_text else "none"},
            )
