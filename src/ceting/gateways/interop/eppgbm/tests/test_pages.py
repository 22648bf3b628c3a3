"""The pages of an import: who may open them, what they say, how many queries they take."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_q.models import OrmQ

from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop.eppgbm import operations, work
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ImportFile, ImportState
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import again, check, preview, receive, run, take_in
from ceting.registry.accounts import operations as accounts
from ceting.registry.families.models import Child
from tests.cast import Cast

IMPORTS = "/staf/impor/"


@pytest.fixture
def dewi(cast: Cast, client: Client, frozen) -> Client:
    """Dewi's browser, on Thursday 26 November 2026."""
    return cast.sign_in(client, cast.petugas_gizi_dewi)


def upload(client: Client, content: bytes, name: str = "daftar-balita.xls", **more: str):
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content), **more})


def page_of(file: ImportFile) -> str:
    return f"{IMPORTS}{file.pk}/"


def every_address(file: ImportFile) -> list[tuple[str, str]]:
    page = page_of(file)
    return [
        ("get", page),
        ("get", f"{page}kemajuan/"),
        ("get", f"{page}baris-tidak-diambil.csv"),
        ("post", f"{page}posyandu/"),
        ("post", f"{page}kolom/"),
        ("post", f"{page}mulai/"),
        ("post", f"{page}lanjutkan/"),
        ("post", f"{page}batal/"),
        ("post", f"{page}tarik/"),
        ("post", f"{page}lembar/"),
    ]


def test_dewi_goes_from_the_upload_to_the_childs_page(cast: Cast, dewi: Client) -> None:
    answer = upload(dewi, exports.as_html(exports.district(12, 3, today=cast.today)))
    file = ImportFile.objects.get()
    assert answer.headers["Location"] == page_of(file)
    assert OrmQ.objects.count() == 1, "the check is queued for ceting work"
    assert "Membaca dan memeriksa" in dewi.get(page_of(file)).content.decode()
    assert 'hx-trigger="every 2s"' in dewi.get(f"{page_of(file)}kemajuan/").content.decode()

    work.check(str(file.check_job_id), str(file.pk))
    assert dewi.get(f"{page_of(file)}kemajuan/").headers["HX-Redirect"] == page_of(file)
    seen = dewi.get(page_of(file)).content.decode()
    assert "Mulai impor" in seen
    assert "Semua baris bisa diambil" in seen

    dewi.post(f"{page_of(file)}mulai/")
    file = again(file)
    assert "0 dari 36 baris" in dewi.get(page_of(file)).content.decode()
    work.take_in(str(file.run.job_id), str(file.pk))
    seen = dewi.get(page_of(file)).content.decode()
    assert "Impor selesai" in seen
    assert ">36<" in seen
    assert ">12<" in seen
    child = Child.objects.filter(measurements__source="import").first()
    shown = dewi.get(f"/staf/anak/{child.pk}/")
    assert shown.status_code == 200
    assert child.name in shown.content.decode()


def test_problems_are_listed_by_line_page_and_kind(cast: Cast, dewi: Client) -> None:
    bad = [row(Nama=f"ANAK {number}", JK="X") for number in range(30)]
    file = preview(cast, [*bad, row(Nama="BAYU", Berat="85"), row(NIK="123")])
    seen = dewi.get(page_of(file)).content.decode()
    assert "1–25 dari 31 baris" in seen
    assert "Jenis kelamin “X”" in seen
    kind = dewi.get(f"{page_of(file)}?jenis=angka-mustahil").content.decode()
    assert "Berat 85 kg tidak mungkin" in kind
    assert "Jenis kelamin “X”" not in kind
    assert "Diambil tanpa NIK" in dewi.get(f"{page_of(file)}?lihat=catatan").content.decode()
    assert AuditEntry.objects.filter(purpose="import problems").count() == 3


def test_dewi_answers_which_posyandu_is_meant(cast: Cast, dewi: Client) -> None:
    file = preview(cast, [row(Posyandu="MAWAR INDAH", **{"Desa/Kel": "ENTAH"}), row(Nama="BUNGA")])
    seen = dewi.get(page_of(file)).content.decode()
    assert "Posyandu mana yang dimaksud?" in seen
    assert "Mulai impor" not in seen.replace("“Mulai impor”", "")
    unknown, melati = file.places.order_by("posyandu")[0], file.places.get(posyandu=cast.melati)
    unknown = file.places.get(posyandu=None)
    unanswered = dewi.post(f"{page_of(file)}posyandu/", {f"place-{melati.pk}": f"posyandu:{cast.melati.pk}"})
    assert unanswered.status_code == 422
    assert "Pilih posyandunya, atau lewati" in unanswered.content.decode()
    answers = {
        f"place-{melati.pk}": f"posyandu:{cast.melati.pk}",
        f"place-{unknown.pk}": f"baru:{cast.villages['Jati'].pk}",
    }
    assert dewi.post(f"{page_of(file)}posyandu/", answers).status_code == 302
    file = check(again(file))
    assert "Mulai impor" in dewi.get(page_of(file)).content.decode()
    assert operations.counts(run(cast, file)) == {"new_children": 2, "recorded": 2}
    assert Child.objects.get(name="ALYA DELIMA").posyandu.name == "Mawar Indah"


