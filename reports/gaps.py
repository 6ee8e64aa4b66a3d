"""What could not be looked at, in words: accounts, parts of them, and what platforms never show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.quoting import shown
from reports.wording import capital, count, items, joined, listed, lower, past_weekday
from socialaudit.finding import UNSAID, Outcome, ReadStatus
from socialaudit.looking import BY_HAND
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.audit import Audit
    from reports.items import Item
    from socialaudit.finding import Coverage
    from socialaudit.models import Unread

REASON = 200
NAME = 80
_GAP_CHECK = "monitoring-gaps"
_FACTS = {
    "*": "anything",
    "account": "the profile",
    "settings": "settings",
    "posts": "posts",
    "posts.audience": "who can see each post",
    "media": "pictures and videos",
    "media.alt_text": "picture descriptions",
    "media.captions": "captions of videos",
    "comments": "comments",
    "comments.visitor": "posts by visitors",
    "comments.state": "whether comments are hidden or waiting",
    "website": "the website",
    "website.profiles": "links on its home page",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """An account and what could not be looked at there."""

    name: str
    text: str


def unchecked(audit: Audit) -> tuple[str, ...]:
    """Names of the accounts of which nothing was checked: ``("X (Twitter)",)``."""
    return tuple(audit.label(c.account, whole=True) for c in audit.not_read)


def gaps(audit: Audit, numbered: Sequence[Item]) -> tuple[Gap, ...]:
    """One entry per account that was not, or not wholly, checked; then what is never shown."""
    whole = [_whole(audit, c, numbered) for c in audit.not_read]
    seen = [_by_people(audit, c) for c in audit.seen]
    partly = [_partly(audit, c, unread, numbered) for c, unread in audit.partly_read]
    return (*whole, *partly, *seen, *_website(audit), *_untold(audit), *_never(audit))


def checked_in_full(audit: Audit) -> str:
    """Which accounts were checked in full, how much was read, and what we never read."""
    read = [c for c in audit.coverage if c.status is not ReadStatus.NOT_READ]
    full = [c for c in read if not c.unread]
    others = [c for c in read if c.unread and all(u.permanent for u in c.unread)]
    staff = any(c.kind is AccountKind.STAFF for c in audit.coverage)
    never = "We never read private messages or anyone’s personal account" + (
        " that is not on the council’s list" if staff else ""
    )
    if not read:
        return joined("No account was checked", never)
    posts = count(sum(c.posts for c in read), "post")
    comments = count(sum(c.comments for c in read), "comment")
    return joined(
        *_how_far(audit, full, others),
        f"We read {posts} and {comments}",
        never,
    )


def _how_far(audit: Audit, full: Sequence[Coverage], others: Sequence[Coverage]) -> Iterable[str]:
    if not full and not others:
        yield "No account was checked in full"
    for some, how in ((full, "in full"), (others, "as far as possible")):
        if some:
            names = audit.labels(tuple(c.account for c in some))
            yield f"{names} {'was' if len(some) == 1 else 'were'} checked {how}"


def _by_people(audit: Audit, coverage: Coverage) -> Gap:
    """A place that no program can read, and who looked at it."""
    look = audit.looks[coverage.account]
    return Gap(
        audit.label(coverage.account, whole=True),
        joined(
            f"seen by people on {past_weekday(look.day, audit.day)}, by {shown(look.by, NAME)}",
            "No program can read it, so we did not check it",
            f"The next look is due by {past_weekday(look.until, audit.day)}",
        ),
    )


def since(audit: Audit, coverage: Coverage) -> str:
    """When an account was last looked at: ``nothing checked since Monday 9 November``."""
    if coverage.platform == BY_HAND:
        return "not checked"
    if coverage.read_at is None:
        return "it has never been checked"
    return f"nothing checked since {past_weekday(audit.local(coverage.read_at).date(), audit.day)}"


def facts(unread: Iterable[Unread], link: str = "or") -> str:
    """The facts that could not be read, in words for after "not"."""
    words = [_FACTS.get(u.fact, shown(u.fact, 40)) for u in unread]
    return listed(list(dict.fromkeys(w for w in words if w)), link)


def _item(coverage: Coverage, numbered: Sequence[Item]) -> Item | None:
    return next(
        (i for i in numbered if i.check.id == _GAP_CHECK and coverage.account in i.accounts), None
    )


def _seen(coverage: Coverage, unread: Sequence[Unread], item: Item | None) -> str:
    """Why, and what to do until then, as the thing to do says it; else the reason we were given."""
    for finding in item.findings if item is not None else ():
        if finding.account == coverage.account:
            return joined(shown(finding.message), f"See {items([item.number])}" if item else "")
    reason = shown(unread[0].reason, REASON) if unread else ""
    return joined(reason, "Please look at the account yourself")


def _whole(audit: Audit, coverage: Coverage, numbered: Sequence[Item]) -> Gap:
    return Gap(
        audit.label(coverage.account, whole=True),
        joined(since(audit, coverage), _seen(coverage, coverage.unread, _item(coverage, numbered))),
    )


def _partly(
    audit: Audit, coverage: Coverage, unread: Sequence[Unread], numbered: Sequence[Item]
) -> Gap:
    some = [u for u in unread if u.partial]
    none = [u for u in unread if not u.partial]
    return Gap(
        audit.label(coverage.account, whole=True),
        joined(
            f"we could not read {facts(none)}" if none else "",
            (capital if none else lower)(f"We could see {facts(some, 'and')} only in part")
            if some
            else "",
            _seen(coverage, unread, _item(coverage, numbered)),
        ),
    )


def _website(audit: Audit) -> tuple[Gap, ...]:
    unread = audit.website.unread if audit.website is not None else ()
    page = [u for u in unread if u.fact == "website.profiles"]
    news = [u for u in unread if u not in page]
    missed = "we could not read all of its news. A notice may be there and we did not see it"
    links = "we could not read its home page. Accounts that are shown there may be missed"
    return tuple(
        Gap("Council website", joined(words, shown(some[0].reason, REASON)))
        for words, some in ((missed, news), (links, page))
        if some
    )


def _untold(audit: Audit) -> tuple[Gap, ...]:
    """What a check was not told by the council, so that it could not begin."""
    unread = {c.account for c in audit.coverage if c.status is ReadStatus.NOT_READ}
    platforms = {u.words for c in audit.coverage for u in c.unread}
    reasons = {
        (audit.check(a.check).title, a.reason)
        for a in audit.assessments
        if a.outcome is Outcome.NOT_ASSESSED
        and a.account not in unread
        and a.reason not in platforms
        and not a.reason.startswith(UNSAID)
    }
    return tuple(
        Gap(f"“{title}”", joined("not checked", shown(reason, REASON)))
        for title, reason in sorted(reasons)
    )


def _never(audit: Audit) -> tuple[Gap, ...]:
    hidden = (
        (c, facts(u for u in c.unread if u.permanent))
        for c in audit.coverage
        if c.status is not ReadStatus.NOT_READ
    )
    return tuple(
        Gap(
            audit.label(c.account, whole=True),
            f"we read {shown(c.export)}, which does not show us {words}."
            if c.export
            else f"it does not let us see {words}.",
        )
        for c, words in hidden
        if words
    )
