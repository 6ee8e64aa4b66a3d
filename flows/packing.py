"""Evidence packs: of a run, a finding or a period, out of the store into one zip."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows import plan as plans
from flows import reporting
from reports import evidence_index
from socialaudit import __version__, pack, settings
from socialaudit.errors import UsageError
from socialaudit.store import Store, export, runs

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from socialaudit.council import CouncilFile
    from socialaudit.store.runs import Link

LOG = logging.getLogger("socialaudit.evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to pack: one run, or one finding (its reference), or the runs of some days.

    ``whole`` packs the words of third parties too; that needs a reason and a name.
    """

    council: str
    run: str = ""
    ref: str = ""
    since: date | None = None
    until: date | None = None
    whole: bool = False
    reason: str = ""
    by: str = ""

    @property
    def scope(self) -> str:
        """In words."""
        if self.run:
            return f"run {self.run}"
        if self.ref:
            return f"finding {self.ref}"
        return f"runs from {self.since or 'the first'} to {self.until or 'the last'}"


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was made: what it holds, and the digest by which it is known."""

    scope: str
    runs: int
    records: int
    sha256: str


def export_to(path: Path, wanted: Wanted, now: datetime) -> Made:
    """Write a pack to a file, whole or not at all, and keep that it was made.

    Raises ``UsageError`` for what is not there or not said, ``StoreError``.
    """
    _refuse(wanted)
    found, _ = plans.read_files(plans.find(wanted.council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        with store.begin() as tx:
            gathered = _gather(tx, found, wanted, now)
            if not wanted.whole:
                gathered = pack.without_third_parties(gathered)
            body, sha256 = pack.packed(gathered, evidence_index.render(gathered))
            reporting.write(path.parent, {path.name: body})
            export.note(
                tx,
                found.council.id,
                now,
                scope=wanted.scope,
                whole=wanted.whole,
                reason=wanted.reason,
                by=wanted.by,
                sha256=sha256,
            )
    finally:
        store.close()
    if wanted.whole:
        LOG.warning(
            "%s: evidence of %s taken out with the words of third parties by %s: %s",
            *(found.council.id, wanted.scope, wanted.by, wanted.reason),
        )
    return Made(wanted.scope, len(gathered.runs), len(gathered.records), sha256)


def _refuse(wanted: Wanted) -> None:
    """Raise ``UsageError`` for a question that says too little or too much."""
    ways = [bool(wanted.run), bool(wanted.ref), bool(wanted.since or wanted.until)]
    if sum(ways) != 1:
        raise UsageError("say what to pack: --run, or --finding, or --since and --until")
    if wanted.whole and not (wanted.reason.strip() and wanted.by.strip()):
        raise UsageError("--unredacted needs --reason and --by: who takes it out, and why")
    for name, words in (("--reason", wanted.reason), ("--by", wanted.by)):
        if not words.isprintable():
            raise UsageError(f"{name} must be one line of plain text")


def _gather(tx: Connection, found: CouncilFile, wanted: Wanted, now: datetime) -> pack.Pack:
    council = found.council.id
    chain = runs.links(tx, council)
    quotations = export.quotations(tx, (link.run for link in chain), wanted.ref or None)
    packed = _runs(tx, chain, wanted, {q["run"] for q in quotations})
    quotations = [q for q in quotations if q["run"] in packed]
    keys = _about(quotations) if wanted.ref else None
    return pack.Pack(
        council=council,
        name=found.council.name,
        made_at=now.isoformat(timespec="seconds"),
        version=__version__,
        scope=wanted.scope,
        whole=wanted.whole,
        reason=wanted.reason,
        by=wanted.by,
        chain=[_link(link) for link in chain],
        runs={link.run: export.contents(tx, link) for link in chain if link.run in packed},
        records=[
            row | {"captured_at": row["captured_at"].isoformat()}
            for row in export.versions(tx, council, packed, keys)
        ],
        quotations=quotations,
    )


def _runs(tx: Connection, chain: list[Link], wanted: Wanted, with_ref: set[str]) -> set[str]:
    """The runs to pack. Raises ``UsageError`` when there is none."""
    if wanted.run:
        found = {link.run for link in chain if link.run == wanted.run}
    elif wanted.ref:
        found = with_ref
    else:
        found = {
            link.run
            for link in chain
            if (run := runs.read(tx, link.run))
            and (wanted.since is None or run.window.until.date() >= wanted.since)
            and (wanted.until is None or run.window.since.date() <= wanted.until)
        }
    if not found:
        known = ", ".join(link.run for link in chain[-3:]) or "none yet"
        raise UsageError(f"nothing to pack for {wanted.scope}; the last finished runs: {known}")
    return found


def _about(quotations: list[dict[str, Any]]) -> set[str]:
    """The keys of the records that findings are about."""
    return {q["body"]["subject"]["key"] for q in quotations if q["body"].get("subject")}


def _link(link: Link) -> dict[str, Any]:
    return {
        "run": link.run,
        "number": link.number,
        "finished_at": link.finished_at.isoformat(),
        "previous": link.previous,
        "digest": link.digest,
    }
