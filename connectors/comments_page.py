"""Which comment system a web page uses: told from its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from connectors.hypertext import MAX_HTML

UNREADABLE = {
    "Viafoura": re.compile(r"viafoura", re.IGNORECASE),
    "OpenWeb": re.compile(r"spot\.im|openweb\.com|data-spotim", re.IGNORECASE),
    "Coral": re.compile(r"coral\.createStreamEmbed|coral_thread|coralproject", re.IGNORECASE),
    "Facebook": re.compile(r"fb-comments|plugins/comments\.php", re.IGNORECASE),
    "Hyvor Talk": re.compile(r"talk\.hyvor\.com", re.IGNORECASE),
    "Commento": re.compile(r"commento\.js|cdn\.commento\.io|comentario", re.IGNORECASE),
    "Vuukle": re.compile(r"vuukle", re.IGNORECASE),
    "Insticator": re.compile(r"insticator-comment", re.IGNORECASE),
    "giscus": re.compile(r"giscus\.app|utteranc\.es", re.IGNORECASE),
    "Cusdis": re.compile(r"cusdis", re.IGNORECASE),
    "Remark42": re.compile(r"remark_config|remark42", re.IGNORECASE),
    "Livefyre": re.compile(r"livefyre", re.IGNORECASE),
}
"""Systems that offer no public reading, by what a page that uses them holds."""
_NAME = r"([\w-]{1,100})"
_DISQUS = (
    re.compile(rf"//{_NAME}\.disqus\.com/(?:embed|count)\.js", re.IGNORECASE),
    re.compile(rf"disqus_shortname['\"]?\s*[:=]\s*['\"]{_NAME}['\"]", re.IGNORECASE),
    re.compile(rf"data-disqus-shortname=['\"]{_NAME}['\"]", re.IGNORECASE),
    re.compile(rf"['\"]?disqusShortname['\"]?\s*[:=]\s*['\"]{_NAME}['\"]", re.IGNORECASE),
)
_ISSO = re.compile(r"data-isso=['\"]([^'\"]{1,300})['\"]", re.IGNORECASE)
_ISSO_SCRIPT = re.compile(
    r"src=['\"]([^'\"]{1,300}?/)js/(?:embed|count)(?:\.\w+)?\.js['\"]", re.IGNORECASE
)
_ISSO_ID = re.compile(r"data-isso-id=['\"]([^'\"]{1,300})['\"]", re.IGNORECASE)
_ISSO_THREAD = re.compile(r"id=['\"]isso-thread['\"]", re.IGNORECASE)
_WORDPRESS = re.compile(r"wp-comments-post\.php|id=['\"]commentform['\"]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Engine:
    """A comment system: ``where`` is Disqus's shortname or Isso's address, ``thread`` the page's."""

    name: str
    where: str = ""
    thread: str = ""


def engine(html: str, address: str) -> Engine | None:
    """The comment system of a page at an address; ``None`` where nothing tells of one."""
    html = html[:MAX_HTML]
    for form in _DISQUS:
        if (found := form.search(html)) and found[1].lower() not in {"www", "embed"}:
            return Engine("disqus", found[1], address)
    server = _ISSO.search(html)
    if server is None and _ISSO_THREAD.search(html):
        server = _ISSO_SCRIPT.search(html)
    if server:
        named = _ISSO_ID.search(html)
        where = urljoin(address, server[1]).rstrip("/")
        return Engine("isso", where, named[1] if named else urlsplit(address).path or "/")
    name = next((name for name, form in UNREADABLE.items() if form.search(html)), None)
    if _WORDPRESS.search(html):
        return Engine("wordpress")
    return Engine(name) if name else None
