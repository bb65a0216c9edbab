"""One machine in time: what breaks, wears, waits and drifts while it is set up and runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import gamma, inf, log

import numpy as np

from obeya.kestrel.past.truth import (
    CLEANING_MIN,
    DRIFTS,
    MODES,
    REPAIR_SIGMA,
    STOP_SIGMA,
    TOOL_MIN,
    UNSAID,
    USUALLY_UNSAID,
    WAIT_MIN,
    WAITS,
    Truth,
)

SETUP_STEPS = (0.35, 0.40, 0.25)  # change over, adjust, first piece: each takes its own time
STEP_SIGMA = 0.28
FIRST_PIECE = "WAIT FOR QUALITY"
TOOL, CLEANING = "TOOL AND ADJUST", "CLEANING"


@dataclass(frozen=True)
class Segment:
    """Working seconds of a job at a machine: kind of the time ledger, and why it stood."""

    kind: str  # setup, run, down
    seconds: int
    reason: str = ""


@dataclass
class Done:
    """What a job at a machine took, and what it lost by drift."""

    segments: list[Segment] = field(default_factory=list)
    drifted_s: float = 0.0  # running time between the drift and the check that found it

    @property
    def seconds(self) -> int:
        return sum(each.seconds for each in self.segments)


class Wear:
    """The state of a machine: how far its parts and its tool are from their end."""

    def __init__(self, truth: Truth, rng: np.random.Generator) -> None:
        self.truth, self.rng = truth, rng
        self.lives = {mode: self._life(mode) * rng.random() for mode in MODES}
        self.waits = self._exponential(truth.wait_every_s)
        self.cleaning = self._exponential(truth.cleaning_every_s)
        self._new_tool(rng.random())

    def work(self, setup_s: int, run_s: float) -> Done:
        """Set up, then run for so long; stops come in between whenever their time is up."""
        done = Done()
        if setup_s:
            self._set_up(done, setup_s)
        left = run_s
        while left > 0:
            left -= self._until_next(done, left)
        return done

    def _set_up(self, done: Done, setup_s: int) -> None:
        steps = self.rng.lognormal(-(STEP_SIGMA**2) / 2, STEP_SIGMA, len(SETUP_STEPS))
        took = int(
            sum(setup_s * part * step for part, step in zip(SETUP_STEPS, steps, strict=False))
        )
        done.segments.append(Segment("setup", max(took, 60)))
        self._age(took)
        self.waits -= took
        if self.truth.first_piece_s:
            waited = self.rng.lognormal(log(self.truth.first_piece_s) - 0.125, 0.5)
            done.segments.append(Segment("down", int(waited) + 1, FIRST_PIECE))

    def _until_next(self, done: Done, left: float) -> float:
        mode = min(self.lives, key=lambda each: self.lives[each])
        due = {
            mode: self.lives[mode],
            "wait": self.waits,
            CLEANING: self.cleaning,
            "drift": self.drift,
            TOOL: self.tool,
        }
        first = min(due, key=lambda each: due[each])
        ran = min(max(due[first], 0.0), left)
        if ran:
            done.segments.append(Segment("run", max(int(ran), 1)))
            self._age(ran)
            self.waits -= ran
            self.cleaning -= ran
            self.drift -= ran
            self.tool -= ran
        if due[first] < left:
            self._stop(done, first)
        return ran if ran else 0.0

    def _stop(self, done: Done, why: str) -> None:
        truth = self.truth
        if why in MODES:
            mean = truth.mttr_s
            took = self.rng.lognormal(log(mean) - REPAIR_SIGMA**2 / 2, REPAIR_SIGMA)
            self.lives[why] = self._life(why)
        elif why == "wait":
            took, why = self._short(WAIT_MIN), self._cause_of_wait()
            self.waits = self._exponential(truth.wait_every_s)
        elif why == CLEANING:
            took = self._short(CLEANING_MIN)
            self.cleaning = self._exponential(truth.cleaning_every_s)
        else:
            took = self._short(TOOL_MIN)
            if why == "drift":  # nobody sees it before the next check
                unseen = self.rng.random() * truth.check_every_s
                done.drifted_s += unseen
                why = TOOL
            self._new_tool(0.0)
        if why not in MODES:
            self._age(took)
            why = why if self.rng.random() > UNSAID.get(why, USUALLY_UNSAID) else ""
        done.segments.append(Segment("down", int(took) + 1, why))

    def _age(self, seconds: float) -> None:
        for mode in self.lives:
            self.lives[mode] -= seconds

    def _life(self, mode: str) -> float:
        percent, shape = MODES[mode]
        mean = self.truth.mtbf_s * 100 / percent
        return float(self.rng.weibull(shape) * mean / gamma(1 + 1 / shape))

    def _new_tool(self, used: float) -> None:
        """A tool lasts about so long; half of them begin to drift in the last part of it."""
        life = self.truth.tool_life_s
        if life == inf:
            self.tool = self.drift = inf
            return
        lasts = life * self.rng.lognormal(-0.045, 0.3) / (1 - DRIFTS * 0.3)
        self.tool = lasts * (1 - used)
        begins = lasts * self.rng.uniform(0.4, 1.0) - lasts * used
        drifts = self.rng.random() < DRIFTS and self.truth.check_every_s
        self.drift = begins if drifts and begins > 0 else inf

    def _cause_of_wait(self) -> str:
        causes: Sequence[str] = list(WAITS)
        if self.truth.first_piece_s:  # quality has been waited for after the setup
            causes = [each for each in causes if each != FIRST_PIECE]
        weights = np.array([WAITS[each] for each in causes], dtype=float)
        return str(causes[int(self.rng.choice(len(causes), p=weights / weights.sum()))])

    def _short(self, mean_min: float) -> float:
        return float(self.rng.lognormal(log(mean_min * 60) - STOP_SIGMA**2 / 2, STOP_SIGMA))

    def _exponential(self, mean: float) -> float:
        return float(self.rng.exponential(mean))
