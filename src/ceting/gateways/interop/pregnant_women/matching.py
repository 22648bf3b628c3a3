"""Who of a list's women is registered already. What is sure is taken; what isn't waits for a person's answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.pregnant_women.models import WomenDecision
from ceting.gateways.interop.pregnant_women.rows import woman_draft
from ceting.gateways.interop.pregnant_women.women import AGE_SLACK, FileWoman, born, masks_agree
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver
from ceting.registry.families.woman_operations import WomanLikeness
from ceting.registry.places.models import Puskesmas
from ceting.standards.ages import age
from ceting.standards.identity import SAME_NAME, Nik
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class Known:
    """What stands of a registered woman: the pregnancy that goes on, and when the last one was born or lost."""

    open: Pregnancy | None = None
    last_ended_on: date | None = None


@dataclass
class Match:
    """The registered woman; or why nobody can be; or who may be she (`asks`): only then somebody must answer."""

    woman: Caregiver | None = None
    refusal: Problem | None = None
    candidates: list[Caregiver] = field(default_factory=list)
    asks: bool = False


@dataclass(frozen=True)
class Registry:
    """What is registered and can matter for some women of a list. `own`: women who came with the list itself."""

    likenesses: Mapping[FileWoman, Sequence[WomanLikeness]]
    pregnancies: Mapping[UUID, Known]
    seen: Collection[UUID]
    decisions: Mapping[UUID, WomenDecision]
    today: date

    @classmethod
    def around(
        cls, women: Sequence[FileWoman], puskesmas: Puskesmas, *, by: User, own: Collection[UUID] = ()
    ) -> "Registry":
        """Five queries for some hundred women."""
        found = woman_operations.women_like([draft_of(woman) for woman in women], puskesmas.pk)
        likenesses = {
            woman: [each for each in like if each.woman.pk not in own]
            for woman, like in zip(women, found, strict=True)
        }
        keys = {each.woman.pk for like in likenesses.values() for each in like}
        visible = Caregiver.objects.visible_to(by, may="pregnancies.write").filter(pk__in=keys)
        rows = [row.id for woman in women for row in woman.rows]
        decisions = WomenDecision.objects.filter(row__in=rows).select_related("woman")
        return cls(
            likenesses,
            standing(keys),
            set(visible.values_list("pk", flat=True)),
            {each.row_id: each for each in decisions},
            puskesmas.today(),
        )


def standing(keys: Collection[UUID]) -> dict[UUID, Known]:
    """Woman -> what stands of her pregnancies. One query."""
    rows = Pregnancy.objects.followed().filter(woman__in=keys).order_by("ended_on")
    opened: dict[UUID, Pregnancy] = {}
    ended: dict[UUID, date] = {}
    for row in rows:
        if row.is_open:
            opened[row.woman_id] = row
        elif row.ended_on is not None:
            ended[row.woman_id] = max(ended.get(row.woman_id, row.ended_on), row.ended_on)
    return {key: Known(opened.get(key), ended.get(key)) for key in keys}


def draft_of(woman: FileWoman) -> WomanDraft:
    """What all her rows say together."""
    draft = woman_draft(woman.first)
    said = {name: woman.said(name) for name in ("birth_date", "kk", "phone", "rw", "rt", "address")}
    return WomanDraft(draft.name, nik=woman.nik, **said)  # type: ignore[arg-type]


def match(women: Sequence[FileWoman], registry: Registry) -> dict[FileWoman, Match]:
    """Every woman of the list with her match. Give all of them at once: two who claim one woman are told."""
    found = {woman: _match(woman, registry) for woman in women}
    claims: dict[UUID, list[FileWoman]] = defaultdict(list)
    for woman, each in found.items():
        if each.woman is not None:
            claims[each.woman.pk].append(woman)
    for claimants in claims.values():
        if len({woman.first.started_on for woman in claimants}) > 1:
            lines = ", ".join(woman.lines for woman in claimants)
            for woman in claimants:
                found[woman] = Match(refusal=_conflict(lines))
    return found


def _conflict(lines: str) -> Problem:
    return Problem(
        f"Baris {lines} adalah ibu yang sama dengan HPHT berbeda. Hapus yang salah, lalu unggah lagi.",
        "conflict_in_file",
    )


def _match(woman: FileWoman, registry: Registry) -> Match:
    if woman.refusal is not None:
        return Match(refusal=woman.refusal)
    likenesses = registry.likenesses[woman]
    same_nik = [each.woman for each in likenesses if each.reason == "nik"]
    if same_nik:
        return _by_nik(woman, same_nik, registry)
    possible = [each for each in likenesses if not _contradicts(woman, each.woman, registry.today)]
    sure = [each.woman for each in possible if _is_sure(woman, each, registry)]
    if len(sure) == 1:
        return _seen(sure[0], registry)
    return _by_decision(woman, sure or [each.woman for each in possible], registry)


def _by_nik(woman: FileWoman, same: Sequence[Caregiver], registry: Registry) -> Match:
    if len(same) > 1:
        return Match(
            refusal=Problem("NIK ini tercatat pada lebih dari satu ibu. Periksa datanya.", "nik_twice")
        )
    registered = same[0]
    alike = any(fuzz.ratio(row.name_key, registered.name_key) >= SAME_NAME for row in woman.rows)
    if alike or (registered.birth_date and registered.birth_date == born(woman)):
        return _seen(registered, registry)
    who = registered.name if registered.pk in registry.seen else "ibu lain"
    return Match(
        refusal=Problem(f"NIK ini tercatat atas nama {who}. Periksa NIK atau namanya.", "nik_of_other")
    )


def _seen(registered: Caregiver, registry: Registry) -> Match:
    if registered.pk not in registry.seen:
        return Match(refusal=Problem(woman_operations.UNSEEN, "unseen"))
    return Match(registered)


def _contradicts(woman: FileWoman, registered: Caregiver, today: date) -> bool:
    known = Nik(registered.nik) if registered.nik_hash else None
    if woman.mask is not None and not masks_agree(woman.mask, known):
        return True
    years = woman.said("age")
    if not isinstance(years, int) or registered.birth_date is None or born(woman) is not None:
        return False
    return abs(age(registered.birth_date, today).years - years) > AGE_SLACK


def _is_sure(woman: FileWoman, likeness: WomanLikeness, registry: Registry) -> bool:
    """The same name, and beside it birth date, phone, or the posyandu and day of a pregnancy that goes on."""
    registered = likeness.woman
    if all(row.name_key != registered.name_key for row in woman.rows):
        return False
    birth, phone = born(woman), str(woman.said("phone"))
    if birth is not None and registered.birth_date == birth:
        return True
    if phone and registered.phone_hash == keyed_hash(phone):
        return True
    open_one = registry.pregnancies[registered.pk].open
    return (
        open_one is not None
        and open_one.posyandu_id == woman.posyandu_id
        and open_one.started_on == woman.first.started_on
    )


def _by_decision(woman: FileWoman, candidates: list[Caregiver], registry: Registry) -> Match:
    """What a person said of her rows, as long as nobody else has come who may be she."""
    shown = [each for each in candidates if each.pk in registry.seen]
    if not candidates and not woman.alike:
        return Match()
    answers = [registry.decisions[row.id] for row in woman.rows if row.id in registry.decisions]
    chosen = {each.woman_id for each in answers}
    if len(chosen) == 1:
        (answer,) = chosen
        against = {key for each in answers for key in each.against}
        if answer is None and all(str(each.pk) in against for each in candidates):
            return Match()
        if (said := next((each for each in shown if each.pk == answer), None)) is not None:
            return Match(said)
    if candidates and not shown:
        return Match(refusal=Problem(woman_operations.UNSEEN, "unseen"))
    return Match(refusal=_question(woman, shown), candidates=shown, asks=True)


def _question(woman: FileWoman, shown: Sequence[Caregiver]) -> Problem:
    if shown:
        names = "; ".join(list(dict.fromkeys(map(_who, shown)))[:3])
        sentence = f"Mungkin sudah tercatat: {names}. Pilih ibu yang sama atau ibu lain."
    else:
        lines = ", ".join(str(line) for line in sorted(woman.alike)[:5])
        sentence = (
            f"Namanya sama dengan baris {lines}. Bila dua ibu yang berbeda, pilih “Ibu lain” di kedua baris; "
            "bila ibu yang sama, hapus salah satu dari berkas."
        )
    return Problem(sentence, "unsure")


def _who(woman: Caregiver) -> str:
    """As it stands in a sentence: name and birth date."""
    return f"{woman.name}, lahir {format_date(woman.birth_date)}" if woman.birth_date else woman.name
