"""The edges of roles and invitations: who may let somebody in, how often, and that an owner is always left."""

import re
import threading
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
import requests

from signin.browser import Form, Page
from signin.hostile_provider import Person
from signin.people import Member, accept_invitation, arrive, invite, member_as, owner, start_by
from signin.scene import Attempt, Scene

BELOW_ADMIN = ("viewer", "agent")
ACTIONS = ("/role", "/suspend", "/restore", "/remove", "/sessions/end", "/invite")


def role_of(scene: Scene, person: Person) -> str:
    """As they see it themselves, or as it stands in the store when they cannot."""
    number = arrive(scene, person, new=False).number
    return scene.ledgers["acme"].rows("SELECT role FROM people WHERE id = ?", number)[0][0]


def invitations(scene: Scene) -> int:
    return scene.ledgers["acme"].rows("SELECT COUNT(*) FROM invitations")[0][0]


def made_link(member: Member, role: str) -> str:
    """An invitation by one of the people."""
    answer = member.submit(member.page("/people").form_to("/invitations"), role=role)
    assert answer.headers["Location"].endswith("notice=invited"), f"{answer.status_code} {answer.text[:300]}"
    text = member.page("/people").text
    return next(word for word in text.split() if "/invitations?token=" in word)


def address_of(member: Member, person: Person) -> str:
    """Somebody's page, which may be one's own."""
    after: str | None = member.address("/people")
    while after:
        shown = member.browser.get(after)
        found = re.search(rf'href="([^"]+/people/[^"]+)">{re.escape(person.name)}<', shown.text)
        if found:
            return urljoin(shown.url, found.group(1))
        after = next((link for link in Page(shown.url, shown.text).links if "after=" in link), None)
    raise AssertionError("this person is not among the people")


def form_of(member: Member, person: Person, action: str) -> Form:
    address = address_of(member, person)
    forms = Page(address, member.browser.get(address).text).forms
    offered = [form for form in forms if form.action.endswith(action)]
    # What a page does not offer, as one's own suspension, can be posted all the same.
    return offered[0] if offered else Form(address + action, "post", {"proof": forms[0].fields["proof"]})


def act_on(member: Member, person: Person, action: str, **fields: str) -> requests.Response:
    """Presses a button on somebody's page."""
    return member.submit(form_of(member, person, action), **fields)


def finish(scene: Scene, tried: Attempt) -> Attempt:
    before = scene.ledgers["acme"].standing()
    tried.response = tried.browser.call_back(tried.callback)
    tried.entries = scene.ledgers["acme"].audit(before)
    return tried


# Who may.


@pytest.mark.parametrize("role", BELOW_ADMIN)
def test_people_are_no_business_of_a_viewer_or_an_agent(scene: Scene, role: str) -> None:
    """Neither the page nor what its forms would do, with a good proof from a page that they have."""
    member, victim, admin = member_as(scene, role), member_as(scene, "viewer"), owner(scene)
    assert member.browser.get("/account/acme/people").status_code == 403
    proof = member.page().form_to("/sign-out").fields
    before = invitations(scene), scene.ledgers["acme"].standing()
    answer = member.browser.post("/account/acme/invitations", proof | {"role": "viewer"})
    assert answer.status_code == 403
    address = address_of(admin, victim.person)
    assert member.browser.get(address).status_code == 403
    for action in ACTIONS:
        assert member.browser.post(address + action, proof | {"role": "owner"}).status_code == 403, action
    own = address_of(admin, member.person)
    assert member.browser.post(own + "/role", proof | {"role": "owner"}).status_code == 403
    assert (invitations(scene), scene.ledgers["acme"].standing()) == before
    assert role_of(scene, member.person) == role


def test_an_admin_neither_makes_nor_touches_an_owner(scene: Scene) -> None:
    above, admin = owner(scene), member_as(scene, "admin")
    form = admin.page("/people").form_to("/invitations")
    before = invitations(scene), scene.ledgers["acme"].standing()
    assert admin.submit(form, role="owner").status_code == 403
    address = address_of(admin, above.person)
    for action in ACTIONS:
        assert admin.browser.post(address + action, form.fields | {"role": "viewer"}).status_code == 403, action
    own = address_of(admin, admin.person)
    assert admin.browser.post(own + "/role", form.fields | {"role": "owner"}).status_code == 403
    assert (invitations(scene), scene.ledgers["acme"].standing()) == before
    assert above.is_signed_in() and role_of(scene, above.person) == "owner"
    assert role_of(scene, admin.person) == "admin"


