"""A BOM that runs in a circle, named material by material."""

from collections.abc import Sequence

from obeya.engines.mrp import CircularBom
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Material


class BomIsCircular(Refusal):
    """A material contains itself."""


def circle_refusal(material_ids: Sequence[int], circle: CircularBom) -> BomIsCircular:
    """Say which way leads back to where it began."""
    codes = dict(
        Material.objects.filter(pk__in=[material_ids[m] for m in circle.loop]).values_list(
            "pk", "code"
        )
    )
    way = " > ".join(codes[material_ids[material]] for material in circle.loop)
    return BomIsCircular(f"The BOM runs in a circle: {way}. Take one of these lines out.")
