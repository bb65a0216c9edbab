from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0003_search_index"),
        ("resources", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="operationsevent",
            name="site",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddIndex(
            model_name="operationsevent",
            index=models.Index(fields=["site", "kind", "id"], name="event_of_site_by_kind"),
        ),
    ]
