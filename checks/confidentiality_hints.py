"""Posts and answers that may tell what was meant to stay confidential.

What was said in a closed session, a staff matter, a bid, somebody's case
(``socialaudit.confidences``). A notice that the law asks for, that the public is shut out of an
item, does not count. Nor does a confidential helpline. No report repeats the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.confidences import GATE, Hint, hint
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from socialaudit.records import Records

SEEN: Mapping[Hint, str] = {
    "secrecy": "It says itself that it should not be told.",
    "closed session": "It may tell what was said in a closed session.",
    "paper": "It may tell what a confidential paper or legal advice says.",
    "staff matter": "It may tell of a staff matter of one person.",
    "case": "It may tell of somebody’s complaint or case.",
    "bid": "It may tell what somebody bid or quoted.",
    "dispute": "It may tell how a legal dispute stands.",
}


@check(
    id="confidentiality-hints",
    title="Nothing confidential is published",
    examines="posts",
    needs=("posts",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.TODAY,
    instruction="Check this for something confidential",
    joined="Check {n} posts or answers for something confidential",
    fixed="confidential words removed",
    why="The people it is about lose their privacy, and the council may lose its case.",
    minutes=10,
    references=(
        "The common law of confidence",
        "Public Bodies (Admission to Meetings) Act 1960, section 1(2)",
        "UK GDPR, articles 5, 6 and 9",
        "Human Rights Act 1998, schedule 1, article 8",
    ),
    private=True,
)
def confidentiality_hints(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: only the council knows what is confidential."""
    posts = records.own_posts()
    yield Scope(posts, posts["text"].isna())
    answers = records.comments[records.comments["own"].fillna(value=False)]
    yield Scope(answers, answers["text"].isna())
    said = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    for table, texts in ((posts, said), (answers, answers["text"])):
        chosen = records.candidates(texts, GATE)
        for key, text in zip(table.loc[chosen, "key"], texts[chosen], strict=True):
            if (name := hint(text)) is not None:
                yield Observation(
                    record=key,
                    message=SEEN[name],
                    confidence=Confidence.POSSIBLE,
                    would_pass="It is gone, or the council has made it public itself.",
                    evidence={"kind of hint": name},
                )
