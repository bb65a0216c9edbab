"""Long work as a row: progress, cancel, a lease with heartbeat; taken up again when it expires."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from obeya.plant.log import clock, rooms, signals
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.events import event
from obeya.plant.log.heartbeat import beating
from obeya.plant.log.models import Run
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal

log = logging.getLogger("obeya.worker")

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
_TELL_EVERY_S = 0.5
OPEN = (Run.Status.WAITING, Run.Status.RUNNING)


class UnknownRun(Refusal):
    """No room runs work of this kind."""


class RunOver(Refusal):
    """The run has ended already."""


class RunLost(RuntimeError):
    """Another worker has taken the run up; this one must stop without a trace."""


@event("log.run_asked", view="log.view_events")
@dataclass(frozen=True)
class RunAsked:
    """Long work was asked for."""

    run: int
    kind: str


@event("log.run_cancelled", view="log.view_events")
@dataclass(frozen=True)
class RunCancelled:
    """Long work was called off."""

    runs: list[int]


@event("log.run_ended", view="log.view_events")
@dataclass(frozen=True)
class RunEnded:
    """Long work ended: succeeded, failed or cancelled."""

    run: int
    kind: str
    status: str


@action(permission="log.start_run")
def start_run(*, site: Any = None, kind: str, arguments: Mapping[str, Any], by: Actor) -> Run:
    """Ask for long work; a worker begins it within a second."""
    by.must_at("log.start_run", site)
    return queue_run(site=site, kind=kind, arguments=arguments, by=by)


def queue_run(
    *, site: Any = None, kind: str, arguments: Mapping[str, Any], here: bool = False, by: Actor
) -> Run:
    """Inside a verb of a room, which has asked for the permission of its own.

    With ``here`` the caller executes it in its own process, as the command line does; a worker
    takes it up only if that process dies.
    """
    if runner_of(kind) is None:
        raise UnknownRun(f"No room runs {kind}. Known are: {', '.join(sorted(_kinds()))}.")
    now = clock.real_now()
    run = Run(kind=kind, arguments=dict(arguments), site=site, actor_id=by.account_id, asked_at=now)
    if here:
        run.status, run.attempts = Run.Status.RUNNING, 1
        run.started_at, run.leased_until = now, now + LEASE
    run.save()
    publish(RunAsked(run.pk, kind), site=site)
    return run


@action(permission="log.cancel_runs")
def cancel_runs(*, runs: Sequence[int], by: Actor) -> None:
    """A waiting run never begins; a running one stops at its next look."""
    for asked in Run.objects.filter(pk__in=runs).select_related("site"):
        by.must_at("log.cancel_runs", asked.site)
    call_off(runs)


def call_off(runs: Sequence[int], *, at_once: bool = False) -> None:
    """Inside a verb of a room, which has asked for the permission of its own.

    With ``at_once`` a running one is over, too: for a room that knows that it has done nothing yet
    and whose next verb for it refuses. Its worker finds it lost.
    """
    now = clock.real_now()
    found = Run.objects.filter(pk__in=runs, status__in=OPEN)
    if found.count() < len(set(runs)):
        raise RunOver("Some of these runs have ended already. Load the page again.")
    ending = found if at_once else found.filter(status=Run.Status.WAITING)
    ending.update(status=Run.Status.CANCELLED, ended_at=now, leased_until=None)
    Run.objects.filter(pk__in=runs).update(cancel_asked_at=now)
    publish(RunCancelled(sorted(set(runs))))


class RunHandle:
    """What a runner function is given."""

    def __init__(
        self, run: Run, is_stopping: Callable[[], bool], tell: "Teller | None" = None
    ) -> None:
        self.run = run
        self.arguments: Mapping[str, Any] = run.arguments
        self.site = run.site
        self.by = _on_behalf_of(run)
        self.key = f"run-{run.pk}"  # for the runner's actions: one effect, also when taken up again
        self._is_stopping = is_stopping
        self._tell = tell
        self._told_at = float("-inf")
        self._looked_at = float("-inf")
        self._must_stop = False

    def progress(self, done: int, total: int | None = None, step: str = "") -> None:
        """Say how far it is; written and shown at most twice a second."""
        if time.monotonic() - self._told_at < _TELL_EVERY_S and done != total:
            return
        self._told_at = time.monotonic()
        if not _mine(self.run).update(
            done_units=done,
            total_units=total,
            step=step[:120],
            leased_until=clock.real_now() + LEASE,
        ):
            raise RunLost(f"run {self.run.pk}")
        said = {"run": self.run.pk, "site": self.run.site_id, "step": step}
        signals.send("runs", {**said, "done": done, "total": total})
        if self._tell is not None:
            self._tell(done, total, step)

    def should_stop(self) -> bool:
        """Cancelled, taken over or shutting down; cheap enough to ask in a loop."""
        if self._is_stopping():
            return True
        if time.monotonic() - self._looked_at >= _TELL_EVERY_S:
            self._looked_at = time.monotonic()
            self._must_stop = not _mine(self.run).filter(cancel_asked_at=None).exists()
        return self._must_stop


Runner = Callable[[RunHandle], Any]
Teller = Callable[[int, "int | None", str], object]  # done, total, step: as for `progress`


def runner_of(kind: str) -> Runner | None:
    return _kinds().get(kind)


def drain(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Execute every run that waits, or whose worker has died."""
    done = 0
    while not is_stopping() and (run := lease()) is not None:
        execute(run, is_stopping)
        done += 1
    return done


