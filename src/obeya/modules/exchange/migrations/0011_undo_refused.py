from django.db import migrations

import obeya.plant.log.fields


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0010_given_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="fileimport",
            name="undo_refused",
            field=obeya.plant.log.fields.JsonTextField(default=dict),
        ),
    ]
