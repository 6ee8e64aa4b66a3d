"""Privacy and moderation settings against the values that the policy expects.

For each platform the policy lists requirements; each is a table of settings under the platform's own
names with the values that will do, and is met when any one of them is. A requirement of which no
setting will do is a problem if all its settings were reported, and unknown otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialaudit.check import Context, Counted, Observation, Urgency, check
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from socialaudit.records import Records

ONE_WILL_DO = "Changing one is enough"
Requirement = Mapping[str, tuple[bool | int | str, ...]]
MODERATED: tuple[Requirement, ...] = (
    {"PROFANITY_FILTER": ("Medium", "Strong")},
    {"REVIEW_POSTS_BY_OTHER": (True,), "USERS_CAN_POST": (False,)},
)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Requirements by platform: ``council`` for the council's and suppliers' accounts, ``staff``."""

    council: Mapping[str, tuple[Requirement, ...]] = field(
        default_factory=lambda: {
            "bluesky": ({"no-unauthenticated": (False,)},),
            "facebook": MODERATED,
            "mastodon": ({"locked": (False,)},),
            "mediawiki": ({"all-edit": (False,)},),
            "youtube": ({"privacyStatus": ("public",)},),
            "x": ({"protected": (False,)},),
        }
    )
    staff: Mapping[str, tuple[Requirement, ...]] = field(
        default_factory=lambda: {"facebook": MODERATED}
    )


def value(written: str) -> Any:
    """A setting's value from its JSON text; text that is not JSON stands for itself."""
    try:
        return json.loads(written)
    except ValueError:
        return written


@check(
    id="account-privacy",
    title="Privacy and moderation settings are as the policy expects",
    examines="settings",
    needs=("settings",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.WEEK,
    instruction="Change a setting of this account",
    joined="Change {n} settings",
    fixed="setting put right",
    why="With the wrong settings abuse reaches residents and staff, or residents are shut out.",
    minutes=5,
    references=("UK GDPR, article 32, security of processing",),
    parameters=Parameters,
)
def account_privacy(records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Certain: the platform states the setting."""
    for account in records.rows(records.accounts):
        kind = "staff" if account.kind == AccountKind.STAFF else "council"
        wanted = getattr(context.parameters, kind).get(account.platform, ())
        own = records.settings[records.settings["account"] == account.account]
        told = {row.name: row for row in records.rows(own) if isinstance(row.value, str)}
        unknown = 0
        for requirement in wanted:
            found = {name: value(told[name].value) for name in requirement if name in told}
            if any(_is(found[name], requirement[name]) for name in found):
                continue
            if len(found) < len(requirement):
                unknown += 1
                continue
            yield _observation(told[next(iter(requirement))].key, requirement, found)
        yield Counted(account.account, len(wanted) - unknown, unknown)


def _is(found: Any, wanted: tuple[Any, ...]) -> bool:
    return any(found == one and isinstance(found, bool) == isinstance(one, bool) for one in wanted)


def _observation(record: str, requirement: Requirement, found: Mapping[str, Any]) -> Observation:
    wrong = " and ".join(f"{_name(name)} is {_said(was)}" for name, was in found.items())
    will_do = {name: " or ".join(map(_said, wanted)) for name, wanted in requirement.items()}
    good = " or ".join(f"{_name(name)} is {wanted}" for name, wanted in will_do.items())
    change = f"It should be {next(iter(will_do.values()))}" if len(will_do) == 1 else ONE_WILL_DO
    return Observation(
        record=record,
        message=f"{wrong}. {change}.",
        would_pass=f"{good}.",
        evidence={name: _shown(was) for name, was in found.items()},
    )


def _shown(was: Any) -> str:
    return was if isinstance(was, str) else json.dumps(was, ensure_ascii=False)


def _name(setting: str) -> str:
    return f"“{NAMES.get(setting, setting)}”"


def _said(was: Any) -> str:
    return ("off", "on")[was] if isinstance(was, bool) else _shown(was)


NAMES = {
    "no-unauthenticated": "Discourage apps from showing my account to logged-out users",
    "PROFANITY_FILTER": "Profanity filter",
    "REVIEW_POSTS_BY_OTHER": "Review visitors’ posts",
    "USERS_CAN_POST": "Visitors may post",
    "all-edit": "Everyone may edit, without an account",
    "privacyStatus": "Channel visibility",
    "protected": "Protect your posts",
    "default_comment_status": "Allow people to submit comments on new posts",
    "default_ping_status": "Allow link notifications from other blogs",
}
"""The platforms' names for settings, in words for people."""
