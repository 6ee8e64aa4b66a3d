"""What X answers when it will not or cannot: problem objects, as recorded in 2021 to 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo.server import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demo.x_posts import Wire

PROBLEMS = "https://api.twitter.com/2/problems/"


class Refused(Exception):
    """The request gets this answer instead of data."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def problem(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Answer:
    """A problem object as a whole answer."""
    body = {"title": title, "detail": detail, "type": "about:blank", "status": status, **more}
    return Answer(body, status, headers or {})


def with_headers(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """An answer with more headers."""
    return Answer(answer.body, answer.status, {**headers, **answer.headers})


def invalid(name: str, value: str, message: str) -> Answer:
    """What X says of a parameter it refuses."""
    return Answer(
        {
            "errors": [{"parameters": {name: [value]}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{PROBLEMS}invalid-request",
        },
        400,
    )


def not_enrolled() -> Answer:
    """What X says where the app's plan lacks an endpoint."""
    return problem(
        403,
        "Client Forbidden",
        "This endpoint needs access to the full archive.",
        type=f"{PROBLEMS}client-forbidden",
        reason="official-client-forbidden",
    )


def missing(kind: str, parameter: str, value: str) -> Wire:
    """What X says, beside or instead of data, of something that is not there."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{PROBLEMS}resource-not-found",
    }


def hidden(kind: str, parameter: str, value: str) -> Wire:
    """The same of something that may not be seen."""
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {kind} with {parameter}: [{value}].",
        "title": "Authorization Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "section": "data",
        "type": f"{PROBLEMS}not-authorized-for-resource",
    }
