"""Files as e-PPGBM writes them: an HTML table named .xls with its 37 columns, and the same rows as .xlsx and CSV.

The header is "Daftar balita" of 2025 and later (national/eppgbm_columns.csv of the reference data), "Pukesmas" and all.
"""

import csv
import html
import io
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import openpyxl

from ceting.standards.ages import add_months, age
from ceting.standards.growth import value_at

HEADER = (
    *("No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec"),
    *(
        "Pukesmas",
        "Desa/Kel",
        "Posyandu",
        "RT",
        "RW",
        "Alamat",
        "Usia Saat Ukur",
        "Tanggal Pengukuran",
        "Berat",
    ),
    *("Tinggi", "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB"),
    *("Naik Berat Badan", "Jml Vit A", "KPSP", "KIA", "Kelas Ibu Balita", "MBG", "Detail"),
)
FIRST_NAMES = (
    *(
        "ALYA",
        "BUNGA",
        "CITRA",
        "DINDA",
        "FARAH",
        "GITA",
        "HANA",
        "INDAH",
        "KIRANA",
        "NABILA",
        "PUTRI",
        "RANIA",
    ),
    *(
        "ALIF",
        "BAGAS",
        "DAFFA",
        "FAJAR",
        "GILANG",
        "HAFIZ",
        "IRFAN",
        "KENZO",
        "NAUFAL",
        "RAFI",
        "SATRIA",
        "ZIDAN",
    ),
)
LAST_NAMES = (
    *("AGUSTIN", "BERLIAN", "CHANIAGO", "DELIMA", "EFENDI", "FIRDAUS", "GUNAWAN", "HIDAYAT", "ISKANDAR"),
    *("KOTO", "LESTARI", "MAHARANI", "NASUTION", "OKTAVIA", "PRATAMA", "QURAISY", "RAHMADANI", "SIKUMBANG"),
    *("TANJUNG", "UTAMI", "VERONIKA", "WAHYUNI", "YULIANA", "ZULKARNAIN"),
)
MOTHERS = (
    *(
        "ASNIMAR",
        "BETTI",
        "DESMAWATI",
        "ELVI",
        "FITRIA",
        "GUSNITA",
        "HERLINA",
        "IRMA",
        "JUSMANIAR",
        "KARTINI",
    ),
    *(
        "LENI",
        "MURNI",
        "NURHAYATI",
        "OPI",
        "PERMATA",
        "ROSMA",
        "SARI",
        "TITI",
        "ULFA",
        "VIVI",
        "WIRDA",
        "YANTI",
    ),
)
POSYANDU = (
    *(("ANDALAS", "MELATI"), ("ANDALAS", "MAWAR PUTIH"), ("JATI", "KENANGA"), ("JATI", "DAHLIA II")),
    *(
        ("SAWAHAN", "ANGGREK"),
        ("SAWAHAN TIMUR", "TULIP 1"),
        ("JATI BARU", "CEMPAKA"),
        ("GANTING PARAK GADANG", "FLAMBOYAN"),
    ),
)
Row = Mapping[str, str]


def row(**cells: str) -> dict[str, str]:
    """One good row of Posyandu Melati; `cells` are given by header, with _ for what a keyword can't hold."""
    given = {name.replace("_", " "): value for name, value in cells.items()}
    made = dict.fromkeys(HEADER, "-") | {
        "No": "1",
        "NIK": "1371**********12",
        "Nama": "ALYA DELIMA",
        "JK": "P",
        "Tgl Lahir": "2025-03-10",
        "BB Lahir": "3.1",
        "TB Lahir": "49",
        "Nama Ortu": "ROSMA",
        "Prov": "SUMATERA BARAT",
        "Kab/Kota": "KOTA PADANG",
        "Kec": "PADANG TIMUR",
        "Pukesmas": "ANDALAS",
        "Desa/Kel": "ANDALAS",
        "Posyandu": "MELATI",
        "RT": "002",
        "RW": "003",
        "Alamat": "JL. ANDALAS NO. 7",
        "Usia Saat Ukur": "1 Tahun - 5 Bulan - 2 Hari",
        "Tanggal Pengukuran": "2026-08-12",
        "Berat": "9.4",
        "Tinggi": "77.5",
        "Cara Ukur": "Berdiri",
        "KIA": "Ya",
        "Detail": "Lihat",
    }
    unknown = set(given) - set(made)
    if unknown:
        raise KeyError(f"no such column: {sorted(unknown)}")
    return made | given


