from django.urls import path

from ceting.care.pregnancies import (
    contact_views,
    end_views,
    list_views,
    named_views,
    pdf_views,
    pregnancy_views,
    support_views,
)

app_name = "pregnancies"
urlpatterns = [
    path("", list_views.pregnancies, name="list"),
    path("nifas/", list_views.afterwards, name="afterwards"),
    path("baru/", pregnancy_views.register, name="register"),
    path("baru/<uuid:caregiver_id>/", pregnancy_views.register_known, name="register-known"),
    path("<uuid:pregnancy_id>/", pregnancy_views.pregnancy, name="pregnancy"),
    path("<uuid:pregnancy_id>/pdf/", pdf_views.pregnancy_pdf, name="pdf"),
    path("<uuid:pregnancy_id>/rujukan.pdf", pdf_views.referral_pdf, name="referral-pdf"),
    path("<uuid:pregnancy_id>/ubah/", pregnancy_views.change, name="change"),
    path("<uuid:pregnancy_id>/periksa/", contact_views.contact_new, name="contact-new"),
    path(
        "<uuid:pregnancy_id>/periksa/<uuid:contact_id>/",
        contact_views.contact_correct,
        name="contact-correct",
    ),
    path(
        "<uuid:pregnancy_id>/periksa/<uuid:contact_id>/tarik/",
        contact_views.contact_strike,
        name="contact-strike",
    ),
    path("<uuid:pregnancy_id>/melahirkan/", end_views.birth, name="birth"),
    path("<uuid:pregnancy_id>/berakhir/", end_views.other_end, name="other-end"),
    path("<uuid:pregnancy_id>/akhir/ubah/", end_views.change_end, name="change-end"),
    path("<uuid:pregnancy_id>/akhir/batal/", end_views.undo_end, name="undo-end"),
    path("<uuid:pregnancy_id>/nifas/", end_views.postnatal, name="postnatal"),
    path("<uuid:pregnancy_id>/risiko/", support_views.risks, name="risks"),
    path("<uuid:pregnancy_id>/rencana/", support_views.plan, name="plan"),
    path("<uuid:pregnancy_id>/kelas/", support_views.classes, name="classes"),
    path("<uuid:pregnancy_id>/pmt/", support_views.food, name="food"),
    path("<uuid:pregnancy_id>/catatan-khusus/", named_views.notes, name="notes"),
    path("<uuid:pregnancy_id>/catatan-khusus/mulai/", named_views.begin, name="notes-begin"),
    path("<uuid:pregnancy_id>/catatan-khusus/petugas/", named_views.clinicians, name="notes-clinicians"),
    path(
        "<uuid:pregnancy_id>/catatan-khusus/petugas/<uuid:naming_id>/akhir/",
        named_views.end_naming,
        name="notes-end-naming",
    ),
]
