"""What turns a step into the engine's alternatives: machines, setups, crews, tools, recipes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from obeya.engines.scheduling import Alternative
from obeya.modules.scheduling.bridge.crews import Crew, ability_of
from obeya.modules.scheduling.bridge.intervals import Interval
from obeya.modules.scheduling.bridge.machines import Eligible, Shop
from obeya.modules.scheduling.bridge.setups import FamilyIndex, Matrices, family_of
from obeya.modules.scheduling.bridge.steps import Step


@dataclass(frozen=True, eq=False)
class Kit:
    """Kept with the problem, so that an order can be added to it without building it anew.

    ``families`` are by machine, ``crews`` with their pool of the engine, ``tools`` by id;
    ``calendar_of`` gives the engine's calendar of one of the plant's (None: always open).
    """

    shop: Shop
    matrices: Matrices
    families: Sequence[FamilyIndex]
    crews: Sequence[tuple[int, Crew]]
    tools: Mapping[int, int]
    recipes: dict[tuple[object, ...], int]
    calendar_of: Mapping[int | None, int]
    intervals: Mapping[int | None, list[Interval]]

    def alternatives(self, step: Step, way: Eligible) -> list[Alternative]:
        """The step on one machine, with each crew that can do it."""
        key = family_of(step, way.setup_s)
        base = {
            "machine": way.machine,
            "run": way.run_seconds,
            "tool": self.tools.get(step.how.tool_id, -1),
            "family": self.families[way.machine].at[key] if key else -1,
        }
        ability = ability_of(step)
        if ability is None or step.is_running:  # whoever runs it is there, whatever the roster says
            return [Alternative(**base)]
        heads = step.how.crew_size
        return [
            Alternative(**base, crew=pool, heads=heads)
            for pool, crew in self.crews
            if ability in crew.abilities and crew.most >= heads
        ]

    def recipe(self, step: Step, alternatives: list[Alternative]) -> int:
        """Batches are for operations that allow them; the others go in alone.

        What goes in together comes out together, so another time in the oven is another recipe.
        A load that is in already is closed.
        """
        if not step.how.is_batch or step.is_running:
            return -1
        name = step.how.batch_family or f"{step.order.material_id}/{step.number}"
        ways = tuple((a.machine, a.run, a.family, a.crew, a.heads) for a in alternatives)
        return self.recipes.setdefault((name, step.how.is_resumable, ways), len(self.recipes))
