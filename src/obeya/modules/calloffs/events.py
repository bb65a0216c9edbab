"""What happened here: ids and codes, no free text."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("calloffs.partners_saved", view="calloffs.view")
@dataclass(frozen=True)
class PartnersSaved:
    new: list[int]
    changed: list[int]


@event("calloffs.agreements_saved", view="calloffs.view")
@dataclass(frozen=True)
class AgreementsSaved:
    new: list[int]
    changed: list[int]


@event("calloffs.releases_received", view="calloffs.view")
@dataclass(frozen=True)
class ReleasesReceived:
    """Messages were read and kept; nothing else has changed."""

    releases: list[int]


@event("calloffs.release_accepted", view="calloffs.view")
@dataclass(frozen=True)
class ReleaseAccepted:
    """The schedules of these agreements hold now; ``breaches`` changed what had been firm."""

    release: int
    agreements: list[int]
    breaches: list[int]


@event("calloffs.releases_left", view="calloffs.view")
@dataclass(frozen=True)
class ReleasesLeft:
    """Messages that were read, and not accepted, are gone."""

    releases: list[int]


@event("calloffs.deliveries_recorded", view="calloffs.view")
@dataclass(frozen=True)
class DeliveriesRecorded:
    moves: list[int]
    agreements: list[int]
