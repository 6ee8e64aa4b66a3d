"""The page of an evidence pack that people read: what is in it, when it was captured, by what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reports import rendering
from reports.quoting import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from socialaudit.pack import Pack

_HIDDEN = frozenset({"key", "account", "id", "payload"})


def render(pack: Pack) -> str:
    """A self-contained HTML document without a script, a picture or a link that loads."""
    style = rendering.inline("evidence.css")
    return rendering.html(
        "evidence.html",
        pack=replace(
            pack,
            name=clean(pack.name),
            scope=clean(pack.scope),
            reason=clean(pack.reason),
            by=clean(pack.by),
        ),
        packed=[link for link in pack.chain if link["run"] in pack.runs],
        records=[_record(record) for record in pack.records],
        quotations=[_quotation(quotation) for quotation in pack.quotations],
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=rendering.digest(style),
    )


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as label and lines. Emptied by retention: no line."""
    body = record["body"] or {}
    return {
        "title": clean(f"{record['kind'].capitalize()} {record['key']}"),
        "captured": record["captured_at"],
        "sha256": record["sha256"],
        "kept": record["body"] is not None,
        "lines": [
            (clean(name.replace("_", " ")), clean(str(value)))
            for name, value in body.items()
            if name not in _HIDDEN and value not in (None, "", [], ())
        ],
    }


def _quotation(quotation: Mapping[str, Any]) -> dict[str, Any]:
    body = quotation["body"]
    return {
        "title": f"{quotation['ref']}, in run {quotation['run']}",
        "message": clean(body["message"]),
        "check": body["check"],
        "record": clean((body.get("subject") or {}).get("key", "")),
        "lines": [
            (clean(name), clean(str(value)))
            for name, value in (quotation["evidence"] or {}).items()
        ],
    }
