"""Two sisters of one household at two puskesmas: whoever works at one sees nothing of the other."""

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit import operations as audit
from ceting.registry.families import life_operations as lives
from ceting.registry.families.models import Child
from ceting.registry.rights import operations
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import Scope
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def nadia(cast: Cast) -> Child:
    """Aisyah's sister, who lives with her father at Mawar."""
    born = cast.child("Nadia", mother="Sari Wahyuni", birth_date="2024-02-01", sex=2)
    Child.objects.filter(pk=born.pk).update(household=cast.aisyah.household_id, mother=cast.aisyah.mother_id)
    handed = lives.hand_over(born, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(handed, to=cast.mawar, by=cast.bidan_yuni)
    return Child.objects.get(pk=born.pk)


@pytest.fixture
def rina(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def test_the_page_of_consent_shows_only_the_one(rina: Client, cast: Cast, nadia: Child) -> None:
    page = rina.get(reverse("rights:consents", args=[cast.aisyah.household_id])).content.decode()
    assert "Aisyah Putri" in page
    assert "Nadia" not in page


def test_what_was_said_of_the_other_isnt_shown(rina: Client, cast: Cast, nadia: Child) -> None:
    assert cast.aisyah.mother
    draft = ConsentDraft(cast.aisyah.mother, Scope.PHOTOS, True, "spoken", cast.today, nadia)  # noqa: FBT003
    operations.record_consents([draft], by=cast.bidan_yuni)
    page = rina.get(reverse("rights:consents", args=[cast.aisyah.household_id])).content.decode()
    assert "Foto, Nadia" not in page


def test_nobody_asks_about_the_other_here(rina: Client, cast: Cast, nadia: Child) -> None:
    page = rina.get(reverse("rights:request-new", args=[cast.aisyah.household_id])).content.decode()
    assert "Aisyah Putri" in page
    assert "Nadia" not in page


def test_who_read_the_other_isnt_told_here(rina: Client, cast: Cast, nadia: Child) -> None:
    audit.record_read("child", [nadia.pk], by=cast.bidan_yuni, purpose="growth")
    page = rina.get(reverse("rights:readers-caregiver", args=[cast.aisyah.mother_id])).content.decode()
    assert "Yuni" not in page
