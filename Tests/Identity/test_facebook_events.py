"""Rows 95 and 96: what Facebook tells of accounts, and what anybody else might tell in its place."""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from signin import jose
from signin.browser import TIMEOUT
from signin.events import REFUSED, TAKEN, ended, join, scene, social, untouched  # noqa: F401 - fixtures
from signin.hostile_provider import Person
from signin.jose import ABSENT
from signin.social import digits, signed_request
from signin.social_scene import SocialScene, Told

APP, OTHER_APP = "1066000000000001", "1066000000000002"


def deletion(sub: str, **changes: Any) -> dict[str, Any]:
    usual = {"algorithm": "HMAC-SHA256", "issued_at": int(time.time()), "user_id": sub}
    return jose.changed(usual, changes)


def tell_facebook(scene: SocialScene, request: str, topic: str = "deletion", tenant: str = "acme") -> Told:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"signed_request": request})
    return scene.tell(f"/auth/{tenant}/facebook/events/{topic}", body, headers, tenant)


@pytest.mark.parametrize("topic", ["deletion", "deauthorize"])
def test_row_095_a_good_request_unlinks(scene: SocialScene, topic: str) -> None:
    member = join(scene, "facebook")
    secret = scene.facebook.clients[APP]
    told = tell_facebook(scene, signed_request(secret, deletion(member.person.sub)), topic)
    assert told.status == 200 and [kind for kind, _ in told.audit] == [TAKEN]
    assert told.after.of("person_identities") == told.before.of("person_identities") - 1
    assert ended(member) < 5
    scene.check_nothing_of([member.person.sub, member.person.email, member.person.name], told.response)


def spoiled_requests() -> dict[str, tuple[Callable[[str, str], str], str, int]]:
    """From secret and user id to a request, with reason and status."""

    def good(secret: str, sub: str) -> str:
        return signed_request(secret, deletion(sub))

    def parts(secret: str, sub: str) -> list[str]:
        return good(secret, sub).split(".")

    def plain_payload(secret: bytes, text: bytes) -> bytes:
        decoded = jose.base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
        return hmac.digest(secret, decoded, "sha256")

    def flipped(secret: bytes, text: bytes) -> bytes:
        return jose.flipped(hmac.digest(secret, text, "sha256"))

    def algorithm(name: Any) -> Callable[[str, str], str]:
        return lambda secret, sub: signed_request(secret, deletion(sub, algorithm=name))

    wrong, missing, broken = ("signature_wrong", 401), ("signature_missing", 401), ("malformed", 400)
    return {
        "one bit": (lambda s, u: signed_request(s, deletion(u), flipped), *wrong),
        "over the decoded payload": (lambda s, u: signed_request(s, deletion(u), plain_payload), *wrong),
        "no secret": (lambda s, u: good("", u), *wrong),
        "SHA-1": (lambda s, u: signed_request(s, deletion(u), lambda k, t: hmac.digest(k, t, "sha1")), *missing),
        "algorithm none": (algorithm("none"), *wrong),
        "algorithm None": (algorithm("None"), *wrong),
        "no algorithm": (algorithm(ABSENT), *wrong),
        "algorithm of SHA-1": (algorithm("HMAC-SHA1"), *wrong),
        "algorithm as a list": (algorithm(["HMAC-SHA256"]), *wrong),
        "unsigned": (lambda s, u: "." + parts(s, u)[1], *missing),
        "one part": (lambda s, u: parts(s, u)[1], *missing),
        "three parts": (lambda s, u: good(s, u) + ".x", *missing),
        "empty": (lambda s, u: "", *missing),
        "a dot": (lambda s, u: ".", *missing),
        "padded signature": (lambda s, u: "=.".join(parts(s, u)), *missing),
        "padded payload": (lambda s, u: good(s, u) + "==", *wrong),
        "payload changed after": (lambda s, u: parts(s, u)[0] + "." + parts(s, digits())[1], *wrong),
        "hexadecimal": (lambda s, u: hashlib.sha256(s.encode()).hexdigest() + "." + parts(s, u)[1], *missing),
        "not JSON": (lambda s, u: signed_request(s, b"user_id=" + u.encode()), *broken),
        "JSON that is no object": (lambda s, u: signed_request(s, b'["' + u.encode() + b'"]'), *wrong),
        "broken UTF-8": (lambda s, u: signed_request(s, b'{"user_id":"\xff"}'), *broken),
        "nobody": (lambda s, u: signed_request(s, deletion(u, user_id=ABSENT)), *broken),
        "a user that is none": (lambda s, u: signed_request(s, deletion("../" + u)), *broken),
        "of the future": (lambda s, u: signed_request(s, deletion(u, issued_at=int(time.time()) + 600)), *broken),
        "no time": (lambda s, u: signed_request(s, deletion(u, issued_at=ABSENT)), *broken),
    }


@pytest.mark.parametrize("spoil, reason, status", spoiled_requests().values(), ids=spoiled_requests())
def test_row_095_a_request_that_facebook_never_signed(
    scene: SocialScene, spoil: Callable[[str, str], str], reason: str, status: int
) -> None:
    member = join(scene, "facebook")
    for topic in ("deletion", "deauthorize"):
        request = spoil(scene.facebook.clients[APP], member.person.sub)
        told = tell_facebook(scene, request, topic)
        scene.check_refused(told, reason, "facebook", [member.person.sub, request], status)
    assert member.is_signed_in()


