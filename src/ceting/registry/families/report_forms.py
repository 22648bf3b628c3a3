"""Forms about reports: what a neighbour knows of a woman or a newborn, and what became of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.models import ModelChoiceIterator

from ceting.foundation.core.keys import new_key
from ceting.foundation.ui.form_fields import DayField, NamedRowField, PhoneField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import LATEST_DUE, ReportDraft
from ceting.registry.families.forms import RegisterForm
from ceting.registry.families.models import FamilyReport, OutcomeKind, ReportKind
from ceting.registry.places.models import Area, WorkArea

CHOOSE_VILLAGE = "Pilih kelurahannya."


class _ByPuskesmas(ModelChoiceIterator):  # type: ignore[type-arg]
    """The villages under the puskesmas that answers for them, as a phone's own list shows groups."""

    def __iter__(self) -> Iterator[Any]:
        yield "", CHOOSE_VILLAGE
        groups: dict[str, list[Any]] = {}
        areas = WorkArea.objects.filter(village__in=self.queryset.values("pk"))
        rows = list(areas.select_related("village", "puskesmas").order_by("puskesmas__name", "village__name"))
        mine = getattr(self.field, "puskesmas_id", None)
        for area in sorted(rows, key=lambda area: area.puskesmas_id != mine):
            groups.setdefault(str(area.puskesmas), []).append((area.village_id, area.village.name))
        yield from groups.items()


class VillageField(NamedRowField):
    """A village that some puskesmas answers for; those of `puskesmas_id` come first."""

    iterator = _ByPuskesmas
    puskesmas_id: UUID | None = None


class ReportForm(RefusalMixin, forms.Form):
    """As little as a neighbour knows: who, and where. No NIK, and nothing about her health."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Siapa yang dilaporkan?",
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ibu hamil atau bayi baru lahir."},
    )
    name = forms.CharField(label="Nama ibu", max_length=120, error_messages={"required": "Isi nama ibu."})
    village = VillageField(
        label="Kelurahan",
        queryset=Area.objects.none(),
        named_by="name",
        error_messages={"required": CHOOSE_VILLAGE, "invalid_choice": CHOOSE_VILLAGE},
    )
    rw = forms.CharField(label="RW", max_length=5, required=False)
    phone = PhoneField(label="Nomor HP ibu", required=False, help_text="Misalnya 0812 3456 7890")
    day = DayField(
        label="Tanggal lahir bayi, atau perkiraan lahir",
        required=False,
        help_text="Misalnya 26/11/2026. Kosongkan bila belum tahu.",
    )
    note = forms.CharField(
        label="Catatan",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya: rumah di belakang musala, bidan desa belum tahu.",
    )
    despite_likeness = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        posyandu = next((each.posyandu for each in user.assignments if each.posyandu), None)
        kwargs["initial"] = {
            "key": new_key(),
            "village": posyandu.village_id if posyandu else None,
            "rw": posyandu.rw if posyandu else "",
        }
        super().__init__(*args, **kwargs)
        village, day = self.fields["village"], self.fields["day"]
        assert isinstance(village, VillageField)
        assert isinstance(day, DayField)
        village.queryset = Area.objects.filter(work_areas__isnull=False).distinct()
        village.puskesmas_id = posyandu.puskesmas_id if posyandu else user.puskesmas_id
        # A due date lies ahead; whether this one may is the draft's to say.
        day.today = lambda: today + LATEST_DUE

    def draft(self) -> ReportDraft:
        names = ("kind", "name", "village", "rw", "phone", "day", "note")
        return ReportDraft(**{name: self.cleaned_data[name] for name in names})


class OutcomeForm(RefusalMixin, forms.Form):
    """What became of a report that isn't ended by a registration."""

    kind = forms.ChoiceField(
        label="Apa hasilnya?",
        choices=[(kind.value, kind.label) for kind in OutcomeKind if kind is not OutcomeKind.REGISTERED],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih hasil tindak lanjutnya."},
    )
    note = forms.CharField(
        label="Catatan untuk puskesmas",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tidak terbaca oleh pelapor.",
    )
    child = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ReportedChildForm(RegisterForm):
    """The registration form, filled with what the report knows."""

    def __init__(self, *args: Any, report: FamilyReport, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": f"By. Ny. {report.name}"[:120],
            "birth_date": report.day,
            "mother_name": report.name,
            "mother_phone": report.phone,
            "rw": report.rw,
        }
        super().__init__(*args, **kwargs)
        field = self.fields["posyandu"]
        assert isinstance(field, NamedRowField)
        assert field.queryset is not None
        mine = field.queryset = field.queryset.filter(puskesmas=report.puskesmas_id)
        near = [post for post in mine if post.village_id == report.village_id]
        closest = [
            post for post in near if report.rw and post.rw.lstrip("0") == report.rw.lstrip("0")
        ] or near
        if len(closest) == 1 and field.initial is None:
            field.initial = closest[0]
