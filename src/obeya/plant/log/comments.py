"""What people say about a row of the plant."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from obeya.plant.log import clock
from obeya.plant.log.access.grants import OWN_ACCOUNT
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.events import event
from obeya.plant.log.models import Comment
from obeya.plant.log.publishing import publish
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import NotPermitted, Problem, RowsRefused
from obeya.plant.log.subjects import must_change, must_see, rows_of, site_id_of

LONGEST = 10_000


@dataclass(frozen=True)
class NewComment:
    model: str  # "resources.Material"
    row_id: int
    text: str


@event("log.comments_made", view=OWN_ACCOUNT)
@dataclass(frozen=True)
class CommentsMade:
    """Somebody said something about rows; the words stay out of the log."""

    comments: list[int]


@event("log.comments_withdrawn", view=OWN_ACCOUNT)
@dataclass(frozen=True)
class CommentsWithdrawn:
    """Somebody took back what they had said."""

    comments: list[int]


class NotYours(NotPermitted):
    """Only who said it can take it back."""


@action(permission=OWN_ACCOUNT)
def comment(*, comments: Sequence[NewComment], by: Actor) -> list[Comment]:
    """Say something about rows, where one may change them."""
    rows = rows_of((each.model, each.row_id) for each in comments)
    for (model, _pk), row in rows.items():
        must_change(model, row, by)
    problems = [
        Problem(_("no text, or too long"), _("Write 1 to 10,000 characters."), n, "text")
        for n, each in enumerate(comments)
        if not 0 < len(each.text.strip()) <= LONGEST
    ]
    if problems:
        raise RowsRefused(problems)
    now = clock.now()
    made = insert_many(
        [
            Comment(
                model=each.model,
                row_id=each.row_id,
                site_id=site_id_of(rows[each.model, each.row_id]),
                text=each.text.strip(),
                by_id=by.account_id,
                said_at=now,
            )
            for each in comments
        ],
        ids=True,
    )
    publish(CommentsMade([each.pk for each in made]), at=now)
    return made


@action(permission=OWN_ACCOUNT)
def withdraw_comments(*, comments: Sequence[Comment], by: Actor) -> None:
    """Take back one's own words; that something was said stays."""
    if any(each.by_id != by.account_id for each in comments):
        raise NotYours(_("Only the person who wrote a comment can take it back."))
    ids = [each.pk for each in comments]
    Comment.objects.filter(pk__in=ids, withdrawn_at=None).update(withdrawn_at=clock.now())
    publish(CommentsWithdrawn(ids))


@query(permission=OWN_ACCOUNT)
def comments_on(*, model: str, row_id: int, by: Actor) -> list[Comment]:
    """Oldest first; withdrawn ones are left out."""
    must_see(model, rows_of([(model, row_id)])[model, row_id], by)
    said = Comment.objects.filter(model=model, row_id=row_id, withdrawn_at=None)
    return list(said.select_related("by").order_by("pk"))
