"""`obeya verify`: every table that is computed from a ledger is computed again and must agree."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from obeya.plant.log import append_only, clock, seals
from obeya.plant.log.one_moment import one_moment
from obeya.plant.log.rooms import Proof, rooms


@dataclass(frozen=True)
class ProofResult:
    name: str
    seconds: float
    disagreements: list[str]

    @property
    def agrees(self) -> bool:
        return not self.disagreements


@dataclass(frozen=True)
class Report:
    verified_at: str
    results: list[ProofResult]
    last_digest: str

    @property
    def agrees(self) -> bool:
        return all(result.agrees for result in self.results)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"agrees": self.agrees}


def run_proofs(*, exported_digest: str | None = None) -> Report:
    """Run the kernel's proofs and every room's; a proof that breaks down is a disagreement."""
    own = [
        Proof("ledgers are guarded", unguarded),
        Proof("seals", lambda: seals.broken_seals(exported_digest)),
    ]
    of_rooms = [proof for module in rooms() for proof in module.proofs]
    return Report(
        verified_at=clock.real_now().isoformat(),
        results=[_run(proof) for proof in (*own, *of_rooms)],
        last_digest=seals.last_digest(),
    )


def unguarded() -> list[str]:
    return [f"nothing guards {table} against change" for table in append_only.unguarded(connection)]


def _run(proof: Proof) -> ProofResult:
    began = time.perf_counter()
    try:
        with one_moment():  # a plant goes on while it is looked at
            found = list(proof.check())
    except Exception as error:
        found = [f"could not be computed: {type(error).__name__}: {error}"]
    return ProofResult(proof.name, time.perf_counter() - began, found)
