"""Field lists of the Graph API (field expansion), as they are asked for and as they are answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def without(fields: Sequence[str], name: str) -> list[str]:
    """A field list without one name, also where it stands inside another field's braces.

    >>> without(["id", "from{id,name}", "captions.limit(9){locale,uri}"], "locale")
    ['id', 'from{id,name}', 'captions.limit(9){uri}']
    """
    inner = re.compile(rf"(?<=[{{,]){re.escape(name)}(?:\.\w+\([^)]*\))*(?:{{[^{{}}]*}})?(?=[,}}])")
    kept = [field for field in fields if re.split(r"[.{]", field)[0] != name]
    return [re.sub(r",(?=[,}])|(?<={),", "", inner.sub("", field)) for field in kept]


def honoured(node: Mapping[str, Any], fields: Sequence[str]) -> bool:
    """Whether a node holds nothing but what was asked for.

    Then a field that it lacks was empty. A node with more was not made for our field list, and what
    it lacks was not told.
    """
    return node.keys() <= {re.split(r"[.{]", field)[0] for field in fields}
