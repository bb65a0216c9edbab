from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_shadow"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="shadownight",
            name="shadow_file_taken_once",
        ),
    ]
