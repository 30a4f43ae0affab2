"""Every flow of a tenant's life, with secrets and personal data of their own, and all that could be seen of it."""

import base64
import json
import secrets
import sqlite3
from collections.abc import Callable
from typing import Any

import requests
import sample

from harness import disk
from harness.waiting import eventually
from signin import canaries, mistakes
from signin.browser import TIMEOUT, Browser
from signin.canaries import Evidence, Exchange, canary
from signin.hostile_provider import Person
from signin.town import Town

WRITER = "+4915550188" + f"{secrets.randbelow(10**5):05}"


# The people and the secrets.


def somebody(town: Town, id: str) -> dict[str, Any]:
    """Of the sandbox. The odd letters are spelled differently in pages and JSON; the rest is not."""

    def digits(count: int) -> str:
        return "1" + "".join(secrets.choice("0123456789") for _ in range(count - 1))

    given, family, mail = canary("given"), canary("family"), canary("mail")
    subjects = {
        "google": digits(21), "facebook": digits(16), "shopify": digits(11),
        "apple": f"00{digits(4)}.{secrets.token_hex(16)}.{digits(4)}",
    }  # fmt: skip
    phone, locale = "+49155" + digits(9), canary("locale")
    town.canaries.add("name", given, family)
    town.canaries.add("e-mail", mail)
    town.canaries.add("subject", *subjects.values())
    town.canaries.add("not kept", phone, phone[1:], locale)
    return {
        "id": id, "given_name": f"Zoë {given}", "family_name": f"O'{family}", "email": f"{mail}@acme.example",
        "phone": phone, "hd": "acme.example", "locale": locale, "subjects": subjects,
    }  # fmt: skip


def member(town: Town) -> Person:
    """Of the hostile provider, which tells more than anybody asks for."""
    name, mail = canary("name"), canary("mail")
    more = {what: canary(what) for what in ("locale", "birthdate", "nickname", "gender", "zoneinfo")}
    picture, phone = canary("picture"), canary("phone")
    person = Person(
        name=f"Zoë O'{name}",
        email=f"{mail}@canary.example",
        claims=more | {"picture": f"https://pictures.example/{picture}.png", "phone_number": phone},
    )
    town.canaries.add("name", name)
    town.canaries.add("e-mail", mail)
    town.canaries.add("subject", person.sub)
    town.canaries.add("not kept", picture, phone, *more.values())
    town.staff.person = person
    return person


# The flows.


