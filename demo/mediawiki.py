"""A wiki on loopback: MediaWiki's action API and its pages, as 1.39 answers them.

Sources: https://www.mediawiki.org/wiki/API:Main_page, and answers of MediaWiki 1.39.17. A post is a
page with one edit, a comment an edit of its talk page. The clerk may block and delete; residents may
write. Lists end early, as they do when an answer would grow too large, and go on by ``continue``.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from demo.mediawiki_edits import CLERK, Edit, edits_of, stamp
from demo.server import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount

MAIN = "Main Page"
_RIGHTS = {
    "*": ["read", "createpage", "createtalk"],
    "user": ["read", "edit", "createpage", "createtalk", "upload"],
    "sysop": ["block", "delete", "protect", "patrol", "deleterevision"],
}
_SPACES = {-1: "Special", 0: "", 1: "Talk", 2: "User", 3: "User talk", 6: "File", 10: "Template"}
_CODES = {
    "rate_limited": "ratelimited",
    "rate_limited_no_header": "ratelimited",
    "expired_token": "assertuserfailed",
    "forbidden": "readapidenied",
}
_STATUS = {"rate_limited": 429, "server_error": 500, "not_found": 404}


class MediaWikiSite:
    """A wiki as of ``now``: ``/w/api.php`` and ``/wiki/``. ``at_most`` is how long its lists are.

    ``password`` is the clerk's bot password (``Clerk@audit``). ``private`` lets nobody else read.
    """

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        password: str = "",
        *,
        at_most: int = 500,
        private: bool = False,
    ) -> None:
        self.town = town
        self.now = now
        self.password = password
        self.at_most = at_most
        self.private = private

    def answer(self, request: Request) -> Answer:
        """An answer of the API, or a page."""
        if request.path.startswith("/wiki/") or request.path == "/":
            return _page(200)
        if request.path != "/w/api.php":
            return _page(404)
        asked = {**request.query, **request.form}
        if asked.get("action") == "login":
            return self._login(asked)
        if asked.get("meta") == "tokens":
            return Answer({"batchcomplete": "", "query": {"tokens": {"logintoken": "t+\\"}}})
        return self._refused(asked, request) or self._asked(asked, request.headers.get("host", ""))

    def _refused(self, asked: Mapping[str, str], request: Request) -> Answer | None:
        known = "session=clerk" in request.headers.get("cookie", "")
        if asked.get("assert") == "user" and not known:
            return _error("assertuserfailed", "You are no longer logged in")
        if self.private and not known:
            return _error("readapidenied", "You need read permission to use this module.")
        return None

    def _asked(self, asked: Mapping[str, str], host: str) -> Answer:
        if asked.get("action") == "parse":
            return self._parse(asked)
        if asked.get("action") == "query":
            return self._query(asked, host)
        return _error("unknown_action", 'Unrecognized value for parameter "action".')

    def fault(self, name: str, request: Request) -> Answer:
        """What MediaWiki does when it fails; most of it inside an answer whose status is 200."""
        if name in _STATUS:
            headers = {"Retry-After": "900"} if name == "rate_limited" else {}
            return _page(_STATUS[name], headers)
        if name in _CODES:
            return _error(_CODES[name], "The wiki refuses.")
        answer = self.answer(request)
        if name == "malformed":
            del answer.body["query"]["recentchanges"][0]["timestamp"]
        if name == "repeated_cursor":
            answer.body["continue"] = {"rccontinue": "20260901000000|1", "continue": "-||"}
        return answer

    def _login(self, asked: Mapping[str, str]) -> Answer:
        good = (asked.get("lgname"), asked.get("lgpassword")) == (f"{CLERK}@audit", self.password)
        if good and asked.get("lgtoken") == "t+\\" and self.password:
            told = {"result": "Success", "lguserid": 2, "lgusername": CLERK}
            return Answer(
                {"login": told}, headers={"Set-Cookie": "session=clerk; path=/; HttpOnly"}
            )
        why = "Incorrect username or password entered.\nPlease try again."
        return Answer({"login": {"result": "Failed", "reason": why}})

    def _query(self, asked: Mapping[str, str], host: str) -> Answer:
        query: dict[str, Any] = {}
        body: dict[str, Any] = {"batchcomplete": "", "query": query}
        begun = "rccontinue" not in asked and "uccontinue" not in asked
        for name in asked.get("list", "").split("|"):
            if name in {"recentchanges", "usercontribs"}:
                query[name], following = self._listed(name, asked)
                body |= {"continue": following} if following else {}
            elif name == "allusers" and begun:
                query[name] = [{"userid": 2, "name": CLERK}]
            elif name == "users" and begun:
                query[name] = [self._user(asked["ususers"])]
        metas = asked.get("meta", "").split("|")
        if "siteinfo" in metas and begun:
            query |= self._siteinfo(host)
        if "userinfo" in metas:
            query["userinfo"] = {"id": 0, "name": "127.0.0.1", "anon": ""}
        if begun and (pages := self._pages(asked, host, query)):
            query["pages"] = pages
        return Answer(body)

    def _listed(self, name: str, asked: Mapping[str, str]) -> tuple[list[Any], dict[str, str]]:
        short = {"recentchanges": "rc", "usercontribs": "uc"}[name]
        start = asked.get(f"{short}start", "9999"), asked.get(f"{short}end", "")
        found = [e for e in self._edits() if start[1] <= stamp(e.at) <= start[0]]
        if name == "usercontribs":
            found = [e for e in found if e.by == asked.get("ucuser")]
        found.sort(key=lambda e: e.revision, reverse=True)
        if before := asked.get(f"{short}continue"):
            found = [e for e in found if e.revision <= int(before.rpartition("|")[2])]
        some, more = found[: self.at_most], found[self.at_most :]
        told = [_listed_edit(e, name) for e in some]
        if not more:
            return told, {}
        at = f"{stamp(more[0].at)}|{more[0].revision}"
        return told, {f"{short}continue": at, "continue": "-||siteinfo|userinfo|allusers|users"}

    def _pages(self, asked: Mapping[str, str], host: str, query: dict[str, Any]) -> dict[str, Any]:
        edits = self._edits()
        found: dict[str, Any] = {}
        if wanted := asked.get("revids"):
            known = {str(e.revision): e for e in edits}
            for one in wanted.split("|"):
                if one in known:
                    page = found.setdefault(str(known[one].page), self._info(known[one], host))
                    page.setdefault("revisions", []).append(_revision(known[one], asked["rvprop"]))
                else:
                    query.setdefault("badrevids", {})[one] = {"revid": int(one)}
            return found
        for one in filter(None, asked.get("pageids", "").split("|")):
            mine = [e for e in edits if str(e.page) == one]
            told = self._info(mine[-1], host) if mine else {"pageid": int(one), "missing": ""}
            found[one] = {**told, **_history(mine, asked)}
        for place, title in enumerate(filter(None, asked.get("titles", "").split("|"))):
            mine = [e for e in edits if e.title == title]
            main = {"pageid": 1, "lastrevid": 1} if title == MAIN else {"missing": ""}
            told = self._info(mine[-1], host) if mine else {"ns": 0, "title": title, **main}
            found[str(mine[-1].page if mine else -1 - place)] = {**told, **_history(mine, asked)}
        return found

    def _info(self, edit: Edit, host: str) -> dict[str, Any]:
        talk = next((e.page for e in self._edits() if e.subject == edit.page), 0)
        address = f"http://{host}/wiki/{edit.title.replace(' ', '_')}"
        newest = max(e.revision for e in self._edits() if e.page == edit.page)
        return {
            "pageid": edit.page,
            "ns": 1 if edit.talks else 0,
            "title": edit.title,
            "contentmodel": "wikitext",
            "pagelanguage": "en",
            "touched": stamp(edit.at),
            "lastrevid": newest,
            "length": len(edit.text),
            "protection": [],
            "restrictiontypes": ["edit", "move"],
            "fullurl": address,
            "canonicalurl": address,
            **({"talkid": talk} if talk else {}),
            **({"subjectid": edit.subject} if edit.subject else {}),
        }

    def _parse(self, asked: Mapping[str, str]) -> Answer:
        title = asked.get("page", "").replace("_", " ")
        edits = [
            e
            for e in self._edits()
            if str(e.page) == asked.get("pageid")
            or str(e.revision) == asked.get("oldid")
            or e.title == title
        ]
        if not edits and title != MAIN:
            return _error("missingtitle", "The page you specified doesn't exist.")
        shown = edits[-1].text if edits else f"<p>{html.escape(self.town.description)}</p>"
        page, name, revision = (
            (edits[-1].page, edits[-1].title, edits[-1].revision) if edits else (1, MAIN, 1)
        )
        told = {"title": name, "pageid": page, "revid": revision, "displaytitle": html.escape(name)}
        return Answer(
            {"parse": {**told, "text": {"*": f'<div class="mw-parser-output">{shown}</div>'}}}
        )

    def _user(self, name: str) -> dict[str, Any]:
        known = {e.by for e in self._edits()} | {CLERK}
        return {"userid": 2, "name": name} if name in known else {"name": name, "missing": ""}

    def _siteinfo(self, host: str) -> dict[str, Any]:
        general = {
            "mainpage": MAIN,
            "base": f"http://{host}/wiki/Main_Page",
            "sitename": self.town.name,
            "generator": "MediaWiki 1.39.17",
            "articlepath": "/wiki/$1",
            "scriptpath": "/w",
            "script": "/w/index.php",
            "server": f"http://{host}",
            "time": stamp(self.now),
        }
        names = {
            n: {"id": n, "case": "first-letter", "canonical": s, "*": s} for n, s in _SPACES.items()
        }
        rights = {**_RIGHTS, "*": _RIGHTS["*"] + self.town.settings.get("everyone", [])}
        return {
            "general": general,
            "namespaces": {str(n): told for n, told in names.items()},
            "namespacealiases": [{"id": 6, "*": "Image"}],
            "usergroups": [{"name": name, "rights": told} for name, told in rights.items()],
        }

    def _edits(self) -> list[Edit]:
        """Every edit of every page there is, oldest first on each."""
        return [e for p in self.town.posts_as_of(self.now) for e in edits_of(p, self.now)]


def _listed_edit(edit: Edit, name: str) -> dict[str, Any]:
    parent = "old_revid" if name == "recentchanges" else "parentid"
    told: dict[str, Any] = {
        "ns": 1 if edit.talks else 0,
        "title": edit.title,
        "pageid": edit.page,
        "revid": edit.revision,
        parent: edit.parent,
        "user": edit.by,
        "timestamp": stamp(edit.at),
        "tags": [],
    }
    if name == "recentchanges":
        told |= {"type": "edit" if edit.parent else "new", "rcid": edit.revision, "oldlen": 0}
    if not edit.parent:
        told["new"] = ""
    return told


def _revision(edit: Edit, wanted: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "revid": edit.revision,
        "parentid": edit.parent,
        "user": edit.by,
        "timestamp": stamp(edit.at),
        "tags": [],
    }
    if "content" in wanted.split("|"):
        shown = {"texthidden": ""} if edit.hidden else {"contentmodel": "wikitext", "*": edit.text}
        told["slots"] = {"main": shown}
    return told


def _history(edits: list[Edit], asked: Mapping[str, str]) -> dict[str, Any]:
    if "revisions" not in asked.get("prop", "") or not edits:
        return {}
    some = edits[-1:]
    if "rvlimit" in asked:
        times = asked.get("rvend", ""), asked.get("rvstart", "9999")
        some = [e for e in reversed(edits) if times[0] <= stamp(e.at) <= times[1]]
    return {"revisions": [_revision(e, asked["rvprop"]) for e in some]} if some else {}


def _error(code: str, info: str) -> Answer:
    told = {"code": code, "info": info, "*": "See /w/api.php for API usage."}
    return Answer({"error": told}, headers={"MediaWiki-API-Error": code})


def _page(status: int, headers: dict[str, str] | None = None) -> Answer:
    link = '<link rel="EditURI" type="application/rsd+xml" href="//wiki.example.gov.uk/w/api.php?action=rsd"/>'
    body = (
        f"<!DOCTYPE html><html lang=en><head><title>Wiki</title>{link}</head><body></body></html>"
    )
    return Answer(body, status, headers or {}, "text/html; charset=UTF-8")
