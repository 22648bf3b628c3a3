"""The addresses of an import: its pages, each opened only by whoever may do all that the import needs."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from ceting.gateways.interop import views
from ceting.gateways.interop.screens import ImportScreens
from ceting.registry.accounts.access import StaffRequest, View, requires


def addresses_of(screens: ImportScreens[Any]) -> list[URLPattern]:
    """Those that every import has."""
    return [
        path("", opened_by(screens, views.imports), name="imports"),
        path("kolom/", opened_by(screens, views.mappings), name="mappings"),
        path(
            f"kolom/<uuid:{screens.prefix}mapping_id>/",
            opened_by(screens, views.one_mapping),
            name="mapping",
        ),
        of_file(screens, "", views.one_import, "import"),
        of_file(screens, "kemajuan/", views.progress, "progress"),
        of_file(screens, "posyandu/", views.places, "places"),
        of_file(screens, "kolom/", views.file_columns, "columns"),
        of_file(screens, "mulai/", views.start, "start"),
        of_file(screens, "lanjutkan/", views.go_on, "go-on"),
        of_file(screens, "batal/", views.withdraw, "withdraw"),
        of_file(screens, "tarik/", views.undo, "undo"),
        of_file(screens, "baris-tidak-diambil.csv", views.refused_rows, "refused-rows"),
    ]


def of_file(screens: ImportScreens[Any], route: str, view: View, name: str) -> URLPattern:
    """An address about one file: `view` takes the request, the screens and the file's key."""
    return path(f"<uuid:{screens.prefix}file_id>/{route}", opened_by(screens, view), name=name)


def opened_by(screens: ImportScreens[Any], view: View) -> View:
    """The view with its screens, behind every permission of the import."""

    @wraps(view)
    def opened(request: StaffRequest, **keys: Any) -> HttpResponse:
        return view(request, screens, *keys.values())

    guarded: View = opened
    for permission in reversed(screens.kind.may):
        guarded = requires(permission)(guarded)
    return guarded
