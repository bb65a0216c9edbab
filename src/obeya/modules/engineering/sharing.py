"""Materials, their revisions and BOM are the whole enterprise's: every site that deals with one
has its say before it changes.
"""

from collections.abc import Collection, Iterable
from typing import Any

from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.resources.models import MaterialAtSite, Site

EDIT = "engineering.edit"


def closed_to(by: Actor, materials: Iterable[int]) -> dict[int, Site]:
    """By id, the materials that ``by`` may not change, with a site that deals with each."""
    closed = {site.pk: site for site in Site.objects.all() if not by.may(EDIT, site=site)}
    if not closed:
        return {}
    dealing = rows_of(MaterialAtSite.objects.filter(site__in=closed), "material_id", materials)
    return {each.material_id: closed[each.site_id] for each in dealing}


def must_change(materials: Iterable[int], by: Actor) -> None:
    """Refuse whoever may not change them at every site that deals with one of them."""
    for site in closed_to(by, materials).values():
        by.must(EDIT, site=site)


def refuse_closed(
    check: RowCheck[Any], field: str, materials: Collection[tuple[int, int]], by: Actor
) -> None:
    """Refuse the rows, as (index, material id), that change what another site works with too."""
    if not materials:
        return
    closed = closed_to(by, {material for _, material in materials})
    for index, material in materials:
        if (site := closed.get(material)) is not None:
            rule = f"{site} deals with this material too, and you may not change it there"
            remedy = "Have somebody change it who may at every site that deals with it."
            check.add(index, field, rule, remedy)
    check.refuse()
