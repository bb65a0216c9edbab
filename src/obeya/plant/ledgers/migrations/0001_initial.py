import obeya.plant.log.append_only
import django.db.models.deletion
import obeya.plant.log.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("log", "__first__"),
        ("resources", "0001_initial"),
        ("work", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StockMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("available", "available"),
                            ("quality", "in quality inspection"),
                            ("blocked", "blocked"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("available", "available"),
                            ("quality", "in quality inspection"),
                            ("blocked", "blocked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("quantity", obeya.plant.log.fields.QuantityField()),
                ("entered_quantity", obeya.plant.log.fields.QuantityField()),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("document", models.CharField(blank=True, default="", max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_moves",
                        to="work.joborder",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_moves",
                        to="resources.materiallot",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_moves",
                        to="resources.material",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledgers.stockmove",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.site",
                    ),
                ),
                (
                    "to_location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["lot", "effective_at"], name="stock_move_by_lot"),
                    models.Index(
                        fields=["material", "effective_at"], name="stock_move_by_material"
                    ),
                    models.Index(fields=["site", "effective_at", "id"], name="stock_move_by_time"),
                    models.Index(fields=["document", "id"], name="stock_move_by_document"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="stock_move_quantity_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_location", models.F("to_location")), _negated=True),
                            models.Q(("from_status", models.F("status")), _negated=True),
                            _connector="OR",
                        ),
                        name="stock_move_changes_place_or_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_status__in", ["available", "quality", "blocked"]),
                            ("status__in", ["available", "quality", "blocked"]),
                        ),
                        name="stock_move_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("setup", "setup"),
                            ("run", "run"),
                            ("down", "down"),
                            ("idle", "idle"),
                            ("break", "break"),
                            ("indirect", "indirect"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_logs",
                        to="work.joborder",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.person",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.reason",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledgers.timelog",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.site",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["site", "began_at", "id"], name="time_log_by_time"),
                    models.Index(fields=["equipment", "began_at"], name="time_log_by_equipment"),
                    models.Index(fields=["person", "began_at"], name="time_log_by_person"),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["equipment", "kind"],
                        name="time_log_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("equipment__isnull", False),
                            ("job__isnull", False),
                            _connector="OR",
                        ),
                        name="time_log_is_of_someone_or_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="time_log_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses", None), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="time_log_reversal_is_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["setup", "run", "down", "idle", "break", "indirect"])
                        ),
                        name="time_log_kind_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("kind", "run"), ("person", None)),
                        fields=("equipment", "job"),
                        name="time_log_one_open_run_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "element",
                    models.CharField(
                        choices=[
                            ("material", "material"),
                            ("labour", "labour"),
                            ("machine", "machine"),
                            ("overhead", "overhead"),
                            ("scrap", "scrap"),
                            ("subcontract", "subcontract"),
                            ("variance", "variance"),
                        ],
                        max_length=20,
                    ),
                ),
                ("amount", obeya.plant.log.fields.MoneyField()),
                ("quantity", obeya.plant.log.fields.QuantityField(blank=True, null=True)),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("document", models.CharField(blank=True, default="", max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_entries",
                        to="work.joborder",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.material",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledgers.costentry",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.site",
                    ),
                ),
                (
                    "stock_move",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_entries",
                        to="ledgers.stockmove",
                    ),
                ),
                (
                    "time_log",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_entries",
                        to="ledgers.timelog",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "cost entries",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["site", "effective_at", "id"], name="cost_entry_by_time")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "element__in",
                                [
                                    "material",
                                    "labour",
                                    "machine",
                                    "overhead",
                                    "scrap",
                                    "subcontract",
                                    "variance",
                                ],
                            )
                        ),
                        name="cost_entry_element_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="cost_entry_has_an_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("available", "available"),
                            ("quality", "in quality inspection"),
                            ("blocked", "blocked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("quantity", obeya.plant.log.fields.QuantityField(default=0)),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="resources.equipment",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="resources.materiallot",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="resources.material",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["material", "status", "location"], name="stock_by_material"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("location", "material", "lot", "status"),
                        name="stock_balance_once_per_lot",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lot", None)),
                        fields=("location", "material", "status"),
                        name="stock_balance_once_without_lot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)),
                        name="stock_balance_never_overdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["available", "quality", "blocked"])),
                        name="stock_balance_status_is_known",
                    ),
                ],
            },
        ),
        obeya.plant.log.append_only.AppendOnly("StockMove", "CostEntry"),
    ]
