"""Rows 45, 53 to 55 and 57: how a sign-in begins, where it leads, and where people land."""

from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import requests

from signin.jose import ABSENT
from signin.scene import Scene


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
