"""Lists of pregnant women as a puskesmas keeps them: a title, a header, a woman a row; as CSV and as a workbook."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import openpyxl

TITLE = "REGISTER IBU HAMIL PUSKESMAS ANDALAS"
FIRST_LINE = 3
"""Of the data: the title stands in line 1, the header in line 2."""
_ROW: Mapping[str, str] = {
    "No": "1",
    "Nama Ibu": "YANTI MARLINA",
    "NIK": "-",
    "Tgl Lahir": "01/03/1995",
    "Nama Suami": "BUDI",
    "Alamat": "Jl. Melur 5",
    "RT": "2",
    "RW": "003",
    "Kelurahan": "ANDALAS",
    "Posyandu": "MELATI",
    "No HP": "0812 3456 7890",
    "HPHT": "01/09/2026",
    "HPL": "",
    "GPA": "G2P1A0",
    "TB": "156",
    "BB Sebelum Hamil": "50,5",
}
HEADER = tuple(_ROW)


def row(**said: str) -> dict[str, str]:
    """Yanti's, with some cells said otherwise; `_` stands for a space: `Nama_Ibu="ROSMA"`."""
    return {**_ROW, **{name.replace("_", " "): cell for name, cell in said.items()}}


def woman(number: int, *, today: date = date(2026, 11, 26), **said: str) -> dict[str, str]:
    """One of many who can't be mistaken for another: her name, birth date, phone and HPHT are her own."""
    names = ("SARTIKA", "KOMALA", "PUSPITA", "HANDAYANI", "LESTARI", "MAHARANI", "ROSDIANA", "YULINAR")
    first = ("DEWI", "FITRI", "GUSNI", "HELMA", "IDA", "JUMIATI", "KARTINI", "LINDA", "MURNI", "NURMA")
    born = date(1988, 1, 1) + timedelta(days=97 * number)
    mark = chr(65 + number % 26) + chr(65 + number // 26 % 26)
    told = {
        "Nama_Ibu": f"{first[number % 10]} {names[number // 10 % 8]} {mark}",
        "Tgl_Lahir": f"{born:%d-%m-%Y}",
        "No_HP": f"0813{10000000 + 7919 * number}",
        "HPHT": (today - timedelta(days=20 + 3 * (number % 80))).isoformat(),
    }
    return row(**(told | said))


def as_csv(rows: Iterable[Mapping[str, str]], *, title: str = TITLE) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([[title], HEADER, *([each[name] for name in HEADER] for each in rows)])
    return out.getvalue().encode()


def as_xlsx(rows: Iterable[Mapping[str, object]], header: Iterable[str] = HEADER) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    names = list(header)
    page.append([TITLE])
    page.append(names)
    for each in rows:
        page.append([each.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
