"""Open pages, against a real web process."""

import asyncio
import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from obeya.plant.log import clock, signals, stream
from obeya.plant.log.access import actions
from obeya.plant.log.access.actions import NewAccount, NewToken
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import ApiToken, OperationsEvent, Role, RoleAssignment, RolePermission
from obeya.plant.log.numbers import SeriesRow, save_number_series
from obeya.plant.log.runs import cancel_runs
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 60


@dataclass
class Page:
    """One open stream. Its own lines end with \\n, those of the transfer coding with \\r\\n."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    status: int

    async def line(self):
        while (line := await self.reader.readline()).endswith(b"\r\n"):
            pass
        return line.decode()

    async def message(self):
        """The next event as (topic, data, id); None when the stream has ended."""
        async with asyncio.timeout(PATIENCE_S):
            return await self._message()

    async def _message(self):
        topic = data = number = None
        while line := await self.line():
            name, _colon, value = line.rstrip("\n").partition(": ")
            if name == "event":
                topic = value
            elif name == "id":
                number = int(value)
            elif name == "data":
                data = json.loads(value)
            elif not line.strip() and topic:
                return topic, data, number
        return None

    async def ids(self, count):
        return [(await self.message())[1]["id"] for _n in range(count)]

    def close(self):
        self.writer.close()


async def away(function, *args, **kwargs):
    """In another thread, as the loop must not wait; its connection ends with it."""

    def run():
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return await sync_to_async(run)()


async def open_page(port, token, topics, last=None):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [
        f"GET /events/?topics={topics} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Accept: text/event-stream",
        *([f"Authorization: Bearer {token}"] if token else []),
        *([f"Last-Event-ID: {last}"] if last is not None else []),
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    status = int((await reader.readline()).split()[1])
    while (await reader.readline()).strip():
        pass
    page = Page(reader, writer, status)
    if status == 200:
        assert await page.line() == "retry: 1000\n"  # it listens from here on
    return page


REPLAY_CHUNK = 50


@pytest.fixture
def port(process):
    return int(process("serve", "15", str(REPLAY_CHUNK)).stdout.readline())


@pytest.fixture
def sites():
    return [Site.objects.create(code=code, name=code) for code in ("KES", "BRU")]


@pytest.fixture
def token_of():
    """token_of("ann", "access.view", site=…): a token of an account with just that permission."""

    def make(name, permission, site=None):
        [account] = actions.create_accounts(accounts=[NewAccount(name)], by=system_actor())
        role = Role.objects.create(code=name, name=name)
        RolePermission.objects.create(role=role, permission=permission)
        RoleAssignment.objects.create(account=account, role=role, site=site)
        fresh = fresh_token()
        end = clock.real_now() + timedelta(hours=1)
        new = NewToken.of(fresh, account=account, name="page", expires_at=end)
        actions.issue_tokens(tokens=[new], by=load_actor(account))
        return fresh.text

    return make


def happen(site, count=1):
    """Events of one kind at a site; their ids."""
    for _n in range(count):
        save_number_series(site=site, rows=[SeriesRow("make")], by=system_actor())
    kind = OperationsEvent.objects.filter(kind="log.number_series_saved", site=site)
    return sorted(kind.order_by("-pk").values_list("pk", flat=True)[:count])


def test_fifty_pages_all_see_everything_once_and_in_order(port, token_of, sites):
    token = token_of("ann", "access.view")

    async def scenario():
        pages = await asyncio.gather(*(open_page(port, token, "log") for _n in range(50)))
        ids = await away(happen, sites[0], 20)
        seen = await asyncio.gather(*(page.ids(20) for page in pages))
        for page in pages:
            page.close()
        return ids, seen

    ids, seen = asyncio.run(scenario())
    assert seen == [ids] * 50


def test_a_page_that_comes_back_reads_on_where_it_was(port, token_of, sites):
    token = token_of("ann", "access.view")

    async def scenario():
        page = await open_page(port, token, "plan")
        first = await away(happen, sites[0], 3)
        messages = [await page.message() for _n in range(3)]
        page.close()
        missed = await away(happen, sites[0], 2 * REPLAY_CHUNK + 10)
        again = await open_page(port, token, "plan", last=messages[-1][2])
        later = await away(happen, sites[0], 2)
        told = []
        while not told or told[-1] != later[-1]:
            told += await again.ids(1)
        again.close()
        return first, [each[1]["id"] for each in messages], missed + later, told

    first, seen, owed, told = asyncio.run(scenario())
    assert seen == first
    assert [each for each in told if each in set(owed)] == owed  # none skipped, none twice


def test_nobody_is_told_what_they_may_not_see(port, token_of, sites):
    kes, bru = sites
    at_kes, of_runs = token_of("ann", "access.view", kes), token_of("bob", "log.view_events")

    async def scenario():
        ann = await open_page(port, at_kes, "log,access")
        bob = await open_page(port, of_runs, "log,access")
        await away(happen, bru)
        [visible] = await away(happen, kes)
        await away(lambda: cancel_runs(runs=[], by=system_actor()))
        told = (await ann.message())[1], (await bob.message())[1]
        ann.close(), bob.close()
        return visible, told

    visible, (to_ann, to_bob) = asyncio.run(scenario())
    assert (to_ann["id"], to_ann["site"]) == (visible, kes.pk)
    assert to_bob["kind"] == "log.run_cancelled"


def test_signals_of_other_processes_reach_declared_topics(port, token_of, sites):
    token = token_of("ann", "access.view", sites[0])

    async def scenario():
        page = await open_page(port, token, "plan,secret")
        for topic, payload in [
            ("secret", {"draft": 1}),
            ("plan", {"draft": 2, "site": sites[1].pk}),
            ("plan", {"draft": 3, "site": sites[0].pk}),
        ]:
            await away(signals.send, topic, payload)
        message = await page.message()
        page.close()
        return message

    assert asyncio.run(scenario()) == ("plan", {"draft": 3, "site": sites[0].pk}, None)


def test_a_stream_ends_when_its_token_does(process, token_of, sites):
    port = int(process("serve", "0.2").stdout.readline())
    token = token_of("ann", "access.view")

    async def scenario():
        page = await open_page(port, token, "plan")
        await away(
            lambda: actions.revoke_tokens(tokens=list(ApiToken.objects.all()), by=system_actor())
        )
        return await page.message()

    assert asyncio.run(scenario()) is None


def test_a_busy_stream_ends_too_when_its_token_does(process, token_of, sites):
    port = int(process("serve", "0.5").stdout.readline())
    token = token_of("ann", "access.view")

    async def chatter():
        while True:
            await away(happen, sites[0])

    async def scenario():
        page = await open_page(port, token, "plan")
        talking = asyncio.create_task(chatter())
        try:
            assert await page.message() is not None
            await away(
                lambda: actions.revoke_tokens(
                    tokens=list(ApiToken.objects.all()), by=system_actor()
                )
            )
            async with asyncio.timeout(PATIENCE_S):  # however much it is told until then
                while await page.message() is not None:
                    pass
        finally:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)

    asyncio.run(scenario())


def test_strangers_and_empty_wishes_get_no_stream(port, token_of):
    token = token_of("ann", "access.view")

    async def scenario():
        asked = [(None, "plan"), ("obeya_wrong", "plan"), (token, "")]
        return [(await open_page(port, *each)).status for each in asked]

    assert asyncio.run(scenario()) == [401, 401, 400]


def test_a_page_that_does_not_keep_up_is_cut_off():
    reader = stream.Reader(stream.Wish(Actor(1, "ann"), ["plan"]))

    for n in range(stream.LONGEST_QUEUE + 5):
        reader.offer(str(n))

    told = [reader.queue.get_nowait() for _n in range(reader.queue.qsize())]
    texts = [each and each.text for each in told]
    assert texts == [*map(str, range(stream.LONGEST_QUEUE)), None]
