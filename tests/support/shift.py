"""Somebody at work: one log-in by HTTP, a shift's commands, and the books kept in the head."""

import http.client
import http.cookiejar
import json
import random
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.server import Server
from tests.support.visitor import DEMO_PASSWORD

CUT = (OSError, http.client.HTTPException)  # the connection broke: nothing was acknowledged


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirect is the answer."""


class Visitor:
    """One log-in, kept over restarts."""

    def __init__(self, server: Server, username: str) -> None:
        self.server = server
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies, _Stay)
        said = {"username": username, "password": DEMO_PASSWORD}
        self.token = self._token("/login/")
        assert self.post("/login/", form=said)[0] == 302
        self.token = self._token("/account/password/")

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.server.url + path))

    def post(self, path: str, *, form: Any = None, rows: Any = None, key: str = "") -> Any:
        body = json.dumps(rows) if form is None else urllib.parse.urlencode(form)
        kind = "application/json" if form is None else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "X-CSRFToken": self.token}
        headers |= {"Idempotency-Key": key} if key else {}
        return self._ask(
            urllib.request.Request(self.server.url + path, body.encode(), headers, method="POST")
        )

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def _token(self, path: str) -> str:
        return re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.get(path)[1])[1]


@dataclass
class Job:
    """What must be true of a job, by everything that was acknowledged."""

    code: str
    machine: str
    status: str = "ready"
    good: int = 0
    reports: int = 0

    @property
    def expected(self) -> list[Any]:
        begun, done = int(self.status != "ready"), int(self.status == "completed")
        return [
            self.status,
            str(self.good),
            self.reports,
            *(begun, begun),
            *(done, done),
            begun - done,
        ]


@dataclass
class Wish:
    """One command: how to ask for it, and what it changes once it is acknowledged."""

    ask: Callable[[], tuple[int, str]]
    done: Callable[[], None]
    has_key: bool = False


@dataclass
class Shift:
    """Somebody who works without a pause, and the books that they keep in their head."""

    visitor: Visitor
    site: str
    queues: dict[str, list[Job]]
    luck: random.Random
    plan: dict[str, int]
    material: str
    jobs: list[Job] = field(default_factory=list)
    demands: list[str] = field(default_factory=list)
    keys: int = 0
    acknowledged: int = 0
    under_way: Wish | None = None
    faults: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.under_way = self.under_way or self._next()
            try:
                status, answer = self.under_way.ask()
            except CUT:
                return
            self._note(status, answer)

    def settle(self, is_there: Callable[[], bool]) -> None:
        """After the restart: the same key again, or look whether it is there."""
        wish = self.under_way
        if wish is None:
            return
        if wish.has_key:
            self._note(*wish.ask())
            assert self.under_way is None
            return
        if not is_there():
            wish.done()
            assert is_there(), "what was under way is there by half"
        self.under_way = None

    def _note(self, status: int, answer: str) -> None:
        if status in (200, 302):
            self.under_way.done()
            self.acknowledged += 1
        elif status not in (409, 422) or (status == 422 and self.under_way.has_key):
            self.faults.append(f"{status}: {answer[:300]}")
        self.under_way = None

    def _next(self) -> Wish:
        kinds = [self._on_a_machine] * 6 + [self._draw] * 2 + [self._publish] + [self._import]
        return self.luck.choice(kinds)()

    def _on_a_machine(self) -> Wish:
        machine = self.luck.choice([name for name, queue in self.queues.items() if queue])
        job = self.queues[machine][0]
        if job.status == "ready":
            return self._tap(job, "start", status="running")
        if job.reports < 2:
            return self._report(job)
        return self._tap(job, "complete", status="completed")

    def _tap(self, job: Job, verb: str, *, status: str) -> Wish:
        def done() -> None:
            job.status = status
            if status == "completed":
                self.queues[job.machine].remove(job)

        return Wish(lambda: self.visitor.post(self._address(job, verb), form={}), done)

    def _report(self, job: Job) -> Wish:
        self.keys += 1
        form = {"good": self.luck.randint(1, 3), "scrap": 0, "key": f"kill-{self.keys}"}

        def done() -> None:
            job.good += form["good"]
            job.reports += 1

        return Wish(
            lambda: self.visitor.post(self._address(job, "report"), form=form), done, has_key=True
        )

    def _draw(self) -> Wish:
        """Move the last bar an hour, or take a move back."""

        def ask() -> tuple[int, str]:
            status, text = self.visitor.get(f"/s/{self.site}/plan/board.json")
            if status != 200:
                return status, text
            board = json.loads(text)
            ops, last = board["ops"], board["ops"]["n"] - 1
            wish = {name: board[name] for name in ("draft", "revision", "basis")}
            wish |= {"kind": "undo"} if board["revision"] % 2 else {"kind": "move"}
            wish |= {"operation": last, "row": board["rows"][ops["row"][last]]["code"]}
            wish |= {"start": ops["start"][last] + 3600}
            return self.visitor.post(f"/s/{self.site}/plan/commands/", rows=wish)

        def done() -> None:
            self.plan["revision"] += 1
            self.plan["commands"] += 1

        return Wish(ask, done)

    def _publish(self) -> Wish:
        def ask() -> tuple[int, str]:
            status, text = self.visitor.get(f"/s/{self.site}/plan/board.json")
            if status != 200:
                return status, text
            seen = {name: json.loads(text)[name] for name in ("draft", "revision")}
            return self.visitor.post(f"/s/{self.site}/plan/publish/", rows=seen)

        def done() -> None:
            self.plan["published"] += 1
            self.plan["told"] += 1
            self.plan["revision"] = self.plan["commands"] = 0

        return Wish(ask, done)

    def _import(self) -> Wish:
        self.keys += 1
        code = f"KILL-{self.keys:04}"
        row = {
            "code": code,
            "material": self.material,
            "quantity": "5",
            "due_at": "2030-01-01T00:00Z",
        }
        return Wish(
            lambda: self.visitor.post(
                f"/api/v1/s/{self.site}/demands/", rows={"rows": [row]}, key=f"kill-{self.keys}"
            ),
            lambda: self.demands.append(code),
            has_key=True,
        )

    def _address(self, job: Job, verb: str) -> str:
        return f"/s/{self.site}/jobs/{job.code}/{verb}/"

    def books(self) -> Any:
        plan = {name: value for name, value in self.plan.items() if name != "draft"}
        return [[job.code, job.expected] for job in self.jobs], plan, sorted(self.demands)
