"""The log-ins of a demo plant, shown on its log-in page; a real plant has none."""

from dataclasses import dataclass

from django.conf import settings

from obeya.plant.log.access.shipped import SHIPPED_ROLES

DEMO_PASSWORD = "look around freely"  # noqa: S105 - printed on the page of a demo plant


@dataclass(frozen=True)
class DemoLogIn:
    username: str
    role: str

    @property
    def title(self) -> str:
        return str(SHIPPED_ROLES[self.role])


DEMO_LOG_INS = (
    DemoLogIn("maria", "production_manager"),
    DemoLogIn("paul", "planner"),
    DemoLogIn("sofia", "supervisor"),
    DemoLogIn("omar", "operator"),
    DemoLogIn("wanda", "warehouse"),
    DemoLogIn("admin", "administrator"),
)


def demo_log_ins() -> tuple[DemoLogIn, ...]:
    return DEMO_LOG_INS if settings.DEMO else ()
