"""Rows 97 to 99: what Apple and Google tell of accounts, and what anybody else might tell in their place."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from harness.waiting import always
from signin import jose
from signin.events import REFUSED, TAKEN, ended, join, scene, social, untouched  # noqa: F401 - fixtures
from signin.jose import ABSENT, Draft
from signin.people import Member
from signin.social import APPLE, GOOGLE, OAUTH, RISC, digits, risc
from signin.social_scene import SocialScene, Told

SHARED, OWN, INITECH = (f"{name}.apps.googleusercontent.com" for name in ("shared", "own", "initech"))


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
