"""Rows 38 to 63: the way to the provider and back, and everything that can be pushed into it."""

import html
import threading
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
import requests

from signin.browser import Browser, Callback
from signin.hostile_provider import Mischief, Person, Reply
from signin.jose import ABSENT
from signin.people import Member, join
from signin.scene import Attempt, Scene


def callback(change: Callable[[Callback], Callback]) -> Callable[[Attempt], None]:
    """Changes what the browser carries back."""

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = change(tried.callback)

    return tamper


def reasons(scene: Scene, before, tenant: str = "acme") -> list[str | None]:
    return [entry.reason for entry in scene.ledgers[tenant].audit(before) if entry.kind.endswith(".refused")]


# State.


def test_row_038_no_state(scene: Scene) -> None:
    tried = scene.refuses("state_missing", spends=False, tamper=callback(lambda sent: sent.with_pairs(state=None)))
    assert tried.issuer.counts["token"] == 0


def test_row_038_an_empty_state(scene: Scene) -> None:
    scene.refuses("state_missing", spends=False, tamper=callback(lambda sent: sent.with_pairs(state="")))


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "A", lambda s: s.swapcase(), lambda s: "x" * 43, lambda s: s + "\0"]
)
def test_row_039_a_wrong_state(scene: Scene, change: Callable[[str], str]) -> None:
    tamper = callback(lambda sent: sent.with_pairs(state=change(sent.values["state"])))
    tried = scene.refuses("state_unknown", spends=False, tamper=tamper)
    assert tried.issuer.counts["token"] == 0


def test_row_039_the_state_of_another_browser(scene: Scene) -> None:
    other = scene.browser()
    theirs = other.authorize(other.start("staff"))

    def tamper(tried: Attempt) -> None:
        tried.callback = theirs

    tried = scene.attempt(tamper=tamper)
    scene.check_refusal(tried, "wrong_browser")
    assert tried.issuer.counts["token"] == 0
    # It was shown to somebody it is not for: whose it was cannot use it either.
    before = scene.ledgers["acme"].standing()
    assert 400 <= other.call_back(theirs).status_code < 500
    assert reasons(scene, before) == ["state_replayed"] and other.session_cookie is None


def test_row_039_a_link_that_ends_in_another_session(scene: Scene) -> None:
    """Somebody begins to link an identity and hands the way back to a colleague's browser, cookies and all."""
    mine, theirs = join(scene), join(scene, connection="other")
    start = mine.start_link("elliptic")
    sent = mine.browser.authorize(start)
    # The transaction's cookie goes along, the session is the colleague's.
    for cookie in mine.browser.session.cookies:
        if "tx" in cookie.name:
            theirs.browser.session.cookies.set_cookie(cookie)
    before = scene.ledgers["acme"].standing()
    assert 400 <= theirs.browser.call_back(sent).status_code < 500
    assert reasons(scene, before) == ["wrong_session"]
    assert scene.ledgers["acme"].standing().counts == before.counts


def test_row_039_a_link_after_signing_out(scene: Scene) -> None:
    member = join(scene)
    sent = member.browser.authorize(member.start_link("other"))
    member.submit(member.page().form_to("/sign-out"))
    before = scene.ledgers["acme"].standing()
    assert 400 <= member.browser.call_back(sent).status_code < 500
    assert reasons(scene, before) == ["wrong_session"]
    assert scene.ledgers["acme"].standing().of("person_identities") == before.of("person_identities")


def test_row_040_a_state_replayed_after_success(scene: Scene) -> None:
    tried = scene.accepts()
    before = scene.ledgers["acme"].standing()
    answer = tried.browser.call_back(tried.callback)
    assert 400 <= answer.status_code < 500
    assert reasons(scene, before) == ["state_replayed"]
    assert tried.issuer.counts["token"] == 1, "the code was sent once"


def test_row_040_a_state_replayed_by_two_at_once(scene: Scene) -> None:
    """Of many that come together, one gets in."""
    browser = scene.browser()
    sent = browser.authorize(browser.start("staff"))
    copies = [browser.copy() for _ in range(8)]
    answers: list[int] = []
    before = scene.ledgers["acme"].standing()
    threads = [
        threading.Thread(target=lambda copy=copy: answers.append(copy.call_back(sent).status_code)) for copy in copies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers)[0] in (302, 303) and sum(status < 400 for status in answers) == 1, answers
    assert max(answers) < 500
    assert reasons(scene, before) == ["state_replayed"] * 7
    assert scene.main.counts["token"] == 1


