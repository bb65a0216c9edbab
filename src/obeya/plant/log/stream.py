"""/events/?topics=…: what happens, told to open pages as it happens (server-sent events).

One follower per process reads the log; each page has a bounded queue, and one that does not keep up
is cut off: it comes back by itself with Last-Event-ID and reads on. What it is told may repeat,
and never skips.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from obeya.plant.log import events, live, rooms, signals
from obeya.plant.log.access.middleware import current_actor
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import OperationsEvent

log = logging.getLogger("obeya.stream")

LONGEST_QUEUE = 1_000
PING_S = 15.0
REPLAY_CHUNK = 1_000
LONGEST_REPLAY = 20_000  # events; further back, the page loads itself afresh


@dataclass(frozen=True)
class Place:
    """Enough of a site to ask whether an actor may look there."""

    pk: int


@dataclass(frozen=True)
class Wish:
    """What one page follows, and who looks at it."""

    actor: Actor
    topics: Sequence[str]

    def messages_of(self, event: OperationsEvent, settled: int | None) -> list[str]:
        kind = events.kinds().get(event.kind)
        if kind is None or not self.actor.may(kind.view, site=_place(event.site_id)):
            return []
        data = {"id": event.pk, "kind": event.kind, "site": event.site_id}
        return [
            message(topic, data, settled) for topic in self.topics if carries(topic, event.kind)
        ]

    def message_of_signal(self, signal: signals.Signal) -> str | None:
        """Signals of a topic that no room declares reach nobody."""
        if signal.topic not in self.topics:
            return None
        site = _place(signal.payload.get("site"))
        views = [topic.view for topic in rooms.topics().get(signal.topic, ())]
        if not any(self.actor.may(view, site=site) for view in views):
            return None
        return message(signal.topic, dict(signal.payload), None)


class Told(NamedTuple):
    """What waits for a page; the event's id, or None for a signal."""

    text: str
    event: int | None


@dataclass(eq=False)
class Reader:
    """One open page. Lives on the event loop alone."""

    wish: Wish
    queue: asyncio.Queue[Told | None] = field(
        default_factory=lambda: asyncio.Queue(maxsize=LONGEST_QUEUE + 1)
    )
    replayed: frozenset[int] = frozenset()
    is_cut_off: bool = False

    def offer(self, text: str, event: int | None = None) -> None:
        if self.is_cut_off:
            return
        if self.queue.qsize() >= LONGEST_QUEUE:
            self.is_cut_off = True
            self.queue.put_nowait(None)
            log.warning("a page of account %s does not keep up", self.wish.actor.account_id)
            return
        self.queue.put_nowait(Told(text, event))


class Hub:
    """Hands what the follower's thread reads to the pages of this process's event loop."""

    def __init__(self) -> None:
        self._readers: set[Reader] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave: list[Any] = []

    async def join(self, reader: Reader) -> None:
        loop = asyncio.get_running_loop()
        self._readers.add(reader)
        if self._loop is not loop:
            self._loop = loop
            for leave in self._leave:
                leave()
            self._leave = [
                await sync_to_async(live.subscribe, thread_sensitive=False)(self._on_news),
                signals.subscribe(self._on_signal),
            ]

    def part(self, reader: Reader) -> None:
        self._readers.discard(reader)

    def _on_news(self, news: live.News) -> None:
        self._on_loop(self._tell_news, news)

    def _on_signal(self, signal: signals.Signal) -> None:
        self._on_loop(self._tell_signal, signal)

    def _on_loop(self, tell: Any, what: Any) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(tell, what)

    def _tell_news(self, news: live.News) -> None:
        for reader in self._readers:
            for event in news.events:
                for text in reader.wish.messages_of(event, news.settled):
                    reader.offer(text, event.pk)

    def _tell_signal(self, signal: signals.Signal) -> None:
        for reader in self._readers:
            if text := reader.wish.message_of_signal(signal):
                reader.offer(text)


hub = Hub()


async def stream(request: HttpRequest) -> HttpResponseBase:
    """GET /events/?topics=plan,jobs — one stream a page."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    asked: ActorRequest = request  # type: ignore[assignment]
    topics = [each for each in request.GET.get("topics", "").split(",") if each]
    if not topics or len(topics) > 20:
        return JsonResponse({"title": "Name 1 to 20 topics: /events/?topics=plan,jobs"}, status=400)
    last = request.headers.get("Last-Event-ID") or request.GET.get("since") or ""
    since = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
    response = StreamingHttpResponse(
        _told(asked, Reader(Wish(asked.actor, topics)), since), content_type="text/event-stream"
    )
    response.headers["Cache-Control"] = "no-cache, no-transform"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _told(request: ActorRequest, reader: Reader, since: int | None) -> AsyncIterator[str]:
    await hub.join(reader)  # first listen, then read what was: nothing falls between
    try:
        yield "retry: 1000\n\n"
        if since is not None:
            async for text in _replay(reader, since):
                yield text
        await _hang_up()
        loop = asyncio.get_running_loop()
        asked_at = loop.time()
        while True:
            try:
                left = max(0.0, asked_at + PING_S - loop.time())
                told = await asyncio.wait_for(reader.queue.get(), left)
            except TimeoutError:
                told = Told(": still here\n\n", None)
            if loop.time() >= asked_at + PING_S:  # also where there is always something to tell
                if (actor := await sync_to_async(_still_welcome)(request)) is None:
                    return
                reader.wish = Wish(actor, reader.wish.topics)
                asked_at = loop.time()
            if told is None:
                return
            if told.event not in reader.replayed:  # it joined before its replay: read twice
                yield told.text
    finally:
        hub.part(reader)


async def _replay(reader: Reader, since: int) -> AsyncIterator[str]:
    """Carries no ids: whoever is cut off inside it begins at the same place again."""
    seen: set[int] = set()
    last = since
    while rows := await sync_to_async(_rows_after)(last):
        last = rows[-1].pk
        seen.update(row.pk for row in rows)
        if len(seen) > LONGEST_REPLAY:
            yield message("reload", {}, None)
            break
        for row in rows:
            for text in reader.wish.messages_of(row, None):
                yield text
        if len(rows) < REPLAY_CHUNK:
            break
    reader.replayed = frozenset(seen)


def message(topic: str, data: Any, settled: int | None) -> str:
    number = "" if settled is None else f"id: {settled}\n"
    return f"event: {topic}\n{number}data: {json.dumps(data, separators=(',', ':'))}\n\n"


def carries(topic: str, kind: str) -> bool:
    """A topic is a room, a kind, or a name under which rooms declare kinds and rooms."""
    room = kind.split(".", maxsplit=1)[0]
    declared: Iterable[str] = (k for each in rooms.topics().get(topic, ()) for k in each.kinds)
    return topic in (room, kind) or any(each in (room, kind) for each in declared)


def _rows_after(last: int) -> list[OperationsEvent]:
    return list(OperationsEvent.objects.filter(pk__gt=last).order_by("pk")[:REPLAY_CHUNK])


def _still_welcome(request: ActorRequest) -> Actor | None:
    """The roles may have changed, the session ended, the token been revoked."""
    try:
        return current_actor(request)
    finally:
        connections.close_all()


async def _hang_up() -> None:
    """An open page holds no database connection."""
    await sync_to_async(connections.close_all)()


def _place(site_id: Any) -> Place | None:
    return None if site_id is None else Place(int(site_id))
