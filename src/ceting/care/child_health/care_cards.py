"""A card for each part of a child's care but vaccines: what stands, and what to do next. No database."""

from collections.abc import Iterator

from django.urls import reverse

from ceting.care.child_health import health_standing as standing
from ceting.care.child_health.care_words import title_and_text
from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.models import Item
from ceting.foundation.ui.wording import sentence_list
from ceting.registry.families.child_page import PanelWords
from ceting.standards.child import feeding, supplementation
from ceting.standards.child.supplementation import Round, RoundState
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy.postnatal import VisitStatus
from ceting.standards.words import staff_words, tone_of

DANGER_TODO = "Tanda bahaya: rujuk sekarang, jangan menunggu hari posyandu."
ROUND_WORDS = {Item.VITAMIN_A: "VITA", Item.DEWORMING: "WORM"}
VISIT_WORDS = {
    VisitStatus.DONE: "sudah",
    VisitStatus.DUE: "waktunya",
    VisitStatus.MISSED: "terlewat",
    VisitStatus.UPCOMING: "belum waktunya",
}


def urgent(record: HealthRecord) -> Iterator[PanelWords]:
    """What can't wait for anything else."""
    yield from _complaint(record)
    yield from _findings(record)


def usual(record: HealthRecord) -> Iterator[PanelWords]:
    """What belongs to her age, in the order in which one asks."""
    yield from _newborn(record)
    yield from _feeding(record)
    yield from _supplements(record)
    yield _kpsp(record)
    yield from _food(record)


def _url(record: HealthRecord, name: str) -> str:
    return reverse(f"child_health:{name}", args=[record.child.pk])


def _complaint(record: HealthRecord) -> Iterator[PanelWords]:
    found = standing.complaint(record)
    if found is None:
        return
    _, text = title_and_text(found.entry)
    told = f"{format_date(found.entry.happened_on)}: {text}."
    lines = (DANGER_TODO, told) if found.dangers else (told,)
    tone = "danger" if found.dangers else "info"
    yield PanelWords("Keluhan", tone, lines, _url(record, "illness"), "Catat keluhan")


def _findings(record: HealthRecord) -> Iterator[PanelWords]:
    found = standing.open_findings(record)
    if found:
        lines = tuple("; ".join(part for part in title_and_text(entry) if part) + "." for entry in found)
        yield PanelWords("Temuan", "attention", lines, _url(record, "findings"), "Lihat temuan")


def _newborn(record: HealthRecord) -> Iterator[PanelWords]:
    born = standing.birth_findings(record)
    visits = standing.newborn_visits(record)
    if not standing.is_newborn(record) and not born:
        return
    lines = [f"{sentence_list(staff_words(each) for each in born)}."] if born else []
    tone = "attention" if born else "good"
    if standing.is_newborn(record):
        lines.append(f"{sentence_list(f'{v.window.code} {VISIT_WORDS[v.status]}' for v in visits)}.")
        missed = any(visit.status is VisitStatus.MISSED for visit in visits)
        due = any(visit.status is VisitStatus.DUE for visit in visits)
        tone = "attention" if missed or born else "info" if due else "good"
    url = _url(record, "newborn") if standing.is_newborn(record) else ""
    yield PanelWords("Bayi baru lahir", tone, tuple(lines), url, "Catat kunjungan")


def _feeding(record: HealthRecord) -> Iterator[PanelWords]:
    months = standing.months_old(record)
    if months <= feeding.LAST_MONTH or standing.breastfeeding(record).asked:
        yield _breast_milk(record)
    if feeding.of_feeding_age(months):
        yield _meals(record)


