import django.db.models.deletion
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
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("non_conformance", "non-conformance"),
                            ("complaint", "complaint"),
                            ("incident", "incident"),
                            ("near_miss", "near miss"),
                            ("hazard", "hazard"),
                            ("audit_finding", "audit finding"),
                            ("breakdown", "breakdown"),
                            ("kaizen", "kaizen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True, default="")),
                ("object_model", models.CharField(blank=True, default="", max_length=100)),
                ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("severity_actual", models.PositiveSmallIntegerField(default=0)),
                ("severity_potential", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("contained", "contained"),
                            ("analysed", "analysed"),
                            ("resolved", "resolved"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("reported_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "equipment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="resources.equipment",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="work.joborder",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="resources.materiallot",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="resources.material",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resources.person",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-occurred_at", "id"],
                "indexes": [
                    models.Index(fields=["site", "occurred_at", "id"], name="issue_by_time"),
                    models.Index(
                        fields=["site", "state", "occurred_at", "id"], name="issue_by_state"
                    ),
                    models.Index(fields=["object_model", "object_id"], name="issue_by_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "code"), name="issue_code_once_per_site"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                        ),
                        name="issue_has_a_code_and_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("severity_actual__lte", 5), ("severity_potential__lte", 5)
                        ),
                        name="issue_severity_0_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("severity_potential__gte", models.F("severity_actual"))
                        ),
                        name="issue_could_not_be_milder_than_it_was",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "non_conformance",
                                    "complaint",
                                    "incident",
                                    "near_miss",
                                    "hazard",
                                    "audit_finding",
                                    "breakdown",
                                    "kaizen",
                                ],
                            )
                        ),
                        name="issue_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("state__in", ["open", "contained", "analysed", "resolved"]),
                            ),
                            models.Q(
                                ("closed_at__isnull", False), ("state__in", ["closed", "cancelled"])
                            ),
                            _connector="OR",
                        ),
                        name="issue_closed_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("object_id", None), ("object_model", "")),
                            models.Q(
                                models.Q(("object_model", ""), _negated=True),
                                ("object_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="issue_object_has_model_and_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CauseNode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("category", models.CharField(blank=True, default="", max_length=50)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("suspected", "suspected"),
                            ("confirmed", "confirmed"),
                            ("ruled_out", "ruled out"),
                        ],
                        default="suspected",
                        max_length=20,
                    ),
                ),
                ("evidence", models.TextField(blank=True, default="")),
                ("is_root", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="issues.causenode",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="causes",
                        to="issues.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["issue", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="cause_node_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="cause_node_not_its_own_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["suspected", "confirmed", "ruled_out"])
                        ),
                        name="cause_node_verdict_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_root", False), ("verdict", "confirmed"), _connector="OR"
                        ),
                        name="cause_node_root_is_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
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
                            ("containment", "containment"),
                            ("corrective", "corrective"),
                            ("preventive", "preventive"),
                            ("improvement", "improvement"),
                            ("task", "task"),
                        ],
                        default="task",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True, default="")),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("done", "done"),
                            ("verified", "verified"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="resources.person",
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
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="issues.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        fields=["site", "state", "due_on", "id"], name="action_item_by_due"
                    ),
                    models.Index(
                        fields=["owner", "state", "due_on", "id"], name="action_item_by_owner"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="action_item_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["containment", "corrective", "preventive", "improvement", "task"],
                            )
                        ),
                        name="action_item_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at", None),
                                ("done_by", None),
                                ("state__in", ["open", "cancelled"]),
                                ("verified_at", None),
                                ("verified_by", None),
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("state", "done"),
                                ("verified_at", None),
                                ("verified_by", None),
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("state", "verified"),
                                ("verified_at__isnull", False),
                                ("verified_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="action_item_state_has_who_and_when",
                    ),
                ],
            },
        ),
    ]
