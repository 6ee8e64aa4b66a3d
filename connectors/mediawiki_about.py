"""What a wiki says of itself: its name, its namespaces, who may do what, and who looks after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from connectors.hypertext import web_address
from connectors.mediawiki_edits import flag, folded, items, texts
from socialaudit.errors import Malformed
from socialaudit.models import Account, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors import Access

TOLD_RIGHTS = {
    "*": ("read", "edit", "createpage", "createtalk", "createaccount"),
    "user": ("edit", "createpage", "createtalk", "upload"),
}
"""Rights of everyone, and of everyone with an account, that say who may write."""
USER, USER_TALK, SPECIAL = 2, 3, -1
_SHOWN = {"*": "all"}  # as Special:ListGroupRights shows the group of everyone


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the first page of a wiki, or a person's own page, says."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The wiki as it tells of itself (``siteinfo``). ``team`` are those who may block, delete or protect."""

    name: str
    main: str
    root: str
    article: str
    script: str
    groups: Mapping[str, frozenset[str]] | None
    spaces: Mapping[str, int]
    team: frozenset[str] | None
    readonly: bool

    @property
    def open_to_read(self) -> bool | None:
        """Whether everyone may read it; ``None`` where it does not say."""
        return None if self.groups is None else "read" in self.groups.get("*", ())

    @property
    def people(self) -> frozenset[str]:
        """The wiki's words for its people's pages and talk pages."""
        return frozenset(n for n, space in self.spaces.items() if space in {USER, USER_TALK})

    def space(self, title: str) -> tuple[int, str]:
        """The namespace of a title, and the rest of it."""
        start, colon, rest = title.partition(":")
        found = self.spaces.get(folded(start)) if colon else None
        return (found, rest.strip()) if found is not None else (0, title)

    def named(self, space: int, rest: str) -> str:
        """The title of a page in a namespace."""
        name = next((n for n, number in self.spaces.items() if number == space), "")
        return f"{name}:{rest}"

    def address(self, title: str) -> str | None:
        """Where readers find a page."""
        path = self.article.replace("$1", quote(title.replace(" ", "_"), safe="/:@!$*(),;~"))
        return web_address(path, self.root)

    def title(self, path: str) -> str | None:
        """The page that a path leads to: ``""`` for the wiki as a whole, ``None`` for neither."""
        written = unquote(path)
        before, _, after = urlsplit(self.article).path.partition("$1")
        homes = {"", "/", self.script, self.script.rpartition("/")[0], before, before.rstrip("/")}
        if written.rstrip("/") in {h.rstrip("/") for h in homes} or written.endswith("/api.php"):
            return ""
        for start in (before, f"{self.script}/", "/wiki/"):
            if start not in {"", "/"} and written.startswith(start):
                rest = (
                    written[len(start) :].removesuffix(after)
                    if start == before
                    else written[len(start) :]
                )
                return rest.replace("_", " ").strip()
        return written[1:].replace("_", " ").strip() if before == "/" else None


def about(query: Mapping[str, Any], base: str, team: frozenset[str] | None) -> About:
    """What ``siteinfo`` says. Raises ``Malformed`` for an answer that holds none."""
    general = query.get("general")
    if not isinstance(general, dict):
        raise Malformed("the wiki does not say what it is")
    server = web_address(str(general.get("server") or ""), f"{base}/") or base
    script = str(general.get("script") or f"{general.get('scriptpath') or ''}/index.php")
    return About(
        name=str(general.get("sitename") or ""),
        main=str(general.get("mainpage") or "Main Page"),
        root=f"{server.rstrip('/')}/",
        article=str(general.get("articlepath") or f"{script}/$1"),
        script=script,
        groups=_groups(query),
        spaces=_spaces(query),
        team=team,
        readonly=flag(general, "readonly"),
    )


def team(query: Mapping[str, Any]) -> frozenset[str] | None:
    """Names of those who may block, delete or protect; ``None`` where they are not listed."""
    told = query.get("allusers")
    if not isinstance(told, list):
        return None
    return frozenset(texts([u.get("name") for u in told if isinstance(u, dict)]))


def account(
    told: About, access: Access, shown: str, title: str, home: Introduction | None
) -> Account:
    """The wiki, person or page as it introduces itself: by its first page, by theirs, by itself."""
    private = told.open_to_read
    return Account(
        key=f"mediawiki:{access.handle}",
        account=access.account,
        id=access.handle,
        platform="mediawiki",
        kind=access.kind,
        handle=access.handle,
        name=shown,
        description=home.text if home else None,
        permalink=told.address(title),
        links=home.links if home else None,
        contact="" if home else None,
        protected=None if private is None else not private,
        published=True,
    )


def settings(told: About, account_id: str, place: str) -> Iterator[Setting]:
    """Who may do what, by MediaWiki's own names of groups and rights: ``all-edit``."""
    for group, rights in TOLD_RIGHTS.items():
        if told.groups is None or group not in told.groups:
            continue
        for right in rights:
            may = right in told.groups[group] | told.groups.get("*", frozenset())
            yield setting(f"{_SHOWN.get(group, group)}-{right}", may, account_id, place)
    yield setting("readonly", told.readonly, account_id, place)


def setting(name: str, value: Any, account_id: str, place: str) -> Setting:
    """One setting."""
    written = json.dumps(value, ensure_ascii=False)
    return Setting(
        key=f"mediawiki:{place}/{name}",
        account=account_id,
        name=name,
        value=written,
        payload={name: value},
    )


def _groups(query: Mapping[str, Any]) -> Mapping[str, frozenset[str]] | None:
    told = query.get("usergroups")
    if not isinstance(told, list):
        return None
    named = (g for g in told if isinstance(g, dict) and isinstance(g.get("name"), str))
    return {g["name"]: frozenset(texts(items(g.get("rights")))) for g in named}


def _spaces(query: Mapping[str, Any]) -> Mapping[str, int]:
    """Namespaces by each of their names; the first name of one is the one it goes by."""
    found: dict[str, int] = {}
    told = [s for s in items(query.get("namespaces")) if isinstance(s, dict)]
    aliases = [s for s in items(query.get("namespacealiases")) if isinstance(s, dict)]
    for key in ("name", "*", "canonical"):
        for space in told + (aliases if key != "canonical" else []):
            name, number = space.get(key, space.get("alias")), space.get("id")
            if isinstance(name, str) and name and isinstance(number, int):
                found.setdefault(folded(name), number)
    for number, name in enumerate(("user", "user talk"), start=USER):
        found.setdefault(name, number)
    found.setdefault("special", SPECIAL)
    return found