def lease() -> Run | None:
    now = clock.real_now()
    adapt = connection.ops.adapt_datetimefield_value
    table = Run._meta.db_table
    skip_locked = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} SET status = 'running', attempts = attempts + 1, leased_until = %s,
            started_at = COALESCE(started_at, %s) WHERE id = (SELECT id FROM {table}
            WHERE status = 'waiting' OR (status = 'running' AND leased_until <= %s)
            ORDER BY id LIMIT 1 {skip_locked}) RETURNING id""",  # noqa: S608
            [adapt(now + LEASE), adapt(now), adapt(now)],
        )
        rows = cursor.fetchall()
    return Run.objects.select_related("site").get(pk=rows[0][0]) if rows else None


def execute(
    run: Run, is_stopping: Callable[[], bool] = lambda: False, tell: Teller | None = None
) -> None:
    runner = runner_of(run.kind)
    if runner is None or run.attempts > MOST_ATTEMPTS:
        _end(run, Run.Status.FAILED, error="Its worker died too often, or no room runs this kind.")
        return
    handle = RunHandle(run, is_stopping, tell)
    try:
        with beating(_extend, run, every_s=LEASE.total_seconds() / 3):
            result = runner(handle)
    except RunLost:
        return
    except Refusal as refusal:
        _end(run, Run.Status.FAILED, error=str(refusal))
    except Exception as error:
        log.exception("run %s %s failed", run.pk, run.kind)
        _end(run, Run.Status.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        if is_stopping():
            _give_back(run)
            return
        cancelled = _mine(run).exclude(cancel_asked_at=None).exists()
        _end(run, Run.Status.CANCELLED if cancelled else Run.Status.SUCCEEDED, result=result)


def _kinds() -> dict[str, Runner]:
    return {kind: runner for module in rooms.rooms() for kind, runner in module.runners.items()}


def _mine(run: Run) -> Any:
    """The row, as long as nobody else has taken it up."""
    return Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING, attempts=run.attempts)


def _extend(run: Run) -> None:
    _mine(run).update(leased_until=clock.real_now() + LEASE)


def _give_back(run: Run) -> None:
    """The worker shuts down: the next one begins anew, at once, and this was no failed attempt."""
    _mine(run).update(status=Run.Status.WAITING, leased_until=None, attempts=run.attempts - 1)


def _on_behalf_of(run: Run) -> Actor:
    system = system_actor()
    return Actor(
        account_id=system.account_id,
        name=system.name,
        kind=system.kind,
        grants=system.grants,
        on_behalf_of_id=run.actor_id,
    )


@action(permission="log.end_run")
def end_run(*, run: Run, status: str, error: str, result: Any, by: Actor) -> None:
    """The worker's own: how it ended."""
    ended = _mine(run).update(
        status=status, error=error, result=result, ended_at=clock.real_now(), leased_until=None
    )
    if not ended:
        raise RunOver(f"Run {run.pk} was ended by someone else.")
    publish(RunEnded(run.pk, run.kind, status), site=run.site)


def _end(run: Run, status: str, *, error: str = "", result: Any = None) -> None:
    try:
        end_run(run=run, status=status, error=error, result=result, by=system_actor())
    except RunOver:
        log.warning("run %s was taken up elsewhere", run.pk)
        return
    signals.send("runs", {"run": run.pk, "site": run.site_id, "status": status})
