"""One person's copy: a ZIP with everything that the house holds of her, to read (PDF) and to carry on (JSON).

It is made when it is handed out and never stored.
"""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.numerals import moment
from ceting.foundation.ui.typesetting import typeset
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, Household, those_who_became
from ceting.registry.rights import readers
from ceting.registry.rights.contributing import Person, Row, Section, sections
from ceting.registry.rights.models import DataRequest
from ceting.registry.rights.request_presenters import about
from ceting.standards.numbers import format_date

MAY = "rights.handle"
FILENAME = "salinan-data.zip"
READINGS = 1000
"""The newest reads in a copy; the page shows all of them."""


class NotHersError(LookupError):
    """The person of the request is no longer one whom the asker may see."""


@dataclass(frozen=True)
class Copy:
    """What a copy says, before it is a file."""

    words: dict[str, Any]

    def as_json(self) -> bytes:
        return json.dumps(self.words, ensure_ascii=False, indent=2).encode()

    def as_pdf(self) -> bytes:
        return typeset("ceting.registry.rights", "copy", self.words)

    def as_zip(self) -> bytes:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("salinan-data.pdf", self.as_pdf())
            archive.writestr("salinan-data.json", self.as_json())
        return packed.getvalue()


def person_of(request: DataRequest, user: User) -> Person:
    """Whose data the request is about, as far as `user` may handle it. Raises NotHersError.

    Who no longer cares for the children gets her own data, never where the family lives now; and a household's copy
    holds those who care for it today.
    """
    if request.child_id:
        child = _child(request, user)
        return Person(those_who_became([child.pk]), frozenset(), {child.household_id})
    if request.caregiver_id:
        caregiver = _caregiver(request, user)
        home = set() if getattr(caregiver, "ending", None) else {caregiver.household_id}
        return Person(frozenset(), {caregiver.pk}, home)
    household = _household(request, user)
    caring = household.caregivers.filter(ending=None).values_list("pk", flat=True)
    return Person(those_who_became(_children(household, user)), set(caring), {household.pk})


def _child(request: DataRequest, user: User) -> Child:
    assert request.child_id is not None
    found = Child.objects.visible_to(user, may=MAY).filter(pk=request.child_id).first()
    if found is None:
        raise NotHersError
    return found


def _caregiver(request: DataRequest, user: User) -> Caregiver:
    assert request.caregiver_id is not None
    found = Caregiver.objects.visible_to(user, may=MAY).filter(pk=request.caregiver_id)
    caregiver = found.select_related("ending").first()
    if caregiver is None:
        raise NotHersError
    return caregiver


def _household(request: DataRequest, user: User) -> Household:
    assert request.household_id is not None, "a request is about a child, a caregiver or a household"
    found = Household.objects.visible_to(user, may=MAY).filter(pk=request.household_id).first()
    if found is None:
        raise NotHersError
    return found


def _children(household: Household, user: User) -> set[UUID]:
    """A sister at another puskesmas is copied there."""
    found = Child.objects.visible_to(user, may=MAY).filter(household=household)
    return set(found.values_list("pk", flat=True))


def copy_for(request: DataRequest, *, by: User) -> Copy:
    """Read everything for a request; that it was read is written down. Raises NotHersError."""
    person = person_of(request, by)
    zone = request.puskesmas.zone
    found = [*sections(person, zone), *_readings(person, zone)]
    for subject, keys in (
        ("child", person.children),
        ("caregiver", person.caregivers),
        ("household", person.households),
    ):
        audit.record_read(subject, sorted(keys), by=by, purpose="copy")
    audit.record(
        "rights.copy", "data_request", [request.pk], by=by, puskesmas_id=request.puskesmas_id, purpose="copy"
    )
    words = {
        "judul": "Salinan data",
        "puskesmas": str(request.puskesmas),
        "tentang": about(request),
        "diminta oleh": request.asked_by,
        "diminta pada": moment(request.received_at, request.puskesmas.timezone),
        "dibuat": format_date(request.puskesmas.today()),
        "dibuat oleh": by.name,
        "bagian": [{"judul": each.title, "baris": each.rows} for each in found],
    }
    return Copy(words)


def _readings(person: Person, zone: str) -> list[Section]:
    subjects = {*person.children, *person.caregivers, *person.households}
    keys = audit.reads_of(subjects)[:READINGS]
    rows: list[Row] = [
        {"Kapan": each.when, "Siapa": each.who, "Peran": each.role, "Untuk apa": each.purpose}
        for each in readers.readings(keys, of=subjects, zone=zone)
    ]
    return [Section("Siapa yang membaca", rows)] if rows else []
