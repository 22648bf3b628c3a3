"""What the lines of a list mean at a puskesmas: posyandu that are to open, people who are to come in."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.roles import ROLES, Reach
from ceting.registry.office.pasted import Column, PastedLine, plain
from ceting.registry.places.models import Area, Posyandu, PosyanduClosure, Puskesmas
from ceting.standards.identity import parse_phone
from ceting.standards.typed_values import TypedValueError

T = TypeVar("T")
POSYANDU = (
    Column("name", ("nama", "namaposyandu", "posyandu")),
    Column("village", ("kelurahan", "desa", "desakel", "keldesa", "nagari", "desakelurahan")),
    Column("rw", ("rw", "norw")),
)
STAFF = (
    Column("name", ("nama", "namapetugas", "namalengkap", "namakader")),
    Column("role", ("peran", "tugas", "jabatan", "sebagai", "profesi")),
    Column("posyandu", ("posyandu", "namaposyandu", "tempat")),
    Column("phone", ("hp", "nohp", "nomorhp", "telepon", "notelp", "wa", "nowa", "whatsapp")),
    Column("username", ("namamasuk", "username", "akun")),
)
ROLE_WORDS = {
    "gizi": "petugas_gizi",
    "nutrisionis": "petugas_gizi",
    "tpg": "petugas_gizi",
    "dr": "dokter",
    "bidandesa": "bidan",
    "kaderposyandu": "kader",
}
NOT_HERE = {"dinas"}
USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
LONGEST_NAME = {"posyandu": 100, "person": 120}


@dataclass
class Batch(Generic[T]):
    """What could be read of a list; `sentences` say of each other line what to mend. `lines` belong to `items`."""

    items: list[T] = field(default_factory=list)
    lines: list[PastedLine] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


class UnclearError(ValueError):
    """A cell that can't be read; the message is the sentence for it."""


Post = tuple[str, Area, str]


def posyandu_of_lines(lines: Iterable[PastedLine], puskesmas: Puskesmas) -> Batch[Post]:
    """Name, village and RW of each line. A name that closed in this village can't be opened again."""
    villages = {plain(area.name): area for area in Area.objects.filter(work_areas__puskesmas=puskesmas)}
    closed = {
        (village, plain(name))
        for village, name in PosyanduClosure.objects.filter(posyandu__puskesmas=puskesmas).values_list(
            "posyandu__village", "posyandu__name"
        )
    }
    batch: Batch[Post] = Batch()
    for line in lines:
        try:
            village = _village(line.cells["village"], villages)
            name = _without("posyandu", line.cells["name"], LONGEST_NAME["posyandu"], "Isi nama posyandu.")
            if (village.pk, plain(name)) in closed:
                raise UnclearError(f"Posyandu {name} di {village} sudah ditutup. Pakai nama lain.")
            batch.items.append((name, village, _rw(line.cells["rw"])))
            batch.lines.append(line)
        except UnclearError as unclear:
            batch.sentences.append(line.problem(str(unclear)))
    return batch


def invitations_of_lines(lines: Iterable[PastedLine], puskesmas: Puskesmas) -> Batch[InvitationDraft]:
    """Who is to come in, as what and where."""
    posts = list(
        Posyandu.objects.filter(puskesmas=puskesmas, closure=None).select_related("village", "puskesmas")
    )
    batch: Batch[InvitationDraft] = Batch()
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        try:
            draft = _invitation(line, puskesmas, posts)
            key = (
                plain(draft.name),
                draft.role,
                draft.posyandu and draft.posyandu.pk,
                draft.username.lower(),
            )
            if key in seen:
                raise UnclearError(
                    f"sama dengan baris {seen[key]}. Hapus satu, atau beri nama masuk yang berbeda."
                )
            seen[key] = line.number
            batch.items.append(draft)
            batch.lines.append(line)
        except UnclearError as unclear:
            batch.sentences.append(line.problem(str(unclear)))
    return batch


