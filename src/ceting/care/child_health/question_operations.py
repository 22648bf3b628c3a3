"""The verb by which a puskesmas types in the questions of its own booklet."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from ceting.care.child_health.models import Question, QuestionSet
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas
from ceting.standards.child import development


@transaction.atomic
def enter_questions(
    puskesmas: Puskesmas, age_month: int, texts: Sequence[str], *, source: str, by: User
) -> QuestionSet:
    """The ten questions of one age from now on; screens of before keep theirs. The same words again change nothing.

    Raises RefusedError for another number of questions, an age without a questionnaire, or no source.
    """
    problems = list(_problems(age_month, texts, source))
    if problems:
        raise RefusedError(*problems)
    Puskesmas.objects.select_for_update().get(pk=puskesmas.pk)
    standing = questions_of(puskesmas, age_month)
    if standing is not None and _says(standing) == (source, list(texts)):
        return standing
    entered = QuestionSet.objects.create(
        puskesmas=puskesmas, age_month=age_month, source=source, entered_by=by
    )
    Question.objects.bulk_create(
        [Question(questions=entered, number=number, text=text) for number, text in enumerate(texts, start=1)]
    )
    audit.record(
        "child_health.enter_questions",
        "question_set",
        [entered.pk],
        by=by,
        puskesmas_id=puskesmas.pk,
        detail={"age_month": age_month, "source": source},
    )
    return entered


def _problems(age_month: int, texts: Sequence[str], source: str) -> Iterator[Problem]:
    if age_month not in development.questionnaire_ages():
        yield Problem("Pilih umur kuesioner dari daftar.", "unknown", "age_month")
    if len([text for text in texts if text.strip()]) != development.questions():
        yield Problem("Isi kesepuluh pertanyaannya.", "ten", "text_1")
    if not source.strip():
        yield Problem("Isi dari buku apa pertanyaannya.", "source", "source")


def questions_of(puskesmas: Puskesmas, age_month: int) -> QuestionSet | None:
    """The questions that hold, with their rows; None where nobody typed them in."""
    found = QuestionSet.objects.filter(puskesmas=puskesmas, age_month=age_month)
    return found.prefetch_related("rows").order_by("-created_at", "-id").first()


def _says(standing: QuestionSet) -> tuple[str, list[str]]:
    rows = sorted(standing.rows.all(), key=lambda row: row.number)
    return standing.source, [row.text for row in rows]
