"""Every address of the house, walked from the resolver, and how to fill it with what belongs to Posyandu Melati."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ceting.care.child_health import operations as child_health
from ceting.care.child_health.drafts import Draft as HealthDraft
from ceting.care.child_health.drafts import FindingDraft, ImmunisationDraft, SupplementDraft
from ceting.care.measurements import child_charts, practice, sealing, sheets
from ceting.care.measurements.models import PaperSheet, Practice, Session
from ceting.care.measurements.plan_models import PlannedDay
from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies import support_operations
from ceting.care.pregnancies.drafts import ContactDraft, PregnancyDraft
from ceting.care.pregnancies.models import Contact, NamedClinician, Pregnancy
from ceting.foundation.core import clock
from ceting.foundation.core.models import Job
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import OutboxMessage, State
from ceting.gateways.interop import memory
from ceting.gateways.interop.eppgbm import operations as imports
from ceting.gateways.interop.eppgbm import work
from ceting.gateways.interop.eppgbm.kind import KIND as CHILDREN
from ceting.gateways.interop.eppgbm.models import ColumnMapping, ImportFile
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.pregnant_women import operations as women_imports
from ceting.gateways.interop.pregnant_women import work as women_work
from ceting.gateways.interop.pregnant_women.kind import KIND as WOMEN
from ceting.gateways.interop.pregnant_women.models import WomenColumns, WomenFile
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.registry.accounts import factor_operations, factors
from ceting.registry.accounts import roster_operations as roster
from ceting.registry.accounts.factors import APP
from ceting.registry.accounts.models import DutyDeviation, DutyShift, SignInSession
from ceting.registry.accounts.sessions import name_of
from ceting.registry.families import life_operations as lives
from ceting.registry.families import report_operations, target_operations
from ceting.registry.families.doubles import look_for_doubles
from ceting.registry.families.drafts import ReportDraft
from ceting.registry.families.merging import merge_children
from ceting.registry.families.models import Child, FamilyReport, LikelyPair, Merge, Move
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import PustuDraft, ServiceDraft
from ceting.registry.places.models import Pustu, Service
from ceting.registry.rights import operations as rights
from ceting.registry.rights import request_operations
from ceting.registry.rights.drafts import ConsentDraft, RequestDraft
from ceting.registry.rights.models import Consent, DataRequest, Scope
from tests.cast import Cast
from tests.codes import code_now

PUBLIC = {
    "places:welcome": "what the programme is, for everybody",
    "places:health": "tells a watchdog that the server lives",
    "accounts:sign-in": "the door",
    "accounts:sign-in-code": "the step after the password: it leads back to the door without one",
    "accounts:sign-in-passkey": "another way through the door",
    "accounts:key": "where a one-time link leads: it opens nothing without one",
}
"""Addresses that need no account, each with its reason."""

BEHIND_A_LINK = {"accounts:key"}
"""Public addresses that open only to the browser that followed a one-time link."""

EVERY_STAFF_MEMBER = {
    "accounts:sign-out": "whoever came in may go out",
    "accounts:own-password": "whoever comes in has a password of her own",
    "accounts:unlock": "whoever locked her screen may open it",
    "accounts:lock": "whoever came in may cover her screen",
    "accounts:here": "tells that somebody sits there; says nothing",
    "ui:gallery": "invented content; the foundation knows no permissions",
}
"""Addresses that need an account and no permission, each with its reason."""


NOT_BY_PLACE: dict[str, str] = {}
"""Addresses whose parameter isn't a row of some place, each with its reason: who may, may everywhere."""

OF_HER_OWN: dict[str, str] = {
    "accounts:factor-remove": "the app on Wati's phone",
    "accounts:device-end": "a device on which Wati is signed in",
    "eppgbm:refused-rows": "the spreadsheet that she uploaded, with the families' own words",
    "pregnant_women:refused-rows": "the list that she uploaded, with the women's own words",
}
"""Addresses that show a row only to whom it belongs, whatever her role, each with its reason."""


WATIS_PHONE = "a-session-of-kader-wati"

NAMED_TO_NOBODY = (
    "child_id",
    "entry_id",
    "finding_id",
    "session_id",
    "posyandu_id",
    "puskesmas_id",
    "planned_id",
    "mapping_id",
    "women_mapping_id",
    "move_id",
    "user_id",
    "assignment_id",
    "shift_id",
)
"""Parameters whose rows are shown, as a link or a choice, only where Melati is somebody's own."""


