"""Templates and styles: how a view becomes text. Templates compute nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reports.wording import kept_together


def source(name: str) -> str:
    """The text of a file in ``templates/``."""
    return files("reports").joinpath("templates", name).read_text("utf-8")


def inline(name: str) -> str:
    """A style sheet or script as it stands inside its element, of which a policy names the digest.

    It neither starts nor ends with a line break, which the Nu Html Checker leaves out of digests.
    """
    return source(name).strip()


def digest(text: str) -> str:
    """What a content security policy calls a style sheet or script that stands in the page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _whole(value: object) -> object:
    """Text from the view with its non-breaking spaces; what is already markup as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return kept_together(value)
    return value


@cache
def _environment(*, markup: bool) -> Environment:
    return Environment(
        autoescape=markup,  # noqa: S701 - off for text/plain alone, where entities would show
        finalize=_whole if markup else None,
        loader=FunctionLoader(source),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def html(template: str, **values: Any) -> str:
    """A template with everything escaped."""
    return _environment(markup=True).get_template(template).render(**values)


def text(template: str, **values: Any) -> str:
    """A template for plain text: nothing escaped, so values must be clean."""
    return _environment(markup=False).get_template(template).render(**values)


def prepare() -> None:
    """Compile every template ahead, for processes that are forked from this one."""
    for file in files("reports").joinpath("templates").iterdir():
        kind = file.name.rpartition(".")[2]
        if kind in {"html", "txt"}:
            _environment(markup=kind == "html").get_template(file.name)


@cache
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
        extra_css=source(css),
    )


def inlined(document: str, css: str) -> str:
    """A document with a style sheet's rules written into its elements; style blocks stay."""
    return _inliner(css).inline(document)
