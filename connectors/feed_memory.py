"""What one reading of a feed leaves for the next: how to ask whether it changed, and what it held.

No words of an entry are kept, for their time in the store ends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.safe_fetch import Validators

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from socialaudit.models import Account

_INTRODUCTION = ("name", "description", "permalink", "contact", "links")


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier reading: how to ask whether the feed changed, its newest time, how it named itself.

    ``comments`` tells whether its entries named feeds of their comments.
    """

    validators: Validators
    newest: datetime
    account: Account
    comments: bool = False


def recall(cache: MutableMapping[str, str], name: str, address: str, blank: Account) -> Kept | None:
    """What was kept under ``name`` of the feed at ``address``; ``None`` for none that can be used.

    ``blank`` is the account without what the feed says of itself.
    """
    try:
        told = json.loads(cache.get(name, "null"))
        if told["address"] != address:
            return None
        links = told["account"]["links"]
        said = {**told["account"], "links": None if links is None else tuple(links)}
        validators = Validators(told["tag"], told["changed"])
        newest = datetime.fromisoformat(told["newest"])
        return Kept(validators, newest, replace(blank, **said), bool(told.get("comments")))
    except (ValueError, TypeError, LookupError):
        return None


def keep(cache: MutableMapping[str, str], name: str, address: str, kept: Kept) -> None:
    """Keep a reading under ``name``; one without validators is of no use and is not kept."""
    if not kept.validators.headers():
        return
    told = {
        "address": address,
        "tag": kept.validators.tag,
        "changed": kept.validators.changed,
        "newest": kept.newest.isoformat(),
        "comments": kept.comments,
        "account": {field: getattr(kept.account, field) for field in _INTRODUCTION},
    }
    cache[name] = json.dumps(told)
