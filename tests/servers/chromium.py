"""A document in a real browser: Chromium, with axe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@dataclass
class Seen:
    """A page that was opened, and what it tried."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def tried(self) -> list[str]:
        """What a document of ours never does: load, ask, fail."""
        return [*self.requests, *self.dialogs, *self.errors]

    @property
    def overflow(self) -> int:
        root = "document.documentElement"
        return int(self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))

    def at(self, width: int, scheme: Any) -> Seen:
        """The same page at another width and in another colour scheme."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        return self

    def violations(self, options: dict[str, Any] | None = None) -> list[str]:
        found = Axe().run(self.page, options=options)
        return [
            f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
            for v in found.response["violations"]
            for node in v["nodes"]
        ]


def opened(browser: Browser, path: Path, width: int, scheme: Any = "light", **options: Any) -> Seen:
    """A file at a width and in a colour scheme, in a context of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, **options
    )
    seen = Seen(context.new_page())
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))

    def dismissed(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    seen.page.on("dialog", dismissed)
    seen.page.goto(path.as_uri())
    assert seen.requests.pop(0) == path.as_uri()
    return seen
