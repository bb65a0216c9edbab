"""Which revision of a material is meant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from obeya.plant.log.checking import rows_of
from obeya.plant.log.saving import Upserted, upsert
from obeya.plant.resources.models import Material, MaterialRevision

FIRST_REVISION = "A"


class NamesRevision(Protocol):
    @property
    def material(self) -> str: ...
    @property
    def revision(self) -> str: ...


def in_effect(
    revisions: Iterable[MaterialRevision], on: date | None = None
) -> dict[int, MaterialRevision]:
    """By material id, the revision that holds on a day; without a day, the newest.

    The newest is the one that came into effect last; of equals, the one with the highest code.
    """
    found: dict[int, MaterialRevision] = {}
    for each in sorted(revisions, key=lambda r: (r.valid_from or date.min, len(r.code), r.code)):
        begun = on is None or each.valid_from is None or each.valid_from <= on
        over = on is not None and each.valid_to is not None and each.valid_to < on
        if begun and not over:
            found[each.material_id] = each
    return found


def meant(
    rows: Sequence[NamesRevision], materials: dict[str, Material]
) -> dict[tuple[str, str], MaterialRevision]:
    """By (material, revision) as the rows write them, the revisions that there are."""
    ids = {each.pk for each in materials.values()}
    by_material: dict[int, list[MaterialRevision]] = defaultdict(list)
    for each in rows_of(MaterialRevision.objects.all(), "material_id", ids):
        by_material[each.material_id].append(each)
    newest = in_effect(each for of_one in by_material.values() for each in of_one)
    found: dict[tuple[str, str], MaterialRevision] = {}
    for row in rows:
        material = materials.get(row.material)
        if material is None:
            continue
        if not row.revision and material.pk in newest:
            found[row.material, ""] = newest[material.pk]
        for each in by_material[material.pk]:
            found[row.material, each.code] = each
    return found


def made_where_new(
    rows: Sequence[NamesRevision], materials: dict[str, Material]
) -> tuple[dict[tuple[str, str], MaterialRevision], Upserted[MaterialRevision]]:
    """As `meant`; revisions that the rows name and that are not there yet are made."""
    found = meant(rows, materials)
    missing = dict.fromkeys(
        (materials[row.material].pk, row.revision or FIRST_REVISION)
        for row in rows
        if (row.material, row.revision) not in found
    )
    wanted: list[dict[str, Any]] = [{"material_id": m, "code": code} for m, code in missing]
    made = upsert(MaterialRevision.objects.all(), wanted, key=("material_id", "code"))
    return (meant(rows, materials) | found if wanted else found), made