def test_row_041_the_state_of_one_provider_at_the_callback_of_another(scene: Scene) -> None:
    other = scene.issuers["acme", "other"]
    tamper = callback(lambda sent: sent.to(sent.url.replace("/staff/", "/other/")))
    before = scene.ledgers["acme"].standing()
    tried = scene.attempt(tamper=tamper)
    tried.connection = "other"
    scene.check_refusal(tried, "wrong_connection")
    assert other.counts["token"] == tried.issuer.counts["token"] == 0
    assert scene.ledgers["acme"].standing().counts == before.counts
    scene.check_spent(tried)


def test_row_042_two_tabs_at_once_both_get_in(scene: Scene) -> None:
    browser = scene.browser()
    first, second = browser.start("staff"), browser.start("other")
    ways = [browser.authorize(first), browser.authorize(second)]
    for sent in reversed(ways):
        answer = browser.call_back(sent)
        assert answer.status_code in (302, 303), answer.text[:300]
    assert browser.session_cookie


def test_row_042_two_tabs_of_one_provider_are_not_mixed(scene: Scene) -> None:
    """Each way back belongs to its own way there: people who change between the two are who they are."""
    browser = scene.browser()
    first_person, second_person = Person(), Person()
    first, second = browser.start("staff"), browser.start("staff")
    scene.main.person = first_person
    first_way = browser.authorize(first)
    scene.main.person = second_person
    second_way = browser.authorize(second)
    for sent, person in ((second_way, second_person), (first_way, first_person)):
        assert browser.call_back(sent).status_code in (302, 303)
        assert person.email in browser.get("/account/acme").text


def test_row_044_an_attackers_own_way_back_in_a_victims_browser(scene: Scene) -> None:
    """Login CSRF: the victim would be signed in as the attacker, and tell the attacker's account everything."""
    attacker, victim = scene.browser(), scene.browser()
    sent = attacker.authorize(attacker.start("staff"))
    victim.sign_in_page()
    before = scene.ledgers["acme"].standing()
    answer = victim.call_back(sent)
    assert 400 <= answer.status_code < 500 and victim.session_cookie is None
    assert reasons(scene, before) == ["wrong_browser"]
    assert scene.main.counts["token"] == 0


# The start.


def start_address(scene: Scene) -> str:
    return f"{scene.hub.url}/auth/acme/staff/start"


def test_row_045_a_start_by_get(scene: Scene) -> None:
    browser = scene.browser()
    browser.sign_in_page()
    before = scene.ledgers["acme"].standing()
    answer = browser.get(start_address(scene), cross_site=True)
    assert answer.status_code in (404, 405) and "Location" not in answer.headers
    assert scene.ledgers["acme"].standing() == before


@pytest.mark.parametrize("what", ["no proof", "wrong proof", "proof of another browser", "other origin", "null origin"])
def test_row_045_a_start_that_no_page_of_ours_sent(scene: Scene, what: str) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    proof = next(name for name, value in form.fields.items() if name in ("proof", "csrf"))
    fields, headers = dict(form.fields), {}
    match what:
        case "no proof":
            del fields[proof]
        case "wrong proof":
            fields[proof] = "x" * len(fields[proof])
        case "proof of another browser":
            fields = scene.browser().sign_in_page().form_to("/staff/start").fields
        case "other origin":
            headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        case "null origin":
            headers = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    before = scene.ledgers["acme"].standing()
    answer = browser.post(form.action, fields, **headers)
    assert answer.status_code == 403 and "Location" not in answer.headers, answer.status_code
    assert scene.ledgers["acme"].standing().open_transactions == before.open_transactions


def test_row_045_a_form_of_another_site_carries_no_cookie(scene: Scene) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    answer = browser.post(form.action, form.fields, cross_site=True)
    assert answer.status_code == 403 and "Location" not in answer.headers


# RFC 9207 and mix-ups.


def advertising(scene: Scene) -> str:
    name = scene.spare()
    scene.issuers["acme", name].advertises_callback_issuer = True
    return name


def test_row_046_a_callback_that_says_who_it_is_from_is_accepted(own: Scene) -> None:
    name = advertising(own)
    own.start()
    own.accepts(name)


