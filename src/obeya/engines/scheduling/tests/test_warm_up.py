"""Users never wait for a compiler."""

import pytest

from .second_start import compiled_by_a_second_start

COUNT = """
import importlib, pkgutil
from obeya.engines import scheduling
from obeya.engines.scheduling import lines, plain, search
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.instances.warm_up import compile_kernels
from obeya.engines.scheduling import elsewhere, objective, reaction
from obeya.engines.scheduling.compiling import Kernel
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team

def compiled():
    names = [m.name for m in pkgutil.walk_packages(scheduling.__path__, scheduling.__name__ + ".")]
    modules = [importlib.import_module(name) for name in names if ".kernels." in name]
    found = {id(f): f for m in modules for f in vars(m).values() if isinstance(f, Kernel)}
    entries = [kernel.entry for kernel in found.values()]
    return sum(sum(f.stats.cache_misses.values()) for f in entries), \
        sum(len(f.overloads) for f in entries)

compile_kernels()
misses, overloads = compiled()
problem = scheduling.random_problem(3, 300)
for rule in scheduling.Rule:
    schedule = scheduling.dispatch(problem, rule=rule)
scheduling.right_shift(problem, schedule)
way = problem.alternatives_of(9)[0]
machine = int(problem.alternatives.machine[way])
scheduling.move(problem, schedule, 9, machine=machine, start=int(schedule.start[9]) + 7200)
budget = scheduling.Budget(work_units=1)
search.solve(problem, budget=budget, workers=2)
search.solve(scheduling.random_problem(1, 3_010), budget=budget)
just_in_time = scheduling.Objective((objective.tier(earliness=1.0),))
held = search.solve(problem, objective=just_in_time, budget=scheduling.Budget(9_000))
layout = Layout(packed(problem, held.maintenance_start), Prices(problem, just_in_time))
assert Team(layout, held, seed=1, workers=1).move_maintenance(1e9)
search.tardiness_bound(problem)
shop = plain.PlainShop.of_jobs(2, operations=[2, 2, 2], alternatives=[1] * 6,
                               machine=[0, 1, 1, 0, 0, 1], duration=[3, 5, 2, 4, 6, 1])
plain.solve_plain(shop, budget=budget, workers=2)
for aim in lines.Aim:
    for no_wait in (False, True):
        table = [[[1] * 9] * 9] * 2
        line = lines.FlowLine.of([[3, 1]] * 9, setups=table, aim=aim, no_wait=no_wait)
        lines.solve_line(line, budget=budget, seed=1, workers=2)
line = lines.HybridLine.of([[3, 1]] * 9, [2, 1])
lines.solve_hybrid(line, budget=budget, seed=1, workers=2)
project = "4 1\\n4\\n0 0 2 2 3\\n5 2 1 4\\n3 3 1 4\\n0 0 0\\n"
large = "60 50\\n" + "\\n".join(" ".join(f"{k} {k + 1}" for k in range(50)) for _ in range(60))
for text in (project, large):
    read_instance(text).solve(budget=budget, seed=1, workers=2, on_better=lambda value: None)
for seed in range(5):
    hit = reaction.disruptions_of(problem, schedule, seed)
    reaction.react(problem, schedule, hit, now=problem.now, budget=scheduling.Budget(500))
    if seed == 3:
        reaction.promise(problem, schedule, hit[0].order)
elsewhere.why_this_machine(problem, schedule, 9)
assert compiled() == (misses, overloads), (compiled(), misses, overloads)
print(misses)
"""


@pytest.mark.slow
def test_a_second_start_compiles_nothing():
    assert compiled_by_a_second_start(COUNT) == 0


@pytest.mark.slow
def test_a_second_start_reads_nothing_of_what_numba_knows_for_compiling():
    program = """
import sys
from obeya.engines.scheduling import compile_plant_kernels
compile_plant_kernels()
print(len([name for name in sys.modules if name.startswith("numba.np.arr")]))
"""
    assert compiled_by_a_second_start(program) == 0
