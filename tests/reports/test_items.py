from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.items import (
    MOST,
    gather,
    note,
    reference_order,
    references,
    steps,
    verified,
    where,
    why,
)
from socialaudit.check import Confidence, Urgency
from socialaudit.finding import Status
from tests.reports.audits import CHECKS, MONDAY, a_finding, a_subject, an_audit, many, mock_up


def headings(*findings: object) -> list[str]:
    return [i.heading for i in gather(an_audit(*findings))]  # type: ignore[arg-type]  # findings


def test_items_come_by_urgency_then_date_then_account() -> None:
    late = a_finding("video-captions", 1, due=date(2026, 11, 18))
    found = gather(an_audit(a_finding("policy-review", account=None), a_finding("image-description", 2), late, a_finding("personal-data", 3)))  # fmt: skip
    assert [i.check.id for i in found] == [
        "personal-data",
        "video-captions",
        "image-description",
        "policy-review",
    ]
    assert [i.number for i in found] == [1, 2, 3, 4]


def test_one_kind_on_one_account_is_one_item() -> None:
    assert headings(a_finding(n=1), a_finding(n=2)) == ["Describe 2 pictures"]
    two = headings(a_finding(n=1), a_finding(n=2, account="instagram"))
    assert two == ["Describe this picture", "Describe this picture"]


def test_one_kind_with_two_urgencies_stays_two_items() -> None:
    assert len(headings(a_finding(n=1), a_finding(n=2, urgency=Urgency.MONTH))) == 2


def test_over_the_limit_one_kind_is_joined_across_accounts() -> None:
    found = gather(an_audit(*many(60)))
    assert len(found) <= MOST
    assert sum(len(i.findings) for i in found) == 60
    assert any(len(i.accounts) == 3 for i in found)


def test_an_instruction_of_its_own_is_joined_with_its_like_alone() -> None:
    own = {"instruction": "Correct the captions"}
    found = headings(a_finding("video-captions", 1), *(a_finding("video-captions", n, **own) for n in (2, 3)))  # fmt: skip
    assert found == ["Add captions to this video", "Correct the captions (in 2 places)"]


def test_what_is_answered_or_excused_is_no_item() -> None:
    settled = [a_finding(n=1, status=s) for s in (Status.LEFT, Status.MISTAKE, Status.FIXED)]
    assert headings(*settled, a_finding(n=2, excused="old")) == []


def test_doubt_is_said() -> None:
    possible = a_finding(n=1, confidence=Confidence.POSSIBLE)
    (one,) = gather(an_audit(possible))
    (two,) = gather(an_audit(possible, a_finding(n=2)))
    (sure,) = gather(an_audit(a_finding(n=2)))
    assert why(one).endswith("We may be wrong: you decide.")
    assert why(two).endswith("We may be wrong about 1 of them: you decide.")
    assert "wrong" not in why(sure)


def test_steps_are_those_of_the_platform_or_common_to_several() -> None:
    checks = {**CHECKS, "image-description": replace(CHECKS["image-description"], how={"": ("Describe it.",), "facebook": ("Edit alt text.",)})}  # fmt: skip
    one, two = a_finding(n=1), a_finding(n=2, account="instagram")
    audit = an_audit(one, two, checks=checks)
    facebook, instagram = gather(audit)
    assert steps(audit, facebook) == ("Edit alt text.",)
    assert steps(audit, instagram) == ("Describe it.",)


def test_beside_steps_for_one_platform_it_says_when_they_were_compared_with_its_help() -> None:
    how = {"": ("Describe it.",), "facebook": ("Edit alt text.",)}
    plain = replace(CHECKS["image-description"], how=how)
    held = replace(plain, verified={"facebook": date(2026, 11, 22)})
    one, two = a_finding(n=1), a_finding(n=2, account="instagram")
    for check, expected in (
        (plain, "We could not compare these steps with the help pages of Facebook."),
        (
            held,
            "We last compared these steps with the help pages of Facebook on Sunday 22 November 2026.",
        ),
    ):
        audit = an_audit(one, two, checks={**CHECKS, "image-description": check})
        assert [verified(audit, item) for item in gather(audit)] == [expected, ""]


def test_the_quiet_line_says_how_long_and_which_policy_part() -> None:
    audit = mock_up()
    notes = {i.findings[0].ref: note(audit, i, MONDAY) for i in gather(audit)}
    assert notes["FB-112"] == "New. About 5 minutes. Policy sections 5 and 10."
    assert notes["POL-001"].startswith("Open since 27 September. About 5 minutes.")


def test_an_earlier_date_than_the_heading_is_said() -> None:
    audit = an_audit(
        a_finding(n=1, due=date(2026, 11, 18)),
        a_finding("video-captions", 2, due=date(2026, 11, 9)),
    )
    passed, near = gather(audit)
    assert "Due by Wednesday 18 November." in note(audit, near, date(2026, 11, 20))
    assert "Was due on Monday 9 November." in note(audit, passed, date(2026, 11, 20))


def test_several_standings_are_counted() -> None:
    since = date(2025, 10, 18)
    audit = an_audit(a_finding(n=1), a_finding(n=2, status=Status.OPEN, first_seen=since), a_finding(n=3, status=Status.NOT_RECHECKED, first_seen=since))  # fmt: skip
    (item,) = gather(audit)
    assert note(audit, item, MONDAY).startswith(
        "1 new, 1 open since 18 October 2025, 1 open since 18 October 2025 and not checked again."
    )


def test_references_are_sentences() -> None:
    def of(n: int) -> tuple[str, ...]:
        (item,) = gather(an_audit(*(a_finding(n=i) for i in range(1, n + 1))))
        return references(item)

    assert of(1) == ("Ref FB-001.",)
    assert of(2) == ("Refs FB-001", "and FB-002.")
    assert of(8) == ("Refs FB-001,", "FB-002,", "FB-003,", "FB-004,", "FB-005", "and 3 more.")


def test_references_are_in_the_order_of_their_numbers() -> None:
    assert sorted(["FB-112", "FB-9", "odd"], key=reference_order) == ["FB-9", "FB-112", "odd"]


def test_a_place_is_named_by_platform_kind_day_and_title() -> None:
    audit = an_audit()
    assert where(audit, a_finding()) == (
        "Facebook post of Friday 13 November",
        "Bin collections number 1",
    )
    bare = a_subject(headline=None, headline_at=None, published_at=None, label="setting")
    assert where(audit, a_finding(subject=bare)) == ("Facebook setting", "")
    assert where(audit, a_finding(subject=None)) == ("Facebook account", "")
    assert where(audit, a_finding("policy-review", account=None)) == ("", "")