@pytest.mark.parametrize("told", [None, "", "https://evil.example", "main"])
def test_row_046_a_callback_of_another_issuer(own: Scene, told: str | None) -> None:
    name = advertising(own)
    own.start()
    told = own.main.issuer if told == "main" else told
    tried = own.refuses("callback_issuer_wrong", name, tamper=callback(lambda sent: sent.with_pairs(iss=told)))
    assert tried.issuer.counts["token"] == 0


def test_row_046_a_wrong_issuer_counts_where_none_was_promised(scene: Scene) -> None:
    tamper = callback(lambda sent: sent.with_pairs(iss="https://evil.example"))
    scene.refuses("callback_issuer_wrong", tamper=tamper)


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


# Errors and doubles.

MARKUP = '"><script>alert(1)</script>\r\nSet-Cookie: comfile-acme=evil'


@pytest.mark.parametrize("error, reason", [
    ("access_denied", "cancelled"),
    ("server_error", "provider_refused"),
    ("", "provider_refused"),
    (MARKUP, "provider_refused"),
    ("e" * 3000, "provider_refused"),
])  # fmt: skip
@pytest.mark.parametrize("with_code", [True, False])
def test_row_049_an_error_counts_whatever_is_beside_it(
    scene: Scene, error: str, reason: str, with_code: bool
) -> None:
    def spoiled(sent: Callback) -> Callback:
        more = {} if with_code else {"code": None}
        return sent.with_pairs(error=error, error_description=MARKUP, error_uri="javascript:alert(1)", **more)

    tried = scene.refuses(reason, tamper=callback(spoiled))
    assert tried.issuer.counts["token"] == 0
    assert "<script" not in tried.response.text and "javascript:" not in tried.response.text
    assert "evil" not in str(tried.response.headers)
    assert html.escape(MARKUP) not in tried.response.text, "what others wrote is not shown at all"


@pytest.mark.parametrize("name", ["code", "state", "error", "iss", "anything"])
@pytest.mark.parametrize("same", [True, False], ids=["the same twice", "two values"])
def test_row_050_a_parameter_that_is_there_twice(scene: Scene, name: str, same: bool) -> None:
    def doubled(sent: Callback) -> Callback:
        value = sent.values.get(name, "x")
        pairs = [pair for pair in sent.pairs if pair[0] != name]
        return Callback(sent.url, [*pairs, (name, value), (name, value if same else "y")])

    tried = scene.refuses("doubled_parameter", spends=name != "state", tamper=callback(doubled))
    assert tried.issuer.counts["token"] == 0


def test_row_050_a_double_that_is_spelled_otherwise(scene: Scene) -> None:
    def tamper(tried: Attempt) -> None:
        query = urlencode(tried.callback.pairs) + "&co%64e=x"
        tried.callback = Callback(tried.callback.url + "?" + query + "&", [])

    scene.refuses("doubled_parameter", tamper=tamper)


def test_row_050_parameters_in_query_and_body(scene: Scene) -> None:
    """A form beside a query is no callback of ours, and its parameters are not mixed with the query's."""
    browser = scene.browser()
    sent = browser.authorize(browser.start("staff"))
    before = scene.ledgers["acme"].standing()
    answer = browser.post(f"{sent.url}?{urlencode(sent.pairs)}", dict(sent.pairs), cross_site=True)
    answer = browser.follow_relay(answer)
    assert 400 <= answer.status_code < 500 and browser.session_cookie is None
    assert scene.main.counts["token"] == 0
    assert scene.ledgers["acme"].standing().counts == before.counts


def test_row_051_a_form_where_a_query_is_expected(scene: Scene) -> None:
    def tamper(tried: Attempt) -> None:
        tried.callback.method = "post"

    tried = scene.attempt(tamper=tamper)
    assert 400 <= tried.status < 500 and tried.browser.session_cookie is None
    assert [entry.reason for entry in tried.entries] in (["wrong_method"], [])
    assert tried.issuer.counts["token"] == 0


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_row_051_a_body_of_another_kind(scene: Scene, kind: str) -> None:
    browser = scene.browser()
    sent = browser.authorize(browser.start("staff"))
    headers = {"Content-Type": kind} if kind else {}
    answer = requests.post(
        sent.url, data=urlencode(sent.pairs), headers=headers, cookies=browser.cookies(), allow_redirects=False, timeout=20
    )
    assert 400 <= answer.status_code < 500 and "comfile-acme=" not in answer.headers.get("Set-Cookie", "")
    assert scene.main.counts["token"] == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_row_051_other_methods(scene: Scene, method: str) -> None:
    browser = scene.browser()
    sent = browser.authorize(browser.start("staff"))
    answer = requests.request(
        method, f"{sent.url}?{urlencode(sent.pairs)}", cookies=browser.cookies(), allow_redirects=False, timeout=20
    )
    assert 400 <= answer.status_code < 500, answer.status_code
    assert scene.main.counts["token"] == 0