class Run:
    """All flows, in the order of a tenant's life. `seen` fills up on the way."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.evidence = Evidence(town.canaries)
        self.hidden = {word: canary(word) for word in ("message", "caption", "file", "writer", "buyer", "keyname")}

    def all(self) -> Evidence:
        town = self.town
        town.plant()
        town.control("PUT", "/people", {"people": [somebody(town, id) for id in ("boss", "agent", "stranger")]})
        for where, told in mistakes.before_the_start(town):
            self.keep(where, told)
        town.hub.start()
        town.consent("boss")
        owner = self.people()
        mistakes.refused_sign_ins(town, owner, member(town))
        self.keys(owner)
        self.services(owner)
        self.look(owner)
        self.on_disk("connected")
        self.dumps("connected")
        self.events(owner)
        self.look(owner)
        for system in ("archive", "shop"):
            town.connect(owner, system)
            assert town.press(owner, "/services", f"/{system}/disconnect").status_code == 303
        mistakes.at_reload(town)
        self.look(owner)
        town.reap()
        self.collect()
        self.on_disk("at the end")
        town.hub.kill()
        self.on_disk("killed")
        town.hub.launch()
        town.hub.wait_ready()
        assert town.hub.terminate() == 0
        self.on_disk("stopped")
        self.dumps("stopped")
        self.keep("log", town.hub.output())
        return self.evidence

    def keep(self, where: str, content: bytes | str) -> None:
        self.evidence.keep(where, content)

    def on_disk(self, moment: str) -> None:
        """Searched at once, as the files go on changing."""
        for folder in (self.town.hub.data, self.town.hub.temporary):
            for path in disk.files(folder):
                try:
                    self.keep(f"data {moment}: {path.relative_to(self.town.folder)}", path.read_bytes())
                except FileNotFoundError:
                    """A log of SQLite's that came to its end."""

    def dumps(self, moment: str) -> None:
        """Every value of every table: in the file a long one is in pieces."""
        for path in (path for path in disk.files(self.town.hub.data) if path.suffix == ".sqlite"):
            store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            for (table,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in store.execute(f'SELECT * FROM "{table}"'):
                    values = [value if isinstance(value, bytes) else str(value).encode() for value in row]
                    self.keep(f"data dump {moment}: {path.name} {table}", b"\n".join(values))
            store.close()

    def people(self) -> Browser:
        """Invitation, sign-in with each provider, linking, unlinking, sessions, suspension, sign-out."""
        town = self.town
        owner = town.owner("google")
        self.keep("operator POST /tenants/acme/invitations", town.operator_said[-1])
        member(town)
        for provider in ("apple", "facebook", "shopify", "staff"):
            assert town.go(owner, town.shown(owner), f"/{provider}/start").status_code == 303, provider
        for provider in ("google", "apple", "facebook", "shopify", "staff"):
            again = town.browser()
            assert town.go(again, again.sign_in_page(), f"/{provider}/start").status_code == 303, provider
        name, mail = canary("invitedname"), canary("invitedmail")
        town.canaries.add("invited", name, mail)
        for _ in range(2):
            made = town.press(owner, "/people", "/invitations", role="agent", name=name, email=f"{mail}@acme.example")
            assert made.status_code == 303, made.text[:300]
            self.invited(owner)
        assert town.press(owner, "/people", "/revoke").status_code == 303
        town.consent("agent")
        town.press(owner, "/people", "/invitations", role="admin", name=name, email="")
        agent = town.accept(self.invited(owner), "apple")
        assert town.go(agent, town.shown(agent), "/facebook/start").status_code == 303
        # The same account of the provider is somebody else's.
        assert town.go(agent, town.shown(agent), "/staff/start").status_code == 409
        member(town)
        newcomer = town.browser()
        assert town.go(newcomer, newcomer.sign_in_page(), "/staff/start").status_code == 303
        self.suspended(owner, newcomer)
        town.press(newcomer, "", "/sign-out")
        town.press(owner, "", "/end")
        assert town.go(agent, town.shown(agent), "/google/start").status_code == 303
        for _ in range(2):
            assert town.press(agent, "", "/unlink").status_code == 303
        # The last way in stays.
        assert town.press(agent, "", "/sign-out-everywhere").status_code == 303
        town.consent("boss")
        return owner

    def suspended(self, owner: Browser, member: Browser) -> None:
        """Somebody's session ends at once; later they may come back."""
        town = self.town
        links = [link for link in town.shown(owner, "/people").links if "/people/" in link]
        theirs = next(link for link in links if town.staff.person.email in owner.get(link).text)
        path = theirs.partition("/account/acme")[2]
        assert town.press(owner, path, "/suspend").status_code == 303
        assert member.get("/account/acme").status_code == 303
        assert town.go(member, member.sign_in_page(), "/staff/start").status_code == 403
        assert town.press(owner, path, "/restore").status_code == 303
        assert town.go(member, member.sign_in_page(), "/staff/start").status_code == 303

    def invited(self, owner: Browser) -> str:
        """The link, which is shown once."""
        link = "http://" + self.town.shown(owner, "/people").text.partition("http://")[2].partition(" ")[0]
        self.town.canaries.add("invitation", link.partition("token=")[2])
        return link

    def keys(self, owner: Browser) -> None:
        """A key is issued, shown, used, revoked, and used again."""
        town = self.town
        town.canaries.add("key name", self.hidden["keyname"])
        made = town.press(owner, "/keys", "/keys", name=self.hidden["keyname"], scope="contacts.read")
        assert made.status_code == 303, made.text[:300]
        key = next(word for word in town.shown(owner, "/keys").text.split() if word.startswith("comfile_acme"))
        town.canaries.add("issued key", key)
        for status in (200, 401):
            bearer = {"Authorization": f"Bearer {key}"}
            answer = requests.get(f"{town.hub.url}/api/v1/contacts", headers=bearer, timeout=TIMEOUT)
            assert answer.status_code == status, answer.text
            self.keep("api GET /contacts with the key", answer.text)
            if status == 200:
                assert town.press(owner, "/keys", "/revoke").status_code == 303

    def services(self, owner: Browser) -> None:
        """Drive and the shop: connected, used, renewed, and refused with words that quote what they were given."""
        town, hidden = self.town, self.hidden
        town.canaries.add("message", hidden["message"], hidden["caption"], hidden["file"])
        town.canaries.add("customer", hidden["writer"], hidden["buyer"], WRITER, WRITER[1:])
        buyer = {"first_name": "Zoë", "last_name": hidden["buyer"], "email": f"{hidden['buyer']}@shop.example"}
        town.control("POST", "/shopify/customers", buyer | {"phone": WRITER})
        for system in ("archive", "shop"):
            town.connect(owner, system)
            assert town.press(owner, "/services", f"/{system}/test").headers["Location"].endswith("test-passed")
        self.write({"text": hidden["message"]})
        eventually(lambda: hidden["message"] in self.filed(), "the transcript is in Drive")
        self.renew(owner, lambda exchange: exchange)
        # The upload breaks off, so that its session is kept; the words of the refusals hold all that was sent.
        town.control("PUT", "/google/faults", {"upload_unavailable": True})
        document = base64.b64encode(b"x" * 300_000).decode()
        self.write({
            "type": "document", "mime_type": "text/plain", "bytes_base64": document,
            "filename": f"{hidden['file']}.txt", "caption": hidden["caption"],
        })  # fmt: skip
        eventually(lambda: town.wire.calls("upload_id="), "an upload has begun")
        town.wire.answering = self.quoting
        for system in ("archive", "shop"):
            assert town.press(owner, "/services", f"/{system}/test").headers["Location"].endswith("test-failed")
            town.shown(owner, "/services")
        self.write({"text": "one more"})
        eventually(lambda: any(found.status == 403 for found in town.wire.calls("graphql")), "the shop refuses")
        town.wire.answering = lambda exchange: exchange

    def quoting(self, exchange: Exchange) -> Exchange:
        """A refusal that holds all that came with the request."""
        if "/drive/" not in exchange.path and "graphql" not in exchange.path:
            return exchange
        words = f"{exchange.headers} {exchange.path} {exchange.body.decode(errors='replace')}"
        error = {"code": 403, "message": words, "errors": [{"reason": words, "message": words}]}
        exchange.status = 403
        return exchange.answers(403, {"error": error, "errors": [{"message": words, "extensions": {"code": words}}]})

    def renew(self, owner: Browser, answering: Callable[[Exchange], Exchange | None]) -> None:
        """A token is refused once, so that it is renewed."""
        town = self.town
        for system, path in {"archive": "/drive/v3/about", "shop": "graphql.json"}.items():
            refused: list[str] = []

            def once(exchange: Exchange) -> Exchange | None:
                if path in exchange.path and not refused:  # noqa: B023
                    refused.append(exchange.path)  # noqa: B023
                    return exchange.answers(401, {"error": exchange.headers.get("Authorization", "")})
                return answering(exchange)

            town.wire.answering = once
            town.press(owner, "/services", f"/{system}/test")
            town.shown(owner, "/services")
            assert refused, system
        town.wire.answering = lambda exchange: exchange

    def write(self, content: dict[str, Any]) -> None:
        """A customer writes on their phone."""
        sent = {"phone_number_id": sample.PHONE_NUMBER_ID, "from": WRITER, "name": f"Zoë {self.hidden['writer']}"}
        self.town.control("POST", "/whatsapp/inbound", sent | content)

    def filed(self) -> str:
        files = self.town.control("GET", "/drive/files")["files"]
        return "".join(base64.b64decode(one["content"]).decode(errors="replace") for one in files)

    def events(self, owner: Browser) -> None:
        """What providers tell: good and forged, and in the end what breaks the grants."""
        town = self.town
        at = f"{town.hub.url}/auth/acme"
        told = {"url": f"{at}/google/events/risc", "person": "stranger"}
        for type in ("verification", "sessions-revoked", "account-disabled", "account-enabled", "account-purged"):
            town.control("POST", "/google/events", told | {"type": type})
        town.control("POST", "/google/events", told | {"type": "tokens-revoked", "person": "agent"})
        told = {"url": f"{at}/apple/events/notifications", "person": "agent"}
        for type in ("email-disabled", "consent-revoked", "account-delete"):
            town.control("POST", "/apple/events", told | {"type": type})
        for kind in ("deletion", "deauthorize"):
            told = {"url": f"{at}/facebook/events/{kind}", "kind": kind}
            for more in ({"person": "agent"}, {"person": "stranger"}, {"person": "boss", "flaw": "bad_signature"}):
                answer = town.control("POST", "/facebook/callbacks", told | more)
                code = (answer["posts"][0].get("json") or {}).get("confirmation_code")
                town.canaries.add("deletion code", code)
                if code:
                    town.browser().get(f"/auth/acme/deletions/{code}")
        shop = f"{town.hub.url}/connect/acme/shop/events/webhooks"
        for topic in ("orders/create", "orders/updated", "customers/data_request"):
            for flaw in ({}, {"flaw": "hmac_wrong"}):
                town.control("POST", "/shopify/webhooks", {"topic": topic, "url": shop, "customer": WRITER} | flaw)
        # The provider does not know the refresh token any more, and says which.
        self.renew(owner, self.refusing)
        for topic in ("customers/redact", "app/uninstalled", "shop/redact"):
            for url in (shop, f"{at}/shopify/events/webhooks"):
                town.control("POST", "/shopify/webhooks", {"topic": topic, "url": url})

    def refusing(self, exchange: Exchange) -> Exchange:
        sent = exchange.sent
        if sent.get("grant_type") != "refresh_token":
            return exchange
        return exchange.answers(400, {"error": "invalid_grant", "error_description": str(sent), **sent})

    def look(self, owner: Browser) -> None:
        """Every page and every answer of the API, as they are now."""
        town = self.town
        for path in ("", "/people", "/keys", "/services", "/audit"):
            page = town.shown(owner, path)
            for link in page.links:
                if "/people/" in link or "after=" in link:
                    owner.get(link)
        for path in ("/auth/acme", "/auth/acme/buttons.css", "/openapi.json", "/auth/acme/nothing"):
            town.browser().get(path)
        api = town.hub.api(town.tenant)
        for path in ("/contacts", "/conversations", "/events", "/dead-letters", "/channels"):
            answer = api.get(path)
            assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
            self.keep(f"api GET {path}", answer.text)
        for contact in api.get("/contacts").json()["data"]:
            self.keep("api GET /contacts/id", api.get(f"/contacts/{contact['id']}").text)
        for conversation in api.get("/conversations").json()["data"]:
            self.keep("api GET /conversations/id", api.get(f"/conversations/{conversation['id']}/messages").text)
        for path in ("/metrics", "/tenants", "/quarantine", "/readyz"):
            answer = requests.get(f"{town.hub.operator_url}{path}", headers={"Comfile-Operator": "1"}, timeout=TIMEOUT)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            self.keep(f"operator GET {path}", answer.text)

    def collect(self) -> None:
        """What browsers, providers and the business system saw."""
        town = self.town
        for browser in town.browsers:
            for where, content in canaries.seen_by(browser):
                self.keep(where, content)
        for exchange in list(town.wire.exchanges):
            self.keep(f"address of {exchange.method} {exchange.path.partition('?')[0]}", exchange.path)
        for headers, body in town.business.raw:
            self.keep("webhook", json.dumps(headers).encode() + body)
