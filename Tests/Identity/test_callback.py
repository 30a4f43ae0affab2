"""Rows 46, 49 to 52, 56 and 61: what a callback says, and everything that can be pushed into one."""

import html
from urllib.parse import urlencode

import pytest
import requests

from signin.browser import Callback
from signin.scene import Attempt, Scene
from signin.tampering import callback


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
        sent.url, urlencode(sent.pairs), headers=headers, cookies=browser.cookies(), allow_redirects=False, timeout=20
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


def test_row_052_a_person_who_turns_back_is_told_so_kindly(scene: Scene) -> None:
    """Of a query; that of a form is in HubServerTests, with the way of Apple's answer."""
    tamper = callback(lambda sent: sent.with_pairs(code=None, error="access_denied"))
    tried = scene.attempt(tamper=tamper)
    assert tried.status == 303 and tried.browser.session_cookie is None
    assert tried.response.headers["Location"].endswith("/auth/acme?notice=cancelled"), "there is a way to try again"
    assert [(entry.kind, entry.reason) for entry in tried.entries] == [("sign_in.refused", "cancelled")]
    scene.check_spent(tried)


def test_row_056_nothing_of_a_callback_goes_on_to_others(scene: Scene) -> None:
    """That codes are not logged is looked at in every refusal (Scene.check_silence)."""
    good, bad = scene.accepts(), scene.refuses("nonce_wrong", id_token=lambda d: d.with_claims(nonce="x").signed())
    for response in (good.response, bad.response, good.browser.get("/auth/acme")):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in bad.response.headers["Content-Security-Policy"]
    assert "http://" not in bad.response.text.replace("http://www.w3.org", ""), "a page that loads or links elsewhere"


@pytest.mark.parametrize(
    "query",
    [
        *("%zz", "code=%", "code=%e0%80%80&state=%ff", "state=%00", "=&=&=", "&&&", "state"),
        *("code=a&state=%f0%9f", "x" * 70_000),
    ],
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
    answer = requests.get(
        f"{scene.hub.url}/account/acme", headers={"Authorization": header}, timeout=20, allow_redirects=False
    )
    assert answer.status_code < 500 and answer.status_code != 200


@pytest.mark.parametrize("cookie", ["%zz", "a" * 5000, "é".encode().decode("latin-1"), '"', "=;=", "\x01"])
def test_row_061_cookies_that_cannot_be_read(scene: Scene, cookie: str) -> None:
    for name in ("comfile-acme", "comfile-csrf", "comfile-tx-x"):
        answer = requests.get(
            f"{scene.hub.url}/account/acme", headers={"Cookie": f"{name}={cookie}"}, timeout=20, allow_redirects=False
        )
        assert answer.status_code < 500 and answer.status_code != 200