# Where people land.

EVIL = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "/%2f%2fevil.example",
    "%2f%2fevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://acme@evil.example/",
    "http://127.0.0.1:1/account/acme",
    "\thttps://evil.example",
    "java\rscript:alert(1)",
    "/account/acme/../../evil",
    "/account/acme//evil.example",
    "/account/acme/%2e%2e/globex",
    "/account/acme@evil.example",
    "/account/acmeevil",
    "/account/globex",
    "/auth/acme/staff/start",
    "/account/acme?next=//evil.example",
    "/account/acme/\r\nSet-Cookie: a=b",
    "",
    "x" * 5000,
]


@pytest.mark.parametrize("target", EVIL)
def test_row_053_a_target_elsewhere_becomes_the_usual_one(scene: Scene, target: str) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    start = browser.submit_start(form, return_to=target)
    assert "evil" not in start.url
    answer = browser.call_back(browser.authorize(start))
    assert answer.status_code in (302, 303)
    assert urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl() == "/account/acme"
    assert urlsplit(answer.headers["Location"]).netloc in ("", f"127.0.0.1:{scene.configuration.port}")
    assert "a=b" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("target", EVIL[:12])
def test_row_053_a_target_in_the_address_of_the_page_is_not_shown_either(scene: Scene, target: str) -> None:
    browser = scene.browser()
    answer = browser.get(f"/auth/acme?return_to={quote(target, safe='')}")
    assert answer.status_code == 200
    assert "evil.example" not in answer.text and "alert(1)" not in answer.text


def test_row_053_a_page_of_the_tenant_is_a_target(scene: Scene) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    answer = browser.call_back(browser.authorize(browser.submit_start(form, return_to="/account/acme/audit")))
    assert urlsplit(answer.headers["Location"]).path == "/account/acme/audit"


