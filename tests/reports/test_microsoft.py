"""Microsoft 365 as documented: its sign-in and Graph on a loopback server, its SMTP likewise."""

from __future__ import annotations

import base64
import email as parser
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.smtp import AuthResult
from requests.adapters import HTTPAdapter

from demo.server import Answer, Fault, LoopbackServer
from reports import microsoft
from reports.mail import MailServer
from socialaudit.errors import NotDelivered
from tests.reports.mailboxes import refusing
from tests.reports.test_mail import a_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from demo.server import Request

TENANT, CLIENT, SECRET = "marchwardine.example.org", "client-1", "planted~client.secret"
TOKEN = "planted-access-token.eyJ0"
MAILBOX = "social-check@marchwardine.example.org"
SIGN_IN = {
    "token_type": "Bearer",
    "expires_in": 3599,
    "ext_expires_in": 3599,
    "access_token": TOKEN,
}


@dataclass
class Microsoft:
    """``login.microsoftonline.com`` and ``graph.microsoft.com`` of one tenant."""

    sign_in: Answer = field(default_factory=lambda: Answer(SIGN_IN))
    mail: Answer = field(default_factory=lambda: Answer("", 202))

    def answer(self, request: Request) -> Answer:
        if request.path.endswith("/v2.0/.well-known/openid-configuration"):
            base = f"https://login.microsoftonline.com/{TENANT}"
            return Answer(
                {
                    "token_endpoint": f"{base}/oauth2/v2.0/token",
                    "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                    "issuer": f"{base}/v2.0",
                }
            )
        if request.path == "/common/discovery/instance":
            hosts = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com"]
            known = {"preferred_network": hosts[0], "preferred_cache": hosts[1], "aliases": hosts}
            return Answer({"api-version": "1.1", "metadata": [known]})
        if request.path == f"/{TENANT}/oauth2/v2.0/token":
            return self.sign_in
        if request.path.startswith("/v1.0/users/"):
            return self.mail
        return Answer({"error": "not found"}, 404)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError(name)


