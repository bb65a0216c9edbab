"""What resources hand in: their proof."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module, Proof
from obeya.plant.resources.tree import disagreements

MODULE = Module(
    name="resources",
    title=_("Resources"),
    proofs=[Proof("paths of equipment follow the tree", disagreements)],
)
