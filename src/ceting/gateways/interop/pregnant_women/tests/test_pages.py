"""The pages of an import of pregnant women: who may open them, what they say, how many queries they take."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_q.models import OrmQ

from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.tests.people import yanti
from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop.pregnant_women import kind, operations, work
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import ImportState, WomenFile
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import (
    again,
    check,
    preview,
    receive,
    run,
    take_in,
)
from ceting.gateways.interop.pregnant_women.tests.lists import row, woman
from ceting.registry.accounts import operations as accounts
from tests.cast import Cast

IMPORTS = "/staf/impor/ibu-hamil/"


@pytest.fixture
def rina(cast: Cast, client: Client, frozen) -> Client:
    """Rina's browser, on Thursday 26 November 2026."""
    return cast.sign_in(client, cast.bidan_rina)


def upload(client: Client, content: bytes, name: str = "register.csv"):
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content)})


def page_of(file: WomenFile) -> str:
    return f"{IMPORTS}{file.pk}/"


def every_address(file: WomenFile) -> list[tuple[str, str]]:
    page = page_of(file)
    posts = ("posyandu", "kolom", "jawaban", "tanya-lagi", "mulai", "lanjutkan", "batal", "tarik")
    gets = (page, f"{page}kemajuan/", f"{page}baris-tidak-diambil.csv")
    return [*(("get", address) for address in gets), *(("post", f"{page}{name}/") for name in posts)]


def test_rina_goes_from_the_list_of_women_to_the_upload_and_back(cast: Cast, rina: Client) -> None:
    assert IMPORTS in rina.get("/staf/ibu-hamil/").content.decode()
    assert IMPORTS in rina.get("/staf/impor/").content.decode()
    answer = upload(rina, lists.as_csv([row(), woman(1), woman(2, HPHT="")]))
    file = WomenFile.objects.get()
    assert answer.headers["Location"] == page_of(file)
    assert OrmQ.objects.count() == 1, "the check is queued for ceting work"
    assert "Membaca dan memeriksa" in rina.get(page_of(file)).content.decode()
    assert 'hx-trigger="every 2s"' in rina.get(f"{page_of(file)}kemajuan/").content.decode()
    work.check(str(file.check_job_id), str(file.pk))
    assert rina.get(f"{page_of(file)}kemajuan/").headers["HX-Redirect"] == page_of(file)
    seen = rina.get(page_of(file)).content.decode()
    assert "Mulai impor" in seen
    assert "HPHT dan HPL kosong" in seen
    rina.post(f"{page_of(file)}mulai/")
    file = again(file)
    assert "0 dari 3 baris" in rina.get(page_of(file)).content.decode()
    work.take_in(str(file.run.job_id), str(file.pk))
    assert "Impor selesai" in rina.get(page_of(file)).content.decode()
    assert "YANTI MARLINA" in rina.get("/staf/ibu-hamil/").content.decode()


def test_who_may_be_known_is_asked_and_each_answer_does_what_it_says(cast: Cast, rina: Client) -> None:
    mother = yanti(cast)
    little = row(Tgl_Lahir="", No_HP="")
    file = preview(cast, [little, woman(3)])
    seen = rina.get(page_of(file)).content.decode()
    assert "Ibu yang sama, atau ibu lain?" in seen
    assert "Ibu yang sama: Yanti Marlina, lahir 1-3-1995, RW 02, Andalas" in seen
    assert AuditEntry.objects.filter(subject_type="caregiver", purpose="import problems").exists()
    (question,) = file.problems.filter(asks=True)
    field = f"row-{question.row_id}"
    assert rina.post(f"{page_of(file)}jawaban/", {field: f"sama:{cast.aisyah.mother_id}"}).status_code == 422
    rina.post(f"{page_of(file)}jawaban/", {field: f"sama:{mother.pk}"})
    file = check(again(file))
    assert not file.problems.filter(asks=True).exists()
    assert "1 baris sudah dijawab" in rina.get(page_of(file)).content.decode()
    rina.post(f"{page_of(file)}tanya-lagi/")
    file = check(again(file))
    rina.post(f"{page_of(file)}jawaban/", {field: "lain"})
    file = run(cast, check(again(file)))
    assert operations.counts(file) == {"new_women": 2, "registered": 2}
    assert not mother.pregnancies.exists()


