"""Mail through Microsoft 365, which takes no passwords: an application's tokens, and Graph's sendMail.

The council's administrator registers an application (client credentials). For SMTP it needs
``SMTP.SendAsApp`` of Office 365 Exchange Online and a service principal with a right to the mailbox;
for Graph it needs ``Mail.Send``. https://learn.microsoft.com/graph/api/user-sendmail
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from reports.quoting import clean, cut
from socialaudit.errors import NotDelivered

if TYPE_CHECKING:
    from email.message import EmailMessage

AUTHORITY = "https://login.microsoftonline.com"
GRAPH = "https://graph.microsoft.com"
SMTP = "https://outlook.office365.com"
TIMEOUT = (10.0, 30.0)
"""Seconds to connect, and between two bytes of an answer."""
REASON = 200
_ACCEPTED = 202
_MALFORMED = frozenset({400, 413})  # the message itself will never do


class _Session(requests.Session):
    """A session in which no request waits for ever and none follows a redirect with our token."""

    def request(self, *asked: Any, **options: Any) -> requests.Response:
        options["timeout"] = TIMEOUT
        options["allow_redirects"] = False
        return super().request(*asked, **options)


@dataclass(eq=False, kw_only=True)
class Application:
    """An application registered with the council's Microsoft 365; its tokens are kept until they end.

    ``mailbox`` is the address it sends from.
    """

    tenant: str
    client_id: str
    client_secret: str = field(repr=False)
    mailbox: str
    session: requests.Session = field(default_factory=_Session, repr=False)
    _client: Any = field(default=None, init=False, repr=False)

    def token(self, resource: str = SMTP) -> str:
        """An access token for ``SMTP`` or ``GRAPH``. Raises ``NotDelivered``."""
        from msal.exceptions import MsalError  # noqa: PLC0415 - 0.2 s, for few councils

        try:
            got: dict[str, Any] = self._asked(f"{resource}/.default")
        except requests.RequestException as fault:
            raise NotDelivered(f"Microsoft’s sign-in: {type(fault).__name__}") from None
        except (MsalError, ValueError, KeyError, AttributeError) as fault:  # not as documented
            raise NotDelivered(self._reason("sign-in", str(fault))) from None
        if "access_token" not in got:
            said = got.get("error_description") or got.get("error") or "no token"
            raise NotDelivered(self._reason("sign-in", str(said).splitlines()[0]))
        return str(got["access_token"])

    def _asked(self, scope: str) -> dict[str, Any]:
        from msal import ConfidentialClientApplication  # noqa: PLC0415 - likewise

        if self._client is None:
            self._client = ConfidentialClientApplication(
                self.client_id,
                client_credential=self.client_secret,
                authority=f"{AUTHORITY}/{self.tenant}",
                http_client=self.session,
            )
        found: dict[str, Any] = self._client.acquire_token_for_client(scopes=[scope])
        return found

    def send(self, built: EmailMessage) -> None:
        """Hand one message to Graph, as it is; a copy stays in the mailbox's sent items.

        Raises ``NotDelivered``: ``permanent`` when the message itself is refused, ``uncertain``
        when the connection broke after it was sent.
        """
        token = self.token(GRAPH)
        try:
            answer = self.session.post(
                f"{GRAPH}/v1.0/users/{quote(self.mailbox)}/sendMail",
                data=base64.b64encode(built.as_bytes()),
                headers={"Authorization": f"Bearer {token}", "Content-Type": "text/plain"},
            )
        except requests.RequestException as fault:
            raise NotDelivered(
                f"Microsoft’s mail: {type(fault).__name__}", uncertain=not _unsent(fault)
            ) from None
        if answer.status_code != _ACCEPTED:
            said = f"{answer.status_code} {_told(answer)}".replace(token, "[removed]")
            raise NotDelivered(
                self._reason("mail", said), permanent=answer.status_code in _MALFORMED
            )

    def knock(self) -> str:
        """Ask for a token and hand in nothing; what answered, in words. Raises ``NotDelivered``."""
        self.token(GRAPH)
        return f"Microsoft 365 lets the application send as {self.mailbox}"

    def _reason(self, part: str, said: str) -> str:
        words = cut(clean(said.replace(self.client_secret, "[removed]")), REASON)
        return f"Microsoft’s {part}: {words}"


def _unsent(fault: requests.RequestException) -> bool:
    """Whether the connection failed before anything was sent."""
    if isinstance(fault, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = fault.args[0] if fault.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _told(answer: requests.Response) -> str:
    """The code and message of a Graph error, else nothing."""
    try:
        error = answer.json()["error"]
        return f"{error['code']}: {error['message']}"
    except (ValueError, KeyError, TypeError):
        return ""
