"""*Rumah per RW*: where the children of a posyandu live, for a sweeping round on foot."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ceting.care.measurements import attention_lists, house_presenters
from ceting.care.measurements import houses as asked
from ceting.care.measurements.house_presenters import Neighbourhood
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.access import StaffRequest, posyandu_of, requires
from ceting.registry.places.models import Posyandu

UNWEIGHED = "belum"


@requires("children.read")
@require_safe
def houses(request: StaffRequest) -> HttpResponse:
    """The houses of one posyandu by RW and RT; `?lihat=belum` leaves those with a child to weigh this month."""
    posts = list(posyandu_of(request.user, may="children.read"))
    chosen = attention_lists.chosen_posyandu(posts, request.GET.get("posyandu", ""))
    if chosen is None and len(posts) == 1:
        (chosen,) = posts
    context: dict[str, Any] = {
        "posts": posts,
        "chosen": chosen,
        "today": request.user.today(),
        "with_address": chosen is not None
        and request.user.may_read(FieldClass.FAMILY, at={chosen.puskesmas_id}),
    }
    return render(request, "measurements/houses.html", context | _listed(request, chosen))


def _listed(request: StaffRequest, chosen: Posyandu | None) -> dict[str, Any]:
    """What the page says of the chosen posyandu; that its children were read is written down."""
    if chosen is None:
        return {}
    children = asked.children_at(chosen, request.user, request.user.today())
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="houses")
    everywhere = house_presenters.neighbourhoods(children, request.user, request.user.today())
    to_weigh = house_presenters.unweighed_only(everywhere)
    only = request.GET.get("lihat") == UNWEIGHED
    return {
        "found": to_weigh if only else everywhere,
        "only": only,
        "children": len(children),
        "unweighed": sum(each.unweighed for each in everywhere),
        "tabs": _tabs(chosen, only, everywhere, to_weigh),
    }


def _tabs(
    chosen: Posyandu, only: bool, everywhere: list[Neighbourhood], to_weigh: list[Neighbourhood]
) -> list[dict[str, Any]]:
    here = {"posyandu": str(chosen.pk)}
    views = (
        ("Semua rumah", here, everywhere, not only),
        ("Belum ditimbang bulan ini", here | {"lihat": UNWEIGHED}, to_weigh, only),
    )
    return [
        {
            "label": label,
            "url": f"{reverse('measurements:houses')}?{urlencode(query)}",
            "count": sum(len(each.houses) for each in found),
            "current": current,
        }
        for label, query, found, current in views
    ]
