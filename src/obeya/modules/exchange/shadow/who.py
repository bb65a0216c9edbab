"""Who changed our value, and when: read off the change rows of the log."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from obeya.modules.exchange.reading.columns import split_unit
from obeya.modules.exchange.shadow.reconciling import FIELD, Found
from obeya.plant.log.checking import rows_of
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.resources.models import Site

#: sheet → the tables that hold its rows, and how their code is found from there
TABLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "Equipment": (("resources.Equipment", "code"),),
    "Parties": (("resources.Party", "code"),),
    "Tools": (("resources.Tool", "code"),),
    "Materials": (("resources.Material", "code"), ("resources.MaterialAtSite", "material__code")),
    "Demand": (("work.Demand", "code"),),
    "Purchases": (("work.SupplyOrder", "number"),),
    "Production orders": (("work.SupplyOrder", "number"),),
}


@dataclass(frozen=True)
class Changed:
    account_id: int
    at: datetime


def who_changed(found: Iterable[Found], site: Site) -> dict[Found, Changed]:
    """The last change of each field; one that the log does not know is left out."""
    last: dict[Found, int] = {}
    by_sheet: dict[str, dict[str, list[Found]]] = {}
    for each in found:
        if each.kind == FIELD and each.sheet in TABLES:
            code = json.loads(each.key)[0]
            by_sheet.setdefault(each.sheet, {}).setdefault(code, []).append(each)
    for sheet, wanted in by_sheet.items():
        for label, path in TABLES[sheet]:
            _look(label, path, wanted, site, last)
    events = {e.pk: e for e in rows_of(OperationsEvent.objects.all(), "pk", set(last.values()))}
    return {
        each: Changed(events[pk].actor_id, events[pk].effective_at)
        for each, pk in last.items()
        if pk in events
    }


def _look(
    label: str,
    path: str,
    wanted: Mapping[str, Sequence[Found]],
    site: Site,
    last: dict[Found, int],
) -> None:
    model = apps.get_model(label)
    rows = model._base_manager.order_by()
    if any(each.name == "site" for each in model._meta.get_fields()):
        rows = rows.filter(site=site)
    code_of = {pk: code for pk, code in rows.values_list("pk", path) if code in wanted}
    for change in rows_of(ChangeRow.objects.filter(model=label), "row_id", code_of):
        for each in wanted[code_of[change.row_id]]:
            if change.event_id > last.get(each, 0) and _names(each.field, change.fields):
                last[each] = change.event_id


def _names(field: str, changed: Mapping[str, object]) -> bool:
    """`lead_time_days` is kept as `lead_time_s`."""
    stem = split_unit(field)[0]
    return any(split_unit(name)[0] == stem for name in changed)
