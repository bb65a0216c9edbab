"""What is compiled once stays compiled."""

import pytest

from obeya.engines.scheduling.tests.second_start import compiled_by_a_second_start

COUNT = """
import importlib, pkgutil
import numpy as np
from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.compiling import Kernel
from obeya.engines.scheduling.plain import PlainShop
from obeya.engines.scheduling.plain_large import kernels, solve_large
from obeya.engines.scheduling.plain_large.warm_up import compile_large_kernels

def compiled():
    modules = [importlib.import_module(f"{kernels.__name__}.{m.name}")
               for m in pkgutil.iter_modules(kernels.__path__)]
    found = {id(f): f for m in modules for f in vars(m).values() if isinstance(f, Kernel)}
    entries = [f.entry for f in found.values() if "entry" in vars(f)]
    return sum(sum(entry.stats.cache_misses.values()) for entry in entries), \
        sum(len(entry.overloads) for entry in entries)

compile_large_kernels()
before = compiled()
chance = np.random.default_rng(1)
shop = PlainShop.of_jobs(9, operations=[9] * 60, alternatives=[1] * 540,
                         machine=chance.integers(0, 9, 540), duration=chance.integers(1, 9, 540))
solve_large(shop, budget=Budget(100_000), seed=1, workers=2)
shop = PlainShop.of_jobs(9, operations=[9] * 60, alternatives=[2] * 540,
                         machine=chance.integers(0, 9, 1080), duration=chance.integers(1, 9, 1080))
solve_large(shop, budget=Budget(100_000), seed=1, workers=2)
assert compiled() == before, (compiled(), before)
assert before[1] > 0
print(before[0])
"""


@pytest.mark.slow
def test_a_second_start_compiles_nothing():
    assert compiled_by_a_second_start(COUNT) == 0