class ToLoopback(HTTPAdapter):
    """Sends what is meant for Microsoft to a server of ours."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # passed on
        asked = urlsplit(str(request.url))
        assert asked.scheme == "https"
        assert asked.hostname in {"login.microsoftonline.com", "graph.microsoft.com"}
        request.url = self.url + asked.path
        return super().send(request, **options)


@dataclass
class Tenant:
    site: Microsoft
    server: LoopbackServer
    application: microsoft.Application

    def asked(self, part: str) -> list[Request]:
        return [r for r in self.server.log if part in r.path]


@pytest.fixture
def tenant() -> Iterator[Tenant]:
    site = Microsoft()
    with LoopbackServer(site) as server:
        application = microsoft.Application(
            tenant=TENANT, client_id=CLIENT, client_secret=SECRET, mailbox=MAILBOX
        )
        application.session.mount("https://", ToLoopback(server.url))
        with application.session:
            yield Tenant(site, server, application)


def test_graph_is_given_the_message_as_it_is_under_a_token_of_the_application(
    tenant: Tenant,
) -> None:
    tenant.application.send(a_message())
    (signed_in,) = tenant.asked("/token")
    assert signed_in.form["grant_type"] == "client_credentials"
    assert signed_in.form["scope"] == "https://graph.microsoft.com/.default"
    assert (signed_in.form["client_id"], signed_in.form["client_secret"]) == (CLIENT, SECRET)
    (sent,) = tenant.asked("/sendMail")
    assert sent.path == f"/v1.0/users/{MAILBOX}/sendMail".replace("@", "%40")
    assert sent.headers["authorization"] == f"Bearer {TOKEN}"
    assert sent.headers["content-type"] == "text/plain"
    assert base64.b64decode(sent.body, validate=True) == a_message().as_bytes()


def test_one_token_serves_all_messages(tenant: Tenant) -> None:
    for _ in range(3):
        tenant.application.send(a_message())
    assert (len(tenant.asked("/token")), len(tenant.asked("/sendMail"))) == (1, 3)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            Answer(
                {
                    "error": "invalid_client",
                    "error_description": f"AADSTS7000215: Invalid client secret {SECRET}.\r\nTrace ID: 1",
                },
                401,
            ),
            "Microsoft’s sign-in: AADSTS7000215: Invalid client secret [removed].",
        ),
        (Answer({"error": "temporarily_unavailable"}, 503), "Microsoft’s sign-in: "),
        (Answer("<html>", 502, content_type="text/html"), "Microsoft’s sign-in: "),
        (Answer([1]), "Microsoft’s sign-in: "),
    ],
    ids=["wrong secret", "unavailable", "a web page", "no object"],
)
def test_a_refused_sign_in_is_worth_another_try_and_repeats_no_secret(
    tenant: Tenant, answer: Answer, expected: str
) -> None:
    tenant.site.sign_in = answer
    with pytest.raises(NotDelivered) as caught:
        tenant.application.send(a_message())
    assert str(caught.value).startswith(expected)
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)
    assert SECRET not in f"{caught.value!r} {tenant.application!r}"


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [
        (400, "ErrorInvalidRecipients", True),
        (401, "InvalidAuthenticationToken", False),
        (403, "ErrorAccessDenied", False),
        (404, "ErrorInvalidUser", False),
        (429, "ApplicationThrottled", False),
        (503, "ServiceUnavailable", False),
    ],
)
def test_graphs_refusal_says_whether_to_try_again(
    tenant: Tenant, status: int, code: str, *, permanent: bool
) -> None:
    tenant.site.mail = Answer({"error": {"code": code, "message": f"No. {TOKEN}"}}, status)
    with pytest.raises(NotDelivered) as caught:
        tenant.application.send(a_message())
    assert str(caught.value) == f"Microsoft’s mail: {status} {code}: No. [removed]"
    assert (caught.value.permanent, caught.value.uncertain) == (permanent, False)


def test_an_answer_cut_short_leaves_it_uncertain(tenant: Tenant) -> None:
    tenant.site.mail = Answer({"long": "x" * 100}, 202)
    tenant.server.faults.append(Fault("cut", path="/sendMail"))
    with pytest.raises(NotDelivered) as caught:
        tenant.application.send(a_message())
    assert (caught.value.permanent, caught.value.uncertain) == (False, True)


def test_a_redirect_is_not_followed_with_the_token(tenant: Tenant) -> None:
    tenant.site.mail = Answer("", 307, {"Location": "https://elsewhere.example/take"})
    with pytest.raises(NotDelivered, match="307"):
        tenant.application.send(a_message())


def test_nobody_at_home_is_worth_another_try() -> None:
    application = microsoft.Application(
        tenant=TENANT, client_id=CLIENT, client_secret=SECRET, mailbox=MAILBOX
    )
    application.session.mount("https://", ToLoopback("http://127.0.0.1:1"))
    with application.session, pytest.raises(NotDelivered) as caught:
        application.send(a_message())
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)


def test_a_knock_asks_for_a_token_and_sends_nothing(tenant: Tenant) -> None:
    assert MAILBOX in tenant.application.knock()
    assert tenant.asked("/sendMail") == []


class Exchange:
    """Exchange Online's login: XOAUTH2 only, and a challenge with the reason before it refuses."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.said: list[bytes] = []

    async def auth_XOAUTH2(self, server: Any, arguments: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        said = base64.b64decode(arguments[1])
        self.said.append(said)
        if said == f"user={MAILBOX}\1auth=Bearer {self.token}\1\1".encode():
            return AuthResult(success=True, handled=False)
        reason = base64.b64encode(b'{"status":"400","schemes":"Bearer"}').decode()
        await server.push(f"334 {reason}")
        self.said.append(await server._reader.readline())  # noqa: SLF001 - aiosmtpd offers no other way
        await server.push(f"535 5.7.3 Authentication unsuccessful {self.token}")
        return AuthResult(success=False, handled=True)


def by_smtp(tenant: Tenant, port: int) -> MailServer:
    return MailServer(
        host="127.0.0.1",
        port=port,
        security="none",
        user=MAILBOX,
        token=tenant.application.token,
    )


def test_a_mail_server_is_logged_in_to_with_the_token(tenant: Tenant) -> None:
    exchange = Exchange(TOKEN)
    with refusing(login=exchange) as kept:
        by_smtp(tenant, kept.port).send(a_message())
    assert parser.message_from_bytes(kept.received[0])["To"] == a_message()["To"]
    (signed_in,) = tenant.asked("/token")
    assert signed_in.form["scope"] == "https://outlook.office365.com/.default"


def test_a_refused_token_is_worth_another_try_and_is_not_repeated(tenant: Tenant) -> None:
    tenant.site.sign_in = Answer(SIGN_IN | {"access_token": "planted-another-token"})
    exchange = Exchange("planted-another-token-2")
    with refusing(login=exchange) as kept, pytest.raises(NotDelivered) as caught:
        by_smtp(tenant, kept.port).send(a_message())
    assert exchange.said[1] == b"\r\n"
    assert "535 5.7.3" in str(caught.value)
    assert "planted-another-token" not in str(caught.value).replace("[removed]", "")
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)
    assert kept.received == []
