"""python -m obeya is the obeya command."""

from obeya.config.cli import main

raise SystemExit(main())
