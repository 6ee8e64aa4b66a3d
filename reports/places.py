"""Where a thing to do is: words and links to its places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports import items as things
from reports.quoting import shown
from reports.signposts import Piece
from reports.wording import count, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.audit import Audit
    from reports.items import Item
    from reports.signposts import Signposts
    from socialaudit.finding import Finding

BUTTON_TITLE = 45
SHORT_TITLE = 26


@dataclass(frozen=True, slots=True)
class Guide:
    """Leads to the places of one report; ``short`` where words have to be saved.

    ``references``: how many places that are not named are linked by their reference, where there
    is no web report to name them.
    """

    audit: Audit
    signposts: Signposts
    short: bool = False
    references: int = 0

    def buttons(self, item: Item, most: int) -> Iterable[Piece]:
        """Links to the first places of an item, each in words that say where it goes."""
        several = len(item.accounts) > 1
        for finding in item.findings[:most]:
            link = self._button(finding, name=self.audit.label(finding.account) if several else "")
            if link is not None:
                yield link

    def where(self, item: Item, most: int, *, linked: bool) -> Iterable[Piece]:
        """The place of an item, or up to ``most`` of its places."""
        if len(item.findings) == 1:
            yield from self._one(item.findings[0], linked=linked)
            return
        places = [f for f in item.findings if _can_be_told(f)][:most]
        named = [list(self._one_of_several(f, linked=linked)) for f in places]
        yield Piece(self._kind(item.findings, named=bool(places)))
        if places:
            others = [f for f in item.findings if f not in places]
            yield from self._in_a_row(item, [*named, *self._referred(others)])

    def beside(self, item: Item, buttons: int) -> Iterable[Piece]:
        """The places of an item to whose first ones there are buttons."""
        yield Piece(f"{self._kind(item.findings, named=False)}: {number(buttons)} below, ")
        yield from self._in_a_row(item, self._referred(item.findings[buttons:]), before=buttons)

    def _in_a_row(
        self, item: Item, places: Sequence[list[Piece]], before: int = 0
    ) -> Iterable[Piece]:
        left_out = len(item.findings) - len(places) - before
        for n, pieces in enumerate(places):
            if n:
                yield Piece(" and " if n == len(places) - 1 and not left_out else ", ")
            yield from pieces
        if left_out:
            yield Piece(" and " if places else "and ")
            yield self._rest(item, left_out)

    def _referred(self, findings: Sequence[Finding]) -> list[list[Piece]]:
        """Places by their references, where no web report names them."""
        told = findings[: self.references] if self.audit.page is None else ()
        links = ((f.ref, f.subject.permalink) for f in told if f.subject is not None)
        pieces = (self.signposts.to(ref, address) for ref, address in links)
        return [[piece] for piece in pieces if piece is not None]

    def _button(self, finding: Finding, name: str) -> Piece | None:
        if finding.subject is None:
            return None
        title = shown(finding.subject.headline, BUTTON_TITLE - len(name))
        label = f"{name} {shown(finding.subject.label)}".strip()
        day = things.short_day(self.audit, finding)
        if title:
            words = f"Open the {label} {things.under(finding)}‘{title}’"
        else:
            words = f"Open the {label}{f' of {day}' if day else ''}"
        return self.signposts.to(words, finding.subject.permalink, finding.ref)

    def _one(self, finding: Finding, *, linked: bool) -> Iterable[Piece]:
        place, title = things.where(self.audit, finding)
        if title and (linked or not self.short):
            yield Piece(f"{place}, {things.under(finding)}")
            yield self._named(finding, title, linked=linked, quoted=True)
        elif place:
            yield self._named(finding, place, linked=linked)

    def _one_of_several(self, finding: Finding, *, linked: bool) -> Iterable[Piece]:
        longest = SHORT_TITLE if self.short else things.TITLE
        place, title = things.where(self.audit, finding, longest)
        yield self._named(finding, title or place or finding.ref, linked=linked, quoted=bool(title))
        day = things.short_day(self.audit, finding)
        if title and day and not self.short:
            yield Piece(f" ({day})")

    def _named(self, finding: Finding, words: str, *, linked: bool, quoted: bool = False) -> Piece:
        """Words with a link, where there is one to make; a title without one stands in quotes."""
        address = finding.subject.permalink if finding.subject is not None and linked else None
        link = self.signposts.to(words, address, finding.ref)
        if link is not None:
            return replace(link, quoted=quoted)
        return Piece(f"‘{words}’" if quoted else words)

    def _rest(self, item: Item, left_out: int) -> Piece:
        """What is not named, with a link to the item in the web report where there is one."""
        words = f"{number(left_out)} more"
        page = self.audit.page
        if page is None:
            return Piece(words)
        link = self.signposts.to(f"{words} of item {item.number}", f"{page}#item-{item.number}")
        return link or Piece(words)

    def _kind(self, findings: Sequence[Finding], *, named: bool) -> str:
        """``2 Facebook comments, under ``: what all are; with a comma when they are named next."""
        accounts = tuple(dict.fromkeys(f.account for f in findings))
        name = f"{self.audit.label(accounts[0])} " if len(accounts) == 1 else ""
        on = "" if name else f" on {self.audit.labels(tuple(a for a in accounts if a))}"
        number_of = f"{count(len(findings), f'{name}{_common(findings)}')}{on}"
        titled = all(f.subject and shown(f.subject.headline) for f in findings)
        under = {things.under(f) for f in findings} if titled else set()
        return f"{number_of}, {under.pop() if len(under) == 1 else ''}" if named else number_of


def _common(findings: Sequence[Finding]) -> str:
    """The word that fits all: ``picture``, or ``post`` for a post and a video."""
    subjects = [f.subject for f in findings if f.subject is not None]
    kinds = {s.kind for s in subjects}
    labels = {shown(s.label) for s in subjects} if "setting" not in kinds else kinds
    words = labels if len(labels) == 1 else kinds & {"post", "comment", "setting"}
    return words.pop() if len(subjects) == len(findings) and len(kinds) == len(words) else "place"


def _can_be_told(finding: Finding) -> bool:
    """Whether there is a title, link or date by which a place can be told from its like."""
    subject = finding.subject
    return subject is not None and bool(
        shown(subject.headline) or subject.permalink or subject.published_at
    )
