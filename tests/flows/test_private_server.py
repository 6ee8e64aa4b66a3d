"""Prefect's server, whose pages may ask no other host; tests/servers/test_clean_machine.py looks at them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows.private_server import ALLOWED, closed

if TYPE_CHECKING:
    from flows.private_server import Message, Receive, Send

POLICY = (b"content-security-policy", ALLOWED)


def said_by(*messages: Message) -> list[Message]:
    """What reaches the browser of an application that says these messages."""
    heard: list[Message] = []

    async def application(_scope: Message, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        heard.append(message)

    async def asked() -> None:
        await closed(application)({"type": "http"}, receive, send)

    asyncio.run(asked())
    return heard


def test_every_answer_says_what_its_page_may_load_and_is_else_unchanged() -> None:
    started = {"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]}
    body = {"type": "http.response.body", "body": b"x"}
    assert said_by(started, body) == [{**started, "headers": [(b"a", b"b"), POLICY]}, body]
    assert said_by({"type": "http.response.start", "status": 204})[0]["headers"] == [POLICY]


def test_nothing_else_that_is_said_is_touched() -> None:
    other: Message = {"type": "websocket.accept"}
    assert said_by(other) == [other]


def test_a_page_may_load_from_its_own_host_alone() -> None:
    words = ALLOWED.decode().split()
    assert [word for word in words[1:] if not word.startswith("'")] == ["blob:", "data:"]
