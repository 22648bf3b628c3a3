"""Forms of the posyandu's day: opening one, and one typed row of its grid."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django import forms

from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import MeasuringTeam, Position, Session, SessionKind
from ceting.care.measurements.teams import source_of
from ceting.foundation.ui.form_fields import DayField, MeasureField, NamedRowField, RefusalMixin
from ceting.registry.accounts.access import posyandu_of
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu

# Field -> (unit, the decimals that are stored).
NUMBERS = {
    "weight_kg": ("kg", Decimal("0.001")),
    "lenhei_cm": ("cm", Decimal("0.01")),
    "head_cm": ("cm", Decimal("0.01")),
    "muac_cm": ("cm", Decimal("0.01")),
}


PLACES = (
    (SessionKind.POSYANDU.value, "Di posyandu"),
    (SessionKind.SWEEPING.value, "Di rumah, untuk yang belum ditimbang bulan itu (sweeping)"),
    (SessionKind.PAUD.value, "Di PAUD"),
    (SessionKind.PUSKESMAS.value, "Di puskesmas"),
)


class SessionForm(RefusalMixin, forms.Form):
    """Which posyandu, on which day, and where its children are weighed."""

    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        empty_label="Pilih posyandu",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )
    held_on = DayField(
        label="Tanggal posyandu",
        error_messages={"required": "Isi tanggal posyandu."},
        help_text="Hari ini atau hari yang sudah lewat, misalnya 17/8/2026.",
    )
    kind = forms.ChoiceField(
        label="Di mana anak ditimbang",
        choices=PLACES,
        initial=SessionKind.POSYANDU,
        required=False,
        error_messages={"invalid_choice": "Pilih tempat dari daftar."},
    )
    place = forms.CharField(
        label="Nama PAUD",
        required=False,
        max_length=200,
        help_text="Hanya untuk kunjungan ke PAUD, misalnya Tunas Bangsa.",
        error_messages={"max_length": "Nama PAUD terlalu panjang. Singkat sampai 60 huruf."},
    )

    def clean_kind(self) -> SessionKind:
        return SessionKind(self.cleaned_data["kind"] or SessionKind.POSYANDU)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, post = self.fields["held_on"], self.fields["posyandu"]
        assert isinstance(day, DayField)
        assert isinstance(post, NamedRowField)
        day.today = lambda: today
        day.initial = today
        post.queryset = posyandu_of(user, may="sessions.open")
        if len(post.queryset) == 1:
            post.initial = post.queryset[0]


class MeasuredForm(forms.Form):
    """What two forms of one measurement share: rounding as it is stored, and the draft. They bring the fields."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, (_, step) in NUMBERS.items():
            if data.get(name) is not None:
                data[name] = data[name].quantize(step, ROUND_HALF_UP)
        return data

    def draft_of(
        self,
        child: Child,
        measured_on: date,
        *,
        by: User,
        session: Session | None = None,
        team: MeasuringTeam | None = None,
    ) -> MeasurementDraft:
        """What was typed; only after is_valid()."""
        data = self.cleaned_data
        return MeasurementDraft(
            child=child,
            measured_on=measured_on,
            weight_kg=data["weight_kg"],
            lenhei_cm=data["lenhei_cm"],
            # The position belongs to a length; alone it says nothing.
            position=data["position"] if data["lenhei_cm"] is not None else Position.UNKNOWN,
            head_cm=data["head_cm"],
            muac_cm=data["muac_cm"],
            oedema=data["oedema"],
            source=source_of(team, by, child.puskesmas_id),
            session=session,
            team=team,
        )


class RowForm(MeasuredForm):
    """One row as typed. Whether it makes sense is asked elsewhere."""

    weight_kg = MeasureField(unit="kg", required=False)
    lenhei_cm = MeasureField(unit="cm", required=False)
    position = forms.ChoiceField(choices=Position.choices, required=False)
    head_cm = MeasureField(unit="cm", required=False)
    muac_cm = MeasureField(unit="cm", required=False)
    oedema = forms.BooleanField(required=False)
    base = forms.UUIDField(required=False)
    """The measurement that the typist saw for this child."""
    mine_over = forms.UUIDField(required=False)
    """Somebody else's measurement that she wants replaced by hers, having seen both."""
    sure = forms.CharField(required=False, max_length=400)

    def seen(self) -> UUID | None:
        found: UUID | None = self.cleaned_data["mine_over"] or self.cleaned_data["base"]
        return found

    def draft(
        self, child: Child, session: Session, *, by: User, team: MeasuringTeam | None
    ) -> MeasurementDraft:
        return self.draft_of(child, session.held_on, by=by, session=session, team=team)
