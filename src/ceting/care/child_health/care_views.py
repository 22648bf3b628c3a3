"""The forms about a child's care: one page for each, all answered alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.child_health import care_forms, health_standing, operations
from ceting.care.child_health.care_forms import CareForm
from ceting.care.child_health.care_words import title_and_text
from ceting.care.child_health.health_record import HealthRecord, of_child
from ceting.care.child_health.models import Entry
from ceting.care.child_health.views import child_context, visible_child
from ceting.foundation.ui.one_form import done
from ceting.foundation.ui.wording import sentence_list
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.child import feeding
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class CarePage:
    """What stands around a form: a title, a sentence, and what is to be known of her."""

    title: str
    lead: str
    advice: Callable[[HealthRecord], tuple[str, ...]] = lambda record: ()

    def beside(self, record: HealthRecord) -> "CarePage":
        """Itself; of a child who died only what was done while she lived is written down, and nobody is advised."""
        died_on = record.child.died_on
        if died_on is None:
            return self
        return CarePage(self.title, f"Hanya pelayanan sampai {format_date(died_on)}.")


def answered(
    request: StaffRequest, record: HealthRecord, form: CareForm, page: CarePage, **more: Any
) -> HttpResponse:
    """The form, or after it was saved her page, where a danger sign is said as what it is."""
    context = child_context(request, record)
    page = page.beside(record)

    def deed() -> str:
        return _said(operations.record(form.drafts(), by=request.user))

    if done(request, form, deed):
        return redirect("child_health:child", record.child.pk)
    context |= {"form": form, "page": page, "advice": page.advice(record), **more}
    status = 422 if form.errors else 200
    return render(request, "child_health/care_form.html", context, status=status)


def _said(entries: list[Entry]) -> str:
    """What was written, in one sentence; what to do about a danger sign stands on the page that follows."""
    return f"{sentence_list(title_and_text(entry)[0] for entry in entries)}: sudah dicatat."


def _record(request: StaffRequest, child_id: UUID, *, may: str) -> HealthRecord:
    found = visible_child(request, child_id, may=may)
    return of_child(found, found.puskesmas.today())


def _page(
    request: StaffRequest, child_id: UUID, form: type[CareForm], page: CarePage, *, may: str
) -> HttpResponse:
    record = _record(request, child_id, may=may)
    return answered(request, record, form(request.POST or None, by=request.user, record=record), page)


SUPPLEMENT = CarePage("Vitamin A dan obat cacing", "Dosis di samping namanya adalah dosis umur hari ini.")


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def supplement(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """A capsule, a tablet, or both."""
    return _page(request, child_id, care_forms.SupplementForm, SUPPLEMENT, may="child_health.write")


BREASTFEEDING = CarePage(
    "ASI",
    "Tanyakan apa yang diminum dan dimakan bayi sejak lahir, bulan demi bulan. Air putih juga dihitung.",
)


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def breastfeeding(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Breast milk only, month by month."""
    return _page(request, child_id, care_forms.BreastfeedingForm, BREASTFEEDING, may="child_health.write")


def _meal_advice(record: HealthRecord) -> tuple[str, ...]:
    found = feeding.advice(health_standing.months_old(record), breastfed=True)
    if found is None:
        return ("Penilaian keragaman makan berlaku untuk umur 6 sampai 23 bulan.",)
    return (
        f"Umur ini: makan {found.meals}, selingan {found.snacks}.",
        f"Tekstur {found.texture}. Porsi {found.portion}.",
    )


FEEDING = CarePage(
    "Makan kemarin", "Tanyakan semua yang dimakan dan diminum sejak kemarin pagi.", _meal_advice
)


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def feeding_recall(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Yesterday in eight groups."""
    return _page(request, child_id, care_forms.FeedingForm, FEEDING, may="child_health.write")


ILLNESS = CarePage(
    "Keluhan", "Centang yang diceritakan keluarga. Tanda bahaya ditulis di atas: bila ada, rujuk sekarang."
)


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def illness_report(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """What troubled her since the last visit."""
    return _page(request, child_id, care_forms.IllnessForm, ILLNESS, may="child_health.write")


NEWBORN = CarePage(
    "Kunjungan bayi baru lahir", "KN1 6-48 jam, KN2 hari 3-7, KN3 hari 8-28. Isi yang dilihat saja."
)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def newborn_visit(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """A visit in her first 28 days."""
    return _page(request, child_id, care_forms.NewbornForm, NEWBORN, may="child_health.treat")


FOOD = CarePage(
    "PMT", "Catat untuk berapa hari makanan tambahan diberikan. Jumlah harinya dihitung per alasan."
)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def food(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Days of extra food."""
    return _page(request, child_id, care_forms.FoodForm, FOOD, may="child_health.treat")


REFERRAL = CarePage("Rujuk", "Catat ke mana dan mengapa anak dirujuk. Bawakan Buku KIA.")


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def referral(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """To whom she is sent."""
    return _page(request, child_id, care_forms.ReferralForm, REFERRAL, may="child_health.treat")


FINDING = CarePage(
    "Catat temuan", "Temuan dipastikan bidan atau petugas gizi, lalu didiagnosis dokter. Ini belum diagnosis."
)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def finding_new(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """What stands out, to be confirmed."""
    return _page(request, child_id, care_forms.FindingForm, FINDING, may="child_health.treat")
