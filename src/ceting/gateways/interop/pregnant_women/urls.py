from django.urls import path

from ceting.gateways.interop.pregnant_women import views

app_name = "pregnant_women"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("<uuid:women_file_id>/", views.one_import, name="import"),
    path("<uuid:women_file_id>/kemajuan/", views.progress, name="progress"),
    path("<uuid:women_file_id>/posyandu/", views.places, name="places"),
    path("<uuid:women_file_id>/kolom/", views.file_columns, name="columns"),
    path("<uuid:women_file_id>/jawaban/", views.decisions, name="decisions"),
    path("<uuid:women_file_id>/tanya-lagi/", views.ask_again, name="ask-again"),
    path("<uuid:women_file_id>/mulai/", views.start, name="start"),
    path("<uuid:women_file_id>/lanjutkan/", views.go_on, name="go-on"),
    path("<uuid:women_file_id>/batal/", views.withdraw, name="withdraw"),
    path("<uuid:women_file_id>/tarik/", views.undo, name="undo"),
    path("<uuid:women_file_id>/baris-tidak-diambil.csv", views.refused_rows, name="refused-rows"),
]
