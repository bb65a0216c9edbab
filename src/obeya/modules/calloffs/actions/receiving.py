"""Messages come in: read, understood and kept whole. Nothing changes until one is accepted."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from obeya.engines.calloffs import CallOff, EdiRefused, Fault, read_call_offs
from obeya.modules.calloffs.events import ReleasesLeft, ReleasesReceived
from obeya.modules.calloffs.models import CallOffRelease
from obeya.modules.calloffs.refusals import AcceptedAlready, CallOffRefused, SentBefore
from obeya.modules.calloffs.resolving import Resolver
from obeya.modules.calloffs.rows import MessageRow
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import delete_many
from obeya.plant.resources.models import Site


@action(permission="calloffs.edit")
def receive_releases(*, site: Site, rows: Sequence[MessageRow], by: Actor) -> list[CallOffRelease]:
    """Read files and keep each of their messages beside what holds now; all, or none."""
    files = [(row.name[:100], _bytes(row)) for row in rows]
    read = [(name, data, _call_offs(name, data)) for name, data in files]
    _refuse_again(site, [data for _, data in files])
    every = [call_off for _, _, call_offs in read for call_off in call_offs]
    resolver = Resolver(site, every)
    made = []
    for name, data, call_offs in read:
        resolved = [resolver.resolve(each) for each in call_offs]
        if resolver.faults:
            raise CallOffRefused(name, tuple(resolver.faults))
        made += [
            CallOffRelease(
                site=site,
                customer=each.customer,
                name=name,
                format=each.call_off.format[:40],
                document=each.call_off.document,
                issued_on=each.call_off.issued_on,
                content=data,
                digest=_digest(data),
                place=place,
                lines=[line.to_json() for line in each.lines],
                sent_by_id=by.account_id,
                received_at=clock.now(),
            )
            for place, each in enumerate(resolved, start=1)
            if each is not None
        ]
    insert_many(made, ids=True)
    publish(ReleasesReceived([each.pk for each in made]), site=site)
    return made


@action(permission="calloffs.edit")
def leave_releases(*, site: Site, releases: Sequence[CallOffRelease], by: Actor) -> int:
    """Forget messages that were not accepted; they may be sent again."""
    ids = [each.pk for each in releases]
    found = list(CallOffRelease.objects.at(site).filter(pk__in=ids).select_for_update())
    if len(found) < len(ids) or any(each.accepted_at for each in found):
        raise AcceptedAlready("The call-off was accepted or left meanwhile. Look at it again.")
    delete_many(found)
    publish(ReleasesLeft(ids), site=site)
    return len(found)


def _bytes(row: MessageRow) -> bytes:
    try:
        return base64.b64decode(row.content_base64, validate=True)
    except (binascii.Error, ValueError):
        fault = Fault("", 0, "The content is no base64", "Encode the bytes of the file in base64.")
        raise CallOffRefused(row.name, (fault,)) from None


def _call_offs(name: str, data: bytes) -> list[CallOff]:
    try:
        return read_call_offs(data)
    except EdiRefused as refused:
        raise CallOffRefused(name, refused.faults) from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_again(site: Site, files: Sequence[bytes]) -> None:
    digests = [_digest(data) for data in files]
    known = CallOffRelease.objects.at(site).filter(digest__in=digests).first()
    if known is not None:
        state = "accepted" if known.accepted_at else "waiting to be accepted"
        raise SentBefore(
            f"This file was sent before: call-off {known.document} is {state}."
            " Open it on the page Call-offs."
        )
    if len(set(digests)) < len(digests):
        raise SentBefore("Two of the files are the same. Send it once.")
