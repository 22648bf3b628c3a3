"""Pages of the puskesmas' settings: all of them by group, and one question a page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.office import settings_presenters
from ceting.registry.office.answering import answer, told
from ceting.registry.office.choosing import choose, setting_changes
from ceting.registry.office.forms import SettingForm
from ceting.registry.places import operations
from ceting.registry.places.models import CATALOGUE, Puskesmas, settings_of


@requires("settings.manage")
@require_safe
def chosen(request: StaffRequest) -> HttpResponse:
    """The settings of the one puskesmas that she runs, or a choice."""
    return choose(request, "Pengaturan", "settings.manage", "office:settings")


@requires("settings.manage")
@require_safe
def settings(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Every setting, by group, with what stands now."""
    puskesmas = _puskesmas(request, puskesmas_id)
    changes, names = setting_changes(puskesmas)
    groups = settings_presenters.groups(settings_of(puskesmas), changes, names, puskesmas.today())
    return render(request, "office/settings.html", {"puskesmas": puskesmas, "groups": groups})


@requires("settings.manage")
@require_http_methods(["GET", "POST"])
def setting(request: StaffRequest, puskesmas_id: UUID, setting_code: str) -> HttpResponse:
    """One question: what it decides, what stands now and since when, and another answer with its reason."""
    puskesmas = _puskesmas(request, puskesmas_id)
    definition = CATALOGUE.get(setting_code)
    if definition is None:
        raise Http404
    now = settings_of(puskesmas)
    typed = definition.typed(now.get(definition.code))
    form = SettingForm(request.POST or None, definition=definition, initial={"value": typed})
    if "reset" in request.POST:
        del form.fields["value"]

    def deed() -> HttpResponse:
        # Without an answer it goes back to what everybody has.
        value, reason = form.cleaned_data.get("value"), form.cleaned_data["reason"]
        operations.change_settings(puskesmas, {definition.code: value}, reason=reason, by=request.user)
        return told(request, f"{definition.label} sudah disimpan.", "office:settings", puskesmas.pk)

    changes, names = setting_changes(puskesmas)
    context = {
        "puskesmas": puskesmas,
        "line": settings_presenters.setting_line(definition, now, changes, names, puskesmas.today()),
        "history": settings_presenters.history(definition, changes, names, puskesmas),
    }
    return answer(request, form, deed, "office/setting.html", context)


def _puskesmas(request: StaffRequest, puskesmas_id: UUID) -> Puskesmas:
    return get_object_or_404(puskesmas_of(request.user, may="settings.manage"), pk=puskesmas_id)