def _breast_milk(record: HealthRecord) -> PanelWords:
    found = standing.breastfeeding(record)
    lines = [f"{staff_words(found.state)}."]
    if found.completed:
        lines = ["ASI eksklusif 6 bulan."]
    elif found.missing and standing.months_old(record) <= feeding.LAST_MONTH:
        lines.append(f"Belum ditanyakan: {sentence_list(f'E{month}' for month in found.missing)}.")
    tone = "good" if found.completed or found.state is feeding.Exclusive.YES else "info"
    tone = "attention" if found.state is feeding.Exclusive.NO else tone
    return PanelWords("ASI", tone, tuple(lines), _url(record, "breastfeeding"), "Tanyakan ASI")


def _meals(record: HealthRecord) -> PanelWords:
    found, months = standing.meals(record), standing.months_old(record)
    breastfed = found is None or found.entry.feeding.breastfed
    advice = feeding.advice(months, breastfed=breastfed)
    todo = f"Umur ini: makan {advice.meals}, selingan {advice.snacks}, {advice.texture}." if advice else ""
    if found is None or found.result is None:
        return PanelWords(
            "MP-ASI",
            "info",
            ("Makan kemarin belum ditanyakan.", todo),
            _url(record, "feeding"),
            "Tanyakan makan",
        )
    words = sentence_list(staff_words(code) for code in found.result.codes)
    when = format_date(found.entry.happened_on)
    tone = "good" if found.result.codes == ("FEED_GOOD",) else "attention"
    groups = f"{found.result.groups} dari 8 kelompok makanan"
    return PanelWords(
        "MP-ASI", tone, (f"{words} ({groups}, {when}).", todo), _url(record, "feeding"), "Tanyakan makan"
    )


def _supplements(record: HealthRecord) -> Iterator[PanelWords]:
    newest = {item: last for item in Item if (last := next(reversed(standing.rounds(record, item)), None))}
    lines = [_round_words(item, found) for item, found in newest.items()]
    following = supplementation.next_vitamin_a(record.child.birth_date, record.today)
    if following:
        lines.append(f"Vitamin A berikutnya: {format_date(following[0])}, kapsul {following[1].value}.")
    if not lines:
        return
    states = {found.state for found in newest.values()}
    tone = "info" if RoundState.DUE in states else "attention" if RoundState.MISSED in states else "good"
    yield PanelWords(
        "Vitamin A dan obat cacing", tone, tuple(lines), _url(record, "supplement"), "Catat pemberian"
    )


def _round_words(item: Item, found: Round) -> str:
    words = staff_words(f"{ROUND_WORDS[item]}_{found.state.name}")
    # What she was given is that of the day on which it was, not of the round.
    return f"{words} {format_date(found.given_on)}." if found.given_on else f"{words}: {found.what}."


def _kpsp(record: HealthRecord) -> PanelWords:
    found = standing.kpsp(record)
    lines = []
    tone = "good"
    if found.result is not None and found.last is not None and found.last_on is not None:
        when = format_date(found.last_on)
        lines.append(f"{staff_words(found.result.words)}, umur {found.last.age_month} bulan ({when}).")
        tone = {"normal": "good"}.get(tone_of(found.result.words), tone_of(found.result.words))
        if found.repeat_on is None and tone != "good":
            lines.append(f"{found.result.action}.")
    if found.repeat_on is not None:
        lines.append(f"Ulang mulai {format_date(found.repeat_on)}.")
    if found.due and found.age_month is not None:
        lines.append(f"Waktunya KPSP umur {found.age_month} bulan.")
        tone = "info" if tone == "good" else tone
    elif found.next_on is not None:
        lines.append(f"KPSP berikutnya {format_date(found.next_on)}.")
    return PanelWords("Perkembangan", tone, tuple(lines), _url(record, "development"), "Isi KPSP")


def _food(record: HealthRecord) -> Iterator[PanelWords]:
    found = standing.food(record)
    if found:
        lines = tuple(f"{each.reason.label}: {each.received} dari {each.reason.days} hari." for each in found)
        tone = "good" if all(each.complete for each in found) else "info"
        yield PanelWords("PMT", tone, lines, _url(record, "food"), "Catat PMT")
