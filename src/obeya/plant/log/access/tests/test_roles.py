import pytest

from obeya.plant.log import rooms
from obeya.plant.log.access import actions
from obeya.plant.log.access.actions import Assignment, RoleEdit
from obeya.plant.log.access.actions.roles import MoreThanOwn, NotAssigned
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.guarding import NoAdministratorLeft
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account, OperationsEvent, RoleAssignment, RolePermission
from obeya.plant.log.refusal import NotPermitted, Refusal, RowsRefused
from obeya.plant.resources.tree import move_equipment


def test_a_role_at_a_site_permits_there_and_nowhere_else(someone, kes, bru):
    ann = load_actor(someone("ann", "operator", site=kes))

    assert ann.may("stamping.stamp", site=kes)
    assert ann.may("stamping.stamp")
    assert not ann.may("stamping.stamp", site=bru)
    assert not ann.may("access.create_accounts")


def test_a_role_in_a_branch_permits_what_lies_below_it(someone, tree, kes):
    ann = load_actor(someone("ann", "operator", site=kes, equipment=tree["PRESSES"]))

    assert ann.may("stamping.stamp", equipment=tree["PRESSES"])
    assert ann.may("stamping.stamp", equipment=tree["PRESS-4"])
    assert not ann.may("stamping.stamp", equipment=tree["OVENS"])
    assert not ann.may("stamping.stamp", equipment=tree["BRU PRESS-4"])
    assert not ann.may("stamping.stamp", site=kes)


def test_a_role_in_a_branch_stays_with_the_branch_when_it_moves(someone, tree, kes):
    ann = someone("ann", "operator", site=kes, equipment=tree["PRESSES"])
    assert load_actor(ann).may("stamping.stamp", equipment=tree["PRESS-4"])

    move_equipment(kes, {tree["PRESSES"]: tree["OVENS"]})

    for node in tree.values():
        node.refresh_from_db()
    ann.refresh_from_db()
    assert load_actor(ann).may("stamping.stamp", equipment=tree["PRESS-4"])
    assert not load_actor(ann).may("stamping.stamp", equipment=tree["OVENS"])


def test_grants_are_read_once_until_the_roles_change(
    someone, bru, by_ida, roles, django_assert_num_queries
):
    ann = someone("ann")
    load_actor(ann)
    with django_assert_num_queries(0):
        load_actor(ann)

    actions.assign_roles(assignments=[Assignment(ann, roles["operator"], bru)], by=by_ida)

    assert load_actor(Account.objects.get(pk=ann.pk)).may("stamping.stamp", site=bru)
    event = OperationsEvent.objects.get(kind="access.roles_assigned")
    assert event.data == {"accounts": [ann.pk], "roles": ["operator"]}


def test_a_revoked_role_permits_nothing_from_then_on(someone, kes, by_ida, roles):
    ann = someone("ann", "operator", site=kes)
    load_actor(ann)

    actions.revoke_roles(assignments=[Assignment(ann, roles["operator"], kes)], by=by_ida)

    assert not load_actor(Account.objects.get(pk=ann.pk)).may("stamping.stamp")
    with pytest.raises(NotAssigned):
        actions.revoke_roles(assignments=[Assignment(ann, roles["operator"], kes)], by=by_ida)


def test_nobody_gives_more_than_they_have(someone, kes, bru, roles):
    by_eva = load_actor(someone("eva", "administrator", site=kes))
    ann = someone("ann")

    actions.assign_roles(assignments=[Assignment(ann, roles["operator"], kes)], by=by_eva)
    for too_much in (None, bru):
        with pytest.raises(MoreThanOwn):
            actions.assign_roles(
                assignments=[Assignment(ann, roles["operator"], too_much)], by=by_eva
            )

    assert RoleAssignment.objects.filter(account=ann).values_list("site__code").get() == ("KES",)


def test_the_last_administrator_stays(by_ida, ida, roles):
    with pytest.raises(NoAdministratorLeft):
        actions.revoke_roles(assignments=[Assignment(ida, roles["administrator"])], by=by_ida)
    with pytest.raises(NoAdministratorLeft):
        actions.close_accounts(accounts=[ida], by=by_ida)

    assert RoleAssignment.objects.filter(account=ida).count() == 1
    assert Account.objects.get(pk=ida.pk).is_active


def test_assigning_again_says_that_nothing_changed(someone, kes, by_ida, roles):
    ann = someone("ann", "operator", site=kes)

    with pytest.raises(Refusal, match="assigned already"):
        actions.assign_roles(assignments=[Assignment(ann, roles["operator"], kes)], by=by_ida)


def test_shipped_roles_follow_the_rooms_and_keep_the_plants_edits(roles, enter, by_ida):
    actions.save_roles(
        roles=[RoleEdit("operator", frozenset({"stamping.view", "access.view"}))], by=by_ida
    )
    enter(
        rooms.Module(
            name="stamping",
            title="Stamping",
            permissions={"stamping.stamp": "", "stamping.emboss": "", "stamping.view": ""},
            roles={"operator": ["stamping.stamp", "stamping.emboss"]},
        )
    )

    assert actions.renew_shipped_roles(by=system_actor()) == [
        "administrator",
        "guest",
        "operator",
    ]
    rows = RolePermission.objects.filter(role__code="operator")
    held = dict(rows.values_list("permission", "is_granted"))
    assert {each: held[each] for each in held if each.startswith(("stamping.", "access."))} == {
        "stamping.emboss": True,  # newly shipped
        "stamping.stamp": False,  # the plant took it away
        "access.view": True,  # the plant gave it
    }
    assert actions.renew_shipped_roles(by=system_actor()) == []


def test_a_role_holds_only_permissions_that_exist(roles, by_ida):
    with pytest.raises(RowsRefused, match="unknown permission"):
        actions.save_roles(roles=[RoleEdit("night", frozenset({"no.such"}))], by=by_ida)

    assert not RolePermission.objects.filter(permission="no.such").exists()


def test_an_operator_gives_no_roles(someone, kes, roles):
    ann = someone("ann", "operator", site=kes)

    with pytest.raises(NotPermitted):
        actions.assign_roles(
            assignments=[Assignment(ann, roles["administrator"])], by=load_actor(ann)
        )

    assert RoleAssignment.objects.count() == 1


def test_assigning_costs_the_same_for_one_and_for_many(
    someone, by_ida, roles, kes, django_assert_max_num_queries
):
    people = [Account.objects.create(username=f"p{n}") for n in range(101)]

    for some in (people[:1], people[1:]):
        with django_assert_max_num_queries(13):
            actions.assign_roles(
                assignments=[Assignment(each, roles["operator"], kes) for each in some], by=by_ida
            )
