"""Invented content for the gallery: ordinary, long, empty and broken. Nobody in it exists."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from ceting.foundation.core import clock
from ceting.foundation.ui import sprite
from ceting.foundation.ui.form_fields import DayField, MeasureField

LONG_NAME = "Siti Nurhaliza Rahmadhani Putri Datuak Rajo Panghulu binti Muhammad Syafruddin Sutan Mangkuto"
SEXES = [("L", "Laki-laki"), ("P", "Perempuan")]
POSYANDU = [("", "Pilih posyandu"), ("1", "Posyandu Melati"), ("2", "Posyandu Anggrek Bulan Jati Gaung Sari")]
ROWS = (
    ("Alya Putri", "2 tahun 3 bulan", 10.4, 84.2, "Gizi baik", "good"),
    ("Rafif Alfarizi", "11 bulan", 7.9, 71.5, "Gizi kurang", "attention"),
    (LONG_NAME, "4 tahun 11 bulan", 12.0, 101.0, "Perlu dirujuk hari ini", "danger"),
    ("Bayi Ny. Sari", "12 hari", None, None, "Belum ditimbang", "neutral"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Nama anak",
        help_text="Seperti di Buku KIA. Bila belum diberi nama, tulis: Bayi Ny. Sari.",
        error_messages={"required": "Isi nama anak."},
    )
    birth_date = DayField(label="Tanggal lahir", help_text="Misalnya 26/11/2026 atau 26 Nov 2026.")
    weight = MeasureField(label="Berat badan", unit="kg", help_text="Terakhir 8,1 kg pada Sel, 27 Okt 2026.")
    length = MeasureField(label="Panjang atau tinggi badan", unit="cm", required=False)
    sex = forms.ChoiceField(label="Jenis kelamin", choices=SEXES, widget=forms.RadioSelect)
    position = forms.ChoiceField(
        label="Cara mengukur",
        choices=[("l", "Berbaring"), ("h", "Berdiri"), ("", "")],
        widget=forms.RadioSelect,
        required=False,
        help_text="Di bawah 2 tahun diukur berbaring.",
    )
    posyandu = forms.ChoiceField(label="Posyandu", choices=POSYANDU)
    signs = forms.MultipleChoiceField(
        label="Tanda bahaya yang terlihat",
        choices=[("kejang", "Kejang"), ("lemas", "Tidak bisa minum atau menyusu"), ("sesak", "Napas cepat")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    oedema = forms.BooleanField(label="Kedua punggung kaki bengkak", required=False)
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    file = forms.FileField(
        label="Berkas e-PPGBM", required=False, help_text="XLSX, XLS, atau CSV; paling besar 60 MB."
    )
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    locked = forms.CharField(label="Puskesmas", initial="Puskesmas Andalas", disabled=True)


def gallery(request: HttpRequest) -> dict[str, Any]:
    """Context of the gallery page."""
    typed = {"weight": "delapan", "birth_date": "31/02/2026", "length": "71,5"}
    wrong = SampleForm({f"salah-{name}": value for name, value in typed.items()}, prefix="salah")
    now = clock.now()
    return {
        "form": SampleForm(initial={"weight": 8.5, "sex": "P", "position": "l"}),
        "wrong_form": wrong,
        "rows": ROWS,
        "long_name": LONG_NAME,
        "page": Paginator(range(1240), 20).get_page(request.GET.get("page", "7")),
        "tabs": [
            {"label": "Semua", "url": "?", "current": True, "count": 1240},
            {"label": "Perlu perhatian", "url": "?", "current": False, "count": 37},
            {"label": "Riwayat", "url": "?", "current": False},
        ],
        "facts": [
            ("Nama", LONG_NAME),
            ("Tanggal lahir", "Kam, 26 Nov 2026"),
            ("NIK", ""),
            ("Posyandu", "Posyandu Melati, Kelurahan Jati"),
        ],
        "names": ["Alya", "Rafif", "Bayi Ny. Sari"],
        "moments": [
            now + timedelta(hours=2, minutes=1),
            now - timedelta(days=3, hours=1),
            now - timedelta(days=400),
        ],
        "today": clock.today(),
        "birth": clock.today() - timedelta(days=500),
        "long_ago": now - timedelta(days=3),
        "icons": sprite.icon_names(),
    }
