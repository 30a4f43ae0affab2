"""Rows 23 to 29 and 34: where the keys of ID tokens come from, and what becomes of bad ones.

Keys are kept for each connection's provider, so every test here takes a connection that nobody used before.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from signin import jose
from signin.hostile_provider import Person, Reply
from signin.jose import ABSENT, Draft
from signin.scene import Scene, is_refusal


def without_kid(draft: Draft) -> str:
    return draft.with_header(kid=ABSENT).signed()


def test_row_023_no_kid_and_one_key_is_accepted(scene: Scene) -> None:
    name = scene.spare()
    scene.accepts(name, id_token=without_kid)


def test_row_023_neither_side_knows_kids(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    issuer.keys.published = [jose.public(issuer.keys.signing, kid=ABSENT)]
    scene.accepts(name, id_token=without_kid)


def test_row_023_one_key_that_fits_among_others_that_do_not(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    issuer.keys.published += [jose.public(jose.ec_key()), jose.public(jose.stranger(), use="enc")]
    scene.accepts(name, id_token=without_kid)


def test_row_024_no_kid_and_several_keys_that_fit(scene: Scene) -> None:
    """The policy: no guessing."""
    name = scene.spare()
    scene.issuers["acme", name].keys.published.append(jose.public(jose.stranger()))
    scene.refuses("key_unknown", name, id_token=without_kid)




def test_row_025_an_unknown_kid_leads_to_one_fetch_more(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    assert issuer.counts["keys"] == 1
    scene.refuses("key_unknown", name, id_token=lambda draft: draft.with_header(kid="bork").signed())
    assert issuer.counts["keys"] == 2


def test_row_025_a_flood_of_unknown_kids_is_no_flood_at_the_provider(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    statuses: list[int] = []

    def attack(number: int) -> None:
        browser = scene.browser()
        for turn in range(5):
            callback = browser.authorize(browser.start(name))
            statuses.append(browser.call_back(callback).status_code)

    spoiled = lambda draft: draft.with_header(kid=f"bork-{draft.nonce}").signed()  # noqa: E731
    issuer.mischief.id_token = spoiled
    threads = [threading.Thread(target=attack, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 20 and all(400 <= status < 500 for status in statuses), statuses
    assert issuer.counts["keys"] == 2, "one fetch at first, one for the first unknown kid"
    # And people with good tokens still get in.
    issuer.person = Person()
    scene.accepts(name)


def test_row_026_keys_rotated_between_two_sign_ins(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    issuer.keys.rotate(jose.rsa_key())
    issuer.person = Person()
    scene.accepts(name)
    assert issuer.counts["keys"] == 2


def test_row_026_keys_rotated_between_authorization_and_token(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    fresh = jose.rsa_key()
    issuer.person = Person()
    scene.accepts(name, before_token=lambda issuer: issuer.keys.rotate(fresh))


def test_row_026_the_old_key_still_works_while_it_is_published(scene: Scene) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    old = issuer.keys.signing
    issuer.keys.rotate(jose.rsa_key())
    scene.accepts(name, id_token=lambda draft: draft.with_header(kid=old.kid).signed(old))


def test_row_027_a_key_that_was_taken_away(scene: Scene) -> None:
    """Once the hub has seen the new keys, the old one is nobody's."""
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    old = issuer.keys.signing
    issuer.keys.rotate(jose.rsa_key(), keep_old=False)
    issuer.person = Person()
    scene.accepts(name)
    issuer.person = Person()
    scene.refuses("key_unknown", name, id_token=lambda draft: draft.with_header(kid=old.kid).signed(old))


def many_keys(good: dict[str, Any]) -> dict[str, Any]:
    key = jose.public(jose.stranger())
    return {"keys": good["keys"] + [key | {"kid": f"kid-{number}"} for number in range(10_000)]}


