from django.urls import path

from ceting.care.child_health import (
    care_views,
    development_views,
    due_views,
    finding_views,
    immunisation_views,
    views,
)

app_name = "child_health"
urlpatterns = [
    path("anak/<uuid:child_id>/kesehatan/", views.child, name="child"),
    path("anak/<uuid:child_id>/kesehatan/catatan/<uuid:entry_id>/coret/", views.strike, name="strike"),
    path("anak/<uuid:child_id>/kesehatan.pdf", views.child_pdf, name="child-pdf"),
    path("anak/<uuid:child_id>/imunisasi/", immunisation_views.immunisation, name="immunisation"),
    path("anak/<uuid:child_id>/imunisasi/catat/", immunisation_views.immunise, name="immunise"),
    path(
        "anak/<uuid:child_id>/imunisasi/salin/",
        immunisation_views.immunisation_book,
        name="immunisation-book",
    ),
    path("anak/<uuid:child_id>/vitamin/", care_views.supplement, name="supplement"),
    path("anak/<uuid:child_id>/asi/", care_views.breastfeeding, name="breastfeeding"),
    path("anak/<uuid:child_id>/makan/", care_views.feeding_recall, name="feeding"),
    path("anak/<uuid:child_id>/kpsp/", development_views.development, name="development"),
    path("anak/<uuid:child_id>/kunjungan/", care_views.newborn_visit, name="newborn"),
    path("anak/<uuid:child_id>/keluhan/", care_views.illness_report, name="illness"),
    path("anak/<uuid:child_id>/pmt/", care_views.food, name="food"),
    path("anak/<uuid:child_id>/rujuk/", care_views.referral, name="referral"),
    path("anak/<uuid:child_id>/temuan/", finding_views.findings, name="findings"),
    path("anak/<uuid:child_id>/temuan/catat/", care_views.finding_new, name="finding-new"),
    path("anak/<uuid:child_id>/temuan/<uuid:finding_id>/pastikan/", finding_views.confirm, name="confirm"),
    path("anak/<uuid:child_id>/temuan/<uuid:finding_id>/diagnosis/", finding_views.diagnose, name="diagnose"),
    path("layanan/", due_views.due, name="due"),
    path("puskesmas/kpsp/", development_views.questions_choice, name="questions-choice"),
    path("puskesmas/<uuid:puskesmas_id>/kpsp/", development_views.question_sets, name="questions"),
    path(
        "puskesmas/<uuid:puskesmas_id>/kpsp/<int:age_month>/",
        development_views.question_set,
        name="question-set",
    ),
]
