"""Schedule agreements, the call-offs that were sent for them, and what was delivered on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import JsonTextField, QuantityField
from obeya.plant.resources.scope import SiteQuerySet


class TradingPartner(models.Model):
    """A customer's number in the messages that are exchanged, and ours in theirs."""

    class Notice(models.TextChoices):
        DESADV = "desadv", _("EDIFACT DESADV")
        X12_856 = "x12_856", _("X12 856")

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    edi_id = models.CharField(max_length=100)
    customer = models.ForeignKey("resources.Party", models.PROTECT, related_name="+")
    our_id = models.CharField(max_length=100)
    notice = models.CharField(max_length=10, choices=Notice, default=Notice.DESADV)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["edi_id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "edi_id"], name="trading_partner_once"),
            models.CheckConstraint(condition=~Q(edi_id=""), name="trading_partner_has_an_id"),
            models.CheckConstraint(
                condition=Q(notice__in=["desadv", "x12_856"]), name="trading_partner_notice_known"
            ),
        ]

    def __str__(self) -> str:
        return self.edi_id


class ScheduleAgreement(models.Model):
    """A customer calls a material off for a place; with the schedule as it was accepted last."""

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=80)
    customer = models.ForeignKey("resources.Party", models.PROTECT, related_name="+")
    material = models.ForeignKey("resources.Material", models.PROTECT, related_name="+")
    ship_to = models.CharField(max_length=100, blank=True, default="")  # place and dock
    dock = models.CharField(max_length=100, blank=True, default="")  # the end of ship_to
    customer_item = models.CharField(max_length=100, blank=True, default="")
    order_code = models.CharField(max_length=100, blank=True, default="")  # the customer's
    edi_unit = models.CharField(max_length=20, blank=True, default="")  # as the customer says it
    opening = QuantityField(default=0)  # shipped since counted_from, before the first delivery here
    counted_from = models.DateField(null=True, blank=True)
    received = QuantityField(null=True, blank=True)  # cumulative, as the customer says
    last_receipt = models.CharField(max_length=100, blank=True, default="")
    document = models.CharField(max_length=100, blank=True, default="")  # of the last call-off
    issued_on = models.DateField(null=True, blank=True)
    slots = JsonTextField(default=list)  # what is wanted in all; see bridge.py
    # the dock that the schedule accepted last names, “” for none; None: there was none yet
    schedule_dock = models.CharField(max_length=100, null=True, blank=True)
    calls = JsonTextField(default=dict)  # since that schedule, by dock; see bridge.py
    notes = JsonTextField(default=list)  # what the customer wrote in the last call-off

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="schedule_agreement_code_once"),
            models.UniqueConstraint(
                fields=["site", "customer", "material", "ship_to"], name="schedule_agreement_once"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="schedule_agreement_has_a_code"),
            models.CheckConstraint(
                condition=Q(opening__gte=0), name="schedule_agreement_opening_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["site", "code", "id"], name="schedule_agreement_by_code")]

    def __str__(self) -> str:
        return self.code


class CallOffRelease(models.Model):
    """One message as it came, kept whole; and what it changed when it was accepted."""

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    customer = models.ForeignKey("resources.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)  # of the file
    format = models.CharField(max_length=40)
    document = models.CharField(max_length=100)
    issued_on = models.DateField()
    content = models.BinaryField()  # the file
    digest = models.CharField(max_length=64)  # of the file, SHA-256
    place = models.PositiveSmallIntegerField()  # of the message in its file, from 1
    lines = JsonTextField(default=list)
    differences = JsonTextField(default=list)  # as accepted
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "digest", "place"], name="call_off_release_once"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "-id"], name="call_off_release_newest"),
            models.Index(fields=["site", "accepted_at", "id"], name="call_off_release_by_accepted"),
        ]

    def __str__(self) -> str:
        return self.document


class DeliveryMove(models.Model):
    """The cumulative ledger of an agreement: shipped to the customer, or rejected and sent back."""

    append_only = True

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("shipped")
        REJECTED = "rejected", _("rejected")

    agreement = models.ForeignKey(ScheduleAgreement, models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=Kind)
    document = models.CharField(max_length=100)  # delivery note, or complaint
    quantity = QuantityField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "document"], name="delivery_move_once_per_document"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="delivery_move_quantity_is_positive"
            ),
            models.CheckConstraint(condition=~Q(document=""), name="delivery_move_has_a_document"),
            models.CheckConstraint(
                condition=Q(kind__in=["shipped", "rejected"]), name="delivery_move_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.document
