"""How the floor says no."""

from obeya.plant.log.refusal import Refusal


class EquipmentBusy(Refusal):
    """Another job runs there."""


class EquipmentIsDown(Refusal):
    """The machine is reported down."""


class AlreadyDown(Refusal):
    """The machine has an open downtime; end that one first."""


class NotDown(Refusal):
    """Only a machine that is down can be reported up."""


class NotRunning(Refusal):
    """Quantities are reported on a job that runs."""


class NothingReported(Refusal):
    """A report without a quantity."""


class MoreThanPlausible(Refusal):
    """Far more than the job asks for: a slip of the finger, most likely."""


class OtherSite(Refusal):
    """The job belongs to another site."""


class NowhereToPut(Refusal):
    """The site has no storage for what was made."""
