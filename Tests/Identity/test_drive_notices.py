"""Row 103: the hub asks Drive for changes and takes no push notices, so that there is none to believe."""

import uuid

import pytest
import requests
from signin.people import owner
from signin.workspace import Workspace, connect_archive, running_workspace, workspace

__all__ = ["running_workspace", "workspace"]

STATES = ["sync", "change", "update", "remove"]


def notice(token: str, number: int, state: str) -> dict[str, str]:
    """The header fields of a notice; its body is empty (developers.google.com/drive/api/guides/push)."""
    return {
        "X-Goog-Channel-ID": str(uuid.UUID(int=7)),
        "X-Goog-Channel-Token": token,
        "X-Goog-Message-Number": str(number),
        "X-Goog-Resource-ID": "o3hgv1538sdjfh",
        "X-Goog-Resource-State": state,
        "X-Goog-Channel-Expiration": "Fri, 27 Nov 2037 01:13:52 GMT",
    }


@pytest.mark.parametrize("path", ["events/changes", "events/drive", "events/webhooks", "callback"])
def test_row_103_a_push_notice_is_ignored_whatever_its_token_and_number(workspace: Workspace, path: str) -> None:
    member = owner(workspace)
    assert connect_archive(member).status == 303
    workspace.drive.tokens.clear()
    ledger = workspace.ledgers["acme"]
    before = ledger.standing()
    for token in ["", "canary-channel-token", workspace.issuers["acme", "archive"].clients["archive-client"]]:
        for number, state in enumerate(reversed(STATES)):
            answer = requests.post(
                f"{workspace.hub.url}/connect/acme/archive/{path}",
                headers=notice(token, number, state),
                timeout=10,
            )
            assert answer.status_code in (404, 405), f"{path}: {answer.status_code}"
    assert workspace.drive.tokens == [], "Drive was asked because of a notice"
    assert ledger.audit(before) == []
    assert "canary-channel-token" not in workspace.news_of_log()
