"""`obeya action`: the command-line door, through the same parsing as the REST door."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.api import endpoints
from obeya.plant.log.command import Command
from obeya.plant.log.models import Account


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="engineering.save_materials, or as in the API: materials")
    parser.add_argument("--json", required=True, type=Path, help='{"rows": [...]}; - reads stdin')
    parser.add_argument("--as", required=True, dest="account", help="whose permissions count")
    parser.add_argument("--site", help="code of the site, where the action belongs to one")
    parser.add_argument("--key", help="idempotency key: the same key has one effect")


def run(options: Namespace) -> None:
    account = Account.objects.filter(
        username=options.account, is_active=True, archived_at=None
    ).first()
    if account is None:
        raise endpoints.NoSuchThing(_("There is no open account %s.") % options.account)
    endpoint = endpoints.endpoint_of_action(options.name)
    if (endpoint.scope == "site") != bool(options.site):
        needs = _("needs --site CODE") if endpoint.scope == "site" else _("belongs to no site")
        raise endpoints.NotJson(f"{endpoint.action.name} {needs}.")
    text = sys.stdin.read() if str(options.json) == "-" else options.json.read_text("utf-8")
    result = endpoints.perform(
        endpoint,
        endpoints.read_json(text),
        by=load_actor(account),
        site=endpoints.site_with_code(options.site) if options.site else None,
        source="cli",
        key=options.key,
    )
    print(json.dumps(result, ensure_ascii=False))


ACTION = Command("action", "Do one action on rows from a JSON file, as an account", run, _arguments)
