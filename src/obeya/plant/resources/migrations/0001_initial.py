import datetime
import django.db.models.deletion
import obeya.plant.log.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("translations", models.JSONField(blank=True, default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("finished", "finished"),
                            ("semifinished", "semifinished"),
                            ("raw", "raw"),
                            ("purchased", "purchased"),
                            ("consumable", "consumable"),
                            ("spare", "spare part"),
                            ("packaging", "packaging"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_lot_tracked", models.BooleanField(default=False)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code"],
                "indexes": [
                    models.Index(fields=["name", "id"], name="material_by_name"),
                    models.Index(fields=["kind", "code", "id"], name="material_by_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="material_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "finished",
                                    "semifinished",
                                    "raw",
                                    "purchased",
                                    "consumable",
                                    "spare",
                                    "packaging",
                                ],
                            )
                        ),
                        name="material_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftPattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["calendar_id", "weekday", "starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="shift_pattern_weekday_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="shift_pattern_valid_to_after_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("translations", models.JSONField(blank=True, default=dict)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("area", "area"),
                            ("work_center", "work center"),
                            ("work_unit", "work unit"),
                            ("storage", "storage"),
                        ],
                        max_length=20,
                    ),
                ),
                ("path", models.CharField(blank=True, default="", max_length=500)),
                ("capacity", models.PositiveIntegerField(default=1)),
                ("batch_places", models.PositiveIntegerField(blank=True, null=True)),
                ("is_virtual", models.BooleanField(default=False)),
                ("current_setup_family", models.CharField(blank=True, default="", max_length=100)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="resources.equipment",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "equipment",
                "ordering": ["code"],
                "indexes": [models.Index(fields=["path"], name="equipment_by_path")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="equipment_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["area", "work_center", "work_unit", "storage"])
                        ),
                        name="equipment_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="equipment_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_virtual", False), ("level", "storage"), _connector="OR"
                        ),
                        name="equipment_virtual_is_storage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1)), name="equipment_has_capacity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("batch_places", None), ("batch_places__gte", 1), _connector="OR"
                        ),
                        name="equipment_batch_places_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name_plural": "equipment classes",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="equipment_class_has_a_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentClassMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="resources.equipment",
                    ),
                ),
                (
                    "equipment_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="resources.equipmentclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("equipment", "equipment_class"), name="equipment_class_member_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="equipment",
            name="classes",
            field=models.ManyToManyField(
                related_name="members",
                through="resources.EquipmentClassMember",
                to="resources.equipmentclass",
            ),
        ),
        migrations.CreateModel(
            name="MaterialRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="resources.material",
                    ),
                ),
            ],
            options={
                "ordering": ["material", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("material", "code"), name="material_revision_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="material_revision_has_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="material_revision_valid_to_after_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("is_customer", models.BooleanField(default=False)),
                ("is_supplier", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("lead_time_s", models.PositiveBigIntegerField(blank=True, null=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["code"],
                "indexes": [models.Index(fields=["name", "id"], name="party_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="party_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialLot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="resources.material",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.party",
                    ),
                ),
            ],
            options={
                "ordering": ["material", "code"],
                "indexes": [
                    models.Index(fields=["code", "id"], name="material_lot_by_code"),
                    models.Index(
                        fields=["material", "expires_at", "id"], name="material_lot_by_expiry"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("material", "code"), name="material_lot_code_once_per_material"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="material_lot_has_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at", None),
                            ("expires_at", None),
                            ("expires_at__gt", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="material_lot_expires_after_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
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
                            ("down", "stop"),
                            ("idle", "idle"),
                            ("scrap", "scrap"),
                            ("rework", "rework"),
                            ("stock", "stock correction"),
                            ("absence", "absence"),
                            ("issue", "issue"),
                            ("override", "override"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("translations", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="resources.reason",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "code"), name="reason_code_once_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("kind", ""), _negated=True),
                        ),
                        name="reason_has_a_kind_and_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="reason_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftBreak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                (
                    "pattern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="breaks",
                        to="resources.shiftpattern",
                    ),
                ),
            ],
            options={
                "ordering": ["pattern_id", "starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pattern", "starts_at"), name="shift_break_start_once_per_pattern"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_at", models.F("ends_at")), _negated=True),
                        name="shift_break_has_a_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("production_day_start", models.TimeField(default=datetime.time(6, 0))),
                ("currency", models.CharField(default="EUR", max_length=3)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="site_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("time_zone", ""), _negated=True),
                        name="site_has_a_time_zone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "home_site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.site",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["code"],
                "indexes": [models.Index(fields=["name", "id"], name="person_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="person_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialAtSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("make", "make"),
                            ("buy", "buy"),
                            ("transfer", "transfer"),
                            ("subcontract", "subcontract"),
                        ],
                        default="make",
                        max_length=20,
                    ),
                ),
                ("safety_stock", obeya.plant.log.fields.QuantityField(default=0)),
                ("lead_time_s", models.PositiveBigIntegerField(default=0)),
                (
                    "lot_rule",
                    models.CharField(
                        choices=[
                            ("lot_for_lot", "lot for lot"),
                            ("fixed", "fixed quantity"),
                            ("period", "supply of a period"),
                            ("reorder_point", "reorder point"),
                        ],
                        default="lot_for_lot",
                        max_length=20,
                    ),
                ),
                ("lot_minimum", obeya.plant.log.fields.QuantityField(default=0)),
                ("lot_multiple", obeya.plant.log.fields.QuantityField(default=0)),
                ("standard_cost", obeya.plant.log.fields.MoneyField(default=0)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="at_sites",
                        to="resources.material",
                    ),
                ),
                (
                    "storage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.equipment",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.party",
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
                "verbose_name_plural": "materials at sites",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("material", "site"), name="material_once_per_site"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("policy__in", ["make", "buy", "transfer", "subcontract"])
                        ),
                        name="material_at_site_policy_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lot_minimum__gte", 0),
                            ("lot_multiple__gte", 0),
                            ("safety_stock__gte", 0),
                        ),
                        name="material_at_site_figures_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standard_cost__gte", 0)),
                        name="material_at_site_cost_not_negative",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="equipment",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="resources.site"
            ),
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("translations", models.JSONField(blank=True, default=dict)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="skill_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person_skills",
                        to="resources.person",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_skills",
                        to="resources.skill",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__lte", 4)), name="person_skill_level_0_to_4"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="person_skill_valid_until_after_from",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "skill", "valid_from"),
                        name="person_skill_once_from_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from", None)),
                        fields=("person", "skill"),
                        name="person_skill_once_from_ever",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="skills",
            field=models.ManyToManyField(
                related_name="people", through="resources.PersonSkill", to="resources.skill"
            ),
        ),
        migrations.CreateModel(
            name="Tool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("quantity", models.PositiveIntegerField(default=1)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "code"), name="tool_code_once_per_site"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="tool_has_a_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("dimension", models.CharField(max_length=30)),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="unit_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 6)), name="unit_keeps_six_decimals"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="material",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="resources.unit"
            ),
        ),
        migrations.CreateModel(
            name="UnitConversion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numerator", models.PositiveBigIntegerField()),
                ("denominator", models.PositiveBigIntegerField(default=1)),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.unit",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="resources.material",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("denominator__gt", 0), ("numerator__gt", 0)),
                        name="unit_conversion_factor_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="unit_conversion_joins_two_units",
                    ),
                    models.UniqueConstraint(
                        fields=("material", "from_unit", "to_unit"),
                        name="unit_conversion_once_per_material",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("material", None)),
                        fields=("from_unit", "to_unit"),
                        name="unit_conversion_once_for_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("is_always_open", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "code"), name="work_calendar_code_once_per_site"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="work_calendar_has_a_code",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="shiftpattern",
            name="calendar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="patterns",
                to="resources.workcalendar",
            ),
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("production_date", models.DateField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("breaks", models.JSONField(blank=True, default=list)),
                (
                    "pattern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="resources.shiftpattern",
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
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="resources.workcalendar",
                    ),
                ),
            ],
            options={
                "ordering": ["began_at"],
                "indexes": [
                    models.Index(fields=["calendar", "ended_at"], name="shift_by_end"),
                    models.Index(
                        fields=["site", "production_date", "began_at", "id"], name="shift_by_date"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "began_at"), name="shift_begins_once_per_calendar"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("began_at"))),
                        name="shift_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="calendar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.workcalendar",
            ),
        ),
        migrations.AddField(
            model_name="equipment",
            name="calendar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resources.workcalendar",
            ),
        ),
        migrations.CreateModel(
            name="CalendarException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_date", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("name", models.CharField(blank=True, default="", max_length=100)),
                ("is_working", models.BooleanField(default=False)),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("ends_at", models.TimeField(blank=True, null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="resources.workcalendar",
                    ),
                ),
            ],
            options={
                "ordering": ["calendar_id", "on_date", "starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("is_working", False), ("starts_at", None)),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="calendar_exception_work_has_times",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("on_date")),
                            _connector="OR",
                        ),
                        name="calendar_exception_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("calendar", "on_date", "starts_at"),
                        name="calendar_exception_start_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("starts_at", None)),
                        fields=("calendar", "on_date"),
                        name="calendar_exception_day_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="shiftpattern",
            constraint=models.UniqueConstraint(
                fields=("calendar", "weekday", "starts_at", "valid_from"),
                name="shift_pattern_start_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftpattern",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_from", None)),
                fields=("calendar", "weekday", "starts_at"),
                name="shift_pattern_start_once_ever",
            ),
        ),
        migrations.AddIndex(
            model_name="equipment",
            index=models.Index(fields=["site", "level", "code", "id"], name="equipment_by_level"),
        ),
        migrations.AddIndex(
            model_name="equipment",
            index=models.Index(fields=["site", "name", "id"], name="equipment_by_name"),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(
                fields=("site", "code"), name="equipment_code_once_per_site"
            ),
        ),
    ]
