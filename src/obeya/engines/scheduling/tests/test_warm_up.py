"""Users never wait for a compiler."""

import os
import subprocess
import sys

import pytest

COUNT = """
import importlib, pkgutil
from numba.core.dispatcher import Dispatcher
from obeya.engines import scheduling
from obeya.engines.scheduling import kernels, plain
from obeya.engines.scheduling.plain import kernels as plain_kernels

def compiled():
    modules = [importlib.import_module(f"{folder.__name__}.{m.name}")
               for folder in (kernels, plain_kernels)
               for m in pkgutil.iter_modules(folder.__path__)]
    found = {id(f): f for m in modules for f in vars(m).values() if isinstance(f, Dispatcher)}
    return sum(sum(f.stats.cache_misses.values()) for f in found.values()), \
        sum(len(f.overloads) for f in found.values())

scheduling.compile_kernels()
misses, overloads = compiled()
problem = scheduling.random_problem(3, 300)
schedule = scheduling.dispatch(problem)
scheduling.right_shift(problem, schedule, now=problem.now + 3600)
way = problem.alternatives_of(9)[0]
machine = int(problem.alternatives.machine[way])
scheduling.move(problem, schedule, 9, machine=machine, start=int(schedule.start[9]) + 7200)
shop = plain.PlainShop.of_jobs(2, operations=[2, 2, 2], alternatives=[1] * 6,
                               machine=[0, 1, 1, 0, 0, 1], duration=[3, 5, 2, 4, 6, 1])
plain.solve_plain(shop, budget=scheduling.Budget(1), workers=2)
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
