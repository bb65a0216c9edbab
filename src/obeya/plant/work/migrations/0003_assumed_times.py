from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0002_sorts_of_lists")]

    operations = [
        migrations.AddField(
            model_name="operation",
            name="is_setup_assumed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="operation",
            name="is_crew_assumed",
            field=models.BooleanField(default=False),
        ),
    ]
