"""Addresses that only the tests of this app serve: a guarded form and answers that go well or wrong."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import path

from ceting.foundation.ui import samples

NAVIGATION = [
    {"label": "Beranda", "url": "/", "icon": "home", "current": False},
    {"label": "Anak", "url": "/anak/", "icon": "child", "current": True},
    {"label": "Perlu perhatian", "url": "/perhatian/", "icon": "alert-triangle", "current": False},
    {"label": "Impor", "url": "/impor/", "icon": "upload", "current": False},
]
PEOPLE = {
    "rina": SimpleNamespace(
        pk="rina", name="Rina Marlina", role_label="Bidan · Puskesmas Andalas", is_authenticated=True
    ),
    "tuti": SimpleNamespace(
        pk="tuti", name="Tuti", role_label="Kader posyandu · Kenanga", is_authenticated=True
    ),
}
FORM_PAGE = """
{% extends "ui/staff.html" %}
{% block title %}Coba{% endblock %}
{% block page_title %}Coba{% endblock %}
{% block content %}
  {% error_summary form %}
  <form method="post" novalidate data-guard="coba">
    {% csrf_token %}
    {% field form.name %}{% field form.secret autocomplete="off" %}{% field form.sex layout="segments" %}
    {% button "Simpan" %}{% button "Rusak" formaction="/rusak/" %}
  </form>
  <form data-sign-out method="post" action="/keluar/">{% csrf_token %}{% button "Keluar" tone="quiet" %}</form>
  <div id="hasil"></div>
  {% for label, url in asks %}{% button label tone="quiet" type="button" hx_post=url hx_target="#hasil" %}{% endfor %}
{% endblock %}
"""


class TryForm(forms.Form):
    name = forms.CharField(label="Nama")
    secret = forms.CharField(label="Kata sandi", widget=forms.PasswordInput, required=False)
    sex = forms.ChoiceField(label="Jenis kelamin", choices=samples.SEXES, widget=forms.RadioSelect)


def staff(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What the house's context processors would give a signed-in midwife (`?who=tuti`: a volunteer)."""
    return {"user": PEOPLE[request.GET.get("who", "rina")], "navigation": NAVIGATION, **context}


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", staff(request, **samples.gallery(request)))


@login_not_required
def try_form(request: HttpRequest) -> HttpResponse:
    form = TryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Tersimpan.")
        return HttpResponseRedirect(request.get_full_path())
    asks = [(kind, f"/jawab/{kind}/") for kind in ("422", "500", "403", "toast")]
    template = engines["django"].from_string(FORM_PAGE)
    status = 422 if request.method == "POST" else 200
    return HttpResponse(template.render(staff(request, form=form, asks=asks), request), status=status)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


@login_not_required
def answer(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "toast":
        return HttpResponse(status=204, headers={"HX-Trigger": '{"toast": {"text": "Berat tersimpan."}}'})
    return HttpResponse(f"jawaban {kind}", status=int(kind))


@login_not_required
def door(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(
        '{% extends "ui/door.html" %}{% block title %}Masuk{% endblock %}{% block page_title %}Masuk{% endblock %}'
        "{% block content %}<form>{% field form.name %}{% button 'Masuk' %}</form>{% endblock %}"
    )
    return HttpResponse(template.render({"form": TryForm()}, request))


@login_not_required
def error(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"{name}.html")


urlpatterns = [
    path("galeri/", gallery),
    path("coba/", try_form),
    path("rusak/", broken),
    path("jawab/<str:kind>/", answer),
    path("keluar/", door),
    path("galat/<str:name>/", error),
]
