import obeya.plant.log.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_last_file")]

    operations = [
        migrations.AddField(
            model_name="fileimport",
            name="undo_begun_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importpart",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importpart",
            name="left",
            field=obeya.plant.log.fields.JsonTextField(default=dict),
        ),
    ]
