"""What a row of this room says; see `organisation.rows` for how rows are read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

Notice = Literal["desadv", "x12_856"]
DeliveryKind = Literal["shipped", "rejected"]


@dataclass(frozen=True)
class PartnerRow:
    """Who a number in a message is."""

    KEY: ClassVar[tuple[str, ...]] = ("edi_id",)

    edi_id: Annotated[str, "the customer's number in its messages: DUNS, GLN, supplier code …"]
    customer: Annotated[str, "code of the customer"]
    our_id: Annotated[str, "our number with this customer; empty: code of the site"] = ""
    notice: Annotated[Notice, "shipping notices as DESADV or as X12 856"] = "desadv"


@dataclass(frozen=True)
class AgreementRow:
    """What a customer calls off, for where; needed only where a message cannot tell."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "unique in the site"]
    customer: Annotated[str, "code of the customer"]
    material: Annotated[str, "code of our material"]
    customer_item: Annotated[str, "the customer's number of it"] = ""
    ship_to: Annotated[str, "place and dock as messages say them, P-7-D3"] = ""
    dock: Annotated[str, "where it is unloaded, the end of ship_to: D3"] = ""
    order_code: Annotated[str, "the customer's order"] = ""
    opening: Annotated[Decimal, "shipped before the first delivery here [base unit]"] = Decimal(0)
    counted_from: Annotated[date | None, "day on which cumulative quantities were zero"] = None


@dataclass(frozen=True)
class MessageRow:
    """A file as it was sent."""

    name: Annotated[str, "of the file"]
    content_base64: Annotated[str, "its bytes, in base64"]


@dataclass(frozen=True)
class ReleaseRow:
    """A message that was taken in."""

    release: Annotated[Decimal, "number of the call-off, as the list call-offs shows it"]


@dataclass(frozen=True)
class NoticeRow:
    """A delivery whose shipping notice is asked for."""

    document: Annotated[str, "delivery note, as it was recorded"]


@dataclass(frozen=True)
class DeliveryRow:
    """A quantity that left for the customer, or that the customer sent back."""

    agreement: Annotated[str, "code of the schedule agreement"]
    document: Annotated[str, "delivery note, or complaint; once for each agreement"]
    quantity: Annotated[Decimal, "[base unit of the material], above 0"]
    kind: Annotated[DeliveryKind, "shipped, or rejected and sent back"] = "shipped"
    at: Annotated[datetime | None, "when; empty: now"] = None
