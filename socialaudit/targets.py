"""Whom a hostile comment is for: somebody it names in office, a resident, or the council."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

Target = Literal["person", "resident", "council"]

LIMIT = 5_000
"""Characters read of one text."""

_TITLED = re.compile(
    r"\b(?:cllr|clr|councillor|coun|mr|mrs|ms|miss|dr|rev|mayor|clerk|officer|warden|ranger)\.?\s+"
    r"(?!(?:is|are|was|and|of|for|to|at|in|the|who|should|has|you|off|can|needs?|must)\b)([^\W\d_]{2,30})",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:the|our|your|that|this|town|parish|deputy)\s+(clerk|mayor|warden|ranger|caretaker|chairman|chair"
    r"|leader|manager|groundsman|receptionist|litter picker|enforcement officer|parking officer)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\w)@(\w[\w.]{1,40})")
_COUNCIL = re.compile(
    r"\b(?:you|your|u|ur|youre|council|councillors|cllrs|town hall|office|staff|this lot|they|them)\b",
    re.IGNORECASE,
)


class Targets:
    """The targets of comments; ``accounts`` gives the handles that are the council's own."""

    COLUMNS = ("key", "parent", "author", "own")
    """What it reads of the comments."""

    def __init__(self, comments: pd.DataFrame, accounts: pd.DataFrame) -> None:
        above = comments[
            comments["key"].isin(comments["parent"].dropna()) & comments["author"].notna()
        ]
        self._authors = dict(zip(above["key"].tolist(), above["author"].tolist(), strict=True))
        self._own = set(above.loc[above["own"].fillna(value=False), "key"])
        handles = accounts["handle"].dropna().tolist()
        self._ours = {handle.lstrip("@").lower() for handle in handles}

    def of(self, comment: Any) -> tuple[Target | None, str]:
        """The kind of target of a comment (a row), and which it is: for comparing, never for show.

        ``(None, "")`` where it is hostile to nobody here.
        """
        text = comment.text[:LIMIT]
        if titled := _TITLED.search(text):
            return "person", titled[1].lower()
        if role := _ROLE.search(text):
            return "person", f"the {role[1].lower()}"
        above = comment.parent if isinstance(comment.parent, str) else ""
        to = self._authors.get(above)
        if to is not None and above not in self._own and to != comment.author:
            return "resident", to
        others = [h.lower() for h in _HANDLE.findall(text) if h.lower() not in self._ours]
        if others:
            return "person", f"@{others[0]}"
        return ("council", "") if _COUNCIL.search(text) else (None, "")
