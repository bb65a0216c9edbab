"""Users never wait for a compiler."""

import os
import subprocess
import sys

import pytest

COUNT = """
import importlib, pkgutil
from numba.core.dispatcher import Dispatcher
from obeya.engines import scheduling
from obeya.engines.scheduling import elsewhere, kernels, reaction
from obeya.engines.scheduling.search import kernels as search_kernels, solve

def compiled():
    modules = [importlib.import_module(f"{package.__name__}.{m.name}")
               for package in (kernels, search_kernels)
               for m in pkgutil.iter_modules(package.__path__)]
    found = {id(f): f for m in modules for f in vars(m).values() if isinstance(f, Dispatcher)}
    return sum(sum(f.stats.cache_misses.values()) for f in found.values()), \
        sum(len(f.overloads) for f in found.values())

scheduling.compile_kernels()
misses, overloads = compiled()
problem = scheduling.random_problem(3, 300)
schedule = scheduling.dispatch(problem)
solve(problem, budget=scheduling.Budget(3_000), workers=2, start=schedule)
scheduling.right_shift(problem, schedule, now=problem.now + 3600)
way = problem.alternatives_of(9)[0]
machine = int(problem.alternatives.machine[way])
scheduling.move(problem, schedule, 9, machine=machine, start=int(schedule.start[9]) + 7200)
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
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", COUNT]
    runs = [
        subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
        for _ in range(2)
    ]

    assert int(runs[1].stdout) == 0
