"""Views of orders, purchases and jobs that were saved before these lists had Open | Done | All go
on showing what they showed: all of it.
"""

from typing import Any

from django.db import migrations
from django.http import QueryDict

LISTS = ("demands", "purchases", "jobs")
FILTER = "status"  # of each of them: a view that asks for one value of the state shows it anyhow


def show_all(apps: Any, schema_editor: Any) -> None:
    views = apps.get_model("ui", "SavedView").objects.filter(list_name__in=LISTS)
    for view in views.order_by("pk").iterator():
        asked = QueryDict(view.query.removeprefix("?"), mutable=True)
        if asked.get(FILTER) or asked.get("state") in ("open", "done", "all"):
            continue
        asked["state"] = "all"
        view.query = f"?{asked.urlencode()}"
        view.save(update_fields=["query"])


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0003_assumed_times"),
        ("ui", "0001_initial"),
    ]

    # the way back leaves them: a list without sides shows all rows whatever the address says
    operations = [migrations.RunPython(show_all, migrations.RunPython.noop)]
