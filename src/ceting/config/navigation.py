"""What the staff's top bar offers: only what the person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ceting.registry.accounts import locking
from ceting.registry.accounts.roles import PERMISSIONS
from ceting.registry.families.models import LikelyPair
from ceting.registry.office.messages_by_hand import how_many_wait_for

ITEMS = (
    # label, url name, icon, permission
    ("Beranda", "measurements:home", "home", "home.read"),
    ("Anak", "families:children", "child", "children.read"),
    ("Ibu hamil", "pregnancies:list", "mother", "pregnancies.read"),
    ("Perlu perhatian", "measurements:attention", "alert-triangle", "attention.read"),
)
MORE = ("Lainnya", "more", "list")
"""The last item: everything of TOOLS that she may open, on one page."""


@dataclass(frozen=True)
class Tool:
    """A page that one doesn't need every day. `sentence` says when one does."""

    group: str
    label: str
    url_name: str
    icon: str
    permission: str
    sentence: str
    waiting: Callable[[Any], int] | None = None
    """How much waits there for her; asked only by the page that lists the tools."""


PEOPLE, POSYANDU, PUSKESMAS, SYSTEM = "Data keluarga", "Posyandu", "Puskesmas", "Sistem"
TOOLS = (
    Tool(
        PEOPLE,
        "Anak pindah",
        "families:moves",
        "arrow-right",
        "children.move",
        "Terima anak dari puskesmas lain; lihat siapa yang sudah pindah.",
    ),
    Tool(
        PEOPLE,
        "Laporan ibu hamil dan bayi baru",
        "families:reports",
        "list",
        "reports.handle",
        "Tindak lanjuti laporan kader, ketua RT dan bidan mandiri.",
    ),
    Tool(
        PEOPLE,
        "Lapor ibu hamil atau bayi baru",
        "families:reports-mine",
        "family",
        "reports.write",
        "Beri tahu bidan; lihat kabar laporan sendiri.",
    ),
    Tool(
        PEOPLE,
        "Kirim dari HP saya",
        "messages:by-hand",
        "phone",
        "messages.send",
        "Pesan untuk keluarga yang menunggu dikirim lewat WhatsApp Ibu/Bapak.",
        how_many_wait_for,
    ),
    Tool(
        PEOPLE,
        "Data ganda",
        "families:doubles",
        "family",
        "children.merge",
        "Periksa anak yang mungkin terdaftar dua kali.",
        LikelyPair.objects.how_many_for,
    ),
    Tool(
        POSYANDU,
        "Jadwal posyandu",
        "measurements:plan",
        "calendar",
        "children.read",
        "Lihat kapan setiap posyandu buka; petugas menyusunnya setahun sekali.",
    ),
    Tool(
        POSYANDU,
        "Jadwal layanan",
        "child_health:due",
        "list",
        "child_health.read",
        "Lihat dan cetak siapa yang waktunya imunisasi, vitamin A, obat cacing dan KPSP.",
    ),
    Tool(
        POSYANDU,
        "Lembar kertas",
        "measurements:sheets",
        "printer",
        "measurements.record",
        "Cetak sebelum hari posyandu, ketik sesudahnya dengan urutan yang sama.",
    ),
    Tool(
        POSYANDU,
        "Rumah per RW",
        "measurements:houses",
        "place",
        "children.read",
        "Lihat dan cetak rumah yang ada balitanya, untuk sweeping.",
    ),
    Tool(
        PEOPLE,
        "Permintaan keluarga",
        "rights:requests",
        "file",
        "rights.handle",
        "Keluarga ingin melihat, memperbaiki atau menghentikan pemakaian datanya: jawab dalam 3 x 24 jam.",
    ),
    Tool(
        POSYANDU,
        "Latihan mengukur",
        "measurements:practices",
        "ruler",
        "practice.run",
        "Uji ketelitian kader: setiap anak diukur dua kali, hasilnya dinilai.",
    ),
    Tool(
        PEOPLE, "Impor", "eppgbm:imports", "upload", "imports.run", "Masukkan data dari e-PPGBM atau Sigizi."
    ),
    Tool(
        PEOPLE,
        "Impor ibu hamil",
        "pregnant_women:imports",
        "upload",
        "imports.run",
        "Masukkan daftar ibu hamil dari Excel.",
    ),
    Tool(
        PUSKESMAS,
        "Langkah awal",
        "office:starts",
        "check",
        "start.read",
        "Siapkan puskesmas baru langkah demi langkah; lihat sampai di mana.",
    ),
    Tool(
        PUSKESMAS,
        "Petugas",
        "accounts:staff",
        "user",
        "staff.manage",
        "Undang petugas, atur peran, bantu yang lupa kata sandi.",
    ),
    Tool(PUSKESMAS, "Jadwal jaga", "office:roster", "clock", "home.read", "Siapa bertugas, dan kapan."),
    Tool(
        PUSKESMAS,
        "Wilayah dan posyandu",
        "office:places-choice",
        "place",
        "places.manage",
        "Buka atau ubah posyandu, pustu dan layanan.",
    ),
    Tool(
        PUSKESMAS,
        "Pengaturan",
        "office:settings-choice",
        "filter",
        "settings.manage",
        "Batas, jam kerja dan sapaan di puskesmas ini.",
    ),
    Tool(
        PUSKESMAS,
        "Pertanyaan KPSP",
        "child_health:questions-choice",
        "question",
        "settings.manage",
        "Ketik pertanyaan KPSP dari buku resmi, sekali untuk setiap umur.",
    ),
    Tool(
        PUSKESMAS,
        "Sasaran tahunan",
        "families:targets-choice",
        "chart",
        "targets.seal",
        "Isi dan tetapkan jumlah balita sasaran tiap posyandu.",
    ),
    Tool(
        PUSKESMAS,
        "Siapa boleh apa",
        "office:roles",
        "question",
        "roles.read",
        "Peran dan haknya, untuk dibaca semua.",
    ),
    Tool(
        SYSTEM,
        "Kesehatan server",
        "server",
        "info",
        "system.read",
        "Disk, antrean, cadangan dan jam: lihat sekali seminggu.",
    ),
    Tool(
        POSYANDU,
        "Perubahan SKDN",
        "measurements:count-changes",
        "history",
        "children.read",
        "Lihat angka bulan lalu yang berubah setelah ditetapkan, dan mengapa.",
    ),
)
"""In the order in which the page shows them; groups in the order of their first tool."""


