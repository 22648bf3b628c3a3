"""What the lines of a list mean at a puskesmas: posyandu that are to open, people who are to come in."""

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.roles import ROLES, Reach
from ceting.registry.office.pasted import Column, ListLine, plain
from ceting.registry.places.models import Area, Posyandu, Puskesmas
from ceting.standards.identity import parse_phone
from ceting.standards.place_names import joined_place_key
from ceting.standards.typed_values import TypedValueError

T = TypeVar("T")
VILLAGE = Column(
    "village", ("kelurahan", "desa", "desakel", "keldesa", "nagari", "desakelurahan", "kelurahandesa")
)
POSYANDU = (
    Column("name", ("nama", "namaposyandu", "posyandu")),
    VILLAGE,
    Column("rw", ("rw", "norw")),
)
STAFF = (
    Column("name", ("nama", "namapetugas", "namalengkap", "namakader")),
    Column("role", ("peran", "role", "tugas", "jabatan", "sebagai", "profesi")),
    Column("posyandu", ("posyandu", "namaposyandu", "tempat")),
    Column("phone", ("hp", "nohp", "nomorhp", "telepon", "notelp", "wa", "nowa", "whatsapp")),
    Column("username", ("namamasuk", "username", "akun", "namaakun")),
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
    """What could be read of a list; `problems` say of each other line what to mend. `lines` belong to `items`."""

    items: list[T] = field(default_factory=list)
    lines: list[ListLine] = field(default_factory=list)
    problems: list[tuple[ListLine, str]] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [line.problem(sentence) for line, sentence in self.problems]


class UnclearError(ValueError):
    """A cell that can't be read; the message is the sentence for it."""


Post = tuple[str, Area, str]
Place = tuple[UUID, str]
"""A village, and the name of a posyandu there as it is compared."""


def posyandu_of_lines(lines: Iterable[ListLine], puskesmas: Puskesmas) -> Batch[Post]:
    """Name, village and RW of each line; what stands already goes by the name that it has.

    A name that closed in this village can't be opened again.
    """
    villages = {
        joined_place_key(area.name): area for area in Area.objects.filter(work_areas__puskesmas=puskesmas)
    }
    closed: dict[Place, str] = {}
    names: dict[Place, str] = {}
    for post in every_posyandu_of(puskesmas):
        found = closed if _has_closed(post) else names
        found[post.village_id, joined_place_key(post.name)] = post.name
    batch: Batch[Post] = Batch()
    for line in lines:
        try:
            name, village, rw = _post(line, villages)
            key = village.pk, joined_place_key(name)
            if key in closed and key not in names:
                raise UnclearError(f"Posyandu {name} di {village} sudah ditutup. Pakai nama lain.")
            batch.items.append((names.setdefault(key, name), village, rw))
            batch.lines.append(line)
        except UnclearError as unclear:
            batch.problems.append((line, str(unclear)))
    return batch


def _post(line: ListLine, villages: dict[str, Area]) -> Post:
    village = _village(line.cells["village"], villages)
    name = _without("posyandu", line.cells["name"], LONGEST_NAME["posyandu"], "Isi nama posyandu.")
    return name, village, _rw(line.cells["rw"])


def every_posyandu_of(puskesmas: Puskesmas) -> list[Posyandu]:
    """All that it has, closed ones too: what a list may mean."""
    return list(puskesmas.posyandu.select_related("village", "puskesmas", "closure"))


def _has_closed(post: Posyandu) -> bool:
    return hasattr(post, "closure")


def invitations_of_lines(
    lines: Iterable[ListLine], puskesmas: Puskesmas, *, but: Collection[str] = NOT_HERE
) -> Batch[InvitationDraft]:
    """Who is to come in, as what and where; `but` are roles that nobody gets by this list."""
    posts = every_posyandu_of(puskesmas)
    batch: Batch[InvitationDraft] = Batch()
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        try:
            draft = _invitation(line, puskesmas, posts, but)
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
            batch.problems.append((line, str(unclear)))
    return batch


def _invitation(
    line: ListLine, puskesmas: Puskesmas, posts: Sequence[Posyandu], but: Collection[str]
) -> InvitationDraft:
    cells = line.cells
    name = _without("", cells["name"], LONGEST_NAME["person"], "Isi namanya.")
    role = _role(cells["role"], but)
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
        posyandu=posyandu_called(cells["posyandu"], posts, cells.get("village", "")) if at_posyandu else None,
        phone=phone,
        username=cells["username"],
    )


def _village(typed: str, villages: dict[str, Area]) -> Area:
    if not typed and len(villages) == 1:
        return next(iter(villages.values()))
    if not typed:
        raise UnclearError("isi kelurahannya.")
    key = joined_place_key(typed)
    found = villages.get(key) or villages.get(re.sub(r"^(kelurahan|kel|desa|nagari)", "", key))
    if found is None:
        near = difflib.get_close_matches(key, villages, n=1)
        hint = f"Maksudnya {villages[near[0]]}?" if near else "Periksa ejaannya."
        raise UnclearError(f"kelurahan “{typed}” tidak ada di wilayah kerja. {hint}")
    return found


def _role(typed: str, but: Collection[str]) -> str:
    known = {plain(word): code for code, role in ROLES.items() for word in (code, role.label)} | ROLE_WORDS
    code = known.get(plain(typed))
    if not typed:
        raise UnclearError("isi perannya: kader, bidan, petugas gizi, dokter, atau admin.")
    if code is None or code in but:
        raise UnclearError(
            f"peran “{typed}” tidak dikenal. Tulis kader, bidan, petugas gizi, dokter, atau admin."
        )
    return code


def posyandu_called(typed: str, posts: Sequence[Posyandu], village: str = "") -> Posyandu:
    """The open one that is meant, its village beside its name or apart. Raises UnclearError."""
    if not typed:
        raise UnclearError("kader perlu posyandu. Isi nama posyandunya.")
    standing = [post for post in posts if not _has_closed(post)]
    called = _called(typed, village, standing)
    if len(called) == 1:
        return called[0]
    if called:
        example = f"{called[0].name} ({called[0].village})"
        raise UnclearError(f"ada {len(called)} posyandu bernama itu. Tulis dengan kelurahannya: {example}.")
    if _called(typed, village, posts):
        raise UnclearError(f"posyandu “{typed}” sudah ditutup. Pilih posyandu lain.")
    near = difflib.get_close_matches(
        joined_place_key(typed), [joined_place_key(post.name) for post in standing], n=1
    )
    hint = next((f"Maksudnya {post.name}?" for post in standing if joined_place_key(post.name) in near), "")
    raise UnclearError(f"posyandu “{typed}” belum ada. {hint or 'Buka dulu posyandunya.'}")


def _called(typed: str, village: str, posts: Iterable[Posyandu]) -> list[Posyandu]:
    """By the name alone; when nothing is called so, by name and village."""
    key, where = joined_place_key(typed), joined_place_key(village)
    there = [post for post in posts if where in ("", joined_place_key(post.village.name))]
    called = [post for post in there if joined_place_key(post.name) == key]
    return called or [post for post in there if joined_place_key(f"{post.name} {post.village.name}") == key]


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
