"""The planner: once a shift, when the floor has drifted from the plan, he has a new one made."""

from collections.abc import Callable, Mapping, Sequence

from obeya_demo_plant import crew
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.state import State

BEHIND_S = 4 * 3600  # a machine whose next job should have begun so long ago is behind
MANY = 0.25  # of the machines behind: the plan says no longer what will happen
GOAL = "smallest_change"  # in the middle of the week nobody wants another plan, but a true one
ENDED = ("succeeded", "failed", "cancelled")


class Planner:
    """Asks through the doors that a planner has, publishes what comes, and waits for the next."""

    def __init__(self, doors: Doors, state: State, floor: Floor, say: Callable[[str], None]):
        self.doors, self.state, self.floor, self.say = doors, state, floor, say

    def look(self) -> bool:
        """Whether a plan has been asked for just now."""
        state = self.state
        shift = crew.next_shift(state.now, self.floor.sight.zone)
        if state.run or shift == state.planned_until or not self.has_drifted():
            return False
        if any(row["revision"] for row in self.doors.list("plan-drafts")):
            return False  # somebody moves operations in it
        key = f"plan-{state.seed}-{state.began}-{shift}"
        answer = self._post("plan-requests", {"goal": GOAL}, key=key)
        state.planned_until = shift
        state.run = int(answer["id"]) if answer else 0
        return bool(state.run)

    def follow(self) -> bool:
        """Whether the plan is still sought; what has been found is published.

        First the draft is remembered, then published: whoever crashes in between does not publish
        the next one.
        """
        state = self.state
        if not state.run:
            return False
        status = self.doors.one("plan-runs", str(state.run))["status"]
        if status not in ENDED:
            return True
        if status == "succeeded" and not state.draft:
            for row in self.doors.list("plan-drafts"):  # one
                state.draft = [row["draft"], row["revision"]]
                return True
        if state.draft:
            draft, revision = state.draft
            seen = {"draft": draft, "revision": revision}
            self._post("plan-publications", seen, key=f"publish-{state.seed}-{state.began}-{draft}")
            state.has_news = False
        state.run, state.draft = 0, []
        return False

    def stands(self) -> tuple[int, int, Sequence[int]]:
        """How far he is, for the memory."""
        return self.state.planned_until, self.state.run, self.state.draft

    def has_drifted(self) -> bool:
        """Many machines are behind, or customers want something else than when it was made."""
        queue, now = self.floor.queue, self.state.now
        behind = [queue.behind_s(code, now) for code in self.state.machines]
        working = [each for each in behind if each is not None]
        late = sum(each > BEHIND_S for each in working)
        return self.state.has_news or late > MANY * len(working)

    def _post(
        self, verb: str, row: Mapping[str, int | str], *, key: str | None = None
    ) -> dict[str, int] | None:
        """The answer; nothing if it was refused, and then another shift sees to it."""
        try:
            answer: dict[str, int] = self.doors.post(verb, [row], key=key)
        except Refused as refused:
            if refused.status in (401, 403):
                raise
            self.say(f"{verb}: {refused}")
            return None
        return answer