class UnclassifiedAddressError(AssertionError):
    """An address has a parameter that nobody told the tests how to fill with something of Melati."""


@dataclass(frozen=True)
class Address:
    """An address by its name, the names of its parameters and its view."""

    name: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def permission(self) -> str | None:
        return getattr(self.view, "required_permission", None)

    @property
    def needs_account(self) -> bool:
        return getattr(self.view, "login_required", True)


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, prefix + namespace)
        elif isinstance(entry, URLPattern):
            parameters = tuple(entry.pattern.converters)
            yield Address(f"{prefix}{entry.name}", parameters, entry.callback)


@dataclass(frozen=True)
class Melati:
    """What belongs to Posyandu Melati, to put into addresses; and what must never be read by others."""

    cast: Cast
    session: Session
    file: ImportFile
    mapping: ColumnMapping
    gone: Child
    """Moved away from Melati."""

    @cached_property
    def values(self) -> dict[str, str]:
        """Parameter of an address -> what of Melati it names."""
        return {
            "child_id": str(self.cast.aisyah.pk),
            "device": name_of(WATIS_PHONE),
            "factor_id": str(Authenticator.objects.get(user=self.cast.kader_wati, type=APP).pk),
            "user_id": str(self.cast.kader_wati.pk),
            "assignment_id": str(self.cast.kader_wati.assignments[0].pk),
            "session_id": str(self.session.pk),
            "other_id": str(LikelyPair.objects.get(first=self.cast.aisyah).second_id),
            "merge_id": str(Merge.objects.get(kept=self.cast.aisyah).pk),
            "household_id": str(self.cast.aisyah.household_id),
            "caregiver_id": str(self.cast.aisyah.mother_id),
            "pregnancy_id": str(Pregnancy.objects.open().get().pk),
            "naming_id": str(NamedClinician.objects.get().pk),
            "contact_id": str(Contact.objects.get().pk),
            "move_id": str(Move.objects.waiting().get(to_puskesmas=self.cast.andalas).pk),
            "report_id": str(FamilyReport.objects.get().pk),
            "file_id": str(self.file.pk),
            "women_file_id": str(WomenFile.objects.get().pk),
            "mapping_id": str(self.mapping.pk),
            "women_mapping_id": str(WomenColumns.objects.get().pk),
            "measurement_id": str(self.cast.aisyah.measurements.latest("id").pk),
            "entry_id": str(self.cast.aisyah.health_entries.get(kind="supplement").pk),
            "finding_id": str(self.cast.aisyah.health_entries.get(kind="finding").pk),
            "age_month": "12",
            "planned_id": str(PlannedDay.objects.get(posyandu=self.cast.melati).pk),
            "sheet_code": PaperSheet.objects.get(posyandu=self.cast.melati).code,
            "number": "1",
            "practice_id": str(Practice.objects.get(posyandu=self.cast.melati).pk),
            "person_number": "1",
            "slug": child_charts.LENGTH,
            "puskesmas_id": str(self.cast.andalas.pk),
            "posyandu_id": str(self.cast.melati.pk),
            "setting_code": "skdn.denominator",
            "step_code": "posyandu",
            "pustu_id": str(Pustu.objects.get().pk),
            "service_id": str(Service.objects.get().pk),
            "shift_id": str(DutyShift.objects.get().pk),
            "deviation_id": str(DutyDeviation.objects.get().pk),
            "message_id": str(OutboxMessage.objects.get(topic="reminder").pk),
            "consent_id": str(Consent.objects.get().pk),
            "request_id": str(DataRequest.objects.get().pk),
        }

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody else may read, in the case that it is written in and in capitals."""
        child = self.cast.aisyah
        assert child.mother is not None
        words = (
            child.name,
            self.gone.name,
            child.mother.name,
            child.nik,
            child.mother.phone,
            child.household.address,
            self.file.name,
            WomenFile.objects.get().name,
            FamilyReport.objects.get().name,
        )
        return tuple({form for word in words if word for form in (word, word.upper())})

    @property
    def keys(self) -> tuple[str, ...]:
        """Rows of Melati and its puskesmas that a stranger's page never names, not even as a choice in a form."""
        return *(self.values[name] for name in NAMED_TO_NOBODY), str(self.gone.pk)

    def url(self, address: Address) -> str:
        """Raises UnclassifiedAddressError."""
        unknown = [name for name in address.parameters if name not in self.values]
        if unknown:
            raise UnclassifiedAddressError(
                f"{address.name} has the parameter {unknown[0]!r}: say in Melati.values what of Melati fills it"
            )
        return reverse(address.name, kwargs={name: self.values[name] for name in address.parameters})


