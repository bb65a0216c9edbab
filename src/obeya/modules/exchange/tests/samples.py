"""How to call the room's verbs with n files on their way in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.actions import Imported, ProfileRow, save_profiles, save_shadow_sources
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.models import (
    FileImport,
    ImportRow,
    MappingProfile,
    ShadowDifference,
    ShadowNight,
    ShadowSource,
)
from obeya.modules.exchange.shadow.rows import (
    DecisionRow,
    FieldOwnerRow,
    ShadowFileRow,
    ShadowSourceRow,
)
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


def _ended(n: int, site: Site) -> dict[str, Any]:
    imports = _left(n, site)["imports"]
    FileImport.objects.filter(pk__in=[each.pk for each in imports]).update(applied_at=AT)
    return {"imports": imports}


def _halfway(n: int, site: Site) -> dict[str, Any]:
    imports = _left(n, site)["imports"]
    FileImport.objects.filter(pk__in=[each.pk for each in imports]).update(begun_at=AT)
    return {"imports": imports, "before": AT + timedelta(days=30)}


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
    return {"names": save_profiles(site=site, rows=rows, by=system_actor())}


def _lists(n: int, site: Site) -> dict[str, Any]:
    first = ShadowSource.objects.count()
    return {"rows": [ShadowSourceRow(f"list-{first + each}", "obeya") for each in range(n)]}


def _owners(n: int, site: Site) -> dict[str, Any]:
    lists = _lists(n, site)["rows"]
    save_shadow_sources(site=site, rows=lists, by=system_actor())
    return {"rows": [FieldOwnerRow(each.name, "Materials", "name", "obeya") for each in lists]}


def _sent(n: int, site: Site) -> dict[str, Any]:
    lists = _lists(n, site)["rows"]
    save_shadow_sources(site=site, rows=lists, by=system_actor())
    return {"rows": [ShadowFileRow(each.name, "a.csv", "YQ==") for each in lists]}


def _decided(n: int, site: Site) -> dict[str, Any]:
    [row] = _lists(1, site)["rows"]
    save_shadow_sources(site=site, rows=[row], by=system_actor())
    source = ShadowSource.objects.get(name=row.name)
    night = ShadowNight.objects.create(source=source, state="missing", at=AT)
    made = insert_many(
        [
            ShadowDifference(
                source=source, night=night, kind="ours", sheet="Materials",
                key=f'["M-{at}"]', named=f"M-{at}",
            )
            for at in range(n)
        ],
        ids=True,
    )  # fmt: skip
    return {"rows": [DecisionRow(each.pk, "ours") for each in made]}


SAMPLES = {
    "exchange.decide_differences": _decided,
    "exchange.save_field_owners": _owners,
    "exchange.save_shadow_sources": _lists,
    "exchange.send_shadow_files": _sent,
    "exchange.clear_previews": _ended,
    "exchange.forget_imports": _left,
    "exchange.forget_profiles": _kept,
    "exchange.give_up_imports": _halfway,
    "exchange.heal": _idle,
    "exchange.keep_preview": _compared,
    "exchange.save_profiles": _profiles,
}
