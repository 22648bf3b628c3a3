"""What the pages of the office share: which puskesmas, the changes of its settings, and the names behind keys."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ceting.registry.accounts.access import StaffRequest, puskesmas_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas, SettingChange


def choose(request: StaffRequest, title: str, permission: str, url_name: str) -> HttpResponse:
    """Straight to the only puskesmas that she runs; otherwise a list of them."""
    mine = list(puskesmas_of(request.user, may=permission).select_related("district"))
    if len(mine) == 1:
        return redirect(url_name, mine[0].pk)
    return render(request, "office/choose.html", {"title": title, "mine": mine, "url_name": url_name})


def may_here(user: User, puskesmas: Puskesmas, permission: str) -> bool:
    """Whether she holds this permission at this puskesmas, and not only somewhere."""
    return puskesmas_of(user, may=permission).filter(pk=puskesmas.pk).exists()


def back_to(request: StaffRequest, usual: str) -> str:
    """The name of the page that a form leads back to: the steps, when one came from there, otherwise the usual."""
    return "office:start" if request.GET.get("dari") == "mulai" else usual


def setting_changes(puskesmas: Puskesmas) -> tuple[list[SettingChange], dict[object, str]]:
    """Every change of its settings in the order in which they came to hold, and who made them."""
    found = SettingChange.objects.filter(puskesmas=puskesmas).order_by("valid_from", "created_at", "id")
    changes = list(found)
    return changes, names_of(change.by_id for change in changes)


def names_of(keys: Iterable[UUID | None]) -> dict[object, str]:
    """Key of a user -> her name, in one query."""
    wanted = {key for key in keys if key}
    return {user.pk: user.name for user in User.objects.filter(pk__in=wanted)} if wanted else {}
