"""What jobs have yielded and taken: added to in the transaction that reports it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import connection

from obeya.plant.work.models import JobOrder, JobTotals

_TABLE = JobTotals._meta.db_table


@dataclass
class Addition:
    """What a job's totals gain (or lose, by a correction); quantities in base units, times in s."""

    good: Decimal = Decimal(0)
    scrap: Decimal = Decimal(0)
    rework: Decimal = Decimal(0)
    setup_s: Decimal = Decimal(0)
    run_s: Decimal = Decimal(0)
    down_s: Decimal = Decimal(0)


_NAMES = [each.name for each in fields(Addition)]


def add(additions: Mapping[JobOrder, Addition]) -> None:
    """Add to the totals of the jobs, in one statement, in the order of the jobs' ids."""
    assignments = ", ".join(f"{name} = {name} + %s" for name in _NAMES)
    values = [
        [*(int(getattr(more, name) * 1_000_000) for name in _NAMES), job.pk]
        for job, more in sorted(additions.items(), key=lambda item: int(item[0].pk))
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {_TABLE} SET {assignments} WHERE job_id = %s",  # noqa: S608 - our names
                values,
            )