def _invitation(line: PastedLine, puskesmas: Puskesmas, posts: list[Posyandu]) -> InvitationDraft:
    cells = line.cells
    name = _without("", cells["name"], LONGEST_NAME["person"], "Isi namanya.")
    role = _role(cells["role"])
    at_posyandu = ROLES[role].reach is Reach.POSYANDU
    if cells["username"] and not USERNAME.fullmatch(cells["username"]):
        raise UnclearError("nama masuk memakai huruf, angka, titik atau garis, tanpa spasi.")
    try:
        phone = parse_phone(cells["phone"]) if cells["phone"] else ""
    except TypedValueError as error:
        raise UnclearError(f"nomor HP: {error.sentence}") from error
    return InvitationDraft(
        name=name,
        role=role,
        puskesmas=puskesmas,
        posyandu=_posyandu(cells["posyandu"], posts) if at_posyandu else None,
        phone=phone,
        username=cells["username"],
    )


def _village(typed: str, villages: dict[str, Area]) -> Area:
    if not typed and len(villages) == 1:
        return next(iter(villages.values()))
    if not typed:
        raise UnclearError("isi kelurahannya.")
    key = plain(typed)
    found = villages.get(key) or villages.get(re.sub(r"^(kelurahan|kel|desa|nagari)", "", key))
    if found is None:
        near = difflib.get_close_matches(key, villages, n=1)
        hint = f"Maksudnya {villages[near[0]]}?" if near else "Periksa ejaannya."
        raise UnclearError(f"kelurahan “{typed}” tidak ada di wilayah kerja. {hint}")
    return found


def _role(typed: str) -> str:
    known = {plain(word): code for code, role in ROLES.items() for word in (code, role.label)} | ROLE_WORDS
    code = known.get(plain(typed))
    if not typed:
        raise UnclearError("isi perannya: kader, bidan, petugas gizi, dokter, atau admin.")
    if code is None or code in NOT_HERE:
        raise UnclearError(
            f"peran “{typed}” tidak dikenal. Tulis kader, bidan, petugas gizi, dokter, atau admin."
        )
    return code


def _posyandu(typed: str, posts: list[Posyandu]) -> Posyandu:
    if not typed:
        raise UnclearError("kader perlu posyandu. Isi nama posyandunya.")
    key = re.sub("^posyandu", "", plain(typed))
    called = [post for post in posts if plain(post.name) == key]
    called = called or [post for post in posts if plain(post.name) + plain(post.village.name) == key]
    if len(called) == 1:
        return called[0]
    if called:
        example = f"{called[0].name} ({called[0].village})"
        raise UnclearError(f"ada {len(called)} posyandu bernama itu. Tulis dengan kelurahannya: {example}.")
    near = difflib.get_close_matches(key, [plain(post.name) for post in posts], n=1)
    hint = next((f"Maksudnya {post.name}?" for post in posts if near and plain(post.name) == near[0]), "")
    raise UnclearError(f"posyandu “{typed}” belum ada. {hint or 'Buka dulu posyandunya.'}")


def _without(prefix: str, typed: str, longest: int, missing: str) -> str:
    name = re.sub(rf"^{prefix}\s+", "", typed, flags=re.IGNORECASE) if prefix else typed
    if not name:
        raise UnclearError(missing)
    if not name.isprintable() or len(name) > longest:
        raise UnclearError(
            f"namanya terlalu panjang atau memuat tanda khusus. Paling panjang {longest} huruf."
        )
    return name


def _rw(typed: str) -> str:
    """`RW 3` -> `03`."""
    number = re.sub(r"^rw\.?\s*", "", typed, flags=re.IGNORECASE)
    if not number:
        return ""
    if not re.fullmatch(r"[0-9]{1,3}", number):
        raise UnclearError(f"RW “{typed}” bukan angka. Tulis misalnya 03.")
    return number.zfill(2)
