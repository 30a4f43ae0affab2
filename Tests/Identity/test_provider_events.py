"""Rows 95 to 99: what providers tell of accounts, and what anybody else might tell in their place."""

import hashlib
import hmac
import random
import re
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests

from harness.waiting import always, eventually
from signin import jose
from signin.browser import TIMEOUT
from signin.hostile_provider import Person
from signin.jose import ABSENT, Draft
from signin.people import Member
from signin.shops import add_shops
from signin.social import APPLE, GOOGLE, OAUTH, RISC, SocialScene, Told, digits, risc, signed_request

APP, OTHER_APP = "1066000000000001", "1066000000000002"
SHARED, OWN, INITECH = (f"{name}.apps.googleusercontent.com" for name in ("shared", "own", "initech"))
TAKEN, REFUSED = "provider_event.taken", "provider_event.refused"


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocialScene]:
    scene = SocialScene(tmp_path_factory.mktemp("events"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(social: SocialScene) -> SocialScene:
    social.reset()
    return social


def join(scene: SocialScene, connection: str, tenant: str = "acme", person: Person | None = None) -> Member:
    """Somebody who is signed in, and new unless they are named."""
    issuer = scene.issuers[tenant, connection]
    issuer.person = person or issuer.person
    tried = scene.accepts(connection, tenant)
    return Member(scene, tried.browser, issuer.person, tenant)


def ended(member: Member) -> float:
    """How long after now the session is no longer good, in seconds."""
    start = time.monotonic()
    eventually(lambda: not member.is_signed_in(), "the session is ended", within=5, every=0.02)
    return time.monotonic() - start


def untouched(told: Told) -> bool:
    return told.before.counts == told.after.counts


# Facebook: rows 95 and 96.


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


# Apple: row 97.

SERVICES_ID = "com.acme.signin"


def tell_apple(scene: SocialScene, payload: str) -> Told:
    body = jose.compact_json({"payload": payload})
    return scene.tell("/auth/acme/apple/events/notifications", body, {"Content-Type": "application/json"})


def notice(kind: str, sub: str) -> dict[str, Any]:
    return {"type": kind, "sub": sub, "event_time": int(time.time() * 1000)}


@pytest.mark.parametrize("kind", ["consent-revoked", "account-delete", "account-deleted"])
@pytest.mark.parametrize("as_text", [True, False], ids=["as a text", "as an object"])
def test_row_097_a_good_notification_ends_it(scene: SocialScene, kind: str, as_text: bool) -> None:
    member = join(scene, "apple")
    event = notice(kind, member.person.sub)
    draft = scene.apple.notification(SERVICES_ID, event, **({} if as_text else {"events": event}))
    told = tell_apple(scene, draft.signed())
    assert told.status == 200 and [k for k, _ in told.audit] == [TAKEN]
    assert told.after.of("person_identities") == told.before.of("person_identities") - 1
    assert ended(member) < 5
    scene.check_nothing_of([member.person.sub, member.person.email], told.response)


@pytest.mark.parametrize("kind", ["email-disabled", "email-enabled", "something-new", "x" * 5000])
def test_row_097_other_notifications_leave_people_in(scene: SocialScene, kind: str) -> None:
    member = join(scene, "apple")
    told = tell_apple(scene, scene.apple.notification(SERVICES_ID, notice(kind, member.person.sub)).signed())
    assert told.status == 200 and untouched(told) and len(told.audit) == 1
    assert member.is_signed_in()


APPLE_REFUSALS: dict[str, tuple[Callable[[Draft], str], str]] = {
    "one bit": (lambda d: d.with_signature(jose.flipped), "signature_wrong"),
    "a stranger's key": (lambda d: d.signed(jose.stranger()), "signature_wrong"),
    "algorithm none": (lambda d: d.unsigned("none"), "algorithm_refused"),
    "a shared secret": (lambda d: d.by_shared_secret(b"secret"), "algorithm_refused"),
    "an unknown key": (lambda d: d.with_header(kid="nobody's").signed(), "key_unknown"),
    "its own key": (lambda d: d.with_header(jwk=jose.public(jose.stranger())).signed(), "header_refused"),
    "another aud": (lambda d: d.with_claims(aud="com.evil.signin").signed(), "audience_wrong"),
    "no aud": (lambda d: d.with_claims(aud=ABSENT).signed(), "audience_wrong"),
    "an empty aud": (lambda d: d.with_claims(aud=[]).signed(), "audience_wrong"),
    "another iss": (lambda d: d.with_claims(iss=f"{APPLE}/").signed(), "issuer_wrong"),
    "Google's iss": (lambda d: d.with_claims(iss=GOOGLE).signed(), "issuer_wrong"),
    "expired": (lambda d: d.with_claims(exp=int(time.time()) - 3600).signed(), "expired"),
    "of the future": (lambda d: d.with_claims(iat=int(time.time()) + 3600).signed(), "issued_at_wrong"),
    "an ID token": (lambda d: d.with_claims(events=ABSENT, sub="x", nonce="x").signed(), "malformed"),
    "no jti": (lambda d: d.with_claims(jti=ABSENT).signed(), "malformed"),
    "events that are no JSON": (lambda d: d.with_claims(events="{").signed(), "malformed"),
    "events as a list": (lambda d: d.with_claims(events=[d.claims["events"]]).signed(), "malformed"),
    "events without a type": (lambda d: d.with_claims(events="{}").signed(), "malformed"),
}


@pytest.mark.parametrize("spoil, reason", APPLE_REFUSALS.values(), ids=APPLE_REFUSALS)
def test_row_097_a_notification_that_apple_never_sent(
    scene: SocialScene, spoil: Callable[[Draft], str], reason: str
) -> None:
    member = join(scene, "apple")
    draft = scene.apple.notification(SERVICES_ID, notice("account-delete", member.person.sub))
    payload = spoil(draft)
    told = tell_apple(scene, payload)
    scene.check_refused(told, reason, "apple", [payload, member.person.sub], 400)
    assert member.is_signed_in()


@pytest.mark.parametrize("body, status", [
    (b"", 401), (b"{", 400), (b"{}", 400), (b"[]", 400), (b'{"payload":7}', 400), (b'{"payload":"a.b"}', 400),
    (b'{"payload":"..."}', 400), (b'{"payload":".."}', 400), (b"payload=a.b.c", 400), (b"\xff\xfe", 400),
    (b'{"payload":"' + b"a.b." * 20_000 + b'"}', 400),
])  # fmt: skip
def test_row_097_a_body_that_holds_no_notification(scene: SocialScene, body: bytes, status: int) -> None:
    told = scene.tell("/auth/acme/apple/events/notifications", body)
    assert told.status == status and [kind for kind, _ in told.audit] == [REFUSED] and untouched(told)


def test_row_097_a_replayed_notification_does_nothing_again(scene: SocialScene) -> None:
    member = join(scene, "apple")
    payload = scene.apple.notification(SERVICES_ID, notice("consent-revoked", member.person.sub)).signed()
    assert len(tell_apple(scene, payload).audit) == 1
    back = join(scene, "apple", person=member.person)
    again = tell_apple(scene, payload)
    assert again.status == 200 and again.audit == [] and untouched(again) and back.is_signed_in()


def test_row_097_a_notification_of_somebody_unknown(scene: SocialScene) -> None:
    told = tell_apple(scene, scene.apple.notification(SERVICES_ID, notice("account-delete", digits())).signed())
    assert told.status == 200 and untouched(told) and told.audit == [(TAKEN, "account_deleted")]


# Google: rows 98 and 99.


def tell_google(
    scene: SocialScene, token: str, tenant: str = "acme", connection: str = "google", seen_at: str | None = None
) -> Told:
    headers = {"Content-Type": "application/secevent+jwt"}
    return scene.tell(f"/auth/{tenant}/{connection}/events/risc", token, headers, seen_at or tenant)


SESSIONS = f"{RISC}sessions-revoked"


@pytest.mark.parametrize("kind, reason", [
    (SESSIONS, "sessions_revoked"),
    (f"{RISC}account-credential-change-required", "sessions_revoked"),
    (f"{OAUTH}tokens-revoked", "tokens_revoked"),
    (f"{RISC}account-disabled", "account_disabled"),
    (f"{RISC}account-purged", "account_deleted"),
])  # fmt: skip
def test_row_098_a_token_without_an_expiry_ends_sessions(
    scene: SocialScene, kind: str, reason: str, record_property: Callable[[str, object], None]
) -> None:
    member = join(scene, "google")
    draft = risc(scene.google, SHARED, kind, member.person.sub)
    assert "exp" not in draft.claims
    told = tell_google(scene, draft.signed())
    assert told.status == 202 and told.audit == [(TAKEN, reason)], told.response.text
    seconds = ended(member)
    record_property("seconds_until_ended", round(seconds, 3))
    assert seconds < 5
    scene.check_nothing_of([member.person.sub, member.person.email, draft.signed()], told.response)


@pytest.mark.parametrize("change", [{"typ": "secevent+jwt"}, {"typ": "application/secevent+jwt"}, {"typ": "JWT"}, {}])
@pytest.mark.parametrize("audience", [SHARED, [SHARED], ["another", SHARED]])
def test_row_098_the_forms_that_a_good_token_has(scene: SocialScene, change: dict[str, str], audience: Any) -> None:
    member = join(scene, "google")
    draft = risc(scene.google, audience, SESSIONS, member.person.sub).with_header(**change)
    assert tell_google(scene, draft.signed()).status == 202
    assert not member.is_signed_in()


RISC_REFUSALS: dict[str, tuple[Callable[[Draft], str], str]] = {
    "an issuer without its slash": (lambda d: d.with_claims(iss=GOOGLE).signed(), "issuer_wrong"),
    "an issuer without its scheme": (lambda d: d.with_claims(iss="accounts.google.com/").signed(), "issuer_wrong"),
    "two slashes": (lambda d: d.with_claims(iss=f"{GOOGLE}//").signed(), "issuer_wrong"),
    "no issuer": (lambda d: d.with_claims(iss=ABSENT).signed(), "issuer_wrong"),
    "others in aud": (lambda d: d.with_claims(aud=[OWN, INITECH, "x"]).signed(), "audience_wrong"),
    "our aud beside a number": (lambda d: d.with_claims(aud=[SHARED, 7]).signed(), "audience_wrong"),
    "nobody in aud": (lambda d: d.with_claims(aud=[]).signed(), "audience_wrong"),
    "no aud": (lambda d: d.with_claims(aud=ABSENT).signed(), "audience_wrong"),
    "aud as a part": (lambda d: d.with_claims(aud=SHARED[:-1]).signed(), "audience_wrong"),
    "an expiry that is past": (lambda d: d.with_claims(exp=int(time.time()) - 3600).signed(), "expired"),
    "one bit": (lambda d: d.with_signature(jose.flipped), "signature_wrong"),
    "no signature": (lambda d: d.unsigned("none"), "malformed"),
    "algorithm none": (lambda d: d.unsigned("none") + "AAAA", "algorithm_refused"),
    "a shared secret": (lambda d: d.by_shared_secret(b"x"), "algorithm_refused"),
    "a type of its own": (lambda d: d.with_header(typ="at+jwt").signed(), "token_of_other_kind"),
    "no events": (lambda d: d.with_claims(events={}).signed(), "malformed"),
    "an ID token": (lambda d: d.with_claims(events=ABSENT).signed(), "malformed"),
    "no jti": (lambda d: d.with_claims(jti=ABSENT).signed(), "malformed"),
}


@pytest.mark.parametrize("spoil, reason", RISC_REFUSALS.values(), ids=RISC_REFUSALS)
def test_row_098_a_token_that_google_never_sent(
    scene: SocialScene, spoil: Callable[[Draft], str], reason: str
) -> None:
    member = join(scene, "google")
    token = spoil(risc(scene.google, SHARED, SESSIONS, member.person.sub))
    told = tell_google(scene, token)
    scene.check_refused(told, reason, "google", [token, member.person.sub], 400)
    assert member.is_signed_in() and scene.openid.strays == []


@pytest.mark.parametrize("subject", [
    {"subject_type": "iss-sub", "iss": "https://evil.example/"}, {"subject_type": "email", "iss": f"{GOOGLE}/"},
    {"subject_type": "iss-sub"}, {"iss": f"{GOOGLE}/"},
])  # fmt: skip
def test_row_098_the_account_of_another_issuer_is_nobodys_here(scene: SocialScene, subject: dict[str, str]) -> None:
    member = join(scene, "google")
    told_of = subject | {"sub": member.person.sub, "email": member.person.email}
    token = risc(scene.google, SHARED, SESSIONS, None, events={SESSIONS: {"subject": told_of}}).signed()
    told = tell_google(scene, token)
    assert told.status == 202 and untouched(told) and member.is_signed_in()


@pytest.mark.parametrize("kind", [f"{RISC}brand-new", "https://evil.example/x", SESSIONS.replace("/risc/", "/other/")])
def test_row_098_an_unknown_event_is_taken_and_does_nothing(scene: SocialScene, kind: str) -> None:
    member = join(scene, "google")
    told = tell_google(scene, risc(scene.google, SHARED, kind, member.person.sub).signed())
    assert told.status == 202 and told.audit == [(TAKEN, "unknown")] and untouched(told) and member.is_signed_in()


def test_row_098_a_verification_is_told_in_the_audit_alone(scene: SocialScene) -> None:
    state = f"state {digits()}"
    events = {f"{RISC}verification": {"state": state}}
    told = tell_google(scene, risc(scene.google, SHARED, "x", None, events=events).signed())
    assert told.status == 202 and told.audit == [(TAKEN, "verification")] and untouched(told)
    scene.check_nothing_of([state], told.response)


def test_row_098_a_replayed_token_does_nothing_again(scene: SocialScene) -> None:
    member = join(scene, "google")
    token = risc(scene.google, SHARED, SESSIONS, member.person.sub).signed()
    assert len(tell_google(scene, token).audit) == 1
    again = scene.accepts("google", new=False)
    told = tell_google(scene, token)
    assert told.status == 202 and told.audit == [] and untouched(told)
    assert Member(scene, again.browser, member.person).is_signed_in()


def test_row_098_somebody_unknown(scene: SocialScene) -> None:
    told = tell_google(scene, risc(scene.google, SHARED, SESSIONS, digits()).signed())
    assert told.status == 202 and told.audit == [(TAKEN, "sessions_revoked")] and untouched(told)


def test_row_098_a_disabled_account_stays_out_until_it_is_enabled(scene: SocialScene) -> None:
    member = join(scene, "google")
    tell_google(scene, risc(scene.google, SHARED, f"{RISC}account-disabled", member.person.sub).signed())
    scene.refuses("identity_disabled", "google")
    tell_google(scene, risc(scene.google, SHARED, f"{RISC}account-enabled", member.person.sub).signed())
    scene.accepts("google", new=False)


def everywhere(scene: SocialScene) -> dict[str, Member]:
    """The same account of Google, at all tenants and by all their clients."""
    person = scene.google.person
    members = {tenant: join(scene, "google", tenant, person) for tenant in ("acme", "globex", "initech")}
    own = scene.accepts("own", new=False)
    return members | {"own": Member(scene, own.browser, person)}


def signed_in(members: dict[str, Member]) -> list[str]:
    return [name for name, member in members.items() if member.is_signed_in()]


@pytest.mark.parametrize("address", ["acme", "globex"])
@pytest.mark.parametrize("audience", [SHARED, [SHARED, INITECH, OWN]], ids=["ours", "ours among others"])
def test_row_099_an_app_of_the_operator_tells_each_tenant_that_shares_it(
    scene: SocialScene, address: str, audience: Any, record_property: Callable[[str, object], None]
) -> None:
    """Sessions go with the identity that they began with: at acme also those of `own`, which is the same account."""
    members = everywhere(scene)
    before = {tenant: ledger.standing() for tenant, ledger in scene.ledgers.items()}
    token = risc(scene.google, audience, SESSIONS, scene.google.person.sub).signed()
    assert tell_google(scene, token, address).status == 202
    seconds = max(ended(members["acme"]), ended(members["globex"]))
    record_property("seconds_until_ended", round(seconds, 3))
    assert seconds < 5
    always(lambda: members["initech"].is_signed_in(), "the third tenant is not told", during=0.5)
    for tenant in ("acme", "globex"):
        taken = [(entry.kind, entry.reason) for entry in scene.ledgers[tenant].audit(before[tenant])]
        assert taken == [(TAKEN, "sessions_revoked")]
    assert scene.ledgers["initech"].standing() == before["initech"]


def test_row_099_a_client_of_a_tenants_own_tells_that_tenant_alone(scene: SocialScene) -> None:
    members = everywhere(scene)
    token = risc(scene.google, [OWN, SHARED, INITECH], SESSIONS, scene.google.person.sub).signed()
    assert tell_google(scene, token, "acme", "own").status == 202
    assert signed_in(members) == ["globex", "initech"]
    assert tell_google(scene, token, "initech").status == 202
    assert signed_in(members) == ["globex"]


@pytest.mark.parametrize("address, connection", [("acme", "google"), ("globex", "google"), ("acme", "own")])
def test_row_099_an_aud_that_is_not_of_the_address(scene: SocialScene, address: str, connection: str) -> None:
    members = everywhere(scene)
    token = risc(scene.google, INITECH, SESSIONS, scene.google.person.sub).signed()
    told = tell_google(scene, token, address, connection)
    scene.check_refused(told, "audience_wrong", connection, [token], 400)
    assert len(signed_in(members)) == 4


def test_row_099_a_tenant_who_names_the_operators_client_tells_nobody_else(scene: SocialScene) -> None:
    """With keys of its own a tenant can sign what it likes, for itself."""
    members = everywhere(scene)
    token = risc(scene.elsewhere, SHARED, SESSIONS, scene.google.person.sub).signed()
    assert tell_google(scene, token, "initech", "forged").status == 202
    assert {"acme", "globex", "own"} <= set(signed_in(members))
    told = tell_google(scene, token)
    scene.check_refused(told, "key_unknown", "google", [token], 400)


def test_refusals_of_events_have_codes_of_one_spelling(scene: SocialScene) -> None:
    """The audit's codes are words with underscores, whoever refused."""
    told = scene.tell("/auth/acme/facebook/events/deletion", "signed_request=x.y")
    assert told.audit == [(REFUSED, "signature_missing")]


# Everything else that can be sent to where providers call back and tell.

PLACES = [
    "/auth/acme/google/callback", "/auth/acme/apple/callback", "/auth/acme/facebook/callback",
    "/auth/acme/shopify/callback", "/connect/acme/shop/callback", "/auth/acme/google/events/risc",
    "/auth/acme/apple/events/notifications", "/auth/acme/facebook/events/deletion",
    "/auth/acme/facebook/events/deauthorize", "/auth/acme/shopify/events/webhooks",
    "/connect/acme/shop/events/webhooks", "/connect/acme/shop/session-token", "/auth/acme/google/start",
    "/auth/acme/deletions/x", "/auth/acme/nobody/events/risc", "/auth/nobody/google/events/risc",
    "/auth/acme/google/events/x",
]  # fmt: skip
METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 300]
TYPES = [
    "application/x-www-form-urlencoded", "application/json", "application/secevent+jwt",
    "multipart/form-data; boundary=x", "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded, application/json", "", "\x01", "x" * 3000,
]  # fmt: skip
BODIES = [
    b"", b"\0", b"\0" * 10_000, b"\xff\xfe\xfd", b"a\xc3\x28=b", b"\xed\xa0\x80", b"%", b"%zz=%", b"%00=%00", b"=&=&=",
    b"&" * 9000, b"state=%ff", b"state=" + b"s" * 70_000, b"code=c&state=s&state=s", b"a=b&" * 15_000, b"[" * 200_000,
    b'{"a":' * 100_000, b'{"payload":' + b'"' * 9 + b"}", b'{"payload":"e30.e30.e30"}',
    b'{"payload":"' + b"a." * 30_000 + b'"}', b"e30.e30.", b"eyJhbGciOiJub25lIn0.e30.AAAA",
    b".".join([b"eyJhbGciOiJSUzI1NiJ9", b"eyJhdWQiOjFlOTk5OX0", b"AAAA"]), b"..", b"." * 70_000, b"signed_request=",
    b"signed_request=.", b"signed_request=AAAA.AAAA", b"signed_request=" + b"A" * 50_000 + b".e30",
    b'{"a":1e999999,"b":-0,"c":18446744073709551616}', b'{"a":"\\ud800"}', b'{"a":1,"a":2}', b"\x1f\x8b\x08\x00",
    b"x" * 3_000_000,
]  # fmt: skip
QUERIES = [
    "?", "?%", "?%00", "?%ff=%fe", "?state=%00&code=%0d%0aX:y", "?state=" + "s" * 7000,
    "?state[]=a&state[]=b&code[x]=y", "?error=" + "%3Cscript%3E" * 200, "?relay=x", "?relay=%00&relay=y",
    "?" + "&".join(f"a{n}=b" for n in range(900)), "?a=b?c=d#e", "?hmac=x&shop=%0a&timestamp=9e99&state=s&code=c",
    "?shop=a.myshopify.com&hmac=" + "0" * 64, "/", "/..%2f..", "//", "%00", ";a=b",
]  # fmt: skip
HEADERS = [
    "X-Shopify-Hmac-Sha256: x", "X-Shopify-Hmac-Sha256:", f"X-Shopify-Topic: {'t' * 6000}",
    "X-Shopify-Shop-Domain: \x80\xff", "Authorization: Bearer", "Authorization: Bearer " + "e30." * 1500,
    "Authorization: Bearer a\r\nAuthorization: Bearer b", "Cookie: comfile_tx-=; comfile_tx-=x; ;;=",
    "Content-Encoding: gzip", "Expect: 100-continue", "Content-Length: x", "Content-Length: -1",
    "Content-Length: 9\r\nContent-Length: 8", "Host: evil.example", "X-Forwarded-Host: evil.example",
    "Origin: null", "Content-Type: application/json\r\nContent-Type: text/plain",
    "A: " + "b" * 50_000, ": x", "no colon",
]  # fmt: skip


class Sender:
    """Sends bytes as they are, and takes what is answered."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, request: bytes) -> int | None:
        """The status, or nothing where the connection is closed without one."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT) as connection:
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                while b"\r\n" not in answer and (more := connection.recv(4096)):
                    answer += more
            except (ConnectionResetError, BrokenPipeError):
                pass
        status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        return int(status[1]) if status else None


def made(method: str, target: str, lines: list[str], body: bytes = b"") -> bytes:
    """A request, with a length and a host where the lines have none."""
    given = any(line.lower().startswith(("content-length", "transfer-encoding")) for line in lines)
    head = [f"{method} {target} HTTP/1.1", *lines, "Connection: close"]
    head += [] if any(line.lower().startswith("host:") for line in lines) else ["Host: 127.0.0.1"]
    head += [] if given else [f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def requests_to(place: str, chance: random.Random) -> Iterator[bytes]:
    form = f"Content-Type: {TYPES[0]}"
    yield from (made(method, place, [form], body) for method in METHODS for body in (b"", b"a=b"))
    yield from (made("POST", place, [f"Content-Type: {kind}"], b'{"a":"b"}') for kind in TYPES)
    yield from (made("POST", place, [form], body) for body in BODIES)
    yield from (made("POST", place, ["Content-Type: application/json"], body) for body in BODIES)
    yield from (made(method, place + query, [form]) for query in QUERIES for method in ("GET", "POST"))
    yield from (made("POST", place, [form, line], b'{"a":"b"}') for line in HEADERS)
    for _ in range(40):
        raw = chance.randbytes(chance.randrange(400))
        kind = f"Content-Type: {chance.choice(TYPES[:5])}"
        yield made(chance.choice(METHODS[:4]), f"{place}?{quote(raw)}", [kind], raw)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocialScene]:
    """A hub of its own: so many refusals are more than an audit keeps."""
    scene = SocialScene(tmp_path_factory.mktemp("malformed"))
    add_shops(scene)
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_sent_is_an_error_of_the_hub(target: SocialScene, place: str) -> None:
    """Some hundred requests that nobody should send: refused, and never 5xx."""
    target.news_of_log()
    before = {tenant: ledger.standing().counts for tenant, ledger in target.ledgers.items()}
    sender = Sender(target.configuration.port)
    seen: Counter[int | None] = Counter()
    wrong: list[tuple[int, bytes]] = []
    for request in requests_to(place, random.Random(place)):
        status = sender.ask(request)
        seen[status] += 1
        if status is not None and not 200 <= status < 500:
            wrong.append((status, request[:200]))
    assert wrong == []
    # What is no HTTP at all is closed without an answer, and nothing else is.
    assert sum(seen.values()) > 150 and seen[None] <= 12, seen
    assert sum(count for status, count in seen.items() if status and status >= 400) > 100, seen
    assert {tenant: ledger.standing().counts for tenant, ledger in target.ledgers.items()} == before
    log = target.news_of_log()
    assert "unforeseen" not in log and "Fatal" not in log
    assert target.hub.is_ready()


@pytest.mark.parametrize("place", PLACES[5:6] + PLACES[:1] + PLACES[12:13], ids=["event", "callback", "start"])
@pytest.mark.parametrize("line, body", [
    ("Content-Length: 900", b"a=b"), ("Transfer-Encoding: chunked", b"a=b"), ("Transfer-Encoding: chunked", b"9"),
    ("Transfer-Encoding: chunked", b"9\r\na=b"), ("Transfer-Encoding: gzip, chunked", b"a=b"),
    ("Content-Length: 99999999999999", b"a=b"),
], ids=["too short", "no chunk", "half a size", "half a chunk", "no chunk of gzip", "far too short"])  # fmt: skip
def test_a_body_that_breaks_off_is_no_error_of_the_hub(
    target: SocialScene, place: str, line: str, body: bytes
) -> None:
    """Whoever hangs up in the middle, or counts wrong: the request cannot be read, and nothing of ours failed."""
    target.news_of_log()
    status = Sender(target.configuration.port).ask(made("POST", place, [f"Content-Type: {TYPES[0]}", line], body))
    assert status is None or 400 <= status < 500
    assert "unforeseen" not in target.news_of_log()
