from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0008_undo_in_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="fileimport",
            name="cleared_at",
            field=models.DateTimeField(null=True),
        ),
    ]
