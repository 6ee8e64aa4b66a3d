"""Builders: audits of an invented council, as flows would hand them to a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from reports.audit import Audit, Earlier
from socialaudit.check import Confidence, Metadata, Urgency
from socialaudit.finding import (
    Assessment,
    Coverage,
    Finding,
    Outcome,
    ReadStatus,
    Run,
    RunKind,
    Status,
    Subject,
    Window,
    fingerprint,
)
from socialaudit.models import AccountKind, Council, Unread
from socialaudit.policy import Clause, Group, Policy

MONDAY = date(2026, 11, 16)
HOSTS = frozenset({"facebook.example", "youtube.example", "instagram.example", "x.example"})
TODAY, WEEK, MONTH = Urgency


def a_check(id_: str, urgency: Urgency, **changes: Any) -> Metadata:
    words: dict[str, Any] = {
        "title": f"What {id_} asks for",
        "examines": "posts",
        "needs": ("posts",),
        "kinds": frozenset(AccountKind),
        "instruction": f"Put {id_} right",
        "joined": f"Put {{n}} places right ({id_})",
        "fixed": f"{id_} put right",
        "why": "People are shut out.",
        "how": {"": ("Open the post and read it.", "Choose the 3 dots, then Edit.")},
        "minutes": 5,
        "references": (),
    }
    return Metadata(id=id_, urgency=urgency, **{**words, **changes})


CHECKS = {
    check.id: check
    for check in (
        a_check(
            "offensive-comments",
            TODAY,
            instruction="Remove and report an abusive comment",
            joined="Remove and report {n} abusive comments",
            fixed="abusive comment removed",
            why="A person can be hurt while it stays up.",
            how={
                "": (
                    "Open the comment and read it. Our check is automatic, so you decide.",
                    "Save a screenshot in case of a complaint. Then delete or hide the comment.",
                    "Tell the member of staff. Do not reply in public.",
                )
            },
        ),
        a_check(
            "personal-data",
            TODAY,
            instruction="Take down a resident’s phone number",
            joined="Take down {n} private details",
            why="It may break data protection law.",
            minutes=15,
        ),
        a_check(
            "unanswered-comments",
            TODAY,
            instruction="Answer a comment",
            joined="Answer {n} comments",
            fixed="late comments answered",
            why="A person is waiting for an answer.",
            how={"": ("Reply, or say who will reply and when.",)},
        ),
        a_check(
            "notice-alternative",
            WEEK,
            instruction="Put a notice in more places",
            joined="Put {n} notices in more places",
            fixed="notice also put on the council website",
            why="People who do not use Facebook would miss it.",
            minutes=20,
        ),
        a_check(
            "video-captions",
            WEEK,
            instruction="Add captions to this video",
            joined="Add captions to {n} videos",
            fixed="captions added",
            why="People who are deaf or hard of hearing cannot follow it.",
            how={
                "youtube": (
                    "In YouTube Studio, choose Subtitles, then this video, then Add.",
                    "Type the words, check them, then choose Publish.",
                )
            },
            minutes=30,
        ),
        a_check(
            "image-description",
            WEEK,
            instruction="Describe this picture",
            joined="Describe {n} pictures",
            fixed="description added",
            why="It has no description (alt text), so people who cannot see it miss it.",
        ),
        a_check(
            "monitoring-gaps",
            WEEK,
            instruction="Reconnect this account so we can check it",
            joined="Reconnect {n} accounts so we can check them",
            fixed="account connected again",
            why="Problems there stay unseen.",
        ),
        a_check("policy-review", MONTH, instruction="Put a policy review on the agenda"),
        a_check("post-audience", MONTH),
    )
}

CLAUSES = (
    Clause("review", "The policy is reviewed on time", "Review date, last page", "Next review May 2017", ("policy-review",)),
    Clause("1", "Aims and objectives", "Section 1", "Aims.", nothing_to_check="Aims only."),
    Clause("4.1", "Risks are assessed", "Section 4, point 1", "Assess the risks.", statements=("risks assessed", "settings known")),
    Clause("4.3", "Privacy settings are right", "Section 4, point 3", "Settings.", ("post-audience",)),
    Clause("4.6", "Private details stay private", "Section 4, point 6", "Staff must ensure any publication complies.", ("personal-data",)),
    Clause("4.8", "Nothing party political", "Section 4, point 8", "Not political.", planned=("party-political",)),
    Clause("4.15", "Important news is not only on social media", "Section 4, point 15", "Not the sole method.", ("notice-alternative",)),
    Clause("4.16", "Everyone can use what is posted", "Section 4, point 16", "Widest possible number.", ("image-description",)),
    Clause("5", "Comments are watched and dealt with", "Section 5", "Staff monitor comments closely.", ("offensive-comments", "unanswered-comments", "monitoring-gaps")),
    Clause("10.1", "Offensive comments are noticed", "Section 10, paragraph 1", "Offensive comments.", ("offensive-comments",)),
    Clause("10.2", "Important news is not only on social media", "Section 10, paragraph 2", "Not only.", ("notice-alternative",)),
    Clause("10.3", "Videos have captions", "Section 10, paragraph 3", "Video without subtitles may be inaccessible.", ("video-captions",)),
)  # fmt: skip
GROUPS = (
    Group("Private details stay private", "Section 4, point 6", ("4.6",)),
    Group("Important news is not only on social media", "Section 4, point 15, and section 10", ("4.15", "10.2")),
    Group("Everyone can use what we post", "Section 4, point 16, and section 10", ("4.16", "10.3")),
    Group("Comments are watched and dealt with", "Sections 5 and 10", ("5", "10.1")),
    Group("The policy is reviewed on time", "Review date, last page", ("review",)),
    Group("Posts are lawful and not party political", "Section 4, points 3 to 8", ("4.3", "4.8")),
    Group("Staff use of settings and passwords", "Section 4, point 1", ("4.1",)),
    Group("Aims", "Section 1", ("1",)),
)  # fmt: skip
POLICY = Policy(
    id="cromer-2016",
    title="Social Media Policy",
    council="Cromer Town Council",
    adopted=date(2016, 5, 1),
    review_due=date(2017, 5, 31),
    source="Social Media Policy, adopted May 2016",
    sha256="0" * 64,
    clauses=CLAUSES,
    groups=GROUPS,
    parameters={},
)
PLATFORMS = {
    "facebook": ("FB", "Facebook"),
    "youtube": ("YT", "YouTube"),
    "instagram": ("IG", "Instagram"),
    "x": ("X", "X (Twitter)"),
}


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def a_coverage(account: str = "facebook", **changes: Any) -> Coverage:
    said: dict[str, Any] = {
        "account": account,
        "platform": account,
        "title": PLATFORMS[account][1],
        "handle": "CromerTC",
        "kind": AccountKind.COUNCIL,
        "status": ReadStatus.READ,
        "posts": 11,
        "media": 9,
        "comments": 64,
        "requests": 20,
        "read_at": at(15, 20, 4),
    }
    return Coverage(**{**said, **changes})


def unread_x() -> Coverage:
    return a_coverage(
        "x",
        status=ReadStatus.NOT_READ,
        unread=(Unread("*", "Our permission to read the account ran out", "Reconnect it"),),
        posts=0,
        media=0,
        comments=0,
        read_at=at(9, 2),
    )


def a_subject(n: int = 1, account: str = "facebook", **changes: Any) -> Subject:
    said: dict[str, Any] = {
        "key": f"{account}:{n}",
        "kind": "post",
        "id": str(n),
        "label": "post",
        "permalink": f"https://www.{account}.example/posts/{n}",
        "published_at": at(13),
        "headline": f"Bin collections number {n}",
        "headline_at": at(13),
        "excerpt": "Bins go out on Tuesday.",
        "sha256": "a" * 64,
        "captured_at": at(15, 20, 4),
    }
    return Subject(**{**said, **changes})


def a_finding(
    check: str = "image-description", n: int = 1, account: str | None = "facebook", **changes: Any
) -> Finding:
    urgency = changes.get("urgency", CHECKS[check].urgency)
    due = {TODAY: MONDAY, WEEK: date(2026, 11, 20), MONTH: date(2026, 12, 11)}[urgency]
    said: dict[str, Any] = {
        "ref": f"{PLATFORMS[account][0] if account else 'POL'}-{n:03}",
        "fingerprint": fingerprint(check, f"{account}:{n}", account),
        "check": check,
        "clauses": POLICY.clauses_of(check),
        "urgency": urgency,
        "confidence": Confidence.CERTAIN,
        "status": Status.NEW,
        "account": account,
        "subject": a_subject(n, account) if account else None,
        "message": "This was seen.",
        "instruction": CHECKS[check].instruction,
        "first_seen": MONDAY,
        "due": due,
    }
    return Finding(**{**said, **changes})


def a_comment(n: int, headline: str, account: str = "facebook", **changes: Any) -> Subject:
    said: dict[str, Any] = {"kind": "comment", "label": "comment", "headline": headline}
    return a_subject(n, account, **{**said, **changes})


def outcomes(coverage: tuple[Coverage, ...]) -> tuple[Assessment, ...]:
    council = (Assessment(check="policy-review", account=None, outcome=Outcome.PASS, examined=1),)
    return council + tuple(
        Assessment(
            check=check,
            account=c.account,
            outcome=Outcome.NOT_ASSESSED if c.status is ReadStatus.NOT_READ else Outcome.PASS,
            examined=0 if c.status is ReadStatus.NOT_READ else 7,
            reason="nothing read" if c.status is ReadStatus.NOT_READ else "",
        )
        for check in CHECKS
        for c in coverage
        if check != "policy-review"
    )


def a_run(kind: RunKind = RunKind.WEEKLY, **changes: Any) -> Run:
    said: dict[str, Any] = {
        "id": "2026-11-15",
        "council": "cromer",
        "window": Window(at(9, 0), at(16, 0)),
        "started_at": at(15, 20, 0),
        "finished_at": at(15, 20, 11),
        "version": "0.1.0",
        "policy_id": "cromer-2016",
        "policy_sha256": "0" * 64,
    }
    return Run(kind=kind, **{**said, **changes})


def an_audit(*findings: Finding, **changes: Any) -> Audit:
    """A weekly audit of four accounts; nothing found, everything read, unless said otherwise."""
    coverage = changes.get("coverage", tuple(a_coverage(account) for account in PLATFORMS))
    said: dict[str, Any] = {
        "run": a_run(),
        "council": Council("cromer", "Cromer Town Council", "Europe/London"),
        "policy": POLICY,
        "checks": CHECKS,
        "day": MONDAY,
        "next_due": MONDAY + timedelta(days=7),
        "coverage": coverage,
        "assessments": outcomes(coverage),
        "findings": findings,
        "previous": frozenset(),
        "link_hosts": HOSTS,
        "web_url": "https://reports.example.org/cromer/",
        "replies_to": "clerk@cromer.example.org",
    }
    return Audit(**{**said, **changes})


def mock_up() -> Audit:
    """Much the same week as in the design's mock-up."""
    findings = (
        a_finding("offensive-comments", 112, subject=a_comment(9021, "Bin collections over Christmas", excerpt='You are a <b>fool</b> <script>alert("x")</script> ring 07700 900123'), message="The comment insults a member of staff. It has been public for 2 days.", confidence=Confidence.POSSIBLE, evidence={"Word found": "fool"}),
        a_finding("personal-data", 113, subject=a_subject(1179, headline="Keys handed in at North Lodge", published_at=at(12)), message="The post gives a private mobile number."),
        a_finding("unanswered-comments", 114, subject=a_comment(9033, "Christmas lights switch-on"), message="It has waited 2 days."),
        a_finding("unanswered-comments", 116, subject=a_comment(8997, "Church Street closed", published_at=at(12)), message="It has waited 3 days."),
        a_finding("notice-alternative", 115, instruction="Put the Church Street closure notice in more places", subject=a_subject(1181, headline="Church Street closed", published_at=at(12)), message="We found it only on Facebook. The road closes on Monday 23 November."),
        a_finding("video-captions", 41, "youtube", subject=a_subject(41, "youtube", label="video", headline="Armistice Day at the war memorial", published_at=at(11)), message="It has no captions."),
        a_finding("image-description", 27, "instagram", subject=a_subject(27, "instagram", kind="media", label="picture", headline="Christmas lights poster"), message="The date and time are only in the picture."),
        a_finding("monitoring-gaps", 9, "x", subject=None, message="Our permission to read the account ran out on Tuesday 10 November. Until then, please look at the account yourself."),
        a_finding("policy-review", 1, None, status=Status.OPEN, first_seen=date(2026, 9, 27), message="The review was due in May 2017, so it is 9 years and 6 months late."),
        a_finding("image-description", 20, "instagram", urgency=MONTH, status=Status.OPEN, first_seen=date(2026, 10, 18), message="The description was made by a machine."),
    )  # fmt: skip
    fixed = (
        a_finding("video-captions", 31, "youtube", status=Status.FIXED, subject=a_subject(31, "youtube", label="video", headline="Budget consultation")),
        a_finding("unanswered-comments", 108, status=Status.FIXED, subject=a_comment(1, "Skate park")),
        a_finding("unanswered-comments", 109, status=Status.FIXED, subject=a_comment(2, "Skate park")),
        a_finding("notice-alternative", 106, status=Status.FIXED, subject=a_subject(106, headline="Polling station change")),
    )  # fmt: skip
    coverage = (*(a_coverage(a) for a in ("facebook", "youtube", "instagram")), unread_x())
    return an_audit(
        *findings,
        fixed=fixed,
        coverage=coverage,
        previous_run="2026-11-08",
        previous=frozenset({"POL-001", "IG-020", "YT-031", "FB-108", "FB-109", "FB-106"}),
        history=tuple((date(2026, 9, 27) + timedelta(weeks=n), t) for n, t in enumerate((14, 13, 13, 11, 9, 10, 6))),
        earlier=(Earlier(run="2026-11-08", kind=RunKind.WEEKLY, last_day=date(2026, 11, 8), to_do=6, fixed=5, accounts=4),),
    )  # fmt: skip


def many(n: int) -> tuple[Finding, ...]:
    """Things to do of every check in turn, on three accounts in turn."""
    kinds = [check for check in CHECKS if check not in {"policy-review", "monitoring-gaps"}]
    accounts = ("facebook", "youtube", "instagram")
    return tuple(
        replace(
            a_finding(kinds[i % len(kinds)], i + 1, accounts[i % 3]),
            ref=f"{PLATFORMS[accounts[i % 3]][0]}-{i + 1:03}",
        )
        for i in range(n)
    )
