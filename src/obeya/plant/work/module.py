"""What work hands in: its proof."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module, Proof
from obeya.plant.work.proofs import disagreements

MODULE = Module(
    name="work",
    title=_("Work"),
    proofs=[Proof("states of orders and jobs are their last transitions", disagreements)],
)
