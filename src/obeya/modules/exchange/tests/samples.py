"""How to call the room's verbs with n files on their way in."""

from datetime import UTC, datetime
from typing import Any

from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.actions import Imported, ProfileRow, save_profiles
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.models import FileImport, ImportRow, MappingProfile
from obeya.modules.exchange.uploads import Upload
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


def _compared(n: int, site: Site) -> dict[str, Any]:
    rows = [ImportRow(sheet="Materials", number=2 + at, place=at, state="new") for at in range(n)]
    return {
        "upload": Upload("a.csv", "imports/a.csv", "obeya"),
        "imported": Imported(site.code, {}, ()),
        "rows": rows,
    }


def _idle(n: int, site: Site) -> dict[str, Any]:
    first = Material.objects.count()
    codes = [f"IDLE-{first + each}" for each in range(n)]
    rows = [MaterialRow(code) for code in codes]
    save_materials(site=site, rows=rows, by=system_actor())
    return {"check": "never_used", "codes": codes}


def _profiles(n: int, site: Site) -> dict[str, Any]:
    reads = TableMapping("x", "Materials", {"code": ("Artikel",)})
    first = MappingProfile.objects.count()
    return {"rows": [ProfileRow(f"profile {first + each}", [reads]) for each in range(n)]}


def _kept(n: int, site: Site) -> dict[str, Any]:
    rows = _profiles(n, site)["rows"]
    return {"names": save_profiles(rows=rows, by=system_actor())}


SAMPLES = {
    "exchange.forget_imports": _left,
    "exchange.forget_profiles": _kept,
    "exchange.heal": _idle,
    "exchange.keep_preview": _compared,
    "exchange.save_profiles": _profiles,
}