def test_rina_answers_which_posyandu_is_meant(cast: Cast, rina: Client) -> None:
    file = preview(cast, [row(Posyandu="MAWAR INDAH"), woman(1)])
    seen = rina.get(page_of(file)).content.decode()
    assert "Posyandu mana yang dimaksud?" in seen
    assert "Buat baru" not in seen
    unknown = file.places.get(posyandu=None)
    melati = file.places.exclude(posyandu=None).get()
    answers = {f"place-{melati.pk}": f"posyandu:{cast.melati.pk}"}
    assert rina.post(f"{page_of(file)}posyandu/", answers).status_code == 422
    foreign = answers | {f"place-{unknown.pk}": f"posyandu:{cast.mawar.pk}"}
    assert rina.post(f"{page_of(file)}posyandu/", foreign).status_code == 422
    rina.post(f"{page_of(file)}posyandu/", answers | {f"place-{unknown.pk}": f"posyandu:{cast.kenanga.pk}"})
    file = run(cast, check(again(file)))
    assert operations.counts(file) == {"new_women": 2, "registered": 2}
    assert Pregnancy.objects.get(woman__name="YANTI MARLINA").posyandu == cast.kenanga


def test_columns_that_nobody_knows_are_asked_once(cast: Cast, rina: Client) -> None:
    content = b"Nama;Mens Terakhir;Posyandu;NIK\nROSMA;01/09/2026;Melati;-"
    file = check(receive(cast, content))
    assert "Kolom mana yang dimaksud?" in rina.get(page_of(file)).content.decode()
    assert rina.post(f"{page_of(file)}kolom/", {}).status_code == 422
    meant = {"column-0": "name", "column-1": "lmp", "column-2": "posyandu", "column-3": "nik"}
    rina.post(f"{page_of(file)}kolom/", meant)
    file = check(again(file))
    assert file.totals["registered"] == 1
    later = check(receive(cast, content.replace(b"ROSMA", b"ROSMI")))
    assert later.totals["registered"] == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas ini kosong"),
        (b"\xff\xd8\xff\xe0 a photo", "foto (JPG)"),
        (b"Barang;Harga\nTelur;2000", "Kolom yang belum ditemukan"),
    ],
)
def test_a_wrong_file_is_answered_in_words_and_kept_nowhere(rina: Client, content: bytes, words: str) -> None:
    answer = upload(rina, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WomenFile.objects.exists()
    folder = Path(settings.MEDIA_ROOT) / KIND.name
    assert not folder.exists() or not list(folder.iterdir())


def test_too_many_rows_are_refused_in_words(cast: Cast, rina: Client, monkeypatch) -> None:
    monkeypatch.setattr(kind, "MAX_ROWS", 5)
    file = preview(cast, [woman(number) for number in range(8)])
    assert file.state is ImportState.REFUSED
    assert "lebih dari 5 baris" in rina.get(page_of(file)).content.decode()
    assert not file.rows.exists()


def test_withdrawing_forgets_the_rows(cast: Cast, rina: Client) -> None:
    file = preview(cast, [row(), row(Nama_Ibu="", HPHT="")])
    rina.post(f"{page_of(file)}batal/")
    file = again(file)
    assert file.state is ImportState.WITHDRAWN
    assert not file.rows.exists()
    assert "dibatalkan oleh Rina Marlina" in rina.get(page_of(file)).content.decode()
    rina.post(f"{page_of(file)}mulai/", follow=True)
    assert again(file).state is ImportState.WITHDRAWN


def test_pressing_start_twice_starts_once(cast: Cast, rina: Client) -> None:
    file = preview(cast, [row()])
    rina.post(f"{page_of(file)}mulai/")
    rina.post(f"{page_of(file)}mulai/")
    assert OrmQ.objects.count() == 2, "the check and one import"


def test_a_standing_job_offers_to_go_on(cast: Cast, rina: Client, frozen) -> None:
    file = preview(cast, [row()])
    operations.start(file, by=cast.bidan_rina)
    frozen.shift(timedelta(minutes=5))
    assert "Lanjutkan" in rina.get(page_of(file)).content.decode()
    rina.post(f"{page_of(file)}lanjutkan/")
    assert "Sedang mengimpor" in rina.get(page_of(file)).content.decode()


def test_the_mended_rows_go_in_as_they_are(cast: Cast, rina: Client) -> None:
    file = take_in(cast, [woman(1, HPHT="01/13/2026"), woman(2)])
    text = rina.get(f"{page_of(file)}baris-tidak-diambil.csv").content
    assert "3;HPHT “01/13/2026”: Bulan 13 tidak ada" in text.decode("utf-8-sig")
    again_in = run(cast, check(receive(cast, text.replace(b";01/13/2026;", b";01/10/2026;"))))
    assert operations.counts(again_in) == {"new_women": 1, "registered": 1}


def test_who_left_the_puskesmas_reads_the_rows_that_she_uploaded_no_more(cast: Cast, rina: Client) -> None:
    file = take_in(cast, [row(HPHT="")])
    rows = f"{page_of(file)}baris-tidak-diambil.csv"
    assert rina.get(rows).status_code == 200
    (assignment,) = cast.bidan_rina.assignments
    accounts.end_role(assignment, by=cast.kepala)
    accounts.give_role(cast.bidan_rina, "bidan", puskesmas=cast.air_dingin, by=cast.kepala)
    assert rina.get(rows).status_code == 404


def test_another_midwife_of_the_puskesmas_sees_the_import_and_not_the_download(
    cast: Cast, rina: Client
) -> None:
    file = take_in(cast, [row(HPHT="")])
    hasan = cast.sign_in(Client(), cast.dr_hasan)
    assert hasan.get(page_of(file)).status_code == 200
    assert hasan.get(f"{page_of(file)}baris-tidak-diambil.csv").status_code == 404


@pytest.mark.parametrize("person", ["kader_wati", "kader_tuti", "kepala", "dr_mira", "dinas"])
def test_who_may_not_import_opens_no_page(cast: Cast, client: Client, person: str, frozen) -> None:
    file = preview(cast, [row()])
    cast.sign_in(client, cast.everybody[person])
    assert client.get(IMPORTS).status_code == 403
    for method, address in every_address(file):
        assert getattr(client, method)(address).status_code == 403, address
    assert IMPORTS not in client.get("/staf/ibu-hamil/").content.decode()


def test_bidan_yuni_of_the_other_puskesmas_sees_nothing_and_guesses_nothing(
    cast: Cast, client: Client, frozen
) -> None:
    file = take_in(cast, [row(), row(Nama_Ibu="NUR", HPHT="")], name="rahasia.csv")
    cast.sign_in(client, cast.bidan_yuni)
    assert "rahasia.csv" not in client.get(IMPORTS).content.decode()
    for method, address in every_address(file):
        assert getattr(client, method)(address).status_code == 404, address


def test_yunis_import_touches_no_woman_of_andalas(cast: Cast, frozen) -> None:
    yanti(cast)
    file = preview(cast, [row(Posyandu="MAWAR", Kelurahan="")], by=cast.bidan_yuni)
    file = run(cast, file, by=cast.bidan_yuni)
    assert operations.counts(file) == {"new_women": 1, "registered": 1}
    assert Pregnancy.objects.get().puskesmas == cast.air_dingin


def test_raw_rows_are_unreadable_in_the_database(cast: Cast, frozen) -> None:
    preview(cast, [row(Nama_Ibu="RAHASIA SEKALI", NIK="1371024103950001", HPHT="")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM pregnant_women_womenrow")
        (stored,) = cursor.fetchone()
    assert "RAHASIA" not in stored
    assert "1371024103950001" not in stored


def test_a_name_in_the_file_is_shown_and_never_obeyed(cast: Cast, rina: Client) -> None:
    file = preview(cast, [row(Nama_Ibu="<script>alert(1)</script>", HPHT="<b>")])
    seen = rina.get(page_of(file)).content.decode()
    assert "<script>alert(1)" not in seen
    assert "&lt;script&gt;alert(1)" in seen


def test_pages_take_few_queries_however_long_the_file(
    cast: Cast, rina: Client, django_assert_max_num_queries
) -> None:
    take_in(cast, [woman(number) for number in range(40)])
    doubtful = [woman(number, Tgl_Lahir="", No_HP="", HPHT="2026-10-01") for number in range(40)]
    rows = [*doubtful, *(woman(number, HPHT="") for number in range(60))]
    file = preview(cast, rows)
    for _ in range(6):
        receive(cast, lists.as_csv([row()]))
    with django_assert_max_num_queries(9):
        rina.get(IMPORTS)
    with django_assert_max_num_queries(21):
        rina.get(page_of(file))
    operations.start(file, by=cast.bidan_rina)
    with django_assert_max_num_queries(5):
        rina.get(f"{page_of(file)}kemajuan/")
    work.take_in(str(again(file).run.job_id), str(file.pk))
    with django_assert_max_num_queries(11):
        rina.get(page_of(file))
