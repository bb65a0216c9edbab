"""Views of orders, purchases and jobs that were saved before these lists had Open | Done | All go
on showing what they showed: all of it, in the order in which it came.
"""

from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.db import migrations
from django.http import QueryDict

#: list → its order then, which no view named; what is done comes the other way around now
LISTS = {"demands": "due_at", "purchases": "due_at", "jobs": "planned_start_at"}
FILTER = "status"  # of each of them: a view that asks for one value of the state shows it anyhow


def show_all(apps: Any, schema_editor: Any) -> None:
    views = apps.get_model("ui", "SavedView").objects.filter(list_name__in=LISTS)
    for view in views.order_by("pk").iterator():
        try:
            asked = QueryDict(view.query.removeprefix("?"), mutable=True)
        except TooManyFieldsSent:  # no page answers it either
            continue
        if asked.get("state") in ("open", "done", "all"):
            continue
        if not asked.get(FILTER):
            asked["state"] = "all"
        if not asked.get("sort"):
            asked["sort"] = LISTS[view.list_name]
        view.query = f"?{asked.urlencode()}"
        view.save(update_fields=["query"])


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0003_assumed_times"),
        ("ui", "0001_initial"),
    ]

    # the way back leaves them: a list without sides shows all rows whatever the address says
    operations = [migrations.RunPython(show_all, migrations.RunPython.noop)]
