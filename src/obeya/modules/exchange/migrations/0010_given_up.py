from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0009_cleared"),
    ]

    operations = [
        migrations.AddField(
            model_name="fileimport",
            name="given_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="fileimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_up_at", None),
                    models.Q(
                        ("applied_at", None),
                        ("begun_at__isnull", False),
                        ("given_up_at__gte", models.F("begun_at")),
                    ),
                    _connector="OR",
                ),
                name="file_import_given_up_is_halfway",
            ),
        ),
    ]
