from __future__ import annotations

from dataclasses import replace

from reports.clauses import clause_rows, group_rows, numbering
from reports.items import gather
from socialaudit.finding import Outcome
from socialaudit.models import AccountKind
from socialaudit.policy import State
from tests.reports.audits import an_audit, mock_up


def rows() -> dict[str, str]:
    audit = mock_up()
    return {row.id: row.text for row in clause_rows(audit, gather(audit))}


def test_a_part_that_needs_action_names_its_items_and_what_was_not_checked() -> None:
    assert rows()["5"] == "Needs action: items 1, 3 and 7. X not checked"


def test_a_part_with_nothing_found_says_on_how_many_accounts() -> None:
    assert rows()["4.3"] == "No problem found on 3 accounts. X not checked"


def test_a_part_whose_check_is_not_built_is_not_checked_yet() -> None:
    assert rows()["4.8"] == "Not checked yet"


def test_a_part_that_rests_on_statements_says_how_many_are_signed() -> None:
    assert rows()["4.1"] == "Relies on signed statements: 0 of 2 are signed"


def test_a_part_without_a_check_says_so() -> None:
    assert rows()["1"] == "Nothing for us to check"


def test_a_group_stands_as_the_worst_of_its_parts() -> None:
    found = {row.title: row for row in group_rows(an_audit(), ())}
    mixed = found["Posts are lawful and not party political"]
    assert (mixed.state, mixed.text) == (State.NOT_CHECKED, "Not checked yet: 1 of 2 parts")


def test_groups_that_need_action_come_first() -> None:
    audit = mock_up()
    states = [list(State).index(row.state) for row in group_rows(audit, gather(audit))]
    assert states == sorted(states)


def test_what_we_number_is_said() -> None:
    assert numbering(an_audit()) == (
        "We number the points in section 4 from 1 to 16 and the paragraphs in section 10 "
        "from 1 to 3, in the order they appear."
    )


def test_an_account_at_which_some_of_the_checks_could_look_was_only_partly_checked() -> None:
    audit = an_audit()
    lost = tuple(
        replace(a, outcome=Outcome.NOT_ASSESSED)
        if (a.check, a.account) == ("offensive-comments", "x")
        else a
        for a in audit.assessments
    )
    found = {row.id: row.text for row in clause_rows(replace(audit, assessments=lost), ())}
    assert found["5"] == "No problem found on 3 accounts. X only partly checked"
    assert found["10.1"] == "No problem found on 3 accounts. X not checked"


def test_an_account_that_was_not_read_was_not_checked_though_its_gap_was_seen() -> None:
    audit = mock_up()
    seen = tuple(
        replace(a, outcome=Outcome.FAIL) if (a.check, a.account) == ("monitoring-gaps", "x") else a
        for a in audit.assessments
    )
    found = {r.id: r.text for r in clause_rows(replace(audit, assessments=seen), gather(audit))}
    assert found["5"] == "Needs action: items 1, 3 and 7. X not checked"


def test_a_part_whose_check_looks_at_accounts_that_nobody_listed_says_so() -> None:
    audit = an_audit()
    audience = replace(audit.check("post-audience"), kinds=frozenset({AccountKind.STAFF}))
    left = tuple(a for a in audit.assessments if a.check != audience.id)
    bare = replace(audit, checks={**audit.checks, audience.id: audience}, assessments=left)
    said = {row.id: row.text for row in clause_rows(bare, ())}
    assert said["4.3"] == "Not checked: no staff account is on the council’s list"
