"""Private details of people in the council's own posts, titles and descriptions of pictures.

Telephone numbers, addresses, numbers of papers and accounts, and sensitive matters of a named person
(``socialaudit.personal``). Contacts of the council and of organisations do not count;
how to reach somebody in public office is excused. No report repeats what was found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from socialaudit.check import Context, Observation, Scope, Urgency, check
from socialaudit.exposure import weigh
from socialaudit.models import AccountKind
from socialaudit.personal.published import Published
from socialaudit.personal.reading import GATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``published``: telephones, emails and addresses that may stay, beside the council's own."""

    published: tuple[str, ...] = ()


@check(
    id="personal-data",
    title="The council’s posts show no private details",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Check this for private details",
    joined="Check {n} posts or pictures for private details",
    fixed="private details removed",
    why="A stranger can find, trick or shame people by details that were never meant for all.",
    minutes=10,
    references=(
        "UK GDPR, articles 5, 6 and 9, and article 33 for breaches",
        "Data Protection Act 2018",
        "Human Rights Act 1998, schedule 1, article 8",
    ),
    parameters=Parameters,
    private=True,
)
def personal_data(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """For today when somebody could do harm with it at once."""
    posts = records.own_posts()
    yield Scope(posts, posts["text"].isna())
    media = records.own_media("image", "animation", "video", "audio")
    media = media[media["alt_text"].notna()]
    yield Scope(media)
    council = context.council
    contacts = (*council.contacts, *context.parameters.published)
    published = Published.of(replace(council, contacts=contacts))
    said = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    for table, texts, where in (
        (posts, said, "This post"),
        (media, media["alt_text"], "The description (alt text) here"),
    ):
        chosen = records.candidates(texts, GATE)
        for key, text in zip(table.loc[chosen, "key"], texts[chosen], strict=True):
            if (weighed := weigh(text, published, ours=True)) is not None:
                yield weighed.observation(key, where)