def settle(cast: Cast) -> Melati:
    """Give Melati a weighed child, a session and an imported file with her name in it."""
    measured = cast.weigh(cast.aisyah, None, "6.1", cm="70.0", position="l")
    assert measured.session is not None
    cast.weigh(cast.rafi, None, "10.2", by=cast.kader_tuti)
    expected = cast.child("Nisa", posyandu=cast.mawar, mother="Ibu Rosna", by=cast.bidan_yuni)
    lives.hand_over(expected, to=cast.andalas, on=cast.today, by=cast.bidan_yuni)
    PlannedDay.objects.create(
        puskesmas=cast.andalas, posyandu=cast.melati, planned_on=cast.today, planned_by=cast.bidan_rina
    )
    sheets.print_sheet(cast.melati, cast.today, by=cast.kader_wati)
    practice.hold_practice(
        cast.melati,
        cast.today,
        expert="Rina",
        others=["Wati"],
        children=10,
        measures=["weight_kg"],
        by=cast.bidan_rina,
    )
    _care_for(cast)
    _furnish(cast)
    _sign_in_elsewhere(cast)
    _report(cast)
    _expect(cast)
    _target(cast)
    _double(cast)
    for child in (cast.aisyah, cast.zahra):
        _reckon(cast, child)
    gone = cast.child("Salsabila", mother="Ibu Nurbaya")
    lives.leave(gone, on=cast.today, by=cast.bidan_rina)
    _say(cast)
    _list_women(cast)
    body = exports.as_csv([exports.row(Nama=cast.aisyah.name, Nama_Ortu=cast.aisyah.mother.name, Berat="85")])  # type: ignore[union-attr]
    upload = SimpleUploadedFile("balita-melati-november.csv", body, content_type="text/csv")
    file = imports.receive(upload, puskesmas=cast.andalas, posyandu=cast.melati, by=cast.bidan_rina)
    work.check(str(Job.objects.latest("created_at").pk), str(file.pk))
    file.refresh_from_db()
    said = memory.remember(CHILDREN, file.header, file.columns, puskesmas=cast.andalas, by=cast.bidan_rina)
    return Melati(cast, measured.session, file, said, gone)


def _list_women(cast: Cast) -> None:
    """A list with Ibu Sari, and somebody without a date."""
    assert cast.aisyah.mother is not None
    body = lists.as_csv(
        [lists.row(Nama_Ibu=cast.aisyah.mother.name), lists.row(Nama_Ibu="NURHAYATI", HPHT="")]
    )
    upload = SimpleUploadedFile("ibu-hamil-melati.csv", body, content_type="text/csv")
    file = women_imports.receive(upload, puskesmas=cast.andalas, posyandu=cast.melati, by=cast.bidan_rina)
    women_work.check(str(file.check_job_id), str(file.pk))
    file.refresh_from_db()
    memory.remember(WOMEN, file.header, file.columns, puskesmas=cast.andalas, by=cast.bidan_rina)


def _care_for(cast: Cast) -> None:
    """What was given to Aisyah beside the scale."""
    given: list[HealthDraft] = [
        ImmunisationDraft(child=cast.aisyah, on=cast.today, dose="MR1", given_by="Bidan Rina"),
        SupplementDraft(child=cast.aisyah, on=cast.today, item="deworming"),
        FindingDraft(child=cast.aisyah, on=cast.today, code="length"),
    ]
    child_health.record(given, by=cast.bidan_rina)


def _sign_in_elsewhere(cast: Cast) -> None:
    """Wati's phone, signed in, with an app that shows codes."""
    secret = factors.new_secret()
    factor_operations.add_app(cast.kader_wati, secret=secret, code=code_now(secret), by=cast.kader_wati)
    SignInSession.objects.create(
        session_key=WATIS_PHONE,
        user=cast.kader_wati,
        browser="Chrome di Android",
        expire_date=clock.now() + timedelta(hours=12),
    )


