"""What follows from what the floor and the planner have fixed, written from the definitions."""

from collections.abc import Sequence

from .reading import Reading, Span


def end_of_fixed(r: Reading, i: int) -> int:
    """When a fixed operation is done: its run from its start, what remains of it from now.

    Work that no working time is left for goes on in clock time.
    """
    begin, left = r.start[i], r.run[i]
    if r.started[i]:
        begin, left = r.problem.now, int(r.problem.operations.remaining[i])
    at_once = begin + left
    if left == 0:
        return begin
    for start, end in r.working_from(i, begin):
        if left <= end - start:
            return start + left
        left -= end - start
    return at_once


def latest_setup(r: Reading, i: int, asked: int, busy_until: int) -> int:
    """The latest moment at which the setup of a fixed operation may begin.

    It has its seconds before the start, unless now, or what is fixed ahead of it on its machine,
    leaves no room for them: then it has what room there is.
    """
    begin = r.start[i]
    if asked == 0 or r.started[i]:
        return begin
    left, moment = asked, r.problem.now
    for start, end in r.working_before(i, begin):
        if left <= end - start:
            moment = end - left
            break
        left -= end - start
    return min(begin, max(moment, busy_until, r.problem.now))


def has_play(r: Reading, job: int) -> bool:
    """Whether the window of a maintenance job is longer than the job."""
    jobs = r.problem.maintenance
    return bool(jobs.latest[job] - jobs.earliest[job] > jobs.duration[job])


def could_be_elsewhere(r: Reading, job: int) -> bool:
    """Whether a maintenance job could be done where it spoils nothing frozen.

    The other jobs of its machine stay where they are. It spoils what would start in it, and what
    cannot stop for it.
    """
    jobs, now = r.problem.maintenance, r.problem.now
    duration = int(jobs.duration[job])
    last = int(jobs.latest[job]) - duration
    start = max(int(jobs.earliest[job]), min(now, last))  # with a choice not before now
    for first_spoilt, last_spoilt in sorted(_spoilt_starts(r, job, duration)):
        if start < first_spoilt:
            break
        start = max(start, last_spoilt + 1)
    return start <= last


def jobs_in_run(r: Reading, i: int) -> Sequence[int]:
    """The maintenance jobs that a frozen operation would meet if nothing else stopped it."""
    if not r.fixed[i] or r.started[i]:
        return ()
    begin, end = r.start[i], r.start[i] + r.run[i]
    spans = r.maintenance_on.get(r.machine[i], [])
    return tuple(job for start, finish, job in spans if start < end and begin < finish)


def _spoilt_starts(r: Reading, job: int, duration: int) -> list[Span]:
    """First and last of the starts at which a job meets another one, or spoils something frozen."""
    machine = int(r.problem.maintenance.machine[job])
    spoilt = [
        (begin - duration + 1, finish - 1)
        for begin, finish, other in r.maintenance_on[machine]
        if other != job
    ]
    for i in (i for batch in r.sequences.get(machine, []) for i in batch):
        if r.fixed[i] and not r.started[i]:
            last = r.start[i]
            if not r.is_resumable(i):
                last = max(last, r.start[i] + r.run[i] - 1)
            spoilt.append((r.start[i] - duration + 1, last))
    return spoilt
