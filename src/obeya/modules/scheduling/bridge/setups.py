"""Setup seconds between families, from matrices where there are some, else from the routing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from obeya.modules.scheduling.bridge.machines import Machine
from obeya.modules.scheduling.bridge.steps import Step
from obeya.plant.resources.models import Site
from obeya.plant.work.models import SetupMatrix, SetupMatrixUse, SetupTime

ANY = ""


@dataclass(frozen=True)
class FamilyKey:
    """What decides a setup: the family, and the seconds that its own routing asks for."""

    family: str
    setup_s: int


def family_of(step: Step, setup_s: int) -> FamilyKey | None:
    """A step without a named family is its own: two orders of one part need no setup between."""
    if not step.how.setup_family and not setup_s:
        return None
    own = f"{step.order.material_id}/{step.number}"
    return FamilyKey(step.how.setup_family or own, setup_s)


class Matrices:
    """The site's setup matrices by equipment."""

    def __init__(self, site: Site) -> None:
        self._default = dict(SetupMatrix.objects.at(site).values_list("pk", "default_s"))
        self._pairs: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        self._known: dict[int, set[str]] = defaultdict(set)
        for time in SetupTime.objects.filter(matrix__site=site):
            self._pairs[time.matrix_id][time.from_family, time.to_family] = time.seconds
            self._known[time.matrix_id] |= {time.from_family, time.to_family}
        self._matrix_of = dict(
            SetupMatrixUse.objects.filter(matrix__site=site).values_list("equipment", "matrix")
        )

    def matrix_of(self, machine: Machine) -> int | None:
        """Its own matrix, or that of the nearest equipment above it."""
        if machine.equipment is None:
            return None
        way = [int(pk) for pk in machine.equipment.path.strip("/").split("/") if pk]
        for pk in reversed(way):
            if pk in self._matrix_of:
                return self._matrix_of[pk]
        return self._matrix_of.get(machine.equipment.pk)

    def rows(self, matrix: int | None, families: Sequence[FamilyKey]) -> list[list[int]]:
        """The square of seconds for the families that meet on a machine."""
        return [[self._between(matrix, a, b) for b in families] for a in families]

    def _between(self, matrix: int | None, before: FamilyKey, after: FamilyKey) -> int:
        if matrix is not None and after.family in self._known[matrix]:
            pairs = self._pairs[matrix]
            for pair in (
                (before.family, after.family),
                (ANY, after.family),
                (before.family, ANY),
            ):
                if pair in pairs:
                    return pairs[pair]
            if before.family == after.family:
                return 0
            return self._default[matrix]
        return 0 if before.family == after.family else after.setup_s


@dataclass(frozen=True)
class FamilyIndex:
    """Families that may run on one machine, in the order of the engine's indices."""

    keys: tuple[FamilyKey, ...]

    @cached_property
    def at(self) -> Mapping[FamilyKey, int]:
        return {key: index for index, key in enumerate(self.keys)}

    def initial(self, family: str) -> int:
        """Index of the family that a machine is set up for now, or -1."""
        return next((i for i, key in enumerate(self.keys) if family and key.family == family), -1)
