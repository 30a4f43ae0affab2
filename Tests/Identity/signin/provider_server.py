"""The server of the hostile provider."""

import time
from urllib.parse import parse_qs, urlsplit

from harness.server import Handler, StandIn
from signin import jose
from signin.hostile_provider import Asked, Form, Issuer, Reply
from signin.jose import Key


class HostileProvider:
    """A server with as many issuers as a test wants, each under a path of its own."""

    def __init__(self) -> None:
        self.issuers: dict[str, Issuer] = {}
        self.strays: list[str] = []
        """Requests to addresses that nobody told the hub: there should be none."""
        self.stand_in = StandIn(self._handler())
        self._key = jose.rsa_key()

    def issuer(self, name: str, issuer: str | None = None, key: Key | None = None) -> Issuer:
        """A new issuer. Those without a key of their own share one, as making one takes long."""
        made = Issuer(f"{self.stand_in.url}/{name}", key or self._key, issuer)
        self.issuers[name] = made
        return made

    def close(self) -> None:
        self.stand_in.close()

    def _handler(self) -> type[Handler]:
        provider = self

        class Endpoint(Handler):
            def do_GET(self) -> None:
                self.answer("")

            def do_POST(self) -> None:
                self.answer(self.body().decode())

            def answer(self, body: str) -> None:
                address = urlsplit(self.path)
                name, _, endpoint = address.path.removeprefix("/").partition("/")
                issuer = provider.issuers.get(name)
                headers = {field.lower(): value for field, value in self.headers.items()}
                form = {field: values[0] for field, values in parse_qs(body, keep_blank_values=True).items()}
                endpoint = {".well-known/openid-configuration": "discovery"}.get(endpoint, endpoint)
                if issuer is None or endpoint not in ("discovery", "authorize", "token", "keys", "userinfo", "revoke"):
                    provider.strays.append(f"{self.command} {self.path}")
                    self.reply(404)
                    return
                with issuer._lock:
                    issuer.counts[endpoint] += 1
                    issuer.asked.append(Asked(endpoint, form, headers))
                reply = self.choose(issuer, endpoint, address.query, form, headers)
                if reply.delay:
                    time.sleep(reply.delay)
                if reply.drop:
                    self.drop()
                    return
                self.send(reply)
                if endpoint == "token" and issuer.mischief.after_token:
                    issuer.mischief.after_token(issuer)

            @staticmethod
            def choose(issuer: Issuer, endpoint: str, query: str, form: Form, headers: dict[str, str]) -> Reply:
                match endpoint:
                    case "discovery":
                        return issuer.discovery()
                    case "authorize":
                        return issuer.authorize(query)
                    case "token":
                        return issuer.token(form, headers)
                    case "keys":
                        return issuer.key_set()
                    case "userinfo":
                        return issuer.userinfo(headers)
                    case _:
                        return Reply(200)

            def send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Content-Length", str(len(reply.bytes)))
                for field, value in reply.headers.items():
                    self.send_header(field, value)
                self.end_headers()
                self.wfile.write(reply.bytes)

        return Endpoint
