"""A program that is started twice."""

import os
import subprocess
import sys


def compiled_by_a_second_start(program: str) -> int:
    """How many kernels it compiles the second time; it prints how many it had to compile."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    runs = [
        subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
        for _ in range(2)
    ]
    return int(runs[1].stdout)
