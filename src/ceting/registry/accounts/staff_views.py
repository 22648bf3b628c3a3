"""Who works here: the list, one person, and what whoever runs the staff does for her."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui.qr import qr_data_uri
from ceting.registry.accounts import factor_operations, link_operations, staff_operations, staff_presenters
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.accounts.factors import Factors
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.staff_forms import InviteForm, RoleForm

PER_PAGE = 50


@requires("staff.manage")
@require_GET
def staff(request: StaffRequest) -> HttpResponse:
    """The people of the puskesmas that she runs; `?q=` is part of a name, `?puskesmas=` one of several."""
    houses = list(puskesmas_of(request.user, may="staff.manage"))
    chosen = next((each for each in houses if str(each.pk) == request.GET.get("puskesmas")), None)
    query = request.GET.get("q", "").strip()[:120].replace("\x00", "")
    standing = RoleAssignment.objects.filter(ended_at=None).select_related("posyandu", "puskesmas")
    people = (
        staff_operations.staff_of(request.user)
        .prefetch_related(Prefetch("role_assignments", standing.order_by("id"), to_attr="standing"))
        .order_by("-is_active", "name", "id")
    )
    if query:
        people = people.filter(name__icontains=query)
    if chosen:
        people = people.filter(puskesmas=chosen)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    lines = [staff_presenters.PersonLine.of(person, person.standing) for person in page]  # type: ignore[attr-defined]
    context = {"lines": lines, "page_obj": page, "query": query, "houses": houses, "chosen": chosen}
    return render(request, "accounts/staff.html", context)


@requires("staff.manage")
@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Somebody new: her account, her role, and the link that she comes in by."""
    form = InviteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        person = {name: form.cleaned_data[name] for name in ("name", "username", "phone")}
        try:
            user, token = link_operations.invite(**person, **form.place(), by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return _link_page(request, user, token)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@requires("staff.manage")
@require_GET
def member(request: StaffRequest, user_id: UUID) -> HttpResponse:
    return _member_page(request, _person(request, user_id), RoleForm(user=request.user))


def _person(request: StaffRequest, user_id: UUID) -> User:
    people = staff_operations.staff_of(request.user).select_related("puskesmas")
    return get_object_or_404(people, pk=user_id)


def _member_page(request: StaffRequest, person: User, form: RoleForm) -> HttpResponse:
    state, tone = staff_presenters.state_of(person)
    endable = {each.pk for each in staff_operations.roles_of(request.user).filter(user=person)}
    roles = [(staff_presenters.role_at(each), each, each.pk in endable) for each in person.assignments]
    audit.record_read("user", [person.pk], by=request.user, purpose="staff")
    context = {
        "person": person,
        "state": state,
        "tone": tone,
        "roles": roles,
        "form": form,
        "runs": staff_operations.runs_account_of(request.user, person),
        "herself": person.pk == request.user.pk,
        "open_link": person.links.filter(used_at=None, withdrawn_at=None).first(),
        "sessions": person.sessions.count(),
        "has_factor": Factors.of(person).stands,
    }
    return render(request, "accounts/member.html", context, status=422 if form.errors else 200)


@requires("staff.manage")
@require_POST
def give_role(request: StaffRequest, user_id: UUID) -> HttpResponse:
    person = _person(request, user_id)
    form = RoleForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            staff_operations.grant(person, **form.place(), by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Peran sudah diberikan dan berlaku sekarang.")
            return redirect("accounts:staff-member", person.pk)
    return _member_page(request, person, form)


@requires("staff.manage")
@require_POST
def end_role(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    found = staff_operations.roles_of(request.user).select_related("user")
    assignment = get_object_or_404(found, pk=assignment_id)
    return _do(request, assignment.user, staff_operations.take_back, assignment, done="Peran sudah diakhiri.")


@requires("staff.manage")
@require_POST
def make_link(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """A link for an invitation sent again or for a forgotten password; an earlier one opens nothing any more."""
    person = _person(request, user_id)
    try:
        token = link_operations.make_link(person, by=request.user)
    except RefusedError as refusal:
        return _refused(request, person, refusal)
    return _link_page(request, person, token)


@requires("staff.manage")
@require_POST
def withdraw_link(request: StaffRequest, user_id: UUID) -> HttpResponse:
    person = _person(request, user_id)
    return _do(request, person, link_operations.withdraw_link, person, done="Tautan sudah ditarik.")


@requires("staff.manage")
@require_POST
def close(request: StaffRequest, user_id: UUID) -> HttpResponse:
    person = _person(request, user_id)
    return _do(request, person, staff_operations.close_account, person, done="Akun sudah ditutup.")


@requires("staff.manage")
@require_POST
def reopen(request: StaffRequest, user_id: UUID) -> HttpResponse:
    person = _person(request, user_id)
    return _do(request, person, staff_operations.reopen_account, person, done="Akun sudah dibuka lagi.")


@requires("staff.manage")
@require_POST
def end_sessions(request: StaffRequest, user_id: UUID) -> HttpResponse:
    person = _person(request, user_id)
    return _do(
        request,
        person,
        staff_operations.end_sessions,
        person,
        done="Ia sudah dikeluarkan dari semua perangkat.",
    )


@requires("staff.manage")
@require_POST
def reset_factors(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """She lost her phone and her recovery codes."""
    person = _person(request, user_id)
    return _do(
        request,
        person,
        factor_operations.reset,
        person,
        done="Kunci kedua sudah dihapus. Ia diberi tahu saat masuk lagi.",
    )


def _do(request: StaffRequest, person: User, verb: Any, subject: Any, *, done: str) -> HttpResponse:
    """One verb about somebody, and back to her page with what came of it."""
    try:
        verb(subject, by=request.user)
    except RefusedError as refusal:
        return _refused(request, person, refusal)
    messages.success(request, done)
    return redirect("accounts:staff-member", person.pk)


def _refused(request: StaffRequest, person: User, refusal: RefusedError) -> HttpResponse:
    for problem in refusal.problems:
        messages.error(request, problem.sentence)
    return redirect("accounts:staff-member", person.pk)


def _link_page(request: StaffRequest, person: User, token: str) -> HttpResponse:
    """The only time that the link is seen. No address of ours leads back here."""
    url = request.build_absolute_uri(f"{reverse('accounts:key')}?k={token}")
    context = {
        "person": person,
        "link": url,
        "days": settings.LINK_DAYS,
        "whatsapp": staff_presenters.whatsapp_url(person.name, person.phone, url, settings.LINK_DAYS),
        "qr": qr_data_uri(url),
    }
    return render(request, "accounts/link.html", context)
