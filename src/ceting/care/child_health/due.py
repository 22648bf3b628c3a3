"""Who is due for what at a posyandu in a month, from the children's records: two queries, however many they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ceting.care.child_health import health_standing
from ceting.care.child_health.health_record import HealthRecord, of_children
from ceting.care.child_health.models import Item, Kind
from ceting.foundation.ui.wording import place_words
from ceting.registry.accounts.models import User
from ceting.registry.families.due_list import DueGroup, DueLine, Month
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu
from ceting.standards.child import development, supplementation
from ceting.standards.child.immunisation import DoseState
from ceting.standards.child.supplementation import Round, RoundState
from ceting.standards.numbers import format_age
from ceting.standards.pregnancy.postnatal import VisitStatus

KINDS = (Kind.IMMUNISATION, Kind.SUPPLEMENT, Kind.DEVELOPMENT, Kind.NEWBORN)
UNREAD = ("nik", "mother__nik", "mother__phone", "household__kk", "household__address")
NOT_COPIED = "belum ada yang tercatat, salin dari Buku KIA"


@dataclass(frozen=True)
class Due:
    """What one child is due for: in words, which of it is late, and from when it can be given."""

    items: tuple[str, ...]
    late: tuple[str, ...] = ()
    day: date | None = None


def groups(posyandu: Posyandu, month: Month, user: User) -> list[DueGroup]:
    """Vaccines, vitamin A, deworming, KPSP and newborn visits, each with the children who are due, the late first."""
    records = of_children(_children(posyandu, month, user), asked_on(month), KINDS)
    return [
        DueGroup(kind.code, kind.title, kind.sentence, _lines(records, month, kind))
        for kind in _KINDS_OF_CARE
    ]


def asked_on(month: Month) -> date:
    """The day for which one asks: today in this month, the first day of a month to come, the last of one past."""
    return min(max(month.today, month.first), month.last)


def _children(posyandu: Posyandu, month: Month, user: User) -> list[Child]:
    children = Child.objects.visible_to(user, may="child_health.read").of_posyandu(posyandu).here()
    found = list(children.under_five(asked_on(month)).with_family().defer(*UNREAD).order_by("name", "id"))
    for child in found:
        # One puskesmas for all: its settings are then read once.
        child.puskesmas = posyandu.puskesmas
    return found


@dataclass(frozen=True)
class _Care:
    code: str
    title: str
    sentence: str
    due: Callable[[HealthRecord, Month], Due | None]


def _lines(records: Sequence[HealthRecord], month: Month, care: _Care) -> tuple[DueLine, ...]:
    found = [(record, due) for record in records if (due := care.due(record, month)) is not None]
    found.sort(key=lambda pair: (not pair[1].late, pair[1].day or date.max, pair[0].child.name))
    return tuple(_line(record, due) for record, due in found)


def _line(record: HealthRecord, due: Due) -> DueLine:
    child = record.child
    mother = child.mother.name if child.mother else ""
    return DueLine(
        subject_type="child",
        subject=child.pk,
        name=child.name,
        beside=" · ".join(part for part in (format_age(child.birth_date, record.today), mother) if part),
        place=place_words("", child.household.rw, child.household.rt),
        url=reverse("child_health:child", args=[child.pk]),
        items=due.items,
        late=due.late,
        day=due.day,
    )


def _vaccines(record: HealthRecord, month: Month) -> Due | None:
    ready = [each for each in record.doses if each.since is not None and each.since <= month.last]
    wanted = [each for each in ready if each.state is not DoseState.GIVEN]
    if not wanted:
        return None
    late = [each for each in wanted if each.state is DoseState.OVERDUE]
    days = [each.since for each in wanted if each.since is not None]
    if late and not record.given:
        return Due((NOT_COPIED,), (NOT_COPIED,), min(days))
    return Due(tuple(each.dose.label for each in wanted), tuple(each.dose.label for each in late), min(days))


def _vitamin_a(record: HealthRecord, month: Month) -> Due | None:
    now = _due_round(health_standing.rounds(record, Item.VITAMIN_A))
    if now is not None:
        return Due((now.what,), day=max(now.since, record.child.birth_date))
    following = supplementation.next_vitamin_a(record.child.birth_date, record.today)
    begun = supplementation.vitamin_a_round(month.last) == month.first
    if following is None or not begun or following[0] > month.last:
        return None
    return Due((f"kapsul {following[1].value}",), day=following[0])


def _worms(record: HealthRecord, month: Month) -> Due | None:
    now = _due_round(health_standing.rounds(record, Item.DEWORMING))
    if now is not None:
        return Due((now.what,), day=now.since)
    following = supplementation.next_deworming(record.child.birth_date, record.today)
    if following is None or following > month.last:
        return None
    return Due((supplementation.deworming_dose(record.child.birth_date, following),), day=following)


def _due_round(rounds: tuple[Round, ...]) -> Round | None:
    return rounds[-1] if rounds and rounds[-1].state is RoundState.DUE else None


def _kpsp(record: HealthRecord, month: Month) -> Due | None:
    found = health_standing.kpsp(record)
    if found.due and found.age_month is not None:
        return Due((f"umur {found.age_month} bulan",), day=found.repeat_on)
    if found.repeat_on is not None and record.today < found.repeat_on <= month.last and found.last:
        return Due((f"ulang umur {found.last.age_month} bulan",), day=found.repeat_on)
    following = development.next_questionnaire(
        record.child.birth_date, record.today, record.child.gestation_days
    )
    if following is None or following[1] > month.last:
        return None
    return Due((f"umur {following[0]} bulan",), day=following[1])


def _newborn(record: HealthRecord, month: Month) -> Due | None:
    if not health_standing.is_newborn(record):
        return None
    open_visits = [
        visit
        for visit in health_standing.newborn_visits(record)
        if visit.status in (VisitStatus.DUE, VisitStatus.UPCOMING, VisitStatus.MISSED)
    ]
    if not open_visits:
        return None
    missed = tuple(each.window.code for each in open_visits if each.status is VisitStatus.MISSED)
    return Due(tuple(each.window.code for each in open_visits), missed)


_KINDS_OF_CARE = (
    _Care("newborn", "Kunjungan bayi baru lahir", "Bayi sampai umur 28 hari.", _newborn),
    _Care("vaccines", "Imunisasi", "Yang waktunya bulan ini dan yang masih bisa dikejar.", _vaccines),
    _Care("vitamin_a", "Vitamin A", "Februari dan Agustus, umur 6 sampai 59 bulan.", _vitamin_a),
    _Care("worms", "Obat cacing", "Sekali tiap semester, umur 12 sampai 59 bulan.", _worms),
    _Care("kpsp", "KPSP", "Kuesioner umurnya belum diisi, atau waktunya diulang.", _kpsp),
)