def test_an_owner_of_another_tenant_is_a_stranger(scene: Scene) -> None:
    stranger, victim, admin = owner(scene, "globex"), member_as(scene, "viewer"), owner(scene)
    proof = stranger.page().form_to("/sign-out").fields
    id = address_of(admin, victim.person).rpartition("/")[2]
    for action in ACTIONS:
        answer = stranger.browser.post(f"/account/globex/people/{id}{action}", proof | {"role": "owner"})
        assert answer.status_code == 404, f"{action}: {answer.status_code}"
        assert stranger.browser.post(f"/account/acme/people/{id}{action}", proof).status_code in (401, 403)
    assert victim.is_signed_in() and role_of(scene, victim.person) == "viewer"


def test_a_role_that_is_lowered_counts_at_once(scene: Scene) -> None:
    """In sessions that are open, and for invitations that were made with it."""
    admin, above = member_as(scene, "admin"), owner(scene)
    link = made_link(admin, "admin")
    assert act_on(above, admin.person, "/role", role="agent").status_code == 303
    assert admin.browser.get("/account/acme/people").status_code == 403
    assert scene.browser().get(link).status_code == 404


# Invitations.


def test_an_invitation_lets_one_person_in(scene: Scene) -> None:
    """Looked at as often as one likes, used once; others who are under way with it come too late."""
    link = invite(scene, "admin")
    for _ in range(3):
        assert scene.browser().get(link).status_code == 200
    waiting = scene.browser()
    page = accept_invitation(waiting, link)
    first, second = start_by(scene, link), start_by(scene, link)
    assert finish(scene, first).status == 303 and first.browser.session_cookie
    before = scene.ledgers["acme"].standing()
    finish(scene, second)
    scene.check_refusal(second, "invitation_lapsed")
    assert second.status == 403
    assert scene.browser().get(link).status_code == 404
    form = page.form_to("/staff/start")
    answer = waiting.post(form.action, form.fields)
    assert answer.status_code == 403 and "Location" not in answer.headers
    assert scene.ledgers["acme"].standing().counts == before.counts


def test_an_invitation_that_many_use_at_once_lets_one_in(scene: Scene) -> None:
    link = invite(scene, "admin")
    many = [start_by(scene, link) for _ in range(6)]
    before = scene.ledgers["acme"].standing()
    threads = [
        threading.Thread(target=lambda one=one: setattr(one, "response", one.browser.call_back(one.callback)))
        for one in many
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status for one in many) == [303] + [403] * 5
    after = scene.ledgers["acme"].standing()
    assert after.of("people") == before.of("people") + 1 and after.of("sessions") == before.of("sessions") + 1
    told = [entry.reason for entry in scene.ledgers["acme"].audit(before) if entry.kind == "sign_in.refused"]
    assert told == ["invitation_lapsed"] * 5


def test_an_invitation_of_another_tenant_is_none(scene: Scene) -> None:
    """Neither at its own address nor in the place of a cookie of this tenant."""
    link = invite(scene, "owner", "globex")
    assert scene.browser().get(link.replace("/auth/globex/", "/auth/acme/")).status_code == 404
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/closed/start")
    cookie = "comfile_invitation-acme"
    browser.session.cookies.set(cookie, link.rpartition("token=")[2], domain="127.0.0.1", path="/")
    before = scene.ledgers["acme"].standing()
    answer = browser.post(form.action, form.fields)
    assert answer.status_code == 403 and "Location" not in answer.headers
    assert [entry.reason for entry in scene.ledgers["acme"].audit(before)] == ["invitation_lapsed"]
    assert scene.browser("globex").get(link).status_code == 200, "where it belongs it is still good"


def withdraw(above: Member, inviter: Member, link: str) -> None:
    forms = [form for form in inviter.page("/people").forms if form.action.endswith("/revoke")]
    assert inviter.submit(forms[0]).status_code == 303


