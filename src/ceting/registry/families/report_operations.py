"""Verbs about reports: somebody tells of a pregnant woman or a newborn, and the puskesmas answers."""

from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.core.keys import new_key
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import ChildDraft, ReportDraft
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportOutcome
from ceting.registry.families.operations import register_child
from ceting.registry.families.report_likeness import told_before
from ceting.registry.places.models import Area, Posyandu, Puskesmas, WorkArea
from ceting.standards.identity import normalise_name


class ToldBeforeError(RefusedError):
    """She told the same herself not long ago. `earlier` are her own reports, never another's."""

    def __init__(self, earlier: tuple[FamilyReport, ...]) -> None:
        sentence = "Ibu/Bapak mungkin sudah melaporkan ini. Lihat dulu di bawah sebelum mengirim."
        super().__init__(Problem(sentence, "told_before"))
        self.earlier = earlier


def receiver_of(village: Area, *, by: User) -> Puskesmas:
    """The puskesmas whose work area covers the village; of several, the reporter's own, then a confirmed one.

    Raises RefusedError where nobody answers for the village.
    """
    covering = WorkArea.objects.filter(village=village).select_related("puskesmas")
    mine = by.puskesmas_id
    ordered = sorted(
        covering, key=lambda area: (area.puskesmas_id != mine, not area.confirmed, area.puskesmas.name)
    )
    if not ordered:
        sentence = "Kelurahan ini belum masuk wilayah puskesmas mana pun di sini. Pilih kelurahan lain."
        raise RefusedError(Problem(sentence, "nobody", "village"))
    return ordered[0].puskesmas


@transaction.atomic
def report(
    draft: ReportDraft, *, by: User, key: UUID | None = None, despite_likeness: bool = False
) -> FamilyReport:
    """Tell the puskesmas of a woman or a newborn. Raises RefusedError or ToldBeforeError.

    `key` comes with the form: sent twice, it is one report. `despite_likeness` is her answer "memang orang lain".
    """
    # "Kirim" pressed twice: the second one waits here, and then finds the first one's report.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    sent = FamilyReport.objects.filter(pk=key).first() if key else None
    told = (draft.kind, draft.name.strip(), draft.village.pk)
    if sent is not None and sent.by_id == by.pk and (sent.kind, sent.name, sent.village_id) == told:
        return sent
    puskesmas = receiver_of(draft.village, by=by)
    problems = draft.problems(puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    earlier = told_before(draft, FamilyReport.objects.told_by(by))
    if earlier and not despite_likeness:
        raise ToldBeforeError(tuple(earlier))
    row = FamilyReport.objects.create(
        # Somebody else's key, or that of another woman's report, is as good as none.
        id=key if key and sent is None else new_key(),
        puskesmas=puskesmas,
        kind=draft.kind,
        name=draft.name.strip(),
        village=draft.village,
        rw=draft.rw.strip(),
        phone=draft.phone,
        day=draft.day,
        note=draft.note.strip(),
        by=by,
    )
    audit.record("report.tell", "family_report", [row.pk], by=by, puskesmas_id=puskesmas.pk)
    return row


@transaction.atomic
def answer(
    report: FamilyReport, kind: str, *, by: User, child: Child | None = None, note: str = ""
) -> ReportOutcome:
    """What became of a report, once. The same answer by the same person again changes nothing; another is refused."""
    now = _locked(report)
    given = _outcome(now)
    if given is not None:
        same = (given.kind, given.child_id, given.by_id) == (kind, child.pk if child else None, by.pk)
        if same:
            return given
        raise _answered(given)
    if kind not in OutcomeKind.values:
        raise RefusedError(Problem("Pilih hasil tindak lanjutnya.", "kind", "kind"))
    if (child is None and kind == OutcomeKind.REGISTERED) or (
        child is not None and kind not in (OutcomeKind.REGISTERED, OutcomeKind.KNOWN)
    ):
        raise ValueError(f"{kind} and child {child and child.pk} don't go together")
    outcome = ReportOutcome.objects.create(report=now, kind=kind, child=child, note=note.strip(), by=by)
    audit.record(
        "report.answer",
        "family_report",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"kind": kind},
    )
    return outcome


@transaction.atomic
def register_reported(
    report: FamilyReport, draft: ChildDraft, *, posyandu: Posyandu, by: User, despite_likeness: bool = False
) -> Child:
    """Register the newborn of a report and end the report with her, or neither.

    Raises what `register_child` raises, and RefusedError when somebody answered the report already. "Simpan" pressed
    twice gives the same child.
    """
    now = _locked(report)
    if posyandu.puskesmas_id != now.puskesmas_id:
        sentence = "Pilih posyandu di puskesmas yang menerima laporan ini."
        raise RefusedError(Problem(sentence, "foreign", "posyandu"))
    given = _outcome(now)
    if given is not None:
        child = given.child
        if given.kind == OutcomeKind.REGISTERED and given.by_id == by.pk and child and _is(child, draft):
            return child
        raise _answered(given)
    child = register_child(draft, posyandu=posyandu, by=by, despite_likeness=despite_likeness)
    answer(now, OutcomeKind.REGISTERED, child=child, by=by)
    return child


def _locked(report: FamilyReport) -> FamilyReport:
    return FamilyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _outcome(report: FamilyReport) -> ReportOutcome | None:
    return ReportOutcome.objects.filter(report=report).select_related("by", "child").first()


def _answered(given: ReportOutcome) -> RefusedError:
    word = OutcomeKind(given.kind).label.lower()
    return RefusedError(Problem(f"Laporan ini sudah dijawab {given.by.name}: {word}.", "answered"))


def _is(child: Child, draft: ChildDraft) -> bool:
    return (child.name_key, child.birth_date) == (normalise_name(draft.name), draft.birth_date)
