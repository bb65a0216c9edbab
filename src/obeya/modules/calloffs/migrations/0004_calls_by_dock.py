from typing import Any

from django.db import migrations, models

import obeya.plant.log.fields


def find_schedule_docks(apps: Any, schema_editor: Any) -> None:
    """The dock that the schedule accepted last named, by the messages, which are kept whole.

    Each says with what it changed which agreement it was for; "" is one that it made.
    """
    releases = apps.get_model("calloffs", "CallOffRelease").objects
    accepted = releases.filter(accepted_at__isnull=False).order_by("accepted_at", "pk")
    docks: dict[tuple[Any, ...], str] = {}  # the newest stands
    rows = accepted.values_list("site_id", "customer_id", "lines", "differences")
    for site, customer, lines, differences in rows.iterator(chunk_size=50):
        codes = {(each["item"], each["ship_to"]): each["agreement"] for each in differences}
        for line in lines:
            if line["is_whole"]:
                dock = line.get("dock", "")
                docks[site, customer, line["material"], line["ship_to"]] = dock
                if code := codes.get((line["item"], line["ship_to"])):
                    docks[site, code] = dock
    agreements = apps.get_model("calloffs", "ScheduleAgreement").objects
    changed = []
    for each in agreements.all():
        by_place = docks.get((each.site_id, each.customer_id, each.material_id, each.ship_to))
        each.schedule_dock = docks.get((each.site_id, each.code), by_place)
        if each.schedule_dock is not None:
            changed.append(each)
    agreements.bulk_update(changed, ["schedule_dock"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("calloffs", "0003_release_by_accepted")]

    operations = [
        migrations.AddField(
            model_name="scheduleagreement",
            name="schedule_dock",
            field=models.CharField(blank=True, max_length=100, null=True),
        ),
        migrations.AddField(
            model_name="scheduleagreement",
            name="calls",
            field=obeya.plant.log.fields.JsonTextField(default=dict),
        ),
        migrations.RunPython(find_schedule_docks, migrations.RunPython.noop),
    ]