def as_html(rows: Iterable[Row], header: Iterable[str] = HEADER, *, title: str = "DAFTAR BALITA") -> bytes:
    """What e-PPGBM sends when one presses "Excel"."""
    names = list(header)
    out = io.StringIO()
    out.write(
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>'
    )
    if title:
        out.write(f"<table><tr><td colspan='{len(names)}'><b>{title}</b></td></tr></table>")
    out.write('<table border="1"><thead><tr>')
    out.writelines(f"<th>{html.escape(name)}</th>" for name in names)
    out.write("</tr></thead><tbody>\n")
    for each in rows:
        cells = "".join(f"<td>{html.escape(each.get(name, ''))}</td>" for name in names)
        out.write(f"<tr>{cells}</tr>\n")
    out.write("</tbody></table></body></html>")
    return out.getvalue().encode()


def as_csv(rows: Iterable[Row], header: Iterable[str] = HEADER, *, delimiter: str = ";") -> bytes:
    """Saved again by a spreadsheet, as CSV UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), delimiter=delimiter, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row], header: Iterable[str] = HEADER, *, typed: bool = True) -> bytes:
    """Saved again as a workbook; `typed` turns dates and numbers into what a spreadsheet makes of them."""
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = "Petunjuk"
    guide.append(["Baca dulu"])
    sheet = book.create_sheet("Data")
    names = list(header)
    sheet.append(names)
    for each in rows:
        sheet.append([_typed(name, each.get(name, "")) if typed else each.get(name, "") for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(name: str, cell: str) -> object:
    if name in ("Tgl Lahir", "Tanggal Pengukuran") and cell.count("-") == 2:
        return date.fromisoformat(cell)
    if name in ("Berat", "Tinggi", "LiLA", "BB Lahir", "TB Lahir") and cell.replace(".", "").isdigit():
        return float(cell)
    return cell


def district(children: int, months: int, *, today: date, seed: int = 7) -> Iterator[dict[str, str]]:
    """`children` times `months` rows of eight posyandu of Puskesmas Andalas: every child weighed month after month."""
    chance = random.Random(seed)
    number = 0
    for serial in range(children):
        child = _child(chance, serial, today, months)
        birth = date.fromisoformat(child["Tgl Lahir"])
        sex = 1 if child["JK"] == "L" else 2
        z_weight, z_length = chance.gauss(-0.7, 1), chance.gauss(-1.1, 1.1)
        for month in range(months):
            number += 1
            day = add_months(today, month - months).replace(day=1 + serial % 25)
            days = max((day - birth).days, 0)
            weight = value_at("wfa", sex, days, max(min(z_weight + chance.gauss(0, 0.15), 3), -3.5))
            length = value_at("lhfa", sex, days, max(min(z_length, 3), -4))
            spent = age(birth, day)
            yield {
                **child,
                "No": str(number),
                "Usia Saat Ukur": f"{spent.years} Tahun - {spent.months} Bulan - {spent.days} Hari",
                "Tanggal Pengukuran": day.isoformat(),
                "Berat": f"{weight:.1f}",
                "Tinggi": f"{length:.1f}",
                "Cara Ukur": "Terlentang" if days < 731 else "Berdiri",
            }


def _child(chance: random.Random, serial: int, today: date, months: int) -> dict[str, str]:
    birth = add_months(today, -months) - timedelta(days=31 + chance.randrange(1826 - 31 * (months + 2)))
    boy = chance.random() < 0.51
    village, posyandu = POSYANDU[serial % len(POSYANDU)]
    first = chance.choice(FIRST_NAMES[12:] if boy else FIRST_NAMES[:12])
    nik = f"137102{birth.day + (0 if boy else 40):02}{birth:%m%y}{serial % 9999 + 1:04}"
    return row(
        NIK=nik if serial % 10 == 0 else f"{nik[:4]}{'*' * 10}{nik[-2:]}",
        Nama=f"{first} {chance.choice(LAST_NAMES)} {chance.choice(LAST_NAMES)}",
        JK="L" if boy else "P",
        Tgl_Lahir=birth.isoformat(),
        BB_Lahir=f"{chance.gauss(3.1, 0.4):.1f}",
        TB_Lahir=f"{chance.gauss(49, 1.5):.1f}",
        Nama_Ortu=f"{chance.choice(MOTHERS)} {chance.choice(LAST_NAMES)}",
        Posyandu=posyandu,
        RT=f"{1 + serial % 6:03}",
        RW=f"{1 + serial % 9:03}",
        Alamat=f"JL. {chance.choice(LAST_NAMES)} NO. {1 + serial % 120}",
        **{"Desa/Kel": village},
    )
