from django.urls import path

from ceting.gateways.interop.eppgbm import views

app_name = "eppgbm"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("kolom/", views.mappings, name="mappings"),
    path("kolom/<uuid:mapping_id>/", views.one_mapping, name="mapping"),
    path("<uuid:file_id>/", views.one_import, name="import"),
    path("<uuid:file_id>/kemajuan/", views.progress, name="progress"),
    path("<uuid:file_id>/posyandu/", views.places, name="places"),
    path("<uuid:file_id>/kolom/", views.file_columns, name="columns"),
    path("<uuid:file_id>/lembar/", views.sheet, name="sheet"),
    path("<uuid:file_id>/mulai/", views.start, name="start"),
    path("<uuid:file_id>/lanjutkan/", views.go_on, name="go-on"),
    path("<uuid:file_id>/batal/", views.withdraw, name="withdraw"),
    path("<uuid:file_id>/tarik/", views.undo, name="undo"),
    path("<uuid:file_id>/baris-tidak-diambil.csv", views.refused_rows, name="refused-rows"),
]
