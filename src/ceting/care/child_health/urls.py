from django.urls import path

from ceting.care.child_health import immunisation_views, views

app_name = "child_health"
urlpatterns = [
    path("anak/<uuid:child_id>/kesehatan/", views.child, name="child"),
    path("anak/<uuid:child_id>/kesehatan/catatan/<uuid:entry_id>/coret/", views.strike, name="strike"),
    path("anak/<uuid:child_id>/imunisasi/", immunisation_views.immunisation, name="immunisation"),
    path("anak/<uuid:child_id>/imunisasi/catat/", immunisation_views.immunise, name="immunise"),
    path(
        "anak/<uuid:child_id>/imunisasi/salin/",
        immunisation_views.immunisation_book,
        name="immunisation-book",
    ),
]
