"""What this room refuses."""

from obeya.engines.calloffs import EdiRefused, Fault
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused


class CallOffRefused(RowsRefused):
    """The file cannot be used; segment, position, rule and remedy of all that is wrong."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        said = str(EdiRefused(*faults))
        super().__init__(
            (
                Problem(
                    rule=each.rule,
                    remedy=each.remedy,
                    row=each.position - 1 if each.position else None,
                    field=each.segment,
                )
                for each in faults
            ),
            f"{name}: {said} Nothing was changed.",
        )


class SentBefore(Refusal):
    """The same file was received already."""

    http_status = 409


class AcceptedAlready(Refusal):
    """The release was accepted, or left, by somebody else."""

    http_status = 409


class OlderRelease(Refusal):
    """A newer call-off holds for one of its parts."""

    http_status = 409


class NoSuchRelease(Refusal):
    """There is no call-off of this number."""

    http_status = 404


class NoSuchNotice(Refusal):
    """No delivery has this number."""

    http_status = 404
