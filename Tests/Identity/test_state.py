"""Rows 38 to 44, 62 and 63: whose sign-in a callback ends, and what half a sign-in is worth."""

import threading
from collections.abc import Callable

import pytest

from harness.preload import COMPILER, ShiftedClock
from signin.browser import Browser
from signin.hostile_provider import Mischief, Person
from signin.people import Member, join
from signin.scene import Attempt, Scene
from signin.tampering import callback


def reasons(scene: Scene, before, tenant: str = "acme") -> list[str | None]:
    return [entry.reason for entry in scene.ledgers[tenant].audit(before) if entry.kind.endswith(".refused")]


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


def test_row_043_a_way_back_after_ten_minutes(own: Scene) -> None:
    """The hub comes up again with a clock that stands eleven minutes ahead."""
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
