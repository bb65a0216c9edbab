"""`obeya plan`: the same plan as the page's button, at once and in this process."""

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


COMMANDS = (Command("plan", "Plan a site and lay the plan open as a draft.", _plan, _arguments),)
