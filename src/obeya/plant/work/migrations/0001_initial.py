import obeya.plant.log.append_only
import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import obeya.plant.log.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("log", "0001_initial"),
        ("log", "__first__"),
        ("resources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order_line", "order line"),
                            ("call_off", "call-off"),
                            ("forecast", "forecast"),
                            ("safety_stock", "safety stock"),
                            ("transfer", "transfer"),
                        ],
                        default="order_line",
                        max_length=20,
                    ),
                ),
                ("quantity", obeya.plant.log.fields.QuantityField()),
                ("due_at", models.DateTimeField()),
                ("weight", models.PositiveIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("shipped", "shipped"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("order_code", models.CharField(blank=True, default="", max_length=100)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="resources.party",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="resources.material",
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
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(fields=["site", "due_at", "id"], name="demand_by_due"),
                    models.Index(
                        fields=["site", "status", "due_at", "id"], name="demand_by_status"
                    ),
                    models.Index(fields=["site", "order_code", "id"], name="demand_by_order"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "code"), name="demand_code_once_per_site"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="demand_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="demand_quantity_is_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["order_line", "call_off", "forecast", "safety_stock", "transfer"],
                            )
                        ),
                        name="demand_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "shipped", "closed", "cancelled"])
                        ),
                        name="demand_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                (
                    "work_type",
                    models.CharField(
                        choices=[
                            ("production", "production"),
                            ("maintenance", "maintenance"),
                            ("quality", "quality"),
                            ("inventory", "inventory"),
                        ],
                        default="production",
                        max_length=20,
                    ),
                ),
                ("operation_number", models.PositiveIntegerField(blank=True, null=True)),
                ("split", models.PositiveIntegerField(default=1)),
                ("planned_start_at", models.DateTimeField(blank=True, null=True)),
                ("planned_end_at", models.DateTimeField(blank=True, null=True)),
                ("actual_start_at", models.DateTimeField(blank=True, null=True)),
                ("actual_end_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dispatch_status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("ready", "ready"),
                            ("running", "running"),
                            ("interrupted", "interrupted"),
                            ("completed", "completed"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("priority", models.IntegerField(default=0)),
                ("pinned", models.BooleanField(default=False)),
                ("quantity", obeya.plant.log.fields.QuantityField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "equipment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="resources.equipment",
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
                "ordering": ["planned_start_at", "id"],
                "indexes": [
                    models.Index(fields=["site", "planned_start_at", "id"], name="job_by_start"),
                    models.Index(
                        fields=["site", "dispatch_status", "planned_start_at", "id"],
                        name="job_by_status",
                    ),
                    models.Index(
                        fields=["equipment", "planned_start_at", "id"], name="job_by_equipment"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("site", "code"), name="job_code_once_per_site"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="job_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("work_type__in", ["production", "maintenance", "quality", "inventory"])
                        ),
                        name="job_work_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "dispatch_status__in",
                                [
                                    "waiting",
                                    "ready",
                                    "running",
                                    "interrupted",
                                    "completed",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="job_dispatch_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_end_at", None), ("planned_start_at", None)),
                            models.Q(
                                ("planned_end_at__gte", models.F("planned_start_at")),
                                ("planned_end_at__isnull", False),
                                ("planned_start_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="job_planned_window_has_two_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_end_at", None),
                            models.Q(
                                ("actual_end_at__gte", models.F("actual_start_at")),
                                ("actual_start_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="job_actual_end_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dispatch_status__in", ["running", "interrupted", "completed"]),
                                _negated=True,
                            ),
                            ("actual_start_at__isnull", False),
                            _connector="OR",
                        ),
                        name="job_that_ran_has_a_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dispatch_status", "completed"), _negated=True),
                            ("actual_end_at__isnull", False),
                            _connector="OR",
                        ),
                        name="job_completed_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="job_quantity_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobTotals",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("good", obeya.plant.log.fields.QuantityField(default=0)),
                ("scrap", obeya.plant.log.fields.QuantityField(default=0)),
                ("rework", obeya.plant.log.fields.QuantityField(default=0)),
                ("setup_s", obeya.plant.log.fields.QuantityField(default=0)),
                ("run_s", obeya.plant.log.fields.QuantityField(default=0)),
                ("down_s", obeya.plant.log.fields.QuantityField(default=0)),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="totals",
                        to="work.joborder",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "job totals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("down_s__gte", 0),
                            ("good__gte", 0),
                            ("rework__gte", 0),
                            ("run_s__gte", 0),
                            ("scrap__gte", 0),
                            ("setup_s__gte", 0),
                        ),
                        name="job_totals_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JobTransition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_status", models.CharField(blank=True, default="", max_length=20)),
                ("to_status", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="work.joborder",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["job", "id"], name="job_last_step")],
            },
        ),
        migrations.CreateModel(
            name="MaterialRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operation_number", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "direction",
                    models.CharField(
                        choices=[("consumed", "consumed"), ("produced", "produced")], max_length=10
                    ),
                ),
                ("quantity", obeya.plant.log.fields.QuantityField()),
                ("is_frozen", models.BooleanField(default=False)),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="work.joborder",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="resources.material",
                    ),
                ),
            ],
            options={
                "ordering": ["supply_order_id", "operation_number", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="requirement_quantity_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["consumed", "produced"])),
                        name="requirement_direction_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("setup_s", models.PositiveBigIntegerField(default=0)),
                ("run_s", obeya.plant.log.fields.QuantityField(default=0)),
                ("fixed_run_s", models.PositiveBigIntegerField(default=0)),
                ("setup_family", models.CharField(blank=True, default="", max_length=100)),
                ("skill_level", models.PositiveSmallIntegerField(default=3)),
                ("crew_size", models.PositiveSmallIntegerField(default=1)),
                ("is_batch", models.BooleanField(default=False)),
                ("batch_family", models.CharField(blank=True, default="", max_length=100)),
                ("transfer_quantity", obeya.plant.log.fields.QuantityField(blank=True, null=True)),
                ("queue_s", models.PositiveBigIntegerField(default=0)),
                ("move_s", models.PositiveBigIntegerField(default=0)),
                ("maximum_wait_s", models.PositiveBigIntegerField(blank=True, null=True)),
                ("is_resumable", models.BooleanField(default=True)),
                ("subcontract_lead_s", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "equipment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="resources.equipment",
                    ),
                ),
                (
                    "equipment_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="resources.equipmentclass",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="operations",
                        to="resources.materialrevision",
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
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.skill",
                    ),
                ),
                (
                    "subcontractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.party",
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.tool",
                    ),
                ),
            ],
            options={
                "ordering": ["revision_id", "site_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "site", "number"), name="operation_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="operation_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("equipment__isnull", False),
                                ("equipment_class", None),
                                ("subcontractor", None),
                            ),
                            models.Q(
                                ("equipment", None),
                                ("equipment_class__isnull", False),
                                ("subcontractor", None),
                            ),
                            models.Q(
                                ("equipment", None),
                                ("equipment_class", None),
                                ("subcontractor__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="operation_names_one_doer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subcontract_lead_s", None),
                            ("subcontractor__isnull", False),
                            _connector="OR",
                        ),
                        name="operation_lead_is_a_subcontractors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("run_s__gte", 0)), name="operation_run_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("transfer_quantity", None),
                            ("transfer_quantity__gt", 0),
                            _connector="OR",
                        ),
                        name="operation_transfer_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("skill_level__gte", 1), ("skill_level__lte", 4)),
                        name="operation_skill_level_1_to_4",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobSpecification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("setup_s", models.PositiveBigIntegerField(default=0)),
                ("run_s", obeya.plant.log.fields.QuantityField(default=0)),
                ("fixed_run_s", models.PositiveBigIntegerField(default=0)),
                ("setup_family", models.CharField(blank=True, default="", max_length=100)),
                ("skill_level", models.PositiveSmallIntegerField(default=3)),
                ("crew_size", models.PositiveSmallIntegerField(default=1)),
                ("is_batch", models.BooleanField(default=False)),
                ("batch_family", models.CharField(blank=True, default="", max_length=100)),
                ("transfer_quantity", obeya.plant.log.fields.QuantityField(blank=True, null=True)),
                ("queue_s", models.PositiveBigIntegerField(default=0)),
                ("move_s", models.PositiveBigIntegerField(default=0)),
                ("maximum_wait_s", models.PositiveBigIntegerField(blank=True, null=True)),
                ("is_resumable", models.BooleanField(default=True)),
                ("is_frozen", models.BooleanField(default=False)),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="specification",
                        to="work.joborder",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.skill",
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.tool",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="work.operation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("run_s__gte", 0)),
                        name="job_specification_run_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OperationAlternate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("preference", models.PositiveIntegerField(default=1)),
                ("setup_s", models.PositiveBigIntegerField(blank=True, null=True)),
                ("run_s", obeya.plant.log.fields.QuantityField(blank=True, null=True)),
                ("is_forbidden", models.BooleanField(default=False)),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternates",
                        to="work.operation",
                    ),
                ),
            ],
            options={
                "ordering": ["operation_id", "preference", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operation", "equipment"), name="operation_alternate_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("run_s", None), ("run_s__gte", 0), _connector="OR"),
                        name="operation_alternate_run_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OperationPredecessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predecessor_links",
                        to="work.operation",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successor_links",
                        to="work.operation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operation", "predecessor"), name="operation_predecessor_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("operation", models.F("predecessor")), _negated=True),
                        name="operation_not_before_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetupMatrix",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("default_s", models.PositiveBigIntegerField(default=0)),
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
                "verbose_name_plural": "setup matrices",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("site", "code"), name="setup_matrix_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="setup_matrix_has_a_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetupMatrixUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "equipment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="setup_matrix_use",
                        to="resources.equipment",
                    ),
                ),
                (
                    "matrix",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="work.setupmatrix",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SetupTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_family", models.CharField(blank=True, default="", max_length=100)),
                ("to_family", models.CharField(blank=True, default="", max_length=100)),
                ("seconds", models.PositiveBigIntegerField()),
                (
                    "matrix",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="work.setupmatrix",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matrix", "from_family", "to_family"), name="setup_time_pair_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplyOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("make", "make"),
                            ("buy", "buy"),
                            ("transfer", "transfer"),
                            ("subcontract", "subcontract"),
                        ],
                        max_length=20,
                    ),
                ),
                ("quantity", obeya.plant.log.fields.QuantityField()),
                ("due_at", models.DateTimeField()),
                ("available_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("firm", "firm"),
                            ("released", "released"),
                            ("started", "started"),
                            ("completed", "completed"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_orders",
                        to="resources.material",
                    ),
                ),
                (
                    "material_revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.materialrevision",
                    ),
                ),
                (
                    "plan_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="log.run",
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
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_orders",
                        to="resources.party",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(fields=["site", "due_at", "id"], name="supply_order_by_due"),
                    models.Index(
                        fields=["site", "status", "due_at", "id"], name="supply_order_by_status"
                    ),
                    models.Index(
                        fields=["material", "status", "due_at"], name="supply_order_by_material"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "number"), name="supply_order_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", None),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="supply_order_number_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number", None),
                                ("plan_run__isnull", False),
                                ("status", "proposed"),
                            ),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                ("number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="supply_order_numbered_once_firm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="supply_order_quantity_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["make", "buy", "transfer", "subcontract"])
                        ),
                        name="supply_order_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "proposed",
                                    "firm",
                                    "released",
                                    "started",
                                    "completed",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="supply_order_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Peg",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_from_stock", models.BooleanField(default=False)),
                ("quantity", obeya.plant.log.fields.QuantityField()),
                (
                    "demand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pegs",
                        to="work.demand",
                    ),
                ),
                (
                    "plan_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="log.run",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pegs",
                        to="work.materialrequirement",
                    ),
                ),
                (
                    "supply_order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pegs",
                        to="work.supplyorder",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_from_stock", True), ("supply_order", None)),
                            models.Q(("is_from_stock", False), ("supply_order__isnull", False)),
                            _connector="OR",
                        ),
                        name="peg_comes_from_one_supply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("demand", None), ("requirement__isnull", False)),
                            models.Q(("demand__isnull", False), ("requirement", None)),
                            _connector="OR",
                        ),
                        name="peg_goes_to_one_need",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="peg_quantity_is_positive"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="materialrequirement",
            name="supply_order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requirements",
                to="work.supplyorder",
            ),
        ),
        migrations.AddField(
            model_name="joborder",
            name="supply_order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="jobs",
                to="work.supplyorder",
            ),
        ),
        migrations.CreateModel(
            name="SupplyOrderTransition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_status", models.CharField(blank=True, default="", max_length=20)),
                ("to_status", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supply_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="work.supplyorder",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["supply_order", "id"], name="supply_order_last_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="BomLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operation_number", models.PositiveIntegerField(blank=True, null=True)),
                ("quantity_per", obeya.plant.log.fields.QuantityField()),
                ("per_quantity", obeya.plant.log.fields.QuantityField(default=1)),
                ("scrap_rate", obeya.plant.log.fields.QuantityField(default=0)),
                ("alternate_group", models.CharField(blank=True, default="", max_length=50)),
                ("priority", models.PositiveIntegerField(default=1)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("is_by_product", models.BooleanField(default=False)),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in",
                        to="resources.material",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bom_lines",
                        to="resources.materialrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision_id", "operation_number", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("revision"),
                        models.F("component"),
                        django.db.models.functions.comparison.Coalesce(
                            "operation_number", models.Value(0)
                        ),
                        models.F("alternate_group"),
                        models.F("is_by_product"),
                        django.db.models.functions.comparison.Coalesce(
                            "valid_from", models.Value(datetime.date(1, 1, 1))
                        ),
                        name="bom_line_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_quantity__gt", 0), ("quantity_per__gt", 0)),
                        name="bom_line_quantities_are_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scrap_rate__gte", 0), ("scrap_rate__lt", 1)),
                        name="bom_line_scrap_below_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="bom_line_valid_to_after_from",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="materialrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supply_order__isnull", False), ("job__isnull", False), _connector="OR"
                ),
                name="requirement_is_an_orders_or_a_jobs",
            ),
        ),
        migrations.AddConstraint(
            model_name="joborder",
            constraint=models.UniqueConstraint(
                fields=("supply_order", "operation_number", "split"), name="job_split_once"
            ),
        ),
        obeya.plant.log.append_only.AppendOnly("JobTransition", "SupplyOrderTransition"),
    ]
