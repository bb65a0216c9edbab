"""How to call the verbs of the organisation with n rows: n shifts that somebody missed."""

from datetime import UTC, datetime, timedelta

from obeya.modules.organisation.rows import AbsenceRow
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.resources.models import Person, Site

FIRST = datetime(2020, 1, 1, 6, tzinfo=UTC)


def absences(n: int, site: Site) -> list[AbsenceRow]:
    Person.objects.get_or_create(code="ANN", defaults={"name": "Ann", "home_site": site})
    day, shift = timedelta(days=1), timedelta(hours=8)
    days = range(TimeLog.objects.count(), TimeLog.objects.count() + n)
    return [AbsenceRow("ANN", FIRST + i * day, FIRST + i * day + shift) for i in days]


SAMPLES = {"organisation.record_absences": lambda n, site: {"rows": absences(n, site)}}
