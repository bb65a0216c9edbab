"""A program for `benches.process`: it is ended from outside after it has told what it reads."""

import os
import signal

from obeya.modules.scheduling.benches.process import tell_so_far

if __name__ == "__main__":
    tell_so_far({"problem": "JSP", "operations": 4})
    os.kill(os.getpid(), signal.SIGKILL)
