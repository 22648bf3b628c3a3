"""A caregiver who died: the family says so, nobody calls or writes to her, and she cares for nobody any more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging.models import Gate
from ceting.registry.families import home_operations as homes
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.families.woman_operations import record_caregiver_death, undo_caregiver_death
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def father(cast: Cast) -> Caregiver:
    home = Household.objects.get(pk=cast.aisyah.household_id)
    draft = CaregiverDraft("Zulkifli", relation="father", phone="+6281267001099")
    return homes.add_caregiver(home, draft, by=cast.bidan_rina)


def family(cast: Cast, client: Client) -> str:
    url = reverse("families:household", args=[cast.aisyah.household_id])
    return cast.sign_in(client, cast.bidan_rina).get(url).content.decode()


def test_a_father_who_died_is_called_by_nobody(cast: Cast, client: Client, father: Caregiver) -> None:
    assert "+6281267001099" in family(cast, client)
    record_caregiver_death(father, died_on=cast.today, by=cast.bidan_rina)
    page = family(cast, client)
    assert "+6281267001099" not in page
    assert "meninggal Kam, 26 Nov 2026" in page
    assert "Kami turut berduka" in page
    assert "Pilih pengasuh utama yang sekarang" not in page
    assert Gate.objects.closed_at(clock.now()).filter(recipient_id=father.pk, everything=True).exists()


def test_who_died_becomes_nobodys_main_caregiver(cast: Cast, father: Caregiver) -> None:
    record_caregiver_death(father, died_on=cast.today, by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="other_family"):
        homes.make_main(cast.aisyah, father, since=cast.today, reason="diasuh ayah", by=cast.bidan_rina)


def test_a_mother_who_died_is_followed_by_whoever_cares_now(
    cast: Cast, client: Client, father: Caregiver
) -> None:
    """Her name stays on her child's page; the question who cares goes once it is answered."""
    mother = cast.aisyah.mother
    assert mother is not None
    record_caregiver_death(mother, died_on=cast.today - timedelta(days=1), by=cast.bidan_rina)
    assert "Pilih pengasuh utama yang sekarang" in family(cast, client)
    homes.make_main(cast.aisyah, father, since=cast.today, reason="ibu meninggal", by=cast.bidan_rina)
    page = family(cast, client)
    assert "Pilih pengasuh utama yang sekarang" not in page
    assert "Keluarga Zulkifli" in page
    assert Child.objects.get(pk=cast.aisyah.pk).mother_id == mother.pk


def test_a_mistake_is_undone_once_and_can_be_told_again(cast: Cast, father: Caregiver) -> None:
    for _ in range(2):
        record_caregiver_death(father, died_on=cast.today, by=cast.bidan_rina)
        undo_caregiver_death(father, reason="Orang lain", by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="lives"):
        undo_caregiver_death(father, reason="Orang lain", by=cast.bidan_rina)
    assert Caregiver.objects.caring().filter(pk=father.pk).exists()
    assert father.deaths.count() == 2


def test_kader_wati_reads_it_and_writes_nothing(cast: Cast, client: Client, father: Caregiver) -> None:
    record_caregiver_death(father, died_on=cast.today, by=cast.bidan_rina)
    cast.sign_in(client, cast.kader_wati)
    page = client.get(reverse("families:household", args=[cast.aisyah.household_id])).content.decode()
    assert "meninggal Kam, 26 Nov 2026" in page
    for name in ("caregiver-death", "caregiver-death-undo"):
        assert client.get(reverse(f"families:{name}", args=[father.pk])).status_code == 403
