"""How to call the room's verbs with n files on their way in."""

from datetime import UTC, datetime
from typing import Any

from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.models import FileImport
from obeya.plant.log.actor import system_actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.resources.models import Material, Site

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def _left(n: int, site: Site) -> dict[str, Any]:
    by = system_actor()
    made = [
        FileImport(
            site=site,
            sent_by_id=by.account_id,
            name="a.csv",
            stored_as="imports/a.csv",
            profile="obeya",
            into=site.code,
            checked_at=AT,
        )
        for _ in range(n)
    ]
    return {"imports": insert_many(made, ids=True)}


def _idle(n: int, site: Site) -> dict[str, Any]:
    first = Material.objects.count()
    codes = [f"IDLE-{first + each}" for each in range(n)]
    rows = [MaterialRow(code) for code in codes]
    save_materials(site=site, rows=rows, by=system_actor())
    return {"check": "never_used", "codes": codes}


SAMPLES = {"exchange.heal": _idle, "exchange.forget_imports": _left}
