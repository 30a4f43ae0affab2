"""Rows 10, 21 and 74 to 77: what Google, Apple and Facebook do in their own way, through a whole hub."""

import json
from collections.abc import Callable, Iterator

import pytest

from signin.hostile_provider import Form, Person, Reply
from signin.jose import ABSENT, Draft
from signin.people import Member
from signin.scene import Attempt
from signin.social import digits
from signin.social_scene import SocialScene


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocialScene]:
    scene = SocialScene(tmp_path_factory.mktemp("social"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(social: SocialScene) -> SocialScene:
    social.reset()
    return social


def claims(**changes: object) -> Callable[[Draft], str]:
    return lambda draft: draft.with_claims(**changes).signed()


def account(tried: Attempt, scene: SocialScene) -> str:
    """The account page of whoever came in."""
    page = Member(scene, tried.browser, tried.issuer.person).page()
    return page.text


def verified(scene: SocialScene, tenant: str = "acme") -> bool:
    """Whether the e-mail of the newest identity counts as the person's."""
    query = "SELECT is_email_verified FROM person_identities ORDER BY id DESC LIMIT 1"
    return bool(scene.ledgers[tenant].rows(query)[0][0])


# Google.


@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_row_010_both_spellings_of_googles_issuer_are_one(scene: SocialScene, issuer: str) -> None:
    scene.accepts("google", id_token=claims(iss=issuer))
    # The other spelling is the same person, not somebody new.
    scene.accepts("google", new=False)


@pytest.mark.parametrize("issuer", [
    "accounts.google.com.evil", "https://accounts.google.com.evil", "https://accounts.google.com/",
    "http://accounts.google.com", "https://accounts.google.com:443", "ACCOUNTS.GOOGLE.COM", "evil.accounts.google.com",
    "https://accounts.google.com@evil.example", " accounts.google.com", "accounts.google.com\n",
    ["accounts.google.com"], "", None, ABSENT,
])  # fmt: skip
def test_row_010_what_only_looks_like_googles_issuer(scene: SocialScene, issuer: object) -> None:
    tried = scene.refuses("issuer_wrong", "google", id_token=claims(iss=issuer))
    assert scene.openid.strays == [] and tried.issuer.counts["token"] == 1


# Apple.


def test_a_good_apple_sign_in(scene: SocialScene) -> None:
    """What the refusals differ from; the client's secret is a token that the provider checked."""
    tried = scene.accepts("apple")
    asked = tried.start.parameters
    assert asked["response_mode"] == "form_post" and asked["response_type"] == "code" and asked["nonce"]
    assert asked["scope"].split() == ["name", "email"]


@pytest.mark.parametrize("supported", [True, "true"])
@pytest.mark.parametrize("nonce", [ABSENT, "", "x", None, ["x"]])
def test_row_021_no_nonce_from_apple(scene: SocialScene, supported: object, nonce: object) -> None:
    scene.refuses("nonce_wrong", "apple", id_token=claims(nonce=nonce, nonce_supported=supported))


@pytest.mark.parametrize("supported", [False, "false", ABSENT])
def test_row_021_no_nonce_whatever_apple_says_of_it(scene: SocialScene, supported: object) -> None:
    """We always send one, so it always has to come back."""
    scene.refuses("nonce_wrong", "apple", id_token=claims(nonce=ABSENT, nonce_supported=supported))


@pytest.mark.parametrize("supported", [True, "true", False, ABSENT])
def test_row_021_a_good_nonce_is_enough(scene: SocialScene, supported: object) -> None:
    scene.accepts("apple", id_token=claims(nonce_supported=supported))


def user(first: str, last: str = "Quill", email: str = "attacker@evil.example") -> str:
    return json.dumps({"name": {"firstName": first, "lastName": last}, "email": email})


def test_row_074_the_name_beside_the_token_is_shown_and_its_address_is_not(scene: SocialScene) -> None:
    scene.apple.user = user("Robin")
    tried = scene.accepts("apple")
    text = account(tried, scene)
    assert "Robin Quill" in text and tried.issuer.person.email in text
    assert "attacker" not in text


def test_row_074_an_address_beside_a_token_without_one(scene: SocialScene) -> None:
    scene.apple.user = user("Robin")
    tried = scene.accepts("apple", id_token=claims(email=ABSENT))
    assert "attacker" not in account(tried, scene)
    assert not verified(scene)


def test_row_074_a_name_with_a_script(scene: SocialScene) -> None:
    scene.apple.user = user("<script>alert(1)</script>\r\nSet-Cookie: x=y", "\u202e\u0000Quill\u2066")
    tried = scene.accepts("apple")
    answer = tried.browser.get("/account/acme")
    assert "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text
    assert not any(sign in answer.text for sign in "\u202e\u2066\u0000")
    assert "x=y" not in str(tried.response.headers)


@pytest.mark.parametrize("text", [
    "", "{", "null", "[]", "7", '"Robin"', "{}", '{"name": "Robin"}', '{"name": {"firstName": 7, "lastName": ["Q"]}}',
    '{"name": {"firstName": "A"}, "name": {"firstName": "B"}}',
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "[" * 5000, "<script>alert(1)</script>", "\u0000",
])  # fmt: skip
def test_row_074_what_is_no_user_at_all_is_left_aside(scene: SocialScene, text: str) -> None:
    scene.apple.user = text
    tried = scene.accepts("apple")
    assert tried.issuer.person.email in account(tried, scene)


def test_row_074_a_user_as_large_as_a_form_may_be(scene: SocialScene) -> None:
    """The name of so large a text is not read; the person comes in."""
    scene.apple.user = user("R" * 40_000)
    tried = scene.accepts("apple")
    assert "RRR" not in account(tried, scene)


def test_row_074_a_user_of_100_kilobytes(scene: SocialScene) -> None:
    scene.apple.user = user("R" * 100_000)
    tried = scene.accepts("apple")
    assert "RRR" not in account(tried, scene)


def test_row_075_a_second_sign_in_without_a_name_keeps_the_first(scene: SocialScene) -> None:
    scene.apple.user = user("Robin")
    first = scene.accepts("apple")
    scene.apple.user = None
    second = scene.accepts("apple", new=False)
    assert "Robin Quill" in account(second, scene) and "Robin Quill" in account(first, scene)


@pytest.mark.parametrize("later", ["", "{}", '{"name": {"firstName": "", "lastName": " "}}'])
def test_row_075_an_empty_name_takes_none_away(scene: SocialScene, later: str) -> None:
    scene.apple.user = user("Robin")
    scene.accepts("apple")
    scene.apple.user = later
    assert "Robin Quill" in account(scene.accepts("apple", new=False), scene)


# Facebook.


def test_a_good_facebook_sign_in(scene: SocialScene) -> None:
    tried = scene.accepts("facebook")
    assert tried.issuer.counts == {"dialog": 1, "token": 2, "batch": 1, "me": 1}
    assert tried.issuer.person.email in account(tried, scene)
    assert not verified(scene), "Facebook says of no address whether it is the person's"


@pytest.mark.parametrize("app", ["1066000000000002", "", "0", None, 1066000000000002, ["1066000000000001"]])
def test_row_076_a_token_of_another_app(scene: SocialScene, app: object) -> None:
    scene.facebook.report = lambda said: said | {"app_id": app}
    tried = scene.refuses("token_of_other_app", "facebook")
    assert tried.issuer.counts["me"] == 0, "it was used for nothing"


def test_row_076_a_report_without_an_app(scene: SocialScene) -> None:
    scene.facebook.report = lambda said: {name: value for name, value in said.items() if name != "app_id"}
    scene.refuses("token_of_other_app", "facebook")


@pytest.mark.parametrize("change, reason", [
    ({"is_valid": False}, "provider_refused"),
    ({"is_valid": "true"}, "provider_refused"),
    ({"type": "APP"}, "token_of_other_kind"),
    ({"type": None}, "token_of_other_kind"),
    ({"user_id": digits()}, "subject_wrong"),
    ({"user_id": None}, "subject_wrong"),
])  # fmt: skip
def test_row_076_a_token_that_is_not_this_persons(scene: SocialScene, change: dict, reason: str) -> None:
    scene.facebook.report = lambda said: said | change
    scene.refuses(reason, "facebook")


def test_row_076_a_profile_of_somebody_else(scene: SocialScene) -> None:
    other = digits()
    scene.refuses("subject_wrong", "facebook", userinfo=lambda said: said | {"id": other})


def test_row_076_an_access_token_in_the_callback_is_not_taken(scene: SocialScene) -> None:
    """Row 78 at Facebook: only a code is exchanged, whatever else the browser brings."""
    taken = scene.accepts("facebook")
    token = next(token for token in scene.facebook.tokens if token.startswith("EAAG"))
    scene.facebook.person = Person(sub=digits())

    def instead(sent: Form) -> Form:
        return {"state": sent["state"], "access_token": token, "token": token, "signed_request": token}

    tried = scene.refuses("code_missing", "facebook", callback=instead)
    assert tried.issuer.counts["token"] == 2 and taken.browser.session_cookie


@pytest.mark.parametrize("email", [None, "", 7, "no address", "a@b@c.example", "a\uff20canary.example"])
def test_row_077_facebook_without_an_address(scene: SocialScene, email: object) -> None:
    """Somebody without an address is somebody all the same."""
    scene.facebook.person.email = ""
    tried = scene.accepts("facebook", userinfo=lambda said: said | ({} if email is None else {"email": email}))
    text = account(tried, scene)
    assert tried.issuer.person.name in text and "not known" in text
    assert not verified(scene)


def test_row_077_an_address_that_comes_later_is_shown_and_joins_nobody(scene: SocialScene) -> None:
    """The address of somebody who came in with Google: it finds nobody."""
    first = scene.accepts("google")
    address = scene.google.person.email
    scene.facebook.person.email = ""
    scene.accepts("facebook")
    scene.facebook.person.email = address
    second = scene.accepts("facebook", new=False)
    assert address in account(second, scene)
    assert "facebook" not in Member(scene, first.browser, first.issuer.person).page().text.split("Add another")[0]


def test_row_076_errors_of_the_graph_are_no_sign_in(scene: SocialScene) -> None:
    secret = scene.facebook.clients["1066000000000001"]
    body = {"error": {"message": f"echo {secret}", "type": "OAuthException", "code": 190}}
    scene.refuses("provider_refused", "facebook", userinfo=lambda said: Reply(400, body))
