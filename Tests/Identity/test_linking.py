"""Rows 70 and 71: a second way to sign in, and the last one."""

import re
import threading
from urllib.parse import urlsplit

import pytest

from signin.browser import Form, Page
from signin.hostile_provider import Person
from signin.people import Arrival, arrive, join, link, owner
from signin.scene import Attempt, Scene


def ways(scene: Scene, arrival: Arrival) -> list[str]:
    """The connections of somebody's identities, oldest first."""
    query = "SELECT connection FROM person_identities WHERE person_id = ? ORDER BY id"
    return [connection for (connection,) in scene.ledgers["acme"].rows(query, arrival.number)]


def come_back(scene: Scene, person: Person, connection: str) -> int:
    return arrive(scene, person, connection, new=False).number


def unlink_forms(arrival: Arrival) -> list[Form]:
    """The buttons that take a way to sign in off, oldest first."""
    return [form for form in arrival.member.page().forms if form.action.endswith("/unlink")]


def linked_arrival(scene: Scene) -> tuple[Arrival, Person]:
    """Somebody with two ways to sign in, and who they are at the second."""
    arrival, second = arrive(scene), Person()
    assert link(arrival.member, "other", second).status == 303
    return arrival, second


# Row 70.


def check_taken(scene: Scene, tried: Attempt) -> None:
    assert tried.status == 409
    assert [(entry.reason, entry.connection) for entry in tried.entries] == [("identity_taken", tried.connection)]
    assert tried.entries[0].kind == "link.refused" and tried.entries[0].actor is not None
    scene.check_silence(tried)
    assert tried.browser.session_cookie, "they stay signed in as who they were"
    before = scene.ledgers["acme"].standing()
    asked = tried.issuer.counts["token"]
    assert 400 <= tried.browser.call_back(tried.callback).status_code < 500
    assert [entry.reason for entry in scene.ledgers["acme"].audit(before)] == ["state_replayed"]
    assert tried.issuer.counts["token"] == asked


def test_row_070_an_identity_that_somebody_else_has(scene: Scene) -> None:
    """Whoever holds it keeps it, and neither of the two becomes the other."""
    holder, other = arrive(scene, connection="other"), arrive(scene)
    before, page = scene.ledgers["acme"].standing(), holder.member.page().text
    check_taken(scene, link(other.member, "other", holder.member.person))
    assert scene.ledgers["acme"].standing().counts == before.counts
    assert ways(scene, holder) == ["other"] and ways(scene, other) == ["staff"]
    assert holder.member.page().text == page and other.member.is_signed_in()
    assert holder.member.person.name not in other.member.page().text
    assert come_back(scene, holder.member.person, "other") == holder.number
    assert come_back(scene, other.member.person, "staff") == other.number


def test_row_070_the_second_identity_of_somebody_else(scene: Scene) -> None:
    holder, second = linked_arrival(scene)
    check_taken(scene, link(arrive(scene, Person()).member, "other", second))
    assert ways(scene, holder) == ["staff", "other"]


def test_row_070_an_identity_whose_person_is_suspended(scene: Scene) -> None:
    """Who is locked out has not lost what is theirs, and no colleague gets them in again by it."""
    admin = owner(scene)
    holder = arrive(scene, connection="other")
    assert admin.act_on(holder.member.person, "/suspend").status_code == 303
    other = arrive(scene)
    check_taken(scene, link(other.member, "other", holder.member.person))
    scene.issuers["acme", "other"].person = holder.member.person
    scene.refuses("person_suspended", "other")


def test_row_070_an_identity_that_is_free_again(scene: Scene) -> None:
    """Accepted: its person was removed, and left nothing behind that somebody else would come into."""
    admin = owner(scene)
    holder = arrive(scene, connection="other")
    assert admin.act_on(holder.member.person, "/remove").status_code == 303
    other = arrive(scene)
    assert link(other.member, "other", holder.member.person).status == 303
    assert ways(scene, other) == ["staff", "other"]
    assert come_back(scene, holder.member.person, "other") == other.number


def test_row_070_an_identity_of_ones_own_once_more(scene: Scene) -> None:
    """Accepted, and it stays one."""
    arrival, second = linked_arrival(scene)
    for connection, person in (("other", second), ("staff", arrival.member.person)):
        assert link(arrival.member, connection, person).status == 303
    assert ways(scene, arrival) == ["staff", "other"]


def test_row_070_one_identity_of_another_tenant_is_no_hindrance(scene: Scene) -> None:
    """Accepted: tenants know nothing of one another."""
    person = arrive(scene, tenant="globex").member.person
    arrival = arrive(scene, connection="other")
    assert link(arrival.member, "staff", person).status == 303
    assert ways(scene, arrival) == ["other", "staff"]


