"""Two children side by side, and their merging. Here and not with the families, because weighings tell them apart."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.measurements import compare_presenters
from ceting.care.measurements.compare_forms import CompareForm
from ceting.care.measurements.compare_presenters import Known
from ceting.care.measurements.models import Measurement
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, readable, requires
from ceting.registry.families import merging
from ceting.registry.families.models import Child, LikelyPair, Merge, PairReason, Stay, roots

TWO = 2


@requires("children.merge")
@require_http_methods(["GET", "POST"])
def compare(request: StaffRequest, child_id: UUID, other_id: UUID) -> HttpResponse:
    """Both, field by field, and "Gabungkan". The one who was registered first is kept."""
    kept, absorbed = _pair(request, child_id, other_id)
    if merged := _merged_already(kept, absorbed):
        return merged
    nik = readable(request.user, kept, "nik")
    differing = compare_presenters.differing(kept, absorbed, nik=nik)
    found = LikelyPair.objects.filter(Q(first=kept, second=absorbed) | Q(first=absorbed, second=kept)).first()
    form = CompareForm(
        request.POST or None,
        differing=differing,
        suggested=merging.suggested(kept, absorbed),
        reason=str(PairReason(found.reason).label) if found else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            merge = merging.merge_children(
                kept,
                absorbed,
                from_absorbed=form.from_absorbed(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RefusedError as refusal:
            if merging.MERGED in {problem.code for problem in refusal.problems}:
                return redirect("measurements:compare", child_id, other_id)
            form.show(refusal)
        else:
            return redirect("families:merge", merge.pk)
    audit.record_read("child", [kept.pk, absorbed.pk], by=request.user, purpose="compare")
    chosen = {name: form.chosen(name) for name in differing}
    one, other = _known(kept, absorbed)
    today = kept.puskesmas.today()
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "title": compare_presenters.title(kept, absorbed),
        "form": form,
        "choices": compare_presenters.choice_lines(kept, absorbed, chosen, nik=nik),
        "facts": compare_presenters.fact_lines(one, other, today),
        "days": compare_presenters.days_of_both(one, other),
    }
    return render(request, "measurements/compare.html", context, status=422 if form.errors else 200)


def _pair(request: StaffRequest, child_id: UUID, other_id: UUID) -> tuple[Child, Child]:
    """Both, the one who was registered first in front. A child whom she may not merge isn't shown beside hers."""
    mine = Child.objects.visible_to(request.user, may="children.merge").filter(pk__in={child_id, other_id})
    family = mine.with_family().select_related("puskesmas", "household__village")
    unread = ("mother__nik", "mother__phone", "household__kk", "household__address")
    found = list(family.defer(*unread).order_by("created_at", "pk"))
    if len(found) != TWO:
        raise Http404
    return found[0], found[1]


def _merged_already(kept: Child, absorbed: Child) -> HttpResponse | None:
    """Where a pair leads that isn't one any more: pressed twice, or somebody else was faster."""
    both = (kept.pk, absorbed.pk)
    merge = Merge.objects.standing().filter(absorbed__in=both).order_by("-pk").first()
    if merge is None:
        return None
    standing = roots(both)
    if standing[kept.pk] == standing[absorbed.pk]:
        return redirect("families:merge", merge.pk)
    return redirect("measurements:compare", standing[kept.pk], standing[absorbed.pk])


def _known(*children: Child) -> list[Known]:
    rows: dict[UUID, list[Measurement]] = defaultdict(list)
    for row in sorted(Measurement.objects.current().filter(child__in=children), key=Measurement.chronology):
        rows[row.child_id].append(row)
    stays: dict[UUID, Stay] = {}
    for stay in Stay.objects.filter(child__in=children).select_related("by").order_by("since", "id"):
        stays.setdefault(stay.child_id, stay)
    return [Known(child, stays.get(child.pk), rows[child.pk]) for child in children]
