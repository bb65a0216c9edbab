"""What the ledgers hand in: their proofs."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.ledgers import balances, time
from obeya.plant.log.rooms import Module, Proof

MODULE = Module(
    name="ledgers",
    title=_("Ledgers"),
    proofs=[
        Proof("stock balances are the sum of their moves", balances.disagreements),
        Proof("hours of jobs are the sum of their spans", time.disagreements),
    ],
)
