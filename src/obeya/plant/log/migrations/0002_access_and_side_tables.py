import obeya.plant.log.append_only
import django.db.models.deletion
import django.db.models.functions.text
import obeya.plant.log.fields
import obeya.plant.log.models.account
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0001_initial"),
        ("resources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("prefix", models.CharField(max_length=16)),
                ("permissions", obeya.plant.log.fields.JsonTextField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-issued_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="api_token_expires_after_issue",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("content_type", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("attached_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["model", "row_id", "id"], name="attachment_by_row")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)), name="attachment_has_a_size"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["model", "row_id", "id"], name="comment_by_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("translations", obeya.plant.log.fields.JsonTextField(default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("yes_no", "Yes No"),
                            ("choice", "Choice"),
                        ],
                        max_length=10,
                    ),
                ),
                ("choices", obeya.plant.log.fields.JsonTextField(default=list)),
                ("is_required", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["model", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("model", "code"), name="custom_field_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["text", "number", "date", "yes_no", "choice"])
                        ),
                        name="custom_field_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoginFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_digest", models.CharField(max_length=64)),
                ("address", models.CharField(max_length=45)),
                ("failed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_digest", "failed_at"], name="login_failure_by_name"),
                    models.Index(fields=["address", "failed_at"], name="login_failure_by_address"),
                    models.Index(fields=["failed_at"], name="login_failure_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=40)),
                ("prefix", models.CharField(blank=True, default="", max_length=20)),
                ("digits", models.PositiveSmallIntegerField(default=5)),
                ("next_number", models.PositiveBigIntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "number series",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_number__gte", 1)), name="number_series_from_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("is_shipped", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="role_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RolePermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("permission", models.CharField(max_length=80)),
                ("is_granted", models.BooleanField(default=True)),
                ("is_plants_own", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["permission"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_granted", True), ("is_plants_own", True), _connector="OR"
                        ),
                        name="role_permission_only_a_plant_says_no",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("permission", models.CharField(max_length=80)),
                ("code", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True, default="")),
                ("url", models.CharField(max_length=300)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "indexes": [models.Index(fields=["code", "id"], name="search_entry_by_code")],
                "constraints": [
                    models.UniqueConstraint(fields=("model", "row_id"), name="search_entry_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="access_stamp",
            field=models.BigIntegerField(default=obeya.plant.log.models.account.fresh_stamp),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                name="account_username_is_lower_case",
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="withdraws",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn_by",
                to="log.attachment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="resources.site"
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="equipment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.equipment",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="log.role",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddField(
            model_name="rolepermission",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="permission_rows",
                to="log.role",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="resources.site",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(
                fields=("site", "document"), name="number_series_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("equipment", None), ("site__isnull", False), _connector="OR"),
                name="role_assignment_equipment_has_site",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("site", None)),
                fields=("account", "role"),
                name="role_assignment_once_everywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("equipment", None)),
                fields=("account", "role", "site"),
                name="role_assignment_once_at_site",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                fields=("account", "role", "equipment"), name="role_assignment_once_at_equipment"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolepermission",
            constraint=models.UniqueConstraint(
                fields=("role", "permission"), name="role_permission_once"
            ),
        ),
        obeya.plant.log.append_only.AppendOnly("Attachment"),
    ]
