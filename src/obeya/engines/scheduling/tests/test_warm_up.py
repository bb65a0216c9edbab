"""Users never wait for a compiler."""

import subprocess
import sys

import pytest

COUNT = """
from numba.core.dispatcher import Dispatcher
from obeya.engines.scheduling import compile_kernels
from obeya.engines.scheduling.kernels import dispatch, push, retime
compile_kernels()
entries = [dispatch.dispatch, push.load, push.settle, push.all_hold, retime.retime]
print(sum(sum(e.stats.cache_misses.values()) for e in entries))
print(sum(sum(e.stats.cache_hits.values()) for e in entries))
"""


@pytest.mark.slow
def test_a_second_start_compiles_nothing():
    runs = [
        subprocess.run([sys.executable, "-c", COUNT], capture_output=True, check=True, text=True)
        for _ in range(2)
    ]

    misses, hits = (int(line) for line in runs[1].stdout.split())
    assert misses == 0
    assert hits >= 4
