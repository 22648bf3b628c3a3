"""From a typed row to a saved one, or to the question that stands between."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from ceting.care.measurements import operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.grid_presenters import Conflict, Outcome, Typed, values_in_words
from ceting.care.measurements.models import Session
from ceting.care.measurements.row_doubts import Doubt, answered, doubts, from_problem
from ceting.care.measurements.session_forms import RowForm
from ceting.care.measurements.teams import team_of
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError
from ceting.registry.accounts.models import User


def save_row(entry: Entry, session: Session, data: Mapping[str, str], *, by: User) -> Outcome:
    """Save what was typed for one child, unless it is impossible, unlikely and unconfirmed, or somebody was faster."""
    typed = Typed.posted(data)
    form = RowForm(data)
    if not form.is_valid():
        unread = tuple(
            from_problem(Problem(str(sentence), "unreadable", name))
            for name, sentences in form.errors.items()
            for sentence in sentences
        )
        return Outcome("refused", typed, unread, base=_posted_base(form))
    draft = form.draft(entry.child, session, by=by, team=team_of(session))
    base = form.seen()
    asked = doubts(
        draft, weighing=entry.weighing, length=entry.length, today=session.posyandu.puskesmas.today()
    )
    open_questions = [doubt for doubt in asked if not answered(doubt, form.cleaned_data["sure"])]
    # A value that already stands needs no second answer.
    already = entry.saved is not None and operations.same_values(entry.saved, draft)
    if open_questions and not already:
        state = "refused" if any(doubt.blocks for doubt in asked) else "asked"
        return Outcome(state, typed, asked, base=base)
    return _record(draft, typed, base, by=by)


def _record(draft: MeasurementDraft, typed: Typed, base: UUID | None, *, by: User) -> Outcome:
    try:
        row = operations.record_in_session(draft, base=base, by=by)
    except EditConflictError as refusal:
        return Outcome("conflict", typed, conflict=_conflict(refusal, draft), base=base)
    except RefusedError as refusal:
        refused: tuple[Doubt, ...] = tuple(from_problem(problem) for problem in refusal.problems)
        return Outcome("refused", typed, refused, base=base)
    return Outcome("saved", typed, saved=row)


def _conflict(refusal: EditConflictError, draft: MeasurementDraft) -> Conflict:
    theirs: dict[str, Any] = refusal.theirs
    return Conflict(
        sentence=refusal.problems[0].sentence,
        id=str(theirs.get("id", "")),
        theirs=values_in_words(theirs.get),
        mine=values_in_words(lambda name: _of_draft(draft, name)),
    )


def _of_draft(draft: MeasurementDraft, name: str) -> Decimal | str | bool | None:
    value: Decimal | str | bool | None = getattr(draft, name)
    return value


def _posted_base(form: RowForm) -> UUID | None:
    found: UUID | None = form.cleaned_data.get("base")
    return found
