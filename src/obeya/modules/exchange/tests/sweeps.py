"""The sweep of a day, and files that have lain for days."""

import os
from datetime import timedelta

from django.core.files.storage import default_storage

from obeya.modules.exchange.sweeping import sweep_imports
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor


def sweep():
    sweep_imports(by=system_actor(), key="a day")


def let_lie(place, days=8):
    old = (clock.real_now() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(place), (old, old))
