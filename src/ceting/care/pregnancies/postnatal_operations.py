"""The verb about visits to the mother afterwards. Other apps find it behind `outcome_operations`."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies import mother_deaths
from ceting.care.pregnancies.deriving import key_of, locked
from ceting.care.pregnancies.drafts import ContactDraft
from ceting.care.pregnancies.models import Outcome, PostnatalVisit, Pregnancy
from ceting.care.pregnancies.outcome_drafts import PostnatalDraft
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError, refused
from ceting.registry.accounts.models import User
from ceting.standards.child import supplementation
from ceting.standards.pregnancy import postnatal
from ceting.standards.pregnancy.values import PregnancyValueError

COLDEST, HOTTEST = 34, 43
"""Degrees Celsius; outside is a slip of the pen."""


@transaction.atomic
def record_postnatal_visit(
    pregnancy: Pregnancy, draft: PostnatalDraft, *, by: User | None, key: UUID | None = None
) -> PostnatalVisit:
    """A visit to the mother after the end, a loss too. Raises RefusedError; the same day twice is refused."""
    now = locked(pregnancy)
    sent = PostnatalVisit.objects.filter(pk=key, pregnancy=now).first() if key else None
    if sent is not None:
        return sent
    outcome = Outcome.objects.standing().filter(pregnancy=now).first()
    if outcome is None:
        raise refused("Catat dulu persalinannya, lalu kunjungan nifas.", "open")
    problems = _visit_problems(now, outcome, draft)
    if problems:
        raise RefusedError(*problems)
    visit = PostnatalVisit(
        id=key_of(PostnatalVisit, key),
        pregnancy=now,
        slot=_slot(outcome, draft.on),
        danger_signs=" ".join(draft.danger_signs),
        by=by,
        **{name: getattr(draft, name) for name in VISIT},
    )
    visit.save(force_insert=True)
    audit.record("postnatal.record", "pregnancy", [now.pk, visit.pk], by=by, puskesmas_id=now.puskesmas_id)
    return visit


VISIT = (
    *("on", "place", "attendant", "systolic", "diastolic", "temperature_c", "vitamin_a", "tablets_given"),
    *("contraception", "note"),
)


def _slot(outcome: Outcome, on: date) -> str:
    since = postnatal.since_birth(outcome.ended_on, on)
    return next((each.code for each in postnatal.windows("KF") if each.holds(since)), "")


def _visit_problems(now: Pregnancy, outcome: Outcome, draft: PostnatalDraft) -> list[Problem]:
    if draft.on > now.puskesmas.today():
        return [Problem("Tanggal kunjungan belum terjadi. Periksa lagi.", "future", "on")]
    try:
        since = postnatal.since_birth(outcome.ended_on, draft.on)
    except PregnancyValueError as before:
        return [Problem(before.sentence, before.code, "on")]
    if since.days > postnatal.last_day():
        sentence = f"Masa nifas sudah selesai ({postnatal.last_day()} hari). Periksa lagi tanggalnya."
        return [Problem(sentence, "after", "on")]
    died = mother_deaths.problems_of_visit(now, outcome, draft.on)
    if died:
        return died
    if PostnatalVisit.objects.filter(pregnancy=now, on=draft.on).exists():
        return [Problem("Kunjungan nifas pada tanggal ini sudah tercatat.", "twice", "on")]
    as_contact = ContactDraft(
        on=draft.on,
        place=draft.place,
        attendant=draft.attendant,
        systolic=draft.systolic,
        diastolic=draft.diastolic,
        tablets_given=draft.tablets_given,
        danger_signs=draft.danger_signs,
    )
    problems = as_contact.value_problems()
    if draft.temperature_c is not None and not COLDEST <= draft.temperature_c <= HOTTEST:
        sentence = f"Suhu antara {COLDEST} dan {HOTTEST} °C. Ukur lagi."
        problems.append(Problem(sentence, "range", "temperature_c"))
    return problems + _capsule_problems(now, outcome, draft)


def capsules_left(pregnancy: Pregnancy, outcome: Outcome, on: date) -> int:
    """How many capsules of vitamin A she may still be given, of those that a mother gets after a birth."""
    rows = PostnatalVisit.objects.standing().filter(pregnancy=pregnancy).exclude(vitamin_a=0)
    given = [day for day, number in rows.values_list("on", "vitamin_a") for _ in range(number)]
    found = supplementation.mother_vitamin_a(outcome.ended_on, given, on)
    return found.wanted - found.given


def _capsule_problems(now: Pregnancy, outcome: Outcome, draft: PostnatalDraft) -> list[Problem]:
    left = capsules_left(now, outcome, draft.on)
    if 0 <= draft.vitamin_a <= left:
        return []
    wanted = supplementation.mother_capsules()
    told = "Semuanya sudah diberikan." if not left else f"Sisanya {left} kapsul."
    sentence = f"Vitamin A nifas paling banyak {wanted} kapsul. {told}"
    return [Problem(sentence, "vitamin_a", "vitamin_a")]


def visits_before(outcome: Outcome, ended_on: date) -> list[Problem]:
    """What is wrong with an end on that day, after a visit that already counts from an earlier one."""
    rows = PostnatalVisit.objects.filter(pregnancy=outcome.pregnancy_id, on__gte=outcome.ended_on)
    if not rows.filter(on__lt=ended_on).exists():
        return []
    sentence = "Ada kunjungan nifas yang tercatat sebelum tanggal ini. Periksa lagi tanggalnya."
    return [Problem(sentence, "visit_before", "ended_on")]


def name_visits_again(outcome: Outcome) -> None:
    """KF1 to KF4 count from the day that stands now; a visit of an end that was undone, before this one, is none."""
    rows = list(PostnatalVisit.objects.filter(pregnancy=outcome.pregnancy_id))
    for row in rows:
        row.slot = "" if row.on < outcome.ended_on else _slot(outcome, row.on)
    PostnatalVisit.objects.bulk_update(rows, ["slot"])