ENDS: dict[str, Callable[[Member, Member, str], object]] = {
    "withdrawn": withdraw,
    "its inviter demoted": lambda above, inviter, link: act_on(above, inviter.person, "/role", role="viewer"),
    "its inviter suspended": lambda above, inviter, link: act_on(above, inviter.person, "/suspend"),
    "its inviter removed": lambda above, inviter, link: act_on(above, inviter.person, "/remove"),
}


@pytest.mark.parametrize("what", ENDS)
def test_an_invitation_that_ends_while_somebody_is_at_the_provider(scene: Scene, what: str) -> None:
    above, inviter = owner(scene), member_as(scene, "admin")
    link = made_link(inviter, "agent")
    tried = start_by(scene, link)
    ENDS[what](above, inviter, link)
    before = scene.ledgers["acme"].standing()
    finish(scene, tried)
    scene.check_refusal(tried, "invitation_lapsed")
    assert scene.ledgers["acme"].standing().counts == before.counts
    assert scene.browser().get(link).status_code == 404


def test_an_invitation_changes_nobodys_role(scene: Scene) -> None:
    """Who is one of the people already comes in as who they are, and the link stays for whom it is for."""
    viewer = member_as(scene, "viewer")
    link = invite(scene, "owner")
    tried = start_by(scene, link)
    scene.main.person = viewer.person
    tried.callback = tried.browser.authorize(tried.start)
    assert finish(scene, tried).status == 303
    assert role_of(scene, viewer.person) == "viewer"
    assert scene.browser().get(link).status_code == 200


def test_an_invitation_after_three_days(own: Scene) -> None:
    """The hub comes up again with a clock that stands a little more than that ahead."""
    from harness.preload import COMPILER, ShiftedClock

    if COMPILER is None:
        pytest.skip("no C compiler for the shifted clock")
    own.start()
    link = invite(own, "owner")
    own.hub.kill()
    own.hub.launch(**ShiftedClock(own.folder).environment(3 * 86_400 + 60))
    own.hub.wait_ready()
    before = own.ledgers["acme"].standing()
    answer = own.browser().get(link)
    assert answer.status_code == 404 and "lapsed" in answer.text
    browser = own.browser()
    form = browser.sign_in_page().form_to("/closed/start")
    token = link.rpartition("token=")[2]
    browser.session.cookies.set("comfile_invitation-acme", token, domain="127.0.0.1", path="/")
    assert browser.post(form.action, form.fields).status_code == 403
    assert own.ledgers["acme"].standing().counts == before.counts


# Owners. In a hub of the test's own, where nobody else is one.


def test_the_last_owner_stays(own: Scene) -> None:
    """Neither by themselves, nor while the only other owner is suspended."""
    own.start()
    last, other = owner(own), owner(own)
    assert act_on(last, other.person, "/suspend").headers["Location"].endswith("notice=suspended")
    for action in ("/role", "/suspend", "/remove"):
        before = own.ledgers["acme"].standing()
        answer = act_on(last, last.person, action, role="admin")
        assert answer.headers["Location"].endswith("notice=last-owner"), action
        assert own.ledgers["acme"].standing() == before, "nor does the audit say that it was done"
    assert last.is_signed_in() and role_of(own, last.person) == "owner"
    assert act_on(last, other.person, "/restore").status_code == 303
    assert act_on(last, last.person, "/role", role="viewer").headers["Location"].endswith("notice=role-changed")
    assert role_of(own, last.person) == "viewer"


@pytest.mark.parametrize("action", ["/remove", "/suspend", "/role"])
def test_two_owners_who_put_one_another_out_at_once_leave_one(own: Scene, action: str) -> None:
    own.start()
    two = owner(own), owner(own)
    presses = [(member, form_of(member, other.person, action)) for member, other in (two, two[::-1])]
    answers: list[requests.Response] = []
    threads = [
        threading.Thread(target=lambda member=member, form=form: answers.append(member.submit(form, role="viewer")))
        for member, form in presses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2 and max(answer.status_code for answer in answers) < 500
    query = "SELECT COUNT(*) FROM people WHERE role = 'owner' AND state = 'active'"
    assert own.ledgers["acme"].rows(query) == [(1,)]
    left = [member for member in two if member.browser.get("/account/acme/people").status_code == 200]
    assert len(left) == 1, "and the one who is left knows it"
    assert act_on(left[0], left[0].person, "/remove").headers["Location"].endswith("notice=last-owner")
