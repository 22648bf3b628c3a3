"""Ibu Sari agrees, changes her mind, and what she said stays readable."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit.models import AppendOnlyError, AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import home_operations as homes
from ceting.registry.families import merging
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.models import Caregiver, Child
from ceting.registry.rights import operations, wordings
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import (
    Consent,
    ConsentWithdrawal,
    Scope,
    may_use,
    may_use_of_child,
    who_allows,
)
from ceting.registry.rights.wordings import Wording
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def sari(cast: Cast) -> Caregiver:
    assert cast.aisyah.mother is not None
    return cast.aisyah.mother


def answered(
    cast: Cast,
    scope: Scope = Scope.MESSAGES,
    *,
    granted: bool = True,
    child: Child | None = None,
    days_ago: int = 0,
    speaker: Caregiver | None = None,
) -> Consent:
    draft = ConsentDraft(
        speaker or sari(cast), scope, granted, "spoken", cast.today - timedelta(days=days_ago), child
    )
    (consent,) = operations.record_consents([draft], by=cast.kader_wati)
    return consent


def taken_back(cast: Cast, consent: Consent, *, days_ago: int = 0) -> ConsentWithdrawal:
    on = cast.today - timedelta(days=days_ago)
    return operations.withdraw_consent(consent, withdrawn_on=on, channel="spoken", by=cast.kader_wati)


def test_who_was_never_asked_has_not_agreed(cast: Cast) -> None:
    assert not may_use(Scope.MESSAGES, sari(cast))
    assert not may_use_of_child(Scope.PHOTOS, cast.aisyah)


def test_an_answer_allows_its_own_use_and_no_other(cast: Cast) -> None:
    answered(cast, Scope.MESSAGES)
    assert may_use(Scope.MESSAGES, sari(cast))
    assert not may_use(Scope.GROUP, sari(cast))
    assert not may_use_of_child(Scope.PHOTOS, cast.aisyah)


def test_withdrawing_stops_the_use_and_keeps_the_record(cast: Cast) -> None:
    consent = answered(cast)
    taken_back(cast, consent)
    assert not may_use(Scope.MESSAGES, sari(cast))
    assert Consent.objects.get(pk=consent.pk).granted
    assert AuditEntry.objects.filter(action="consent.withdraw").count() == 1


def test_she_may_agree_again_after_she_took_it_back(cast: Cast) -> None:
    taken_back(cast, answered(cast))
    answered(cast)
    assert may_use(Scope.MESSAGES, sari(cast))


def test_a_no_after_a_yes_stops_the_use(cast: Cast) -> None:
    answered(cast, days_ago=3)
    answered(cast, granted=False)
    assert not may_use(Scope.MESSAGES, sari(cast))


def test_an_old_paper_that_turns_up_late_revives_nothing(cast: Cast) -> None:
    taken_back(cast, answered(cast, days_ago=20), days_ago=5)
    answered(cast, days_ago=10)
    assert not may_use(Scope.MESSAGES, sari(cast))


def test_many_are_asked_about_with_two_queries_at_most(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    mothers = [child.mother for child in cast.children(8) if child.mother]
    drafts = [ConsentDraft(each, Scope.GROUP, True, "spoken", cast.today) for each in mothers[:5]]  # noqa: FBT003
    operations.record_consents(drafts, by=cast.bidan_rina)
    with django_assert_max_num_queries(2):
        assert who_allows(Scope.GROUP, [each.pk for each in mothers]) == {each.pk for each in mothers[:5]}


def test_a_guardian_answers_for_a_child_and_the_last_guardian_holds(cast: Cast) -> None:
    home = sari(cast).household
    nenek = homes.add_caregiver(home, CaregiverDraft("Rosmaini", relation="grandmother"), by=cast.bidan_rina)
    answered(cast, Scope.PHOTOS, child=cast.aisyah, days_ago=2)
    assert may_use_of_child(Scope.PHOTOS, cast.aisyah)
    assert not may_use(Scope.PHOTOS, sari(cast))
    answered(cast, Scope.PHOTOS, child=cast.aisyah, granted=False, speaker=nenek)
    assert not may_use_of_child(Scope.PHOTOS, cast.aisyah)


def test_what_was_said_of_a_double_was_said_of_the_child(cast: Cast) -> None:
    double = cast.child("Aisyah P", birth_date=cast.aisyah.birth_date, sex=2, mother="Sari")
    assert double.mother
    answered(cast, Scope.PHOTOS, child=double, speaker=double.mother)
    merging.merge_children(cast.aisyah, double, reason="ibu sama", by=cast.bidan_rina)
    assert may_use_of_child(Scope.PHOTOS, cast.aisyah)


def test_a_new_wording_leaves_old_answers_their_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    old = answered(cast, Scope.PHOTOS)
    texts: Sequence[Wording] = (*wordings.WORDINGS[Scope.PHOTOS], Wording("2027-01", "Kata-kata baru."))
    monkeypatch.setattr(wordings, "WORDINGS", {**wordings.WORDINGS, Scope.PHOTOS: texts})
    new = answered(cast, Scope.PHOTOS)
    assert Consent.objects.get(pk=old.pk).wording == "2026-11"
    assert new.wording == "2027-01"
    page = cast.sign_in(Client(), cast.bidan_rina).get(page_of(cast)).content.decode()
    assert "Foto tidak disebarkan" in page
    assert "Kata-kata baru." in page


@pytest.mark.parametrize("scope", [Scope.MESSAGES, Scope.GROUP])
def test_a_child_has_no_phone(cast: Cast, scope: Scope) -> None:
    with pytest.raises(RefusedError):
        answered(cast, scope, child=cast.aisyah)


def test_nobody_answers_for_a_child_of_another_family(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        answered(cast, Scope.PHOTOS, child=cast.rafi)


def test_who_ended_caring_answers_no_more(cast: Cast) -> None:
    home = sari(cast).household
    ayah = homes.add_caregiver(home, CaregiverDraft("Zulkifli", relation="father"), by=cast.bidan_rina)
    homes.end_caregiver(ayah, ended_on=cast.today, reason="merantau", by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        answered(cast, speaker=ayah)


def test_tomorrow_nobody_has_said_anything_yet(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        answered(cast, days_ago=-1)


def test_nothing_is_taken_back_twice_or_before_it_was_said(cast: Cast) -> None:
    consent = answered(cast)
    with pytest.raises(RefusedError):
        taken_back(cast, consent, days_ago=1)
    taken_back(cast, consent)
    with pytest.raises(RefusedError):
        taken_back(cast, consent)
    with pytest.raises(RefusedError):
        taken_back(cast, answered(cast, granted=False))


def test_answers_are_only_ever_added_to(cast: Cast) -> None:
    consent = answered(cast)
    withdrawal = taken_back(cast, consent)
    for row in (consent, withdrawal):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
    for rows in (Consent.objects.all(), ConsentWithdrawal.objects.all()):
        with pytest.raises(AppendOnlyError):
            rows.update(channel="written")
        with pytest.raises(AppendOnlyError):
            rows.delete()
        with pytest.raises(AppendOnlyError):
            rows.bulk_update([], ["channel"])


# The pages


def page_of(cast: Cast) -> str:
    return reverse("rights:consents", args=[cast.aisyah.household_id])


def test_wati_writes_down_what_sari_said_without_seeing_her_numbers(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    ask = reverse("rights:consent-caregiver", args=[sari(cast).pk])
    form = client.get(ask).content.decode()
    assert "nama dan nomor HP satu sama lain" in form
    typed = {"messages": "yes", "group": "no", "channel": "spoken", "said_on": "26-11-2026"}
    assert client.post(ask, typed).headers["Location"] == page_of(cast)
    page = client.get(page_of(cast)).content.decode()
    assert "Pesan ke HP, Sari Wahyuni: setuju" in page
    assert "Grup WhatsApp, Sari Wahyuni: tidak setuju" in page
    for secret in (sari(cast).phone, cast.aisyah.nik, cast.aisyah.household.address):
        assert secret not in page + form


def test_a_guardian_answers_for_aisyah_on_a_page_of_her_own(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    ask = reverse("rights:consent-child", args=[cast.aisyah.pk])
    assert "Pesan ke HP" not in client.get(ask).content.decode()
    typed = {"caregiver": str(sari(cast).pk), "photos": "yes", "channel": "written", "said_on": "20-11-2026"}
    assert client.post(ask, typed).status_code == 302
    assert may_use_of_child(Scope.PHOTOS, cast.aisyah)
    (consent,) = Consent.objects.all()
    back = reverse("rights:consent-withdraw", args=[consent.pk])
    assert client.post(back, {"channel": "spoken", "withdrawn_on": "26-11-2026"}).status_code == 302
    assert "pemakaiannya dihentikan" in client.get(page_of(cast)).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"channel": "spoken", "said_on": "26-11-2026"}, "Belum ada yang dijawab"),
        ({"messages": "yes", "said_on": "26-11-2026"}, "Pilih lisan atau tertulis."),
        ({"messages": "yes", "channel": "app", "said_on": "26-11-2026"}, "channel"),
        ({"messages": "mungkin", "channel": "spoken", "said_on": "26-11-2026"}, "Pilih setuju"),
        ({"messages": "yes", "channel": "spoken", "said_on": "27-11-2026"}, "tanggal"),
    ],
)
def test_what_is_missing_is_said_in_words(
    client: Client, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(reverse("rights:consent-caregiver", args=[sari(cast).pk]), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_page_costs_the_same_for_a_long_history(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        taken_back(cast, answered(cast))
    cast.sign_in(client, cast.kader_wati)
    with django_assert_max_num_queries(13):
        assert client.get(page_of(cast)).status_code == 200


def test_an_answer_that_is_sent_twice_is_one_piece_of_evidence(cast: Cast) -> None:
    assert answered(cast) == answered(cast)
    assert Consent.objects.count() == 1
    assert AuditEntry.objects.filter(action="consent.record").count() == 1


def test_the_same_answer_after_another_one_or_a_withdrawal_is_a_new_one(cast: Cast) -> None:
    first = answered(cast)
    answered(cast, granted=False)
    again = answered(cast)
    assert again != first
    taken_back(cast, again)
    assert answered(cast) not in (first, again)
    assert may_use(Scope.MESSAGES, sari(cast))
