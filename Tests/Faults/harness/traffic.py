"""Mixed load while things go wrong: people write, the business answers, statuses come back."""

import itertools
import random
import threading
import uuid

import requests

from harness import payloads
from harness.configuration import Tenant
from harness.graph import Taken
from harness.journal import Journal
from harness.world import World

TALKERS = 3
PEOPLE_PER_TALKER = 4


class Traffic:
    """Runs until left. Every person waits for the acknowledgement of one message before writing the next, so that the
    order within each conversation is known; everything that is refused or unanswered is tried again, as WhatsApp and a
    careful business system do. What is asked of the API stands in the `sends` journal.
    """

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.sends = Journal(world.records / "sends.jsonl")
        self.accepted: dict[str, Tenant] = {}
        self.reported: set[str] = set()
        self.problems: list[str] = []
        self._seed = seed
        self._stop = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._guard, args=(self._talk, n), daemon=True) for n in range(TALKERS)),
            *(
                threading.Thread(target=self._guard, args=(self._send, n), daemon=True)
                for n in range(len(world.tenants))
            ),
            threading.Thread(target=self._guard, args=(self._report_some,), daemon=True),
        ]

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=90)
        self.sends.close()

    def report(self, taken: Taken) -> None:
        """Tells the hub that a message was sent, under the name that the hub gave it."""
        tenant = next(t for t in self.world.tenants if t.phone_number_id == taken.phone_number_id)
        self.world.provider.deliver(
            payloads.status(tenant, taken.wamid, "sent", taken.to, opaque=taken.opaque),
            notes=[{"tenant": tenant.id, "opaque": taken.opaque, "status": "sent"}],
        )
        self.reported.add(taken.wamid)

    def report_the_rest(self) -> None:
        for taken in self.world.graph.taken:
            if taken.wamid not in self.reported:
                self.report(taken)

    def _guard(self, work, *arguments: int) -> None:
        try:
            work(*arguments)
        except Exception as problem:
            self.problems.append(f"{work.__name__}: {problem!r}")

    def _talk(self, talker: int) -> None:
        chance = random.Random(f"{self._seed}-talker-{talker}")
        people = [
            (tenant, f"1650555{talker}{tenant_number}{person:02}")
            for tenant_number, tenant in enumerate(self.world.tenants)
            for person in range(PEOPLE_PER_TALKER)
        ]
        counters = {phone: itertools.count(1) for _, phone in people}
        while not self._stop.is_set():
            changes, notes = [], []
            for tenant, phone in chance.sample(people, chance.randint(1, 4)):
                number, id = next(counters[phone]), payloads.wamid(phone)
                changes.append(payloads.text_message(tenant, phone, f"{phone} {number}", id=id))
                notes.append({"tenant": tenant.id, "wamid": id, "phone": phone, "number": number})
            self.world.provider.deliver(*changes, notes=notes)
            self._stop.wait(chance.uniform(0.01, 0.06))

    def _send(self, tenant_number: int) -> None:
        tenant = self.world.tenants[tenant_number]
        chance = random.Random(f"{self._seed}-sender-{tenant_number}")
        people = [f"+4477009{tenant_number}{person:05}" for person in range(20)]
        api = self.world.api(tenant)
        for number in itertools.count(1):
            if self._stop.wait(chance.uniform(0.02, 0.1)):
                return
            to, key = chance.choice(people), str(uuid.uuid4())
            self.sends.write("asked", key=key, tenant=tenant.id, to=to.removeprefix("+"), number=number)
            while True:
                try:
                    response = api.send_text(tenant.channel, to, f"answer {number}", key)
                except requests.RequestException:
                    response = None
                if response is not None and response.status_code == 202:
                    id = response.json()["id"]
                    self.sends.write("accepted", key=key, id=id)
                    self.accepted[id] = tenant
                    break
                if response is not None and 400 <= response.status_code < 500 and response.status_code != 429:
                    raise AssertionError(f"POST /messages: {response.status_code} {response.text[:300]}")
                self._stop.wait(0.05)

    def _report_some(self) -> None:
        """A status for every second message at once; the others stay silent until `report_the_rest`."""
        for position in itertools.count(0):
            while position >= len(self.world.graph.taken):
                if self._stop.wait(0.05):
                    return
            if position % 2 == 0:
                self.report(self.world.graph.taken[position])
