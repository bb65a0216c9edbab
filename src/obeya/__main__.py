"""`python -m obeya` is `obeya`, where no script is installed."""

import sys

from obeya.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
