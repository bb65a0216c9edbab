"""How the floor says no."""

from obeya.plant.log.refusal import Refusal


class EquipmentBusy(Refusal):
    """Another job runs there."""


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
