"""Rows 72, 73 and 78: what changes in between, tenants apart, and tokens that nobody asked for."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from harness.waiting import eventually
from signin.browser import Callback
from signin.hostile_provider import Person
from signin.jose import ABSENT, changed as changed_members
from signin.people import Member, arrive, join, member_as, owner
from signin.scene import Attempt, Scene
from signin.workspace import Workspace, running_workspace, workspace  # noqa: F401 - fixtures

# Row 72.


@contextmanager
def changed(scene: Scene, change: Callable[[Any], None]) -> Iterator[None]:
    """A configuration that is another one for a while, without a restart."""
    configuration = scene.configuration
    kept = copy.deepcopy(configuration.connections), list(configuration.tenants)
    change(configuration)
    reload(scene)
    try:
        yield
    finally:
        configuration.connections, configuration.tenants = kept
        reload(scene)


def reload(scene: Scene) -> None:
    scene.configuration.write(scene.hub.configuration_path)
    before = scene.hub.output().count("in force")
    scene.hub.reload()
    eventually(lambda: scene.hub.output().count("in force") > before, "the new configuration is in force")


def without_connection(configuration: Any) -> None:
    del configuration.connections["acme"]["staff"]


def without_tenant(configuration: Any) -> None:
    del configuration.connections["globex"]
    configuration.tenants = configuration.tenants[:1]


def borrowing(*names: str, **settings: Any) -> Callable[[Any], None]:
    """`staff` with these settings of `other`, and with those that are given."""

    def change(configuration: Any) -> None:
        named = configuration.connections["acme"]
        named["staff"] = changed_members(named["staff"], {name: named["other"][name] for name in names} | settings)

    return change


def test_row_072_a_connection_that_is_taken_out_in_between(workspace: Workspace) -> None:
    browser = workspace.browser()
    sent = browser.authorize(browser.start("staff"))
    before = workspace.ledgers["acme"].standing()
    with changed(workspace, without_connection):
        answer = browser.call_back(sent)
        assert 400 <= answer.status_code < 500 and browser.session_cookie is None
        assert workspace.main.counts["token"] == 0
    assert workspace.ledgers["acme"].standing().counts == before.counts


def test_row_072_a_connection_that_comes_back_does_not_bring_its_sign_ins_back(workspace: Workspace) -> None:
    """A callback spends its transaction whatever it says, and the audit has it."""
    browser = workspace.browser()
    sent = browser.authorize(browser.start("staff"))
    before = workspace.ledgers["acme"].standing()
    with changed(workspace, without_connection):
        browser.call_back(sent)
    refused = [(entry.kind, entry.reason) for entry in workspace.ledgers["acme"].audit(before)]
    again = browser.call_back(sent)
    assert 400 <= again.status_code < 500 and browser.session_cookie is None
    assert refused == [("sign_in.refused", "wrong_connection")]


def test_row_072_a_tenant_that_is_taken_out_in_between(workspace: Workspace) -> None:
    """Its pages are gone with it, and the other tenant is not disturbed."""
    browser = workspace.browser("globex")
    sent = browser.authorize(browser.start("staff"))
    member = join(workspace, "globex")
    neighbour = arrive(workspace, Person()).member
    asked = workspace.main.counts["token"]
    with changed(workspace, without_tenant):
        answer = browser.call_back(sent)
        assert answer.status_code == 404 and browser.session_cookie is None
        assert workspace.main.counts["token"] == asked
        assert member.browser.get("/account/globex").status_code == 404
        assert browser.get("/auth/globex").status_code == 404
        assert neighbour.is_signed_in()
        arrive(workspace, Person())
    assert member.is_signed_in(), "nothing of it was erased"


@pytest.mark.parametrize(
    "change, reason",
    [
        (borrowing(join=ABSENT), "not_invited"),
        (borrowing(algorithms=["ES256"]), "algorithm_refused"),
        (borrowing("client_secret"), "exchange_refused"),
        (borrowing("client_id"), "exchange_refused"),
    ],
    ids=["nobody joins any more", "other algorithms", "another secret", "another client"],
)
def test_row_072_what_is_forbidden_in_between_is_refused(
    workspace: Workspace, change: Callable[[Any], None], reason: str
) -> None:
    """What counts is the configuration at the callback."""
    tried = on_the_way(workspace, Person(), "staff")
    with changed(workspace, change):
        workspace.check_refusal(back(workspace, tried), reason)
        workspace.check_spent(tried)


def test_row_072_a_connection_that_leads_elsewhere_now(workspace: Workspace) -> None:
    """The code of the old provider, and its verifier, go to nobody."""
    browser, other = workspace.browser(), workspace.issuers["acme", "other"]
    sent = browser.authorize(browser.start("staff"))
    before = workspace.ledgers["acme"].standing()
    with changed(workspace, borrowing("issuer", "client_id", "client_secret")):
        answer = browser.call_back(sent)
    assert 400 <= answer.status_code < 500 and browser.session_cookie is None
    assert workspace.ledgers["acme"].standing().counts == before.counts
    assert [entry.reason for entry in workspace.ledgers["acme"].audit(before)] == ["issuer_wrong"]
    assert workspace.main.counts["token"] == 0 and other.counts["token"] == 0


def test_row_072_a_connection_that_stays_as_it_is(workspace: Workspace) -> None:
    """Accepted: something else changed meanwhile."""
    browser = workspace.browser()
    sent = browser.authorize(browser.start("staff"))
    with changed(workspace, lambda configuration: configuration.connections["acme"].pop("elliptic")):
        assert browser.call_back(sent).status_code == 303 and browser.session_cookie


def on_the_way(scene: Scene, person: Person, connection: str) -> Attempt:
    """Somebody who is at the provider; the audit is looked at from here on."""
    issuer = scene.issuers["acme", connection]
    issuer.person = person
    tried = Attempt(scene.browser(), connection, issuer)
    tried.start = tried.browser.start(connection)
    tried.callback = tried.browser.authorize(tried.start)
    return tried


def back(scene: Scene, tried: Attempt) -> Attempt:
    before = scene.ledgers["acme"].standing()
    tried.response = tried.browser.call_back(tried.callback)
    tried.entries = scene.ledgers["acme"].audit(before)
    assert scene.ledgers["acme"].standing().counts == before.counts
    return tried


@pytest.mark.parametrize("action, reason", [("/suspend", "person_suspended"), ("/remove", "not_invited")])
def test_row_072_a_person_who_is_put_out_in_between(scene: Scene, action: str, reason: str) -> None:
    admin, member = owner(scene), join(scene)
    tried = on_the_way(scene, member.person, "closed")
    assert admin.act_on(member.person, action).status_code == 303
    scene.check_refusal(back(scene, tried), reason)
    scene.check_spent(tried)


@pytest.mark.parametrize("action", ["/suspend", "/remove"])
def test_row_072_somebody_who_is_put_out_while_linking(scene: Scene, action: str) -> None:
    admin, member = owner(scene), join(scene)
    sent = member.browser.authorize(member.start_link("other"))
    assert admin.act_on(member.person, action).status_code == 303
    before = scene.ledgers["acme"].standing()
    assert 400 <= member.browser.call_back(sent).status_code < 500
    assert [entry.reason for entry in scene.ledgers["acme"].audit(before)] == ["wrong_session"]
    assert scene.ledgers["acme"].standing().counts == before.counts
    assert scene.issuers["acme", "other"].counts["token"] == 0


def test_row_072_an_admin_who_is_lowered_while_connecting_a_service(workspace: Workspace) -> None:
    above, admin = owner(workspace), member_as(workspace, "admin")
    issuer = workspace.issuers["acme", "archive"]
    sent = admin.browser.authorize(admin.browser.submit_start(admin.page("/services").form_to("/archive/start")))
    assert above.act_on(admin.person, "/role", role="agent").status_code == 303
    before = workspace.ledgers["acme"].standing()
    assert admin.browser.call_back(sent).status_code == 403
    told = [(entry.kind, entry.reason) for entry in workspace.ledgers["acme"].audit(before)]
    assert told == [("connect.refused", "forbidden")]
    assert workspace.ledgers["acme"].standing().counts == before.counts
    assert issuer.counts["token"] == 0


# Row 73.


@pytest.mark.parametrize("here, there", [("acme", "globex"), ("globex", "acme")])
@pytest.mark.parametrize("signed_in", [False, True], ids=["a stranger", "somebody of both"])
def test_row_073_a_sign_in_of_another_tenant(scene: Scene, here: str, there: str, signed_in: bool) -> None:
    """The same issuer, the same connection name, and all cookies of one browser for both: they stay apart."""
    browser = scene.browser(there)
    if signed_in:
        for tenant in (here, there):
            theirs = join(scene, tenant).browser
            browser.session.cookies.update(theirs.session.cookies)
    browser.sign_in_page(here)
    sent = browser.authorize(browser.start("staff"))
    asked = scene.main.counts["token"]
    before = {tenant: scene.ledgers[tenant].standing() for tenant in (here, there)}
    answer = browser.call_back(sent.to(sent.url.replace(f"/auth/{there}/", f"/auth/{here}/")))
    assert 400 <= answer.status_code < 500 and "Set-Cookie" not in answer.headers
    told = [(entry.kind, entry.reason) for entry in scene.ledgers[here].audit(before[here])]
    assert told == [("sign_in.refused", "state_unknown")]
    assert scene.ledgers[here].standing().counts == before[here].counts
    assert scene.ledgers[there].standing() == before[there], "a tenant's callback does nothing to another's sign-ins"
    assert scene.main.counts["token"] == asked
    assert browser.call_back(sent).status_code == 303, "where it belongs it still ends well"


@pytest.mark.parametrize("here, there", [("acme", "globex"), ("globex", "acme")])
def test_row_073_the_code_of_another_tenant(scene: Scene, here: str, there: str) -> None:
    """In a good sign-in of this one: it was given to another client, for another address."""
    other = scene.browser(there)
    code = other.authorize(other.start("staff")).values["code"]

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = tried.callback.with_pairs(code=code)

    scene.refuses("exchange_refused", tenant=here, tamper=tamper)


def test_row_073_a_link_that_begins_here_and_ends_there(scene: Scene) -> None:
    member, other = join(scene), join(scene, "globex")
    sent = member.browser.authorize(member.start_link("other"))
    other.browser.session.cookies.update(member.browser.session.cookies)
    before = scene.ledgers["globex"].standing()
    answer = other.browser.call_back(sent.to(sent.url.replace("/auth/acme/other/", "/auth/globex/staff/")))
    assert 400 <= answer.status_code < 500
    assert scene.ledgers["globex"].standing().counts == before.counts


# Row 78.


def stolen(scene: Scene) -> dict[str, str]:
    """What an application that somebody else signed in to has of them: good tokens, of the very issuer."""
    issuer = scene.accepts().issuer
    access = next(token for token in issuer.tokens if token.startswith("access-"))
    draft = issuer.draft(issuer._access[access], access, "")
    return {"access_token": access, "id_token": draft.signed(), "token_type": "Bearer", "expires_in": "3600"}


TAKEN = [["access_token"], ["id_token"], ["access_token", "id_token", "token_type", "expires_in"]]


@pytest.mark.parametrize("names", TAKEN, ids=",".join)
def test_row_078_a_token_in_the_place_of_a_code(scene: Scene, names: list[str]) -> None:
    tokens = stolen(scene)

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = tried.callback.with_pairs(code=None, **{name: tokens[name] for name in names})

    scene.main.reset()
    tried = scene.refuses("code_missing", tamper=tamper)
    assert tried.issuer.counts["token"] == tried.issuer.counts["userinfo"] == 0


@pytest.mark.parametrize("names", TAKEN, ids=",".join)
def test_row_078_a_token_without_a_sign_in(scene: Scene, names: list[str]) -> None:
    tokens = stolen(scene)
    browser = scene.browser()
    pairs = [(name, tokens[name]) for name in names]
    before = scene.ledgers["acme"].standing()
    for method in ("get", "post"):
        address = f"{scene.hub.url}/auth/acme/staff/callback"
        answer = browser.call_back(Callback(address, pairs, method))
        assert 400 <= answer.status_code < 500 and browser.session_cookie is None
    assert scene.ledgers["acme"].standing().counts == before.counts
    log = scene.news_of_log()
    assert not any(token in log for token in (tokens["access_token"], tokens["id_token"]))


@pytest.mark.parametrize("names", TAKEN, ids=",".join)
def test_row_078_a_token_in_a_form(scene: Scene, names: list[str]) -> None:
    """With the state of a good start."""
    tokens = stolen(scene)

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = tried.callback.with_pairs(code=None, **{name: tokens[name] for name in names})
        tried.callback.method = "post"

    scene.main.reset()
    tried = scene.refuses("wrong_method", tamper=tamper)
    assert tried.issuer.counts["token"] == tried.issuer.counts["userinfo"] == 0


def test_row_078_beside_a_good_code_a_token_counts_for_nothing(scene: Scene) -> None:
    """Whoever comes in is who the code is of."""
    tokens, victim = stolen(scene), scene.main.person

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = tried.callback.with_pairs(**tokens)

    scene.main.person = Person()
    tried = scene.accepts(tamper=tamper)
    text = Member(scene, tried.browser, scene.main.person).page().text
    assert scene.main.person.email in text and victim.email not in text


@pytest.mark.parametrize("name", ["access_token", "id_token"])
def test_row_078_a_token_of_the_provider_is_no_session_and_no_key(scene: Scene, name: str) -> None:
    token = stolen(scene)[name]
    browser = scene.browser()
    browser.session.cookies.set("comfile-acme", token, domain="127.0.0.1", path="/")
    assert browser.get("/account/acme").status_code == 303
    bearer = {"Authorization": f"Bearer {token}"}
    account = requests.get(f"{scene.hub.url}/account/acme", headers=bearer, allow_redirects=False, timeout=20)
    assert account.status_code == 303
    assert requests.get(f"{scene.hub.url}/api/v1/contacts", headers=bearer, timeout=20).status_code == 401