def test_row_070_two_who_link_one_identity_at_once(scene: Scene) -> None:
    """It becomes the one's or the other's, never both's."""
    scene.issuers["acme", "other"].person = Person()
    two = [arrive(scene, Person()) for _ in range(2)]
    sent = [one.member.browser.authorize(one.member.start_link("other")) for one in two]
    before = scene.ledgers["acme"].standing()
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one, way=way: statuses.append(one.member.browser.call_back(way).status_code))
        for one, way in zip(two, sent, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 409]
    told = scene.ledgers["acme"].audit(before)
    assert sorted(entry.reason or entry.kind for entry in told) == ["identity.linked", "identity_taken"]
    assert sorted(len(ways(scene, one)) for one in two) == [1, 2]


# Row 71.


def test_row_071_the_only_way_has_no_button(scene: Scene) -> None:
    assert unlink_forms(arrive(scene)) == []


def test_row_071_the_last_way_stays(scene: Scene) -> None:
    """The second button of a page that was open before the first was pressed."""
    arrival, second = linked_arrival(scene)
    first_form, second_form = unlink_forms(arrival)
    assert arrival.member.submit(first_form).headers["Location"].endswith("notice=unlinked")
    before = scene.ledgers["acme"].standing()
    answer = arrival.member.submit(second_form)
    assert answer.headers["Location"].endswith("/account/acme?notice=last-credential")
    assert scene.ledgers["acme"].standing() == before
    assert "only way to sign in" in arrival.member.browser.get(answer.headers["Location"]).text
    assert ways(scene, arrival) == ["other"] and arrival.member.is_signed_in()
    assert come_back(scene, second, "other") == arrival.number


def test_row_071_a_way_that_was_taken_off_leads_nowhere(scene: Scene) -> None:
    """By a connection that lets nobody join: of the same issuer, so it is the same identity."""
    arrival, _ = linked_arrival(scene)
    assert arrival.member.submit(unlink_forms(arrival)[0]).status_code == 303
    scene.issuers["acme", "closed"].person = arrival.member.person
    scene.refuses("not_invited", "closed")


@pytest.mark.parametrize("round", range(4))
def test_row_071_two_ways_taken_off_at_once_leave_one(scene: Scene, round: int) -> None:
    arrival, _ = linked_arrival(scene)
    forms = unlink_forms(arrival)
    browsers = [arrival.member.browser.copy() for _ in range(8)]
    notices: list[str] = []
    before = scene.ledgers["acme"].standing()
    together = threading.Barrier(len(browsers))

    def press(number: int) -> None:
        together.wait()
        answer = browsers[number].post(forms[number % 2].action, forms[number % 2].fields)
        notices.append(answer.headers.get("Location", str(answer.status_code)).partition("notice=")[2])

    threads = [threading.Thread(target=press, args=(number,)) for number in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notices.count("unlinked") == 1 and "last-credential" in notices, notices
    assert len(ways(scene, arrival)) == 1 and arrival.member.is_signed_in()
    assert [entry.kind for entry in scene.ledgers["acme"].audit(before)] == ["identity.unlinked"]


def test_row_071_nobody_takes_off_what_is_anothers(scene: Scene) -> None:
    """Neither a colleague nor the owner, nor somebody of another tenant by a way of their own."""
    victim, _ = linked_arrival(scene)
    form = unlink_forms(victim)[0]
    id = re.search(r"/identities/([^/]+)/unlink", form.action).group(1)
    for member in (join(scene, connection="elliptic"), owner(scene), join(scene, "globex")):
        address = f"/account/{member.tenant}/identities/{id}/unlink"
        answer = member.browser.post(address, member.page().form_to("/sign-out").fields)
        assert answer.status_code == 404 and urlsplit(answer.url).path == address
    assert ways(scene, victim) == ["staff", "other"]


def test_row_071_without_the_pages_proof_nothing_is_taken_off(scene: Scene) -> None:
    victim, _ = linked_arrival(scene)
    form = unlink_forms(victim)[0]
    assert victim.member.browser.post(form.action, {"proof": ""}).status_code == 403
    assert victim.member.browser.post(form.action, form.fields, cross_site=True).status_code in (401, 403)
    assert victim.member.browser.get(form.action).status_code in (404, 405)
    assert ways(scene, victim) == ["staff", "other"]


def test_row_071_who_lost_the_account_page_asks_to_sign_in(scene: Scene) -> None:
    """Taken off in one browser, a session that began with it in another is over."""
    arrival, second = linked_arrival(scene)
    elsewhere = arrive(scene, second, "other", new=False)
    assert elsewhere.number == arrival.number
    assert arrival.member.submit(unlink_forms(arrival)[1]).status_code == 303
    assert not elsewhere.member.is_signed_in() and arrival.member.is_signed_in()
    page = elsewhere.member.browser.get("/account/acme")
    assert page.status_code == 303 and Page(page.url, page.text).forms == []
