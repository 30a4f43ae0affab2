"""One hub and everything around it: two tenants, a WhatsApp that sends and takes, and a business system for each."""

from pathlib import Path

from harness.api import Api
from harness.business import Business
from harness.configuration import Configuration, Tenant, acme, globex
from harness.graph import Graph
from harness.hub import Hub
from harness.journal import Journal
from harness.ports import free_port
from harness.provider import Provider


class World:
    """All parts with ports and folders of their own; `start()` starts the hub, the rest runs from the beginning."""

    def __init__(self, folder: Path, tenants: list[Tenant] | None = None, data: Path | None = None) -> None:
        self.folder = folder
        self.tenants = tenants or [acme(), globex()]
        self.records = folder / "records"
        self.records.mkdir()
        self._journals = []
        self.business: dict[str, Business] = {}
        for tenant in self.tenants:
            business = Business(tenant.system_secrets[0], self._journal(f"business-{tenant.id}"))
            self.business[tenant.id] = business
            tenant.system_url = business.url
        self.graph = Graph([tenant.access_token for tenant in self.tenants], self._journal("graph"))
        self.configuration = Configuration(
            data or folder / "data", free_port(), free_port(), self.tenants, graph_url=self.graph.url
        )
        self.hub = Hub(folder, self.configuration)
        self.provider = Provider(self.hub.webhook_url, self.configuration.app_secret, self._journal("channel"))

    @property
    def acme(self) -> Tenant:
        return self.tenants[0]

    @property
    def globex(self) -> Tenant:
        return self.tenants[1]

    def api(self, tenant: Tenant) -> Api:
        return self.hub.api(tenant)

    def start(self) -> "World":
        self.hub.start()
        return self

    def close(self) -> None:
        self.hub.close()
        self.graph.close()
        for business in self.business.values():
            business.close()
        for journal in self._journals:
            journal.close()

    def _journal(self, name: str) -> Journal:
        journal = Journal(self.records / f"{name}.jsonl")
        self._journals.append(journal)
        return journal