@pytest.mark.parametrize(
    "path",
    [
        "/auth/acme/staff/../staff/start",
        "/auth/acme/%73taff/start",
        "/auth/acme/staff/start/",
        "/auth/acme/Staff/start",
        "/auth/ACME/staff/start",
        "/auth/acme//staff/start",
        "/auth/acme/staff/%2e%2e/other/start",
        "/auth/acme/staff%2fstart",
        "/auth/acme/staff/start?redirect_uri=https://evil.example/",
    ],
)
def test_row_054_the_redirect_address_comes_from_the_configuration(scene: Scene, path: str) -> None:
    """A start at an odd address is no start, or one like any other: nothing of it gets into the redirect address."""
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    request = requests.Request(
        "POST", scene.hub.url, data=form.fields | {"redirect_uri": "https://evil.example/"}, cookies=browser.cookies(),
        headers={"Origin": scene.hub.url, "Sec-Fetch-Site": "same-origin"},
    ).prepare()  # fmt: skip
    request.url = scene.hub.url + path
    answer = requests.Session().send(request, allow_redirects=False, timeout=20)
    assert answer.status_code < 500
    if answer.status_code < 400:
        sent = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        assert sent["redirect_uri"] in (
            f"{scene.hub.url}/auth/acme/staff/callback",
            f"{scene.hub.url}/auth/acme/other/callback",
        )


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Original-Host": "evil.example", "X-Forwarded-Server": "evil.example", "X-Forwarded-Port": "1"},
        {"X-Original-URL": "/auth/globex/staff/start", "X-Rewrite-URL": "/auth/globex/staff/start"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_row_055_what_a_request_says_of_its_host_is_not_believed(scene: Scene, headers: dict[str, str]) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/staff/start")
    answer = requests.post(
        form.action, data=form.fields, cookies=browser.cookies(), allow_redirects=False, timeout=20,
        headers={"Origin": scene.hub.url, "Sec-Fetch-Site": "same-origin"} | headers,
    )  # fmt: skip
    page = requests.get(f"{scene.hub.url}/auth/acme", headers=headers, timeout=20, allow_redirects=False)
    assert "evil" not in page.text + str(page.headers)
    assert answer.status_code < 500 and "evil" not in answer.text + str(answer.headers)
    if answer.status_code < 400:
        sent = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        assert sent["redirect_uri"] == f"{scene.hub.url}/auth/acme/staff/callback"


def test_row_056_nothing_of_a_callback_goes_on_to_others(scene: Scene) -> None:
    """That codes are not logged is looked at in every refusal (Scene.check_silence)."""
    good, bad = scene.accepts(), scene.refuses("nonce_wrong", id_token=lambda d: d.with_claims(nonce="x").signed())
    for response in (good.response, bad.response, good.browser.get("/auth/acme")):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in bad.response.headers["Content-Security-Policy"]
    assert "http://" not in bad.response.text.replace("http://www.w3.org", ""), "a page that loads or links elsewhere"


@pytest.mark.parametrize("methods", [["plain"], [], ABSENT, ["plain", "S256"]], ids=repr)
def test_row_057_pkce_is_never_made_less(scene: Scene, methods: object) -> None:
    """Whatever the metadata says it can."""
    name = scene.spare()

    def spoiled(good: dict) -> dict:
        told = {key: value for key, value in good.items() if key != "code_challenge_methods_supported"}
        return told if methods is ABSENT else told | {"code_challenge_methods_supported": methods}

    tried = scene.accepts(name, discovery=spoiled)
    sent = tried.start.parameters
    assert sent["code_challenge_method"] == "S256" and len(sent["code_challenge"]) == 43


# The exchange.

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


def test_row_060_a_connection_that_lacks_its_secret_does_not_start(scene: Scene, tmp_path) -> None:
    import yaml

    from harness import hub

    tree = scene.configuration.tree()
    tree["tenants"]["acme"]["sign_in"]["staff"]["client_secret"] = "${env:NOBODY_SET_THIS}"
    path = tmp_path / "tenants.yaml"
    path.write_text(yaml.safe_dump(tree))
    checked = hub.run("check", path, environment=scene.configuration.environment)
    assert checked.returncode == 2, checked.stdout + checked.stderr
    assert "NOBODY_SET_THIS" in checked.stdout + checked.stderr


@pytest.mark.parametrize(
    "query",
    ["%zz", "code=%", "code=%e0%80%80&state=%ff", "state=%00", "=&=&=", "&&&", "state", "code=a&state=%f0%9f", "x" * 70_000],
    ids=lambda query: query[:20],
)
def test_row_061_queries_that_cannot_be_read(scene: Scene, query: str) -> None:
    browser = scene.browser()
    browser.start("staff")
    before = scene.ledgers["acme"].standing()
    answer = browser.get(f"{scene.hub.url}/auth/acme/staff/callback?{query}", cross_site=True)
    assert 400 <= answer.status_code < 500, answer.status_code
    assert scene.ledgers["acme"].standing().counts == before.counts
    assert scene.main.counts["token"] == 0


@pytest.mark.parametrize("header", ["Bearer %zz", "Basic !!!", "Bearer \x7f", "x" * 9000, "Cookie"])
def test_row_061_authorizations_that_cannot_be_read(scene: Scene, header: str) -> None:
    answer = requests.get(f"{scene.hub.url}/account/acme", headers={"Authorization": header}, timeout=20, allow_redirects=False)
    assert answer.status_code < 500 and answer.status_code != 200


@pytest.mark.parametrize("cookie", ["%zz", "a" * 5000, "é".encode().decode("latin-1"), '"', "=;=", "\x01"])
def test_row_061_cookies_that_cannot_be_read(scene: Scene, cookie: str) -> None:
    for name in ("comfile-acme", "comfile-csrf", "comfile-tx-x"):
        answer = requests.get(
            f"{scene.hub.url}/account/acme", headers={"Cookie": f"{name}={cookie}"}, timeout=20, allow_redirects=False
        )
        assert answer.status_code < 500 and answer.status_code != 200


def test_row_062_what_a_start_leaves_in_the_browser_is_no_session(scene: Scene) -> None:
    browser = scene.browser()
    start = browser.start("staff")
    values = [*browser.cookies().values(), start.state, start.parameters["nonce"], start.parameters["code_challenge"]]
    assert len(values) >= 4
    for value in values:
        other = scene.browser()
        other.session.cookies.set("comfile-acme", value, domain="127.0.0.1", path="/")
        answer = other.get("/account/acme")
        assert answer.status_code != 200, "a session was made of something else"


def test_row_062_a_session_is_no_start(scene: Scene) -> None:
    """The other way round: a session's token in the place of the transaction's."""
    member = join(scene)
    attacker = scene.browser()
    sent = attacker.authorize(attacker.start("staff"))
    names = [name for name in attacker.cookies() if "-tx" in name]
    for name in names:
        member.browser.session.cookies.set(name, member.browser.session_cookie, domain="127.0.0.1", path="/")
    before = scene.ledgers["acme"].standing()
    assert 400 <= member.browser.call_back(sent).status_code < 500
    assert reasons(scene, before) == ["wrong_browser"]


@pytest.mark.parametrize("path", ["", "/people", "/audit", "/keys", "/services"])
def test_row_063_no_step_can_be_left_out(scene: Scene, path: str) -> None:
    """Neither the account nor its pages open for somebody who is only half way in."""
    browser = scene.browser()
    browser.authorize(browser.start("staff"))
    answer = browser.get(f"/account/acme{path}")
    assert answer.status_code in (302, 303, 401)
    assert "Location" not in answer.headers or "/auth/acme" in answer.headers["Location"]


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_row_063_a_relay_that_nobody_left(scene: Scene, token: str) -> None:
    """The second half of a posted callback, without the first."""
    browser = scene.browser()
    browser.start("staff")
    for name in ("relay", "token", "form"):
        answer = browser.get(f"/auth/acme/staff/callback?{name}={token}")
        assert 400 <= answer.status_code < 500 and browser.session_cookie is None


def test_row_052_a_person_who_turns_back_is_told_so_kindly(scene: Scene) -> None:
    """Of a query; that of a form is with Apple's (test_apple.py)."""
    tamper = callback(lambda sent: sent.with_pairs(code=None, error="access_denied"))
    tried = scene.attempt(tamper=tamper)
    assert tried.status == 303 and tried.browser.session_cookie is None
    assert tried.response.headers["Location"].endswith("/auth/acme?notice=cancelled"), "there is a way to try again"
    assert [(entry.kind, entry.reason) for entry in tried.entries] == [("sign_in.refused", "cancelled")]
    scene.check_spent(tried)


def test_row_043_a_way_back_after_ten_minutes(own: Scene) -> None:
    """The hub comes up again with a clock that stands eleven minutes ahead."""
    from harness.preload import COMPILER, ShiftedClock

    if COMPILER is None:
        pytest.skip("no C compiler for the shifted clock")
    own.start()
    browser = own.browser()
    late = browser.authorize(browser.start("staff"))
    own.hub.kill()
    own.hub.launch(**ShiftedClock(own.folder).environment(11 * 60))
    own.hub.wait_ready()
    before = own.ledgers["acme"].standing()
    answer = browser.call_back(late)
    assert 400 <= answer.status_code < 500 and browser.session_cookie is None
    assert [entry.reason for entry in own.ledgers["acme"].audit(before)] == ["transaction_expired"]
    assert own.main.counts["token"] == 0
    assert "/auth/acme" in answer.text, "there is a way to try again"


def test_a_restart_in_between_is_no_harm(own: Scene) -> None:
    """What was begun before a kill can be ended after it."""
    own.start()
    browser = own.browser()
    sent = browser.authorize(browser.start("staff"))
    own.hub.kill()
    own.hub.launch()
    own.hub.wait_ready()
    assert browser.call_back(sent).status_code in (302, 303)
    assert Member(own, browser, own.main.person).is_signed_in()


def test_a_browser_without_cookies_gets_nowhere(scene: Scene) -> None:
    browser = scene.browser()
    sent = browser.authorize(browser.start("staff"))
    bare = Browser(scene.hub.url, "acme")
    before = scene.ledgers["acme"].standing()
    assert 400 <= bare.call_back(sent).status_code < 500
    assert reasons(scene, before) == ["wrong_browser"]
    assert scene.issuers["acme", "staff"].mischief == Mischief()
