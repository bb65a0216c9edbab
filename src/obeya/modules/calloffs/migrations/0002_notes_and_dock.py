import obeya.plant.log.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calloffs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="scheduleagreement",
            name="dock",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="scheduleagreement",
            name="notes",
            field=obeya.plant.log.fields.JsonTextField(default=list),
        ),
    ]