def _double(cast: Cast) -> None:
    """Aisyah was registered three times: once more is merged, once more waits in the queue."""
    assert cast.aisyah.mother is not None
    again = {"sex": cast.aisyah.sex, "birth_date": cast.aisyah.birth_date, "mother": cast.aisyah.mother.name}
    merged = cast.child(cast.aisyah.name, **again)  # type: ignore[arg-type]
    merge_children(cast.aisyah, merged, reason="Ibu dan tanggal lahirnya sama", by=cast.bidan_rina)
    cast.child(f"{cast.aisyah.name} R", **again)  # type: ignore[arg-type]
    look_for_doubles()


def _furnish(cast: Cast) -> None:
    """A branch, a service, and a roster with a holiday."""
    places.open_pustu([PustuDraft("Andalas", cast.melati.village)], puskesmas=cast.andalas, by=cast.kepala)
    service = ServiceDraft("Konsultasi gizi", "024", time(8), time(11))
    places.offer_services([service], puskesmas=cast.andalas, by=cast.kepala)
    shift = roster.ShiftDraft(cast.bidan_rina, 0, time(8), time(14))
    roster.give_duties([shift], puskesmas=cast.andalas, by=cast.kepala)
    roster.close_days([cast.today], puskesmas=cast.andalas, reason="Libur", by=cast.kepala)


def _report(cast: Cast) -> None:
    """What kader Wati told of a newborn."""
    told = ReportDraft("birth", "Nurbaiti", cast.melati.village, phone="+6281374442211", day=cast.today)
    report_operations.report(told, by=cast.kader_wati)


def _expect(cast: Cast) -> None:
    """Ibu Sari is pregnant again, with a contact."""
    assert cast.aisyah.mother is not None
    told = PregnancyDraft(lmp=cast.today - timedelta(days=140), gravida=2, para=1)
    pregnancy = pregnancies.register(told, woman=cast.aisyah.mother, posyandu=cast.melati, by=cast.bidan_rina)
    contact = ContactDraft(cast.today, "puskesmas", "midwife", weight_kg=Decimal("58.4"))
    pregnancies.record_contact(pregnancy, contact, by=cast.bidan_rina)
    support_operations.name_clinician(pregnancy, cast.bidan_rina, by=cast.bidan_rina)


def _target(cast: Cast) -> None:
    """Melati's sealed target of this year."""
    draft = target_operations.TargetDraft(cast.melati, 40, "register")
    target_operations.enter_targets(
        [draft], puskesmas=cast.andalas, year=cast.today.year, by=cast.petugas_gizi_dewi, seal=True
    )


def _reckon(cast: Cast, child: Child) -> None:
    """A sealed month of her posyandu that counts otherwise since she was measured late."""
    last_month = cast.today.replace(day=1) - timedelta(days=10)
    by = cast.bidan_rina if child.puskesmas_id == cast.andalas.pk else cast.bidan_yuni
    sealing.seal_month(child.posyandu, last_month.replace(day=1), by=by)
    cast.weigh(child, last_month, "8.0", by=by)


def _say(cast: Cast) -> None:
    """Ibu Sari allows messages and asks for what is written of Aisyah."""
    assert cast.aisyah.mother is not None
    draft = ConsentDraft(
        cast.aisyah.mother, Scope.MESSAGES, granted=True, channel="spoken", said_on=cast.today
    )
    rights.record_consents([draft], by=cast.bidan_rina)
    _write_to(cast)
    asked = RequestDraft("copy", cast.aisyah, cast.aisyah.mother.name, "desk", "card", clock.now())
    request_operations.receive_request(asked, by=cast.bidan_rina)


def _write_to(cast: Cast) -> None:
    """A message to Ibu Sari waits for somebody to send it from her own phone."""
    mother = cast.aisyah.mother
    assert mother is not None
    text = f"Halo Ibu {mother.name}, besok {cast.aisyah.name} ditimbang di Posyandu Melati."
    draft = MessageDraft(
        mother.pk,
        mother.name,
        mother.phone,
        cast.andalas.pk,
        "reminder",
        text,
        "reminder:test",
        posyandu_id=cast.melati.pk,
        text_in_link=True,
    )
    (message,) = messaging.queue([draft], by=None)
    # Whatever the hour of the test, nobody is woken: it stands in the list.
    OutboxMessage.objects.filter(pk=message.pk).update(state=State.NEEDS_HUMAN)
