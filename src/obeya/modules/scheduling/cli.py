"""`obeya plan`: the same plan as the page's button, in this process; `obeya promise`: a date."""

from argparse import ArgumentParser, Namespace

from obeya.plant.log.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--site", help="code of the site; may be left out when there is one")
    parser.add_argument(
        "--goal", default="on_time", help="on_time, least_changeover, smallest_change"
    )
    parser.add_argument("--effort", default="quick", help="quick, thorough or long")
    parser.add_argument("--publish", action="store_true", help="publish the plan as well")


def _plan(options: Namespace) -> None:
    # Models need a ready registry, and this file is imported to build it.
    from obeya.modules.scheduling import planning_now  # noqa: PLC0415
    from obeya.modules.scheduling.goals import Wish  # noqa: PLC0415
    from obeya.plant.log import clock  # noqa: PLC0415
    from obeya.plant.log.actor import system_actor  # noqa: PLC0415

    site = planning_now.site_of(options.site)
    wish = Wish(options.goal, options.effort)
    draft = planning_now.plan_now(site, by=system_actor(), now=clock.now(), wish=wish)
    print(f"{site.code}: {draft.base.operations} operations planned, draft {draft.pk} is open.")
    if options.publish:
        version = planning_now.publish_now(site, by=system_actor(), now=clock.now())
        print(f"{site.code}: plan {version.number} is published.")


def _promise_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("material", help="code of what is wanted")
    parser.add_argument("quantity", help="how much of it, in its base unit")
    parser.add_argument("--due", help="the day by whose end it is wished, as 2026-12-04")
    parser.add_argument("--site", help="code of the site; may be left out when there is one")


def _promise(options: Namespace) -> None:
    # Models need a ready registry, as in `_plan`.
    from obeya.modules.scheduling import planning_now, promise_command  # noqa: PLC0415

    site = planning_now.site_of(options.site)
    for line in promise_command.lines(site, options.material, options.quantity, options.due):
        print(line)


COMMANDS = (
    Command("plan", "Plan a site and lay the plan open as a draft.", _plan, _arguments),
    Command(
        "promise",
        "Say when a quantity could be there, and why not earlier; nothing is written.",
        _promise,
        _promise_arguments,
    ),
)
