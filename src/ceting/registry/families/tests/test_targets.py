"""The yearly targets: proposed, entered, sealed, and changed only by a row with a reason."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families import target_operations
from ceting.registry.families.merging import merge_children
from ceting.registry.families.models import SealedTarget, TargetEntry
from ceting.registry.families.target_operations import TargetDraft
from ceting.registry.places import operations as places
from ceting.registry.places.models import Puskesmas
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
YEAR = 2026


def enter(cast: Cast, number: int = 40, *, version: int = 0, seal: bool = False, **more: Any) -> int:
    draft = TargetDraft(cast.melati, number, "register", version)
    given: dict[str, Any] = {"puskesmas": cast.andalas, "year": YEAR, "by": cast.petugas_gizi_dewi} | more
    return target_operations.enter_targets([draft], seal=seal, **given)


def change(cast: Cast, number: int, *, reason: str = "Angka Dinas", base: int = 1) -> SealedTarget:
    return target_operations.change_target(
        cast.melati,
        YEAR,
        children=number,
        source="projection",
        reason=reason,
        base_revision=base,
        by=cast.kepala,
    )


def url(cast: Cast) -> str:
    return reverse("families:targets", args=[cast.andalas.pk])


def test_the_register_proposes_whom_the_session_would_count(cast: Cast) -> None:
    cast.child("Si Sulung", months=61)
    cast.child("Budi")
    gone = cast.child("Dodi")
    lives.leave(gone, on=date(2026, 11, 1), by=cast.bidan_rina)
    double = cast.child("Aisyah P", birth_date=cast.aisyah.birth_date, sex=2)
    merge_children(cast.aisyah, double, reason="ganda", by=cast.bidan_rina)
    counted = target_operations.registered_on(cast.andalas, cast.today)
    assert counted == {cast.melati.pk: 2, cast.kenanga.pk: 1}
    assert target_operations.registered_on(cast.andalas, date(2026, 10, 31))[cast.melati.pk] == 3


def test_an_entry_is_edited_until_it_is_sealed(cast: Cast) -> None:
    enter(cast, 40)
    enter(cast, 42, version=1)
    assert TargetEntry.objects.get().children == 42
    assert not SealedTarget.objects.exists()
    assert enter(cast, 43, version=2, seal=True) == 1
    row = SealedTarget.objects.get()
    assert (row.children, row.by, row.revision) == (43, cast.petugas_gizi_dewi, 1)
    with pytest.raises(RefusedError) as refusal:
        enter(cast, 44, version=3)
    assert "Dewi Anggraini" in refusal.value.problems[0].sentence


def test_sealing_twice_seals_once(cast: Cast) -> None:
    assert [enter(cast, seal=True), enter(cast, seal=True)] == [1, 0]
    assert AuditEntry.objects.filter(action="target.seal").count() == 1


def test_who_was_slower_is_told_and_overwrites_nothing(cast: Cast) -> None:
    enter(cast, 40, by=cast.kepala)
    with pytest.raises(RefusedError) as refusal:
        enter(cast, 55)
    assert "Baru saja diisi 40 oleh Yusnimar" in refusal.value.problems[0].sentence
    assert TargetEntry.objects.get().children == 40
    enter(cast, 40)  # the same number again is no quarrel


@pytest.mark.parametrize("number", [-1, 2001])
def test_a_number_that_no_posyandu_has_is_refused_and_nothing_is_written(cast: Cast, number: int) -> None:
    with pytest.raises(RefusedError):
        enter(cast, number, seal=True)
    assert not TargetEntry.objects.exists()


def test_a_change_after_sealing_is_a_row_with_its_reason(cast: Cast) -> None:
    enter(cast, 40, seal=True)
    changed = change(cast, 52)
    assert (changed.revision, changed.reason) == (2, "Angka Dinas")
    assert list(SealedTarget.objects.standing()) == [changed]
    assert list(SealedTarget.objects.order_by("revision").values_list("children", flat=True)) == [40, 52]


def test_a_change_that_is_sent_twice_is_one_row(cast: Cast) -> None:
    enter(cast, 40, seal=True)
    assert change(cast, 52) == change(cast, 52)
    with pytest.raises(RefusedError) as refusal:
        change(cast, 60)
    assert refusal.value.problems[0].code == "edit_conflict"


@pytest.mark.parametrize(("number", "reason"), [(52, "  "), (2001, "Angka Dinas"), (-1, "Angka Dinas")])
def test_a_change_without_a_reason_or_a_number_is_refused(cast: Cast, number: int, reason: str) -> None:
    enter(cast, 40, seal=True)
    with pytest.raises(RefusedError):
        change(cast, number, reason=reason)
    assert SealedTarget.objects.count() == 1


def test_what_was_never_sealed_is_not_changed(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        change(cast, 52)


def test_the_database_itself_asks_for_a_reason(cast: Cast) -> None:
    enter(cast, 40, seal=True)
    row = SealedTarget.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedTarget.objects.create(
            puskesmas=row.puskesmas,
            posyandu=row.posyandu,
            year=YEAR,
            revision=2,
            children=1,
            source="register",
            by=row.by,
        )


def typed(cast: Cast, **numbers: str) -> dict[str, str]:
    found = {}
    for post, number in (
        (cast.melati, numbers.get("melati", "")),
        (cast.kenanga, numbers.get("kenanga", "")),
    ):
        found[f"children_{post.pk.hex}"] = number
        found[f"source_{post.pk.hex}"] = "register"
        found[f"version_{post.pk.hex}"] = "0"
    return found


def test_dewi_fills_the_grid_and_seals_it(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.petugas_gizi_dewi)
    assert client.get(reverse("families:targets-choice")).headers["Location"] == url(cast)
    shown = client.get(url(cast)).content.decode()
    assert "Usulan" in shown
    assert client.post(url(cast), typed(cast, melati="41", kenanga="38")).status_code == 302
    assert not SealedTarget.objects.exists()
    sent = typed(cast, melati="41", kenanga="38") | {"seal": "on"}
    assert client.post(url(cast), sent).status_code == 302
    shown = client.get(url(cast)).content.decode()
    assert "2 dari 2 posyandu ditetapkan, 79 balita" in shown
    assert "Dewi Anggraini" in shown
    assert "Simpan dan tetapkan" not in shown


def test_who_sealed_it_is_told_on_the_clock_of_her_puskesmas(client: Client, cast: Cast, frozen: Any) -> None:
    Puskesmas.objects.filter(pk=cast.andalas.pk).update(zone="Asia/Jayapura")
    frozen.move_to("2026-11-26T23:05:00+07:00")
    enter(cast, 40, seal=True)
    cast.sign_in(client, cast.petugas_gizi_dewi)
    change_url = f"{reverse('families:target-change', args=[cast.melati.pk])}?tahun={YEAR}"
    for page in (url(cast), change_url):
        assert "Dewi Anggraini, Jum, 27 Nov 2026 01.05" in client.get(page).content.decode()


def test_who_runs_one_puskesmas_goes_straight_to_it(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kepala)
    assert client.get(reverse("families:targets-choice")).headers["Location"] == url(cast)


def test_an_empty_input_leaves_a_posyandu_for_later(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.petugas_gizi_dewi)
    assert client.post(url(cast), typed(cast, melati="41") | {"seal": "on"}).status_code == 302
    assert SealedTarget.objects.get().posyandu == cast.melati


@pytest.mark.parametrize("wrong", ["empat puluh", "-3", "2001", "1e400", "9" * 5000])
def test_a_wrong_number_is_said_in_words_and_the_rest_stays(client: Client, cast: Cast, wrong: str) -> None:
    cast.sign_in(client, cast.petugas_gizi_dewi)
    answer = client.post(url(cast), typed(cast, melati=wrong, kenanga="38"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Isi angka dari 0 sampai 2000." in text
    assert 'value="38"' in text
    assert not TargetEntry.objects.exists()


def test_dewi_changes_a_sealed_number_and_both_stay_readable(client: Client, cast: Cast) -> None:
    enter(cast, 40, seal=True)
    cast.sign_in(client, cast.petugas_gizi_dewi)
    change_url = f"{reverse('families:target-change', args=[cast.melati.pk])}?tahun={YEAR}"
    sent = {"children": "52", "source": "projection", "base_revision": "1", "reason": ""}
    assert client.post(change_url, sent).status_code == 422
    assert client.post(change_url, sent | {"reason": "Pemekaran RT"}).status_code == 302
    assert "Alasan: Pemekaran RT" in client.get(url(cast)).content.decode()
    history = client.get(change_url).content.decode()
    assert "pertama kali" in history
    assert "Pemekaran RT" in history


def test_dinas_reads_the_sums_of_every_puskesmas_and_no_name(client: Client, cast: Cast) -> None:
    enter(cast, 40, seal=True)
    cast.sign_in(client, cast.dinas)
    shown = client.get(reverse("families:targets-choice")).content.decode()
    assert "Puskesmas Andalas" in shown
    assert "1 dari 2" in shown
    assert "Seluruhnya: 40 balita" in shown
    assert "Aisyah" not in shown


def test_who_does_not_run_the_puskesmas_sets_no_target(cast: Cast) -> None:
    for user, status in ((cast.kader_tuti, 403), (cast.bidan_rina, 403), (cast.bidan_yuni, 403)):
        client = cast.sign_in(Client(), user)
        assert client.post(url(cast), typed(cast, melati="41")).status_code == status
    assert not TargetEntry.objects.exists()


def test_the_summary_of_a_day_shows_the_target_beside_the_register(client: Client, cast: Cast) -> None:
    session = cast.session()
    summary = reverse("measurements:session-summary", args=[session.pk])
    cast.sign_in(client, cast.kader_wati)
    assert "Sasaran 2026" not in client.get(summary).content.decode()
    enter(cast, 1234, seal=True)
    assert "Sasaran 2026: 1.234 balita (data riil)" in client.get(summary).content.decode()


@pytest.mark.parametrize("who", ["petugas_gizi_dewi", "dinas"])
def test_many_posyandu_cost_as_many_queries_as_few(client: Client, cast: Cast, who: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        return len(captured)

    where = url(cast) if who == "petugas_gizi_dewi" else reverse("families:targets-choice")
    cast.sign_in(client, getattr(cast, who))
    enter(cast, seal=True)
    few = queries()
    places.open_posyandu(
        [(f"Baru {number}", cast.melati.village, "01") for number in range(12)],
        puskesmas=cast.andalas,
        by=cast.kepala,
    )
    assert queries() == few <= 15