def test_a_posyandu_of_another_puskesmas_is_no_answer(cast: Cast, dewi: Client) -> None:
    file = preview(cast, [row()])
    (place,) = file.places.all()
    answer = dewi.post(f"{page_of(file)}posyandu/", {f"place-{place.pk}": f"posyandu:{cast.mawar.pk}"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas ini kosong"),
        (b"\xff\xd8\xff\xe0 a photo", "foto (JPG)"),
        (b"%PDF-1.7", "PDF"),
        (b"Barang;Harga\nTelur;2000", "Kolom yang belum ditemukan"),
        (
            b"Nama;JK;Tgl Lahir\nANDR\xc3\x89;P;2025-03-10\nROS\xffMA;P;2025-03-10",
            "Huruf di berkas ini rusak",
        ),
    ],
)
def test_a_wrong_file_is_answered_in_words_and_kept_nowhere(dewi: Client, content: bytes, words: str) -> None:
    answer = upload(dewi, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportFile.objects.exists()
    folder = Path(settings.MEDIA_ROOT) / KIND.name
    assert not folder.exists() or not list(folder.iterdir())


def test_no_file_at_all_is_answered_in_words(dewi: Client) -> None:
    answer = dewi.post(IMPORTS, {})
    assert answer.status_code == 422
    assert "Pilih berkasnya dulu" in answer.content.decode()


def test_200_mb_are_refused_before_they_are_read(dewi: Client) -> None:
    answer = dewi.generic("POST", IMPORTS, b"", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert "60 MB" in answer.content.decode()


def test_the_upload_lies_where_no_url_leads_and_only_the_server_reads(cast: Cast, dewi: Client) -> None:
    upload(dewi, exports.as_html([row()]), name="../../rahasia <b>.xls")
    file = ImportFile.objects.get()
    stored = Path(settings.MEDIA_ROOT) / str(file.stored_as)
    assert stored.stat().st_mode & 0o077 == 0
    assert "rahasia" not in stored.name
    for address in (f"/media/{file.stored_as}", f"/{file.stored_as}", f"/static/{file.stored_as}"):
        assert dewi.get(address).status_code == 404
    assert "<b>.xls" not in dewi.get(IMPORTS).content.decode(), "a file's name is shown, never obeyed"


def test_withdrawing_forgets_the_rows(cast: Cast, dewi: Client) -> None:
    file = preview(cast, [row(), row(Nama="BAYU", JK="X")])
    dewi.post(f"{page_of(file)}batal/")
    file = again(file)
    assert file.state is ImportState.WITHDRAWN
    assert not file.rows.exists()
    assert not file.problems.exists()
    assert "dibatalkan oleh Dewi Anggraini" in dewi.get(page_of(file)).content.decode()
    assert dewi.post(f"{page_of(file)}mulai/", follow=True).status_code == 200
    assert again(file).state is ImportState.WITHDRAWN


def test_what_has_begun_cannot_be_withdrawn(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, [row()])
    seen = dewi.post(f"{page_of(file)}batal/", follow=True).content.decode()
    assert "sudah berubah sejak halaman dibuka" in seen
    assert again(file).state is ImportState.DONE


def test_pressing_start_twice_starts_once(cast: Cast, dewi: Client) -> None:
    file = preview(cast, [row()])
    dewi.post(f"{page_of(file)}mulai/")
    dewi.post(f"{page_of(file)}mulai/")
    assert OrmQ.objects.count() == 2, "the check and one import"


def test_a_standing_job_offers_to_go_on(cast: Cast, dewi: Client, frozen) -> None:
    file = preview(cast, [row()])
    operations.start(file, by=cast.petugas_gizi_dewi)
    frozen.shift(timedelta(minutes=5))
    assert "Lanjutkan" in dewi.get(page_of(file)).content.decode()
    assert "HX-Redirect" in dewi.get(f"{page_of(file)}kemajuan/").headers
    dewi.post(f"{page_of(file)}lanjutkan/")
    assert "Sedang mengimpor" in dewi.get(page_of(file)).content.decode()


def test_the_rows_not_taken_come_as_csv_for_whoever_uploaded_them(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, [row(), row(Nama="=HYPERLINK(1)", JK="X")])
    answer = dewi.get(f"{page_of(file)}baris-tidak-diambil.csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Baris di berkas;Masalah;No;NIK")
    assert "4;Jenis kelamin “X”" in text
    assert ";'=HYPERLINK(1);" in text, "a spreadsheet must not run what stands in a name"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert AuditEntry.objects.get(purpose="import download").subject_ids
    rina = cast.sign_in(Client(), cast.bidan_rina)
    assert rina.get(page_of(file)).status_code == 200
    assert rina.get(f"{page_of(file)}baris-tidak-diambil.csv").status_code == 404


def test_who_left_the_puskesmas_reads_the_rows_that_she_uploaded_no_more(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, [row(Nama="", JK="X")])
    rows = f"{page_of(file)}baris-tidak-diambil.csv"
    assert dewi.get(rows).status_code == 200
    (assignment,) = cast.petugas_gizi_dewi.assignments
    accounts.end_role(assignment, by=cast.kepala)
    accounts.give_role(cast.petugas_gizi_dewi, "petugas_gizi", puskesmas=cast.air_dingin, by=cast.kepala)
    assert dewi.get(rows).status_code == 404


def test_the_mended_csv_goes_in_as_it_is(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, [row(Nama="BUNGA", Berat="85")])
    text = dewi.get(f"{page_of(file)}baris-tidak-diambil.csv").content.replace(b";85;", b";8,5;")
    again_in = run(cast, check(receive(cast, text, name="baris-tidak-diambil.csv")))
    assert operations.counts(again_in) == {"new_children": 1, "recorded": 1}


@pytest.mark.parametrize("person", ["kader_wati", "kader_tuti", "kepala", "dr_mira", "dinas"])
def test_who_may_not_import_opens_no_page(cast: Cast, client: Client, person: str) -> None:
    file = preview(cast, [row()])
    cast.sign_in(client, cast.everybody[person])
    assert client.get(IMPORTS).status_code == 403
    for method, address in every_address(file):
        assert getattr(client, method)(address).status_code == 403, address


def test_bidan_yuni_of_the_other_puskesmas_sees_nothing_and_guesses_nothing(
    cast: Cast, client: Client
) -> None:
    file = take_in(cast, [row(), row(Nama="BAYU", JK="X")], name="rahasia.xls")
    cast.sign_in(client, cast.bidan_yuni)
    assert "rahasia.xls" not in client.get(IMPORTS).content.decode()
    for method, address in every_address(file):
        assert getattr(client, method)(address).status_code == 404, address


def test_yunis_import_touches_no_child_of_andalas(cast: Cast, frozen) -> None:
    said = row(
        Nama="AISYAH PUTRI", NIK="-", Tgl_Lahir=cast.aisyah.birth_date.isoformat(), Nama_Ortu="SARI WAHYUNI",
        Pukesmas="AIR DINGIN", Posyandu="MAWAR", **{"Desa/Kel": "-"},
    )  # fmt: skip
    yuni = cast.bidan_yuni
    file = check(receive(cast, exports.as_html([said]), by=yuni))
    file = run(cast, file, by=yuni)
    assert operations.counts(file) == {"new_children": 1, "recorded": 1}
    assert not cast.aisyah.measurements.exists()
    assert Child.objects.get(name="AISYAH PUTRI").posyandu == cast.mawar


def test_nobody_signed_in_sees_the_door(cast: Cast, client: Client) -> None:
    assert client.get(IMPORTS).headers["Location"].startswith("/masuk/")


def test_a_name_in_the_file_is_shown_and_never_obeyed(cast: Cast, dewi: Client) -> None:
    file = preview(cast, [row(Nama="<script>alert(1)</script>", JK="<b>")])
    seen = dewi.get(page_of(file)).content.decode()
    assert "<script>alert(1)" not in seen
    assert "&lt;script&gt;alert(1)" in seen


def test_raw_rows_are_unreadable_in_the_database(cast: Cast, frozen) -> None:
    from django.db import connection

    preview(cast, [row(Nama="RAHASIA SEKALI", NIK="1371025003250001", JK="X")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM eppgbm_importrow")
        (stored,) = cursor.fetchone()
        cursor.execute("SELECT sentence FROM eppgbm_importproblem")
        (sentence,) = cursor.fetchone()
    assert "RAHASIA" not in stored
    assert "1371025003250001" not in stored
    key = settings.DATA_KEYS[0][0]
    assert stored.startswith(f"{key}:")
    assert sentence.startswith(f"{key}:")


def test_pages_take_few_queries_however_long_the_file(
    cast: Cast, dewi: Client, django_assert_max_num_queries
) -> None:
    rows = [*exports.district(40, 4, today=cast.today), *(row(Nama=f"ANAK {n}", JK="X") for n in range(60))]
    file = preview(cast, rows)
    for _ in range(6):
        receive(cast, exports.as_html([row()]))
    with django_assert_max_num_queries(9):
        dewi.get(IMPORTS)
    with django_assert_max_num_queries(13):
        dewi.get(page_of(file))
    operations.start(file, by=cast.petugas_gizi_dewi)
    with django_assert_max_num_queries(5):
        dewi.get(f"{page_of(file)}kemajuan/")
    work.take_in(str(again(file).run.job_id), str(file.pk))
    with django_assert_max_num_queries(11):
        dewi.get(page_of(file))