def tools_of(user: Any) -> dict[str, list[dict[str, str]]]:
    """Group -> what she may open there, for the page and for whether it has anything to show."""
    groups: dict[str, list[dict[str, str]]] = {}
    for tool in TOOLS:
        if user.may(tool.permission):
            entry = {"label": tool.label, "url": reverse(tool.url_name), "icon": tool.icon}
            groups.setdefault(tool.group, []).append(entry | {"sentence": tool.sentence})
    return groups


def waiting_at_tools(user: Any) -> dict[str, int]:
    """Address of a tool -> how much waits there for her."""
    asked = [tool for tool in TOOLS if tool.waiting and user.may(tool.permission)]
    return {reverse(tool.url_name): tool.waiting(user) for tool in asked if tool.waiting}


_BY_WORD = {permission.replace(".", "_"): permission for permission in PERMISSIONS}


class May:
    """For templates: `{% if may.children_write %}` asks for the permission "children.write"."""

    def __init__(self, user: Any) -> None:
        self._user = user

    def __getitem__(self, name: str) -> bool:
        return bool(self._user.may(_BY_WORD[name]))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: list of {label, url, icon, current} for the signed-in person; empty for the public. And `may`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "may": {}}
    items: list[dict[str, Any]] = [
        {"label": label, "url": reverse(name), "icon": icon}
        for label, name, icon, permission in ITEMS
        if user.may(permission)
    ]
    tools = [entry["url"] for group in tools_of(user).values() for entry in group]
    if tools:
        label, name, icon = MORE
        items.append({"label": label, "url": reverse(name), "icon": icon})
    here = _entry_of(request.path, [item["url"] for item in items], tools)
    items = [item | {"current": item["url"] == here} for item in items]
    return {"navigation": items, "may": May(user)} | _cover(request)


def _entry_of(path: str, entries: list[str], tools: list[str]) -> str:
    """The entry that a page belongs to: the longest beginning of its address; a tool's pages belong to the last one.

    /staf/anak/ganda/ is a tool although it begins as the children's list does; home begins every address, and
    stands for itself only.
    """
    home = reverse("measurements:home")
    beginnings = {url: url for url in entries if url != home} | dict.fromkeys(tools, entries[-1])
    longest = max((url for url in beginnings if path.startswith(url)), key=len, default="")
    return beginnings.get(longest, home if path == home else "")


def _cover(request: HttpRequest) -> dict[str, Any]:
    """What lies ready in a page to cover it (accounts/static/accounts/lock.js), and after how many seconds it does."""
    return {
        "cover": "accounts/cover.html",
        "lock_after": locking.after_seconds(request),
        "has_passkey": locking.has_passkey(request),
    }
