"""Prefect's own server, whose pages may ask no other host: ``python -m flows.private_server``.

What ``prefect server start`` runs, telemetry off, with one header more. Without that header the catalogue of
blocks loads its pictures from two outside hosts, the second version of the user interface asks an
analytics host on each page, and the pages about the API load their scripts from elsewhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[Message, Receive, Send], Awaitable[None]]

NO_TELEMETRY = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
TIDY = {"PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs"}
"""Prefect keeps runs for ever, and with them what forms were filled in with; so it forgets them after 90 days."""
ALLOWED = b"default-src 'self' blob: data: 'unsafe-inline' 'unsafe-eval'"
"""What a page may load (Content-Security-Policy): from where it came itself."""
KEEP_ALIVE = 5
"""Seconds that an idle connection stays open, as ``prefect server start`` has it."""


def closed(application: Application) -> Application:
    """An application (ASGI) each of whose answers says what its page may load."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", ALLOWED)
                message = {**message, "headers": [*message.get("headers", ()), policy]}
            await send(message)

        await application(scope, receive, say)

    return answer


def mend_scheduler() -> None:
    """Have Prefect 3.8 make the runs of schedules with SQLAlchemy 2.1, where it makes none.

    It inserts runs with their state among the columns. SQLAlchemy passed over what is no column, and
    since 2.1 asks what to do with it (``hybrid_property.bulk_dml``): pass over it, as before.
    """
    from prefect.server.database.orm_models import FlowRun  # noqa: PLC0415 - Prefect reads its settings on import

    state: Any = FlowRun.__mapper__.all_orm_descriptors["state"]
    if hasattr(state.inplace, "bulk_dml"):
        state.inplace.bulk_dml(lambda _cls, _mapping, _value: None)


def main() -> None:
    """Serve where PREFECT_SERVER_API_HOST and _PORT say, until told to end."""
    os.environ.update({**NO_TELEMETRY, **TIDY, **os.environ})
    from prefect.server.api.server import create_app  # noqa: PLC0415 - Prefect reads its settings on import

    mend_scheduler()
    uvicorn.run(
        closed(create_app(final=True)),
        host=os.environ.get("PREFECT_SERVER_API_HOST", "127.0.0.1"),
        port=int(os.environ.get("PREFECT_SERVER_API_PORT", "4200")),
        timeout_keep_alive=KEEP_ALIVE,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
