"""What goes wrong around sign-ins: configurations with secrets in the wrong place, and sign-ins that are refused."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from harness import hub
from harness.waiting import eventually
from signin.browser import Browser
from signin.canaries import canary
from signin.hostile_provider import Mischief, Person, Reply
from signin.town import Town


def before_the_start(town: Town) -> Iterator[tuple[str, str]]:
    """What commands say of configurations whose secrets stand where they should not, or are none; by command."""
    for number, (spoil, environment) in enumerate(configurations(town)):
        tree = copy.deepcopy(town.configuration.tree())
        secret = canary("misplaced")
        town.canaries.add("misplaced secret", secret)
        text = spoil(tree, secret) or yaml.safe_dump(tree)
        path = town.folder / f"mistake{number}.yaml"
        path.write_text(text)
        more = {name: value.replace("SECRET", secret) for name, value in environment.items()}
        for command in (["serve", "--config"], ["check"]):
            told = hub.run(*command, path, environment=town.configuration.environment | more)
            assert told.returncode != 0, f"mistake {number} was taken by {command[0]}"
            yield f"command {command[0]} {number}", told.stdout + told.stderr


def configurations(town: Town) -> list[tuple[Callable[[dict, str], str | None], dict[str, str]]]:
    """How a tree is spoiled with a secret, and what stands in the environment for it."""

    def put(value: Callable[[str], str], *path: str) -> Callable[[dict, str], None]:
        def spoil(tree: dict, secret: str) -> None:
            for name in path[:-1]:
                tree = tree[name]
            tree[path[-1]] = value(secret)

        return spoil

    sign_in, system = ("tenants", "acme", "sign_in"), ("tenants", "acme", "systems")
    variable = town.configuration.connections["acme"]["apple"]["private_key"].removeprefix("${env:").rstrip("}")
    return [
        (put(str, *sign_in, "google", "client_secret"), {}),
        (put(str, *sign_in, "google", "client_secrt"), {}),
        (put(str, *sign_in, "apple", "private_key"), {}),
        (put(lambda secret: f"shops: {secret}", *sign_in, "shopify", "shops"), {}),
        (put(lambda secret: f"http://user:{secret}@example.com", *system, "archive", "token_url"), {}),
        (put(str, *system, "crm", "secret"), {}),
        (lambda tree, secret: None, {variable: "-----BEGIN PRIVATE KEY-----\\nSECRET\\n-----END PRIVATE KEY-----"}),
        (lambda tree, secret: None, {"ACME_CRM_SECRET_0": "whsec_SECRET"}),
        (lambda tree, secret: yaml.safe_dump(tree) + f"\nclient_secret: [{secret}", {}),
    ]


def at_reload(town: Town) -> None:
    """The same in a hub that runs: it goes on with what it had, and says why in its log."""
    good = town.hub.configuration_path.read_text()
    for spoil, _ in configurations(town)[:6]:
        tree, secret = copy.deepcopy(town.configuration.tree()), canary("misplaced")
        town.canaries.add("misplaced secret", secret)
        spoil(tree, secret)
        town.hub.configuration_path.write_text(yaml.safe_dump(tree))
        length = len(town.hub.output())
        town.hub.reload()
        eventually(lambda: len(town.hub.output()) > length, "the hub says something of its configuration")
    town.hub.configuration_path.write_text(good)
    town.hub.reload()


def attempt(town: Town, connection: str, **mischief: Any) -> int:
    """A sign-in that comes to nothing; the status of the answer."""
    town.staff.mischief = Mischief(**mischief)
    browser = town.browser()
    answer = town.go(browser, browser.sign_in_page(), f"/{connection}/start")
    town.staff.mischief = Mischief()
    assert browser.session_cookie is None and answer.status_code < 500, f"{connection}: {answer.status_code}"
    # Once more: the transaction is spent.
    browser.get(answer.request.url or "", cross_site=True)
    return answer.status_code


def refused_sign_ins(town: Town, owner: Browser, strange: Person) -> None:
    """Of all kinds; providers quote what they were given, in codes, descriptions and pages."""
    told = canary("quoted")
    town.canaries.add("not kept", told)

    def quoting(status: int, kind: str = "application/json") -> Callable[[dict], Reply]:
        def spoil(good: dict) -> Reply:
            words = f"{told} {json.dumps(good)} {town.secrets['staff']} {town.staff.asked[-1].form}"
            body = words.encode() if "html" in kind else {"error": "invalid_grant", "error_description": words}
            return Reply(status, body, kind)

        return spoil

    for mischief in [
        {"callback": lambda sent: sent | {"error": "server_error", "error_description": told + sent["code"]}},
        {"callback": lambda sent: sent | {"error": told}},
        {"callback": lambda sent: sent | {"state": sent["state"] + "x"}},
        {"callback": lambda sent: [*sent.items(), ("code", sent["code"])]},
        {"callback": lambda sent: sent | {"iss": f"https://{told}.example"}},
        {"token": quoting(400)},
        {"token": quoting(401)},
        {"token": quoting(500, "text/html")},
        {"token": quoting(200, "text/html")},
        {"token": quoting(200)},
        {"token": lambda good: good | {"error": told, "error_uri": told}},
        {"token": lambda good: good | {"token_type": told}},
        {"id_token": lambda draft: draft.with_claims(nonce=told).signed()},
        {"id_token": lambda draft: draft.with_claims(iss=told).signed()},
        {"id_token": lambda draft: draft.with_claims(aud=told).signed()},
        {"id_token": lambda draft: draft.signed() + "x"},
        {"id_token": lambda draft: told},
        {"id_token": lambda draft: draft.with_header(kid=told).signed(), "keys": lambda _: Reply(500, told.encode())},
    ]:
        assert attempt(town, "staff", **mischief) in range(300, 500)
    town.staff.person = strange
    assert attempt(town, "closed") == 403, "nobody invited them"
    for decision in ("deny", "allow"):
        town.consent("stranger", decision)
        # Shopify sends nobody back who cancels.
        for provider in ("google", "apple", "facebook", "shopify")[: 3 if decision == "deny" else 4]:
            assert attempt(town, provider) in range(300, 500), provider
    quoted = json.dumps({"error": {"message": told, "code": 190}, "error_description": told})
    faults = {
        "google": [{"token_error": told}, {"error_html": told}, {"token_reply": {"status": 400, "body": quoted}}],
        "apple": [{"state_wrong": True}, {"error_html": told}, {"token_reply": {"status": 500, "body": quoted}}],
        "facebook": [{"graph_error": {"code": 190, "next": 1}}, {"me_reply": {"status": 400, "body": quoted}}],
        "shopify": [{"hmac_wrong": True}, {"shop_evil": True}, {"token_reply": {"status": 403, "body": quoted}}],
    }
    town.consent("boss")
    for provider, switched in faults.items():
        for fault in switched:
            town.control("PUT", f"/{provider}/faults", fault)
            assert attempt(town, provider) in range(300, 500), fault
            town.control("PUT", f"/{provider}/faults", {})
    # A browser with another's way back, and one without anything.
    stranger = town.browser()
    stranger.call_back(owner.authorize(town.start(owner, owner.sign_in_page(), "/google/start")))
    stranger.get(f"/auth/acme/google/callback?code={told}&state={told}")
    stranger.get(f"/auth/acme/invitations?token={told}")
    stranger.post("/auth/acme/google/start", {"proof": told, "return_to": f"/{told}"})
