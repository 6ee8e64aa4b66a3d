"""Models as pandas frames; the only place that names columns and dtypes.

Frames are ``accounts, posts, media, comments, settings``; their columns are the fields of the
models of those names without ``payload``. An empty week has the same columns and dtypes. Missing
is ``pd.NA`` in every column and means *unknown*, never empty.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

import pandas as pd
import pyarrow as pa

from socialaudit.models import Account, Comment, Media, Post, Setting
from socialaudit.sieve import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from socialaudit.models import Record
    from socialaudit.sieve import Gate

Made = TypeVar("Made")
TEXT = pd.StringDtype("pyarrow", na_value=pd.NA)
FRAMES: dict[str, type[Account | Post | Media | Comment | Setting]] = {
    "accounts": Account,
    "posts": Post,
    "media": Media,
    "comments": Comment,
    "settings": Setting,
}


def _dtype(hint: Any) -> Any:
    kinds = (
        [k for k in get_args(hint) if k is not type(None)]
        if isinstance(hint, UnionType)
        else [hint]
    )
    kind = kinds[0]
    if kind is datetime:
        return pd.DatetimeTZDtype("us", "UTC")
    if kind is bool:
        return pd.BooleanDtype()
    if kind is int:
        return pd.Int64Dtype()
    if kind is float:
        return pd.Float64Dtype()
    if isinstance(kind, type) and issubclass(kind, str):
        return TEXT
    return "object"  # tuples of texts


DTYPES: dict[str, dict[str, Any]] = {
    name: {
        f.name: _dtype(get_type_hints(model)[f.name]) for f in fields(model) if f.name != "payload"
    }
    for name, model in FRAMES.items()
}
"""Column dtypes of each frame."""


def frame(name: str, records: Iterable[Record]) -> pd.DataFrame:
    """One frame from records of its model, indexed 0…n-1; the newest of two with one key wins."""
    newest = {record.key: record for record in records}
    columns = {
        column: pd.Series([_whole(getattr(r, column)) for r in newest.values()], dtype=dtype)
        for column, dtype in DTYPES[name].items()
    }
    return pd.DataFrame(columns)


def _whole(value: Any) -> Any:
    """JSON may carry half a surrogate pair, which Arrow refuses: it becomes U+FFFD."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


STEP = 10_000
"""Rows that are Python objects at a time."""


@cache
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 - its fields are known only here


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The five frames of one run, and what checks work out from them together (``once``)."""

    accounts: pd.DataFrame
    posts: pd.DataFrame
    media: pd.DataFrame
    comments: pd.DataFrame
    settings: pd.DataFrame
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What several checks need, made for the first of them; it goes when these records go."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def of(self, accounts: Iterable[str]) -> Records:
        """Only what belongs to these accounts: the same for the same ones, and itself where that is all."""
        wanted = frozenset(accounts)
        return self.once(("of", wanted), lambda: self._of(wanted))

    def _of(self, wanted: frozenset[str]) -> Records:
        kept = [(f, f["account"].isin(list(wanted))) for f in self.frames().values()]
        if all(mine.all() for _, mine in kept):
            return self
        return Records(*(f if mine.all() else f[mine] for f, mine in kept))

    @staticmethod
    def rows(table: pd.DataFrame, *columns: str) -> Iterator[Any]:
        """The rows of a frame as named tuples whose fields are the columns; missing is ``pd.NA``.

        Where ``columns`` are named, only those are read.
        """
        table = table[list(columns)] if columns else table
        row = _row(tuple(table.columns))
        for start in range(0, len(table), STEP):
            part = table.iloc[start : start + STEP]
            yield from map(row._make, zip(*(part[name].tolist() for name in part), strict=True))

    @staticmethod
    def candidates(texts: pd.Series[str], gate: Gate) -> pd.Series[bool]:
        """A cheap superset filter (``socialaudit.sieve``): rows whose text a gate lets through.

        An exact, Unicode-aware expression decides on the rows that are left. Missing texts are False.
        """
        hits = matching(pa.array(texts, type=pa.large_string()), gate)
        return pd.Series(hits, index=texts.index)

    def own_posts(self) -> pd.DataFrame:
        """Posts that the account wrote and published: no reposts, website entries or drafts."""
        return self.once("own posts", self._own_posts)

    def _own_posts(self) -> pd.DataFrame:
        aside = self.posts["kind"].isin(["repost", "notice"])
        return self.posts[~aside & ~self.posts["audience"].isin(["unpublished"])]

    def own_words(self) -> pd.DataFrame:
        """What the account wrote itself and people can see: its posts and its comments.

        Columns ``key, account, id, kind, published_at, text``; the text begins with the title where
        there is one. A reply that a platform shows as a post and as a comment is here once.
        """
        return self.once("own words", self._own_words)

    def _own_words(self) -> pd.DataFrame:
        columns = ["key", "account", "id", "kind", "published_at", "text"]
        posts = self.own_posts()
        titled = posts["title"].fillna("") != ""
        posts = posts.assign(
            text=posts["text"].where(~titled, posts["title"] + "\n" + posts["text"])
        )
        shown = self.comments["state"].isna() | self.comments["state"].isin(["published"])
        said = self.comments.loc[shown & self.comments["own"].fillna(value=False), columns]
        twice = set(zip(posts["account"], posts["id"], strict=True))
        once = [pair not in twice for pair in zip(said["account"], said["id"], strict=True)]
        return pd.concat([posts[columns], said[once]], ignore_index=True)

    def published_posts(self) -> pd.DataFrame:
        """Posts that the account published, its own and what it shares: no website entries or drafts."""
        aside = self.posts["kind"].isin(["notice"])
        return self.posts[~aside & ~self.posts["audience"].isin(["unpublished", "private"])]

    @staticmethod
    def texts(posts: pd.DataFrame) -> pd.Series[str]:
        """Title, text and links of each post, as ``candidates`` wants them; missing is empty."""
        links = [" ".join(told) if isinstance(told, tuple) else "" for told in posts["links"]]
        words = posts["title"].fillna("") + "\n" + posts["text"].fillna("") + "\n"
        return words + pd.Series(links, index=posts.index, dtype=TEXT)

    @staticmethod
    def text(post: Any) -> str:
        """Title and text of one post, a row; missing is empty."""
        return "\n".join(part for part in (post.title, post.text) if isinstance(part, str))

    def own_media(self, *kinds: str) -> pd.DataFrame:
        """Media of these kinds that somebody may see and that do not hang on a repost."""
        unseen = self.posts["audience"].isin(["unpublished", "private"])
        aside = self.posts.loc[unseen | self.posts["kind"].isin(["repost", "notice"]), "key"]
        return self.media[self.media["kind"].isin(kinds) & ~self.media["post"].isin(aside)]

    def frames(self) -> dict[str, pd.DataFrame]:
        """The frames by name, in the order of ``FRAMES``."""
        return {name: getattr(self, name) for name in FRAMES}


def from_records(records: Iterable[Record]) -> Records:
    """Sort records of all kinds into their frames."""
    sorted_: dict[type[Any], list[Record]] = {model: [] for model in FRAMES.values()}
    for record in records:
        sorted_[type(record)].append(record)
    return Records(*(frame(name, sorted_[model]) for name, model in FRAMES.items()))
