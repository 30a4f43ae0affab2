"""Row 69: where a connection is for a domain's people, nobody else comes in by it."""

from typing import Any

import pytest

from signin.hostile_provider import Person
from signin.jose import ABSENT
from signin.people import arrive, join
from signin.scene import Attempt
from signin.workspace import (  # noqa: F401 - fixtures
    DOMAIN,
    SECOND_DOMAIN,
    Workspace,
    running_workspace,
    workspace,
)


@pytest.mark.parametrize(
    "domain",
    [
        ABSENT,
        None,
        "",
        "elsewhere.example",
        "gmail.com",
        f"evil.{DOMAIN}",
        f"{DOMAIN}.evil.example",
        f"evil{DOMAIN}",
        f"{DOMAIN}.",
        f"@{DOMAIN}",
        f"{DOMAIN}\0",
        f" {DOMAIN}",
        f"{DOMAIN}\n",
        f"{DOMAIN}\u200b",
        DOMAIN.replace("r", "r\u00ad"),
        f"{DOMAIN},elsewhere.example",
        DOMAIN.replace("a", "\u0430"),
        DOMAIN.replace("e", "\uff45"),
        DOMAIN.replace(".", "\u3002"),
        "*",
        [DOMAIN],
        {DOMAIN: True},
        True,
    ],
    ids=repr,
)
def test_row_069_an_account_of_no_allowed_domain(workspace: Workspace, domain: Any) -> None:
    """Its address may be of the domain all the same: only `hd` says who runs the account."""
    person = workspace.issuers["acme", "workspace"].person
    assert person.email.endswith(f"@{DOMAIN}") and person.told()["email_verified"]
    workspace.refuses("hosted_domain_wrong", "workspace", id_token=lambda d: d.with_claims(hd=domain).signed())


def test_row_069_somebody_who_was_let_in_and_left_the_domain(workspace: Workspace) -> None:
    """Checked each time, and not only when they first came."""
    person = Person(claims={"hd": DOMAIN})
    arrive(workspace, person, "workspace")
    person.claims = {"hd": "elsewhere.example"}
    workspace.refuses("hosted_domain_wrong", "workspace")


def test_row_069_linking_is_no_way_around_the_domain(workspace: Workspace) -> None:
    member = join(workspace)
    sent = member.browser.authorize(member.start_link("workspace"))
    before = workspace.ledgers["acme"].standing()
    assert member.browser.call_back(sent).status_code == 403
    after = workspace.ledgers["acme"].standing()
    assert [entry.reason for entry in workspace.ledgers["acme"].audit(before)] == ["hosted_domain_wrong"]
    assert after.counts == before.counts


def test_row_069_what_the_browser_says_of_the_domain_is_nothing(workspace: Workspace) -> None:
    """Neither in the callback nor in what Google is asked for."""

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None and tried.start is not None
        assert tried.start.parameters["hd"] == DOMAIN
        tried.callback = tried.callback.with_pairs(hd=DOMAIN)

    workspace.refuses("hosted_domain_wrong", "workspace", tamper=tamper)


@pytest.mark.parametrize(
    "domain", [ABSENT, "elsewhere.example", f"{DOMAIN},{SECOND_DOMAIN}", SECOND_DOMAIN.replace("k", "\u212a")]
)
def test_row_069_an_account_of_neither_of_two_domains(workspace: Workspace, domain: Any) -> None:
    workspace.refuses("hosted_domain_wrong", "workspaces", id_token=lambda d: d.with_claims(hd=domain).signed())


@pytest.mark.parametrize(
    "connection, domain",
    [
        ("workspace", DOMAIN),
        ("workspace", DOMAIN.upper()),
        ("workspaces", DOMAIN),
        ("workspaces", SECOND_DOMAIN),
    ],
)
def test_row_069_an_account_of_the_domain_is_accepted(workspace: Workspace, connection: str, domain: str) -> None:
    """With an address of another one, as Workspace accounts may have."""
    person = Person(email="quill.canary.8812@elsewhere.example", claims={"hd": domain})
    assert arrive(workspace, person, connection).member.is_signed_in()


def test_row_069_without_a_rule_every_account_may_come(workspace: Workspace) -> None:
    arrive(workspace, Person(claims={"hd": "elsewhere.example"}), "google")