def test_row_095_the_algorithm_may_be_in_small_letters(scene: SocialScene) -> None:
    member = join(scene, "facebook")
    payload = deletion(member.person.sub, algorithm="hmac-sha256")
    assert tell_facebook(scene, signed_request(scene.facebook.clients[APP], payload)).status == 200
    assert not member.is_signed_in()


def test_row_095_the_secret_of_another_app(scene: SocialScene) -> None:
    """Each tenant's app signs for that tenant alone, whoever the user is."""
    member, other = join(scene, "facebook"), join(scene, "facebook", "globex", Person(sub=digits()))
    for sub in (member.person.sub, other.person.sub):
        request = signed_request(scene.facebook.clients[OTHER_APP], deletion(sub))
        scene.check_refused(tell_facebook(scene, request), "signature_wrong", "facebook", [sub], 401)
    assert member.is_signed_in() and other.is_signed_in()


def test_row_095_a_body_with_two_requests_is_none(scene: SocialScene) -> None:
    member = join(scene, "facebook")
    good = signed_request(scene.facebook.clients[APP], deletion(member.person.sub))
    for body in (f"signed_request={good}&signed_request={good}", good, "", f"Signed_Request={good}"):
        told = scene.tell("/auth/acme/facebook/events/deletion", body)
        scene.check_refused(told, "signature_missing", "facebook", [good, member.person.sub], 401)
    assert member.is_signed_in()


def test_row_095_a_repeated_request_does_nothing_again(scene: SocialScene) -> None:
    """The person may have come back in between: the old request is not for who they are now."""
    member = join(scene, "facebook")
    yesterday = deletion(member.person.sub, issued_at=int(time.time()) - 90_000)
    request = signed_request(scene.facebook.clients[APP], yesterday)
    first = tell_facebook(scene, request)
    back = join(scene, "facebook", person=member.person)
    again = tell_facebook(scene, request)
    assert again.status == 200 and again.response.json() == first.response.json()
    assert again.audit == [] and untouched(again) and back.is_signed_in()
    later = tell_facebook(scene, signed_request(scene.facebook.clients[APP], deletion(member.person.sub)))
    assert later.response.json() != first.response.json() and not back.is_signed_in()


def test_row_095_a_repeated_deauthorisation_does_nothing_again(scene: SocialScene) -> None:
    member = join(scene, "facebook")
    request = signed_request(scene.facebook.clients[APP], deletion(member.person.sub))
    assert len(tell_facebook(scene, request, "deauthorize").audit) == 1
    back = join(scene, "facebook", person=member.person)
    again = tell_facebook(scene, request, "deauthorize")
    assert again.status == 200 and again.audit == [] and back.is_signed_in()


def status_page(scene: SocialScene, told: Told) -> requests.Response:
    """The page that Facebook shows the person, as somebody without cookies sees it."""
    answer = told.response.json()
    assert answer["url"] == f"{scene.hub.url}/auth/acme/deletions/{answer['confirmation_code']}"
    assert answer["confirmation_code"].replace("-", "").replace("_", "").isalnum()
    return requests.get(answer["url"], timeout=TIMEOUT)


def test_row_096_the_deletion_of_somebody_unknown_looks_like_any_other(scene: SocialScene) -> None:
    """No oracle: what comes back does not tell whether somebody has an account here."""
    member, secret = join(scene, "facebook"), scene.facebook.clients[APP]
    known = tell_facebook(scene, signed_request(secret, deletion(member.person.sub)))
    unknown = tell_facebook(scene, signed_request(secret, deletion(digits())))
    assert known.status == unknown.status == 200
    assert sorted(known.response.json()) == sorted(unknown.response.json()) == ["confirmation_code", "url"]
    assert untouched(unknown) and unknown.audit == [(TAKEN, "erasure_requested")]
    pages = []
    for told in (known, unknown):
        page = status_page(scene, told)
        assert page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
        assert "was deleted" in page.text
        code = told.response.json()["confirmation_code"]
        pages.append(len(page.text.replace(code, "").split()))
        person = member.person
        scene.check_nothing_of([person.sub, person.email, person.name], page)
    assert pages[0] == pages[1]


@pytest.mark.parametrize("guess", ["x", "A" * 43, "%00", "%2e%2e%2f", "a" * 5000, "%ff"])
def test_row_096_a_code_that_nobody_was_given(scene: SocialScene, guess: str) -> None:
    answer = requests.get(f"{scene.hub.url}/auth/acme/deletions/{guess}", timeout=TIMEOUT)
    assert 400 <= answer.status_code < 500


def test_row_096_the_code_of_another_tenant(scene: SocialScene) -> None:
    told = tell_facebook(scene, signed_request(scene.facebook.clients[APP], deletion(digits())))
    found = told.response.json()["confirmation_code"]
    assert requests.get(f"{scene.hub.url}/auth/globex/deletions/{found}", timeout=TIMEOUT).status_code == 404


def test_refusals_of_events_have_codes_of_one_spelling(scene: SocialScene) -> None:
    """The audit's codes are words with underscores, whoever refused."""
    told = scene.tell("/auth/acme/facebook/events/deletion", "signed_request=x.y")
    assert told.audit == [(REFUSED, "signature_missing")]
