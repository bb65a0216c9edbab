from typing import Any

from django.db import migrations

from obeya.plant.log import search_index


def install(apps: Any, schema_editor: Any) -> None:
    search_index.install()


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0002_access_and_side_tables"),
    ]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
