"""What somebody read off the scale, before it is a row. Checked without a database."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ceting.care.measurements.models import Measurement, MeasuringTeam, Position, Session, Source
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

# What no scale and no board of a posyandu can show of a child under six: (lowest, highest, what to check).
BOUNDS = {
    "weight_kg": (Decimal("0.5"), Decimal("60"), "Berat dalam kg, misalnya 8,5."),
    "lenhei_cm": (Decimal("30"), Decimal("150"), "Panjang atau tinggi dalam cm, misalnya 72,5."),
    "head_cm": (Decimal("20"), Decimal("65"), "Lingkar kepala dalam cm, misalnya 44,5."),
    "muac_cm": (Decimal("6"), Decimal("30"), "Lingkar lengan dalam cm, misalnya 13,5."),
}


@dataclass(frozen=True)
class MeasurementDraft:
    """One child on one day. Weights in kg, lengths in cm; None is "not measured"."""

    child: Child
    measured_on: date
    weight_kg: Decimal | None = None
    lenhei_cm: Decimal | None = None
    position: str = Position.UNKNOWN
    head_cm: Decimal | None = None
    muac_cm: Decimal | None = None
    oedema: bool = False
    source: str = Source.VOLUNTEER
    session: Session | None = None
    measured_by: User | None = None
    team: MeasuringTeam | None = None
    """Who stood at the scale, as the session names them; it says `measured_by`."""
    corrects: Measurement | None = None
    reason: str = ""
    written_for: UUID | None = None
    """For whom it was written, where that was another child until she was found to be this one."""
    written_at: datetime | None = None
    """When it was written down, where that isn't now: the demo's past, later a phone's capture."""

    def problems(self, today: date) -> list[Problem]:
        """Everything that makes it impossible, each with its field. Unlikely values are a question, not a problem."""
        found = []
        if self.measured_on > today:
            found.append(
                Problem(
                    "Tanggal ukur belum terjadi. Periksa hari, bulan dan tahunnya.", "future", "measured_on"
                )
            )
        if self.measured_on < self.child.birth_date:
            found.append(
                Problem(
                    "Tanggal ukur sebelum anak lahir. Periksa tanggal ukur atau tanggal lahir.",
                    "before_birth",
                    "measured_on",
                )
            )
        if self.child.died_on is not None and self.measured_on > self.child.died_on:
            found.append(
                Problem(
                    "Anak ini tercatat meninggal sebelum tanggal ukur. Mohon periksa tanggalnya, "
                    "atau hubungi bidan.",
                    "after_death",
                    "measured_on",
                )
            )
        values = {name: getattr(self, name) for name in BOUNDS}
        if not self.oedema and all(value is None for value in values.values()):
            found.append(Problem("Isi paling sedikit satu hasil ukur.", "empty", "weight_kg"))
        for name, value in values.items():
            low, high, hint = BOUNDS[name]
            if value is not None and not low <= value <= high:
                found.append(Problem(f"{hint} Angka ini tidak mungkin.", "out_of_bounds", name))
        return found

    def _origin_id(self) -> UUID:
        """A correction speaks of the child for whom the first row was written, unless it names another child."""
        if self.corrects is not None and self.corrects.child_id == self.child.pk:
            return self.corrects.origin_id
        return self.written_for or self.child.pk

    def _measurer(self, by: User | None) -> User | None:
        if self.team is not None:
            return self.team.measurer
        # Whoever imports a file didn't stand at the scale.
        return self.measured_by or (None if self.source == Source.IMPORT else by)

    def row(self, by: User | None) -> Measurement:
        """The unsaved row; whatever is derived is still empty."""
        return Measurement(
            puskesmas_id=self.child.puskesmas_id,
            child=self.child,
            origin_id=self._origin_id(),
            session=self.session,
            measured_on=self.measured_on,
            weight_kg=self.weight_kg,
            lenhei_cm=self.lenhei_cm,
            position=self.position,
            head_cm=self.head_cm,
            muac_cm=self.muac_cm,
            oedema=self.oedema,
            source=self.source,
            measured_by=self._measurer(by),
            team=self.team,
            recorded_by=by,
            created_at=self.written_at or clock.now(),
            corrects=self.corrects,
            reason=self.reason,
            age_days=max((self.measured_on - self.child.birth_date).days, 0),
        )
