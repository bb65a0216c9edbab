"""A process that looks into a plant's database through Obeya's own settings, and runs its proofs.

It is spoken to in lines of JSON, so that twenty looks cost one start.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.server import ROOT, Server

PROGRAM = """
import json, sys
from collections import Counter
import django
django.setup()
from django.db import connection
from django.db.models import Count
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log.models import ActionKey, Delivery, OperationsEvent
from obeya.plant.log.verify import run_proofs
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand, JobOrder, JobTransition

def events_of(kind):
    told = OperationsEvent.objects.filter(kind=kind).values_list("payload", flat=True)
    return Counter(job for text in told for job in json.loads(text)["job_ids"])

def site(_):
    return Site.objects.get().code

def jobs(_):
    told = {name: events_of(f"production.{name}") for name in
            ("jobs_started", "quantities_reported", "jobs_completed")}
    steps = Counter(JobTransition.objects.values_list("job", "to_status"))
    spans = Counter(TimeLog.objects.filter(equipment__isnull=False, ended_at=None)
                    .values_list("job", flat=True))
    rows = JobOrder.objects.select_related("totals", "equipment").order_by("planned_start_at", "pk")
    return [{"code": job.code, "machine": job.equipment.code if job.equipment else "",
             "capacity": job.equipment.capacity if job.equipment else 0,
             "is": [job.dispatch_status, str(job.totals.good.normalize() + 0),
                    told["quantities_reported"][job.pk],
                    steps[job.pk, "running"], told["jobs_started"][job.pk],
                    steps[job.pk, "completed"], told["jobs_completed"][job.pk],
                    spans[job.pk]]} for job in rows]

def plan(_):
    draft = Draft.objects.get(closed_at=None)
    return {"published": PlanVersion.objects.exclude(published_at=None).count(),
            "told": OperationsEvent.objects.filter(kind="scheduling.plan_published").count(),
            "draft": draft.pk, "revision": draft.revision, "commands": draft.commands.count()}

def demands(prefix):
    return [list(row) for row in Demand.objects.filter(code__startswith=prefix)
            .order_by("code").values_list("code", flat=False)]

def keys(prefix):
    return ActionKey.objects.filter(key__startswith=prefix).count()

def deliveries(_):
    found = Counter(Delivery.objects.values_list("status", flat=True))
    return {Delivery.Status(status).name: count for status, count in found.items()}

def disagreements(_):
    return [f"{each.name}: {line}" for each in run_proofs().results for line in each.disagreements]

def pragmas(_):
    with connection.cursor() as cursor:
        return [cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("synchronous", "journal_mode")]

for line in sys.stdin:
    question, argument = json.loads(line)
    answer = globals()[question](argument)
    connection.close()
    print(json.dumps(answer), flush=True)
"""


class Inspector:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, question: str, argument: Any = None) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([question, argument]), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, f"the inspector failed at {question}; see its traceback above"
        return json.loads(line)


@contextmanager
def inspecting(server: Server) -> Iterator[Inspector]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "obeya.config.settings"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Inspector(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
