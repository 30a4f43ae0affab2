"""The way back in: whoever has lost every way to sign in gets a link, and is the same person as before."""

import re

from signin.hostile_provider import Person
from signin.people import Member, accept_invitation, arrive, member_as, owner, start_by
from signin.scene import Attempt, Scene
from test_roles import act_on, address_of, finish


def way_back(admin: Member, person: Person) -> str:
    """Makes the link on somebody's page, where it is shown once."""
    assert act_on(admin, person, "/invite").headers["Location"].endswith("notice=invited")
    address = address_of(admin, person)
    link = re.search(r"http\S+/invitations\?token=[\w-]+", admin.browser.get(address).text)
    assert link, "the link is shown"
    assert link.group() not in admin.browser.get(address).text, "and only once"
    return link.group()


def number_of(scene: Scene, person: Person, connection: str = "staff") -> int:
    return arrive(scene, person, connection, new=False).number


def identities(scene: Scene) -> int:
    return scene.ledgers["acme"].rows("SELECT COUNT(*) FROM person_identities")[0][0]


def take(scene: Scene, link: str) -> Attempt:
    """Somebody whom the provider `other` vouches for, and who is nobody yet, comes by the link."""
    return finish(scene, start_by(scene, link, "other"))


def test_who_comes_by_the_link_is_who_they_were(scene: Scene) -> None:
    admin, lost = owner(scene), member_as(scene, "admin")
    number = number_of(scene, lost.person)
    link = way_back(admin, lost.person)
    page = scene.browser().get(link).text
    assert "Your way back in" in page and lost.person.name in page
    tried = take(scene, link)
    assert tried.status == 303 and tried.browser.session_cookie
    assert [entry.kind for entry in tried.entries] == ["identity.linked", "sign_in.done"]
    assert {entry.person for entry in tried.entries} == {number}
    assert number_of(scene, tried.issuer.person, "other") == number, "the new way in leads to the same person"
    assert number_of(scene, lost.person) == number, "and so does the old one, until it is removed"
    assert tried.browser.get("/account/acme/people").status_code == 200, "with the role that they had"


def test_the_link_works_once_and_says_who_made_it(scene: Scene) -> None:
    admin, lost = owner(scene), member_as(scene, "viewer")
    link = way_back(admin, lost.person)
    late = start_by(scene, link, "other")
    assert take(scene, link).status == 303
    before = identities(scene)
    finish(scene, late)
    scene.check_refusal(late, "invitation_lapsed")
    assert scene.browser().get(link).status_code == 404 and identities(scene) == before
    told = [line["who"] for line in admin.audit() if line["kind"] == "person.invited_back"]
    assert f"{admin.person.name}, about {lost.person.name}" in told, told


def test_who_is_known_comes_in_as_themselves_and_uses_nothing_up(scene: Scene) -> None:
    admin, lost, known = owner(scene), member_as(scene, "viewer"), member_as(scene, "viewer")
    number = number_of(scene, known.person)
    link = way_back(admin, lost.person)
    tried = start_by(scene, link)
    tried.issuer.person = known.person
    tried.callback = tried.browser.authorize(tried.start)
    finish(scene, tried)
    assert [entry.person for entry in tried.entries] == [number]
    assert scene.browser().get(link).status_code == 200


def test_who_is_suspended_gets_no_way_in_by_it(scene: Scene) -> None:
    admin, lost = owner(scene), member_as(scene, "viewer")
    link = way_back(admin, lost.person)
    assert act_on(admin, lost.person, "/suspend").status_code == 303
    before = identities(scene)
    tried = take(scene, link)
    scene.check_refusal(tried, "person_suspended")
    assert identities(scene) == before and not tried.browser.session_cookie
    assert act_on(admin, lost.person, "/restore").status_code == 303
    assert take(scene, link).status == 303, "nothing was used up"


def test_the_link_of_somebody_who_was_removed_leads_nowhere(scene: Scene) -> None:
    admin, lost = owner(scene), member_as(scene, "viewer")
    link = way_back(admin, lost.person)
    browser = scene.browser()
    page = accept_invitation(browser, link)
    assert act_on(admin, lost.person, "/remove").status_code == 303
    form = page.form_to("/other/start")
    answer = browser.post(form.action, form.fields)
    assert answer.status_code == 403 and "Location" not in answer.headers
    assert scene.browser().get(link).status_code == 404
