from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calloffs", "0002_notes_and_dock")]

    operations = [
        migrations.AddIndex(
            model_name="calloffrelease",
            index=models.Index(
                fields=["site", "accepted_at", "id"], name="call_off_release_by_accepted"
            ),
        ),
    ]
