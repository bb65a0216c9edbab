"""One thing at a time on a machine, and the setups between what follows each other."""

from collections import defaultdict
from itertools import pairwise, permutations

from .cp_sat import Expression
from .hint import is_planned
from .timing import worked_until
from .window_model import Choice, Window

_DEPOT = 0  # before the first and after the last


def keep_apart(window: Window, machine: int, choices: list[Choice]) -> None:
    """Choices on a machine overlap neither each other nor what stands still."""
    busy = [
        window.model.new_fixed_size_interval_var(start, end - start, f"busy {machine}")
        for start, end in window.lines[machine].busy
    ]
    window.model.add_no_overlap([choice.taken for choice in choices] + busy)


class Sequence:
    """Ties the setup of each choice to what comes before it on its machine.

    A circle runs through all operations that stand still, in their turn, and through the choices
    that are taken; node 0 is its beginning and its end.

    Attributes
    ----------
    seconds
        Of all setups on the machine in the time of the window.
    """

    def __init__(self, window: Window, machine: int, choices: list[Choice]) -> None:
        self.window, self.machine, self.line = window, machine, window.lines[machine]
        self.seconds: Expression = 0
        self._arcs: list[tuple[int, int, Expression]] = []
        self._into: dict[tuple[int, int], list[Expression]] = defaultdict(list)
        nodes = list(enumerate(choices, start=len(self.line.rows) + 1))
        self._turns = self._planned_turns(nodes)
        for (one, before), (other, after) in permutations(nodes, 2):
            if before.operation != after.operation:
                follows = self._choice_after(self._family(before), one, after, other)
                apart = window.model.add(after.moment.begin >= before.moment.end)
                apart.only_enforce_if(follows)
        for gap in range(len(self.line.gaps)):
            self._fill(gap, nodes)
        for node, choice in nodes:
            self._arcs.append((node, node, ~choice.is_taken))
            for setup, timed in choice.setups.items():
                literals = [literal for literal, _ in timed]
                window.model.add(sum(self._into[node, setup]) == sum(literals))
        window.model.add_circuit(self._arcs)
        for left, right, literal in self._arcs:
            if left != right:
                window.model.add_hint(literal, self._turns.get(left) == right)

    def _planned_turns(self, nodes: list[tuple[int, Choice]]) -> dict[int, int]:
        """The node that follows each one in the plan."""
        plan = self.window.schedule
        there = {choice.operation: node for node, choice in nodes if is_planned(plan, choice)}
        there |= {row: node for node, row in enumerate(self.line.rows, start=1)}
        turns = sorted(there, key=lambda row: (plan.start[row], plan.end[row]))
        return dict(pairwise([_DEPOT, *(there[row] for row in turns), _DEPOT]))

    def _family(self, choice: Choice) -> int:
        return int(self.window.problem.alternatives.family[choice.way])

    def _fill(self, gap: int, nodes: list[tuple[int, Choice]]) -> None:
        """Nothing between two that stand still, or choices that have the time there."""
        (start, end), model = self.line.gaps[gap], self.window.model
        family = self.line.families[gap - 1] if gap else self.line.family
        right = gap + 1 if gap < len(self.line.rows) else _DEPOT
        self._still_after(family, gap, right)
        for node, choice in nodes:
            if end - start < self.window.problem.alternatives.run[choice.way]:
                continue
            leaves = self._still_after(self._family(choice), node, right)
            model.add(choice.moment.end <= end).only_enforce_if(leaves)
            comes = self._choice_after(family, gap, choice, node)
            model.add(choice.moment.begin >= start).only_enforce_if(comes)

    def _choice_after(self, family: int, before: int, choice: Choice, node: int) -> Expression:
        own = self._family(choice)
        setup = self.window.problem.setup_seconds(self.machine, family, own)
        literal = self._arc(before, node, setup)
        self._into[node, setup].append(literal)
        return literal

    def _still_after(self, family: int, before: int, node: int) -> Expression:
        """An arc to one that stands still: never if it would need more setup than it has."""
        if node == _DEPOT:
            return self._arc(before, node, 0)
        row, problem = self.line.rows[node - 1], self.window.problem
        if problem.operations.remaining[row] >= 0:
            return self._arc(before, node, 0)  # its setup is history
        setup = problem.setup_seconds(self.machine, family, self.line.families[node - 1])
        literal = self._arc(before, node, setup)
        if setup > self._done(row) and self._turns.get(before) != node:  # facts may conflict
            self.window.model.add(literal == 0)
        return literal

    def _done(self, row: int) -> int:
        """Seconds of setup that an operation has where it stands."""
        plan = self.window.schedule
        spans = self.window.spans(int(plan.alternative[row]))
        begin, start = int(plan.setup_start[row]), int(plan.start[row])
        return worked_until(spans, start) - worked_until(spans, begin)

    def _arc(self, before: int, after: int, setup: int) -> Expression:
        literal = self.window.model.new_bool_var(f"{before} then {after} on {self.machine}")
        self._arcs.append((before, after, literal))
        self.seconds += setup * literal
        return literal