FAULTS: dict[str, Callable[[dict[str, Any]], Reply | dict[str, Any]]] = {
    "500": lambda good: Reply(500),
    "404": lambda good: Reply(404, good),
    "HTML": lambda good: Reply(200, b"<html>Sorry</html>", "text/html"),
    "10 MB": lambda good: Reply(200, jose.compact_json(good | {"x": "x" * 10_000_000})),
    "10,000 keys": many_keys,
    "empty": lambda good: Reply(200, b""),
    "a list": lambda good: Reply(200, good["keys"]),
    "no keys": lambda good: {},
    "keys is text": lambda good: {"keys": "none"},
    "broken JSON": lambda good: Reply(200, jose.compact_json(good)[:-2]),
    "doubled member": lambda good: Reply(200, b'{"keys":[],' + jose.compact_json(good)[1:]),
    "connection lost": lambda good: Reply(drop=True),
    "redirect": lambda good: Reply(302, headers={"Location": "http://10.0.0.1/keys"}),
    "redirect to good keys": lambda good: Reply(302, headers={"Location": "keys-elsewhere"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_row_028_keys_that_cannot_be_had(scene: Scene, fault: str) -> None:
    name = scene.spare()
    tried = scene.refuses("provider_unavailable", name, keys=FAULTS[fault])
    assert scene.provider.strays == [], "a redirect was followed"
    assert tried.issuer.counts["keys"] == 1


@pytest.mark.parametrize("fault", ["500", "HTML", "10,000 keys"])
def test_row_028_keys_that_are_known_go_on_working(scene: Scene, fault: str) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    scene.accepts(name)
    scene.refuses("key_unknown", name, keys=FAULTS[fault], id_token=lambda d: d.with_header(kid="bork").signed())
    issuer.person = Person()
    scene.accepts(name, keys=FAULTS[fault])
    assert issuer.counts["keys"] == 2


def test_row_028_keys_that_take_for_ever(scene: Scene) -> None:
    """Other people do not wait for it: see the sign-in beside."""
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    issuer.mischief.keys = lambda good: Reply(200, good, delay=15)
    browser = scene.browser()
    callback = browser.authorize(browser.start(name))
    before = scene.ledgers["acme"].standing()
    answers: list[int] = []
    waiting = threading.Thread(target=lambda: answers.append(browser.call_back(callback).status_code))
    waiting.start()
    scene.accepts()
    assert answers == [], "nothing was waited for"
    waiting.join()
    assert 400 <= answers[0] < 500
    reasons = [entry.reason for entry in scene.ledgers["acme"].audit(before) if entry.connection == name]
    assert reasons == ["provider_unavailable"]
    assert browser.session_cookie is None


@pytest.mark.parametrize(
    "bad",
    [
        {"kty": "oct", "k": jose.base64url(b"k" * 32), "kid": "oct"},
        {"kty": "RSA", "kid": "nothing in it"},
        {"kty": "RSA", "n": "!!", "e": "AQAB", "kid": "letters"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "short"},
        {"kty": "OKP", "crv": "Ed25519", "x": jose.base64url(b"x" * 32), "kid": "ed"},
        {"kid": "no kind"},
        "text",
        7,
        None,
        [],
    ],
    ids=repr,
)
def test_row_029_a_bad_key_costs_the_others_nothing(scene: Scene, bad: Any) -> None:
    name = scene.spare()
    scene.issuers["acme", name].keys.published.insert(0, bad)
    scene.accepts(name)


def small() -> jose.Key:
    return jose.rsa_key(1024)


@pytest.mark.parametrize("what", ["too small", "use=enc", "key_ops", "doubled kid", "shared secret", "other alg"])
def test_row_029_a_key_that_does_not_count(scene: Scene, what: str) -> None:
    name = scene.spare()
    issuer = scene.issuers["acme", name]
    key, forged = issuer.keys.signing, None
    match what:
        case "too small":
            key = issuer.keys.rotate(small(), keep_old=False)
        case "use=enc":
            issuer.keys.published = [jose.public(key, use="enc")]
        case "key_ops":
            issuer.keys.published = [jose.public(key, use=ABSENT, key_ops=["encrypt"])]
        case "doubled kid":
            issuer.keys.published.append(jose.public(jose.stranger(), kid=key.kid))
        case "other alg":
            issuer.keys.published = [jose.public(key, alg="RS512")]
        case "shared secret":
            secret = jose.OctKey.import_key(b"k" * 32)
            issuer.keys.published.append({"kty": "oct", "k": jose.base64url(b"k" * 32), "kid": "oct", "alg": "HS256"})
            forged = lambda draft: draft.with_header(alg="HS256", kid="oct").signed(secret)  # noqa: E731
    scene.refuses("algorithm_refused" if forged else "key_unknown", name, id_token=forged)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: good | {"issuer": good["issuer"] + "/"},
        lambda good: good | {"issuer": "https://account.example"},
        lambda good: {name: value for name, value in good.items() if name != "issuer"},
        lambda good: good | {"issuer": [good["issuer"]]},
        lambda good: good | {"token_endpoint": "file:///etc/passwd"},
        lambda good: {name: value for name, value in good.items() if name != "jwks_uri"},
        lambda good: good | {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=["slash", "other issuer", "no issuer", "list", "token address", "no keys", "script"],
)
def test_row_034_metadata_of_somebody_else(own: Scene, spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Nobody is sent anywhere: the start itself says so."""
    name = own.spare()
    issuer = own.issuers["acme", name]
    issuer.mischief.discovery = spoil
    own.start()
    browser = own.browser()
    before = own.ledgers["acme"].standing()
    form = browser.sign_in_page().form_to(f"/{name}/start")
    answer = browser.post(form.action, form.fields)
    assert is_refusal(answer), answer.status_code
    assert [entry.reason for entry in own.ledgers["acme"].audit(before)] == ["misconfigured"]
    assert issuer.counts["authorize"] == issuer.counts["token"] == 0
    assert own.ledgers["acme"].standing().counts == before.counts


@pytest.mark.parametrize("fault", ["500", "HTML", "10 MB", "broken JSON", "redirect"])
def test_row_034_metadata_that_cannot_be_had(own: Scene, fault: str) -> None:
    """Without it there is no PKCE less and no guess of an address (row 57): there is no start."""
    name = own.spare()
    issuer = own.issuers["acme", name]
    spoil = {
        "500": lambda good: Reply(500),
        "HTML": lambda good: Reply(200, b"<html>", "text/html"),
        "10 MB": lambda good: Reply(200, jose.compact_json(good | {"x": "x" * 10_000_000})),
        "broken JSON": lambda good: Reply(200, jose.compact_json(good)[:-1]),
        "redirect": lambda good: Reply(302, headers={"Location": "http://10.0.0.1/"}),
    }
    issuer.mischief.discovery = spoil[fault]
    own.start()
    browser = own.browser()
    before = own.ledgers["acme"].standing()
    form = browser.sign_in_page().form_to(f"/{name}/start")
    answer = browser.post(form.action, form.fields)
    assert is_refusal(answer), answer.status_code
    assert [entry.reason for entry in own.ledgers["acme"].audit(before)] == ["provider_unavailable"]
    assert own.provider.strays == []
