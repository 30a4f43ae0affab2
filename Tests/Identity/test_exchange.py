"""Rows 47, 48 and 58 to 60: the exchange of a code, and what may come back for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from harness import hub
from signin.hostile_provider import Person, Reply
from signin.jose import ABSENT
from signin.scene import Scene
from signin.tampering import callback


def test_row_047_the_code_of_another_provider(scene: Scene) -> None:
    """The honest provider is asked with a code that it never gave."""
    other = scene.browser()
    theirs = other.authorize(other.start("other")).values["code"]
    scene.refuses("exchange_refused", tamper=callback(lambda sent: sent.with_pairs(code=theirs)))


def test_row_048_a_code_that_was_used(scene: Scene) -> None:
    used = scene.accepts().callback.values["code"]
    scene.main.person = Person()
    tried = scene.refuses("exchange_refused", tamper=callback(lambda sent: sent.with_pairs(code=used)))
    assert tried.issuer.counts["token"] == 2, "each code was sent once"


def test_row_048_a_code_put_into_another_sign_in(scene: Scene) -> None:
    """Stolen and fresh: the verifier of whom it was stolen from is missing."""
    victim = scene.browser()
    stolen = victim.authorize(victim.start("staff")).values["code"]
    tried = scene.refuses("exchange_refused", tamper=callback(lambda sent: sent.with_pairs(code=stolen)))
    assert tried.issuer.problems == ["a wrong code verifier"]


@pytest.mark.parametrize("code", [None, "", "x" * 5000])
def test_row_048_no_code(scene: Scene, code: str | None) -> None:
    tried = scene.refuses("code_missing", tamper=callback(lambda sent: sent.with_pairs(code=code)))
    assert tried.issuer.counts["token"] == 0


# What is answered.

REPLIES: dict[str, tuple[str, Callable[[dict], Reply | dict]]] = {
    "no access token": ("token_reply_malformed", lambda good: {k: v for k, v in good.items() if k != "access_token"}),
    "empty access token": ("token_reply_malformed", lambda good: good | {"access_token": ""}),
    "access token is a number": ("token_reply_malformed", lambda good: good | {"access_token": 7}),
    "token type mac": ("token_reply_malformed", lambda good: good | {"token_type": "mac"}),
    "200 with an error": ("exchange_refused", lambda good: good | {"error": "invalid_grant"}),
    "HTML": ("token_reply_malformed", lambda good: Reply(200, b"<html>ok</html>", "text/html")),
    "JSON as text/html": ("token_reply_malformed", lambda good: Reply(200, good, "text/html")),
    "broken JSON": ("token_reply_malformed", lambda good: Reply(200, b'{"access_token":"x"')),
    "a list": ("token_reply_malformed", lambda good: Reply(200, [good])),
    "expires_in is negative": ("token_reply_malformed", lambda good: good | {"expires_in": -5}),
    "expires_in is words": ("token_reply_malformed", lambda good: good | {"expires_in": "soon"}),
    "expires_in is a list": ("token_reply_malformed", lambda good: good | {"expires_in": [3600]}),
    "no ID token": ("id_token_missing", lambda good: {k: v for k, v in good.items() if k != "id_token"}),
    "ID token is an object": ("token_reply_malformed", lambda good: good | {"id_token": {"sub": "x"}}),
    "refresh token is a list": ("token_reply_malformed", lambda good: good | {"refresh_token": ["x"]}),
    "a megabyte": ("token_reply_malformed", lambda good: good | {"filler": "x" * 1_200_000}),
    "doubled member": ("token_reply_malformed", lambda good: Reply(200, b'{"access_token":"x","access_token":"y"}')),
    "empty": ("token_reply_malformed", lambda good: Reply(200, b"")),
    "400": ("exchange_refused", lambda good: Reply(400, {"error": "invalid_grant"})),
    "400 with a story": ("exchange_refused", lambda good: Reply(400, {"error": "<script>", "error_description": "x"})),
    "401": ("exchange_refused", lambda good: Reply(401, {"error": "invalid_client"})),
    "204": ("provider_unavailable", lambda good: Reply(204)),
}


@pytest.mark.parametrize("reply", REPLIES)
def test_row_058_a_reply_that_is_none(scene: Scene, reply: str) -> None:
    reason, spoil = REPLIES[reply]
    tried = scene.refuses(reason, token=spoil)
    assert tried.issuer.counts["token"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"expires_in": ABSENT},
        {"expires_in": "3600"},
        {"token_type": "bearer"},
        {"token_type": "BEARER"},
        {"scope": ABSENT},
        {"refresh_token": ABSENT},
        {"anything": [1, {"else": None}]},
    ],
    ids=repr,
)
def test_row_058_replies_that_are_good_enough(scene: Scene, change: dict) -> None:
    spoiled = lambda good: {k: v for k, v in (good | change).items() if v is not ABSENT}  # noqa: E731
    scene.accepts(token=spoiled)


@pytest.mark.parametrize(
    "fault",
    [
        lambda good: Reply(302, headers={"Location": "/elsewhere/token"}),
        lambda good: Reply(307, headers={"Location": "/elsewhere/token"}),
        lambda good: Reply(308, headers={"Location": "http://10.0.0.1/token"}),
        lambda good: Reply(500),
        lambda good: Reply(503, headers={"Retry-After": "1"}),
        lambda good: Reply(drop=True),
        lambda good: Reply(429, headers={"Retry-After": "1"}),
    ],
    ids=["302", "307", "308", "500", "503", "connection lost", "429"],
)
def test_row_059_a_code_is_sent_once(scene: Scene, fault: Callable[[dict], Reply]) -> None:
    """Whatever becomes of the answer: a code may have been taken, and a redirect would carry it elsewhere."""
    tried = scene.refuses("provider_unavailable", token=fault)
    assert tried.issuer.counts["token"] == 1
    assert scene.provider.strays == []


def test_row_059_an_exchange_that_takes_for_ever(scene: Scene) -> None:
    tried = scene.refuses("provider_unavailable", token=lambda good: Reply(200, good, delay=18))
    assert tried.issuer.counts["token"] == 1


def test_row_060_a_wrong_client_secret_lets_nobody_in(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    issuer.clients[scene.client_id("acme", name)] = "changed at the provider"
    scene.refuses("exchange_refused", name)


def test_row_060_a_connection_that_lacks_its_secret_does_not_start(scene: Scene, tmp_path: Path) -> None:
    tree = scene.configuration.tree()
    tree["tenants"]["acme"]["sign_in"]["staff"]["client_secret"] = "${env:NOBODY_SET_THIS}"
    path = tmp_path / "tenants.yaml"
    path.write_text(yaml.safe_dump(tree))
    checked = hub.run("check", path, environment=scene.configuration.environment)
    assert checked.returncode == 2, checked.stdout + checked.stderr
    assert "NOBODY_SET_THIS" in checked.stdout + checked.stderr
