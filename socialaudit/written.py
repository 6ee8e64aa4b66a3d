"""What a person may write in a file or a setting: addresses of mail and of the web, time zones."""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator

from socialaudit.document import shown, suggestion
from socialaudit.presences import recognised

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("must be an e-mail address: clerk@example.gov.uk")
    return text


def _address(text: str) -> str:
    """An https address, or http on this machine; no user, password or fragment in it."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("must be a web address: https://www.example.gov.uk/") from None
    if not host or not text.isprintable() or " " in text or parts.scheme not in {"http", "https"}:
        raise ValueError("must be a web address: https://www.example.gov.uk/")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must hold no user name or password; see README on credentials")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must start with https:// (http:// is for this machine only)")
    return text


def web_address(text: str) -> str:
    """An address that readers follow. Raises ``ValueError``."""
    if urlsplit(_address(text)).scheme != "https":
        raise ValueError("must start with https://, because readers follow it")
    return text


def _profile(text: str) -> str:
    if recognised(web_address(text)) is None:
        raise ValueError("must be the address of a profile, as your browser shows it there")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, where plain HTTP and SMTP are allowed."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@cache
def _timezones() -> frozenset[str]:
    """Read once: it walks the machine's folder of time zones, six hundred files."""
    return frozenset(available_timezones())


def _timezone(text: str) -> str:
    known = _timezones()
    if text not in known:
        raise ValueError(f"unknown time zone {shown(text)}{suggestion(text, known)}")
    return text


EmailAddress = Annotated[str, AfterValidator(_email)]
Address = Annotated[str, AfterValidator(_address)]
WebAddress = Annotated[str, AfterValidator(web_address)]
Profile = Annotated[str, AfterValidator(_profile)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
