from django.urls import path

from ceting.care.measurements import (
    attention_views,
    child_views,
    correction_views,
    expected_views,
    month_views,
    plan_views,
    practice_views,
    session_views,
    share_views,
    sheet_views,
    team_views,
)

app_name = "measurements"
urlpatterns = [
    path("", session_views.home, name="home"),
    path("sesi/baru/", session_views.session_new, name="session-new"),
    path("sesi/<uuid:session_id>/", session_views.session_grid, name="session"),
    path("sesi/<uuid:session_id>/anak/<uuid:child_id>/", session_views.session_row, name="session-row"),
    path("sesi/<uuid:session_id>/siapa/", expected_views.session_expected, name="session-expected"),
    path("sesi/<uuid:session_id>/ringkasan/", session_views.session_summary, name="session-summary"),
    path("sesi/<uuid:session_id>/selesai/", session_views.session_close, name="session-close"),
    path("sesi/<uuid:session_id>/lembar/", sheet_views.session_sheet, name="session-sheet"),
    path("sesi/<uuid:session_id>/qr/", share_views.session_share, name="session-share"),
    path("sesi/<uuid:session_id>/pengukur/", team_views.session_team, name="session-team"),
    path("lembar/", sheet_views.paper_sheets, name="sheets"),
    path("lembar/cetak/", sheet_views.sheet_print, name="sheet-print"),
    path("lembar/<slug:sheet_code>/", sheet_views.sheet, name="sheet"),
    path("lembar/<slug:sheet_code>/lembar.pdf", sheet_views.sheet_pdf, name="sheet-pdf"),
    path("lembar/<slug:sheet_code>/<int:number>/", sheet_views.sheet_line, name="sheet-line"),
    path("anak/<uuid:child_id>/", child_views.child, name="child"),
    path("anak/<uuid:child_id>/grafik/<slug:slug>/", child_views.child_chart, name="child-chart"),
    path("anak/<uuid:child_id>/riwayat/", child_views.child_history, name="child-history"),
    path("anak/<uuid:child_id>/ukur/", child_views.child_measure, name="child-measure"),
    path(
        "anak/<uuid:child_id>/riwayat/<uuid:measurement_id>/perbaiki/",
        correction_views.measurement_correct,
        name="measurement-correct",
    ),
    path(
        "anak/<uuid:child_id>/riwayat/<uuid:measurement_id>/coret/",
        correction_views.measurement_strike,
        name="measurement-strike",
    ),
    path("anak/<uuid:child_id>/kms.pdf", child_views.child_pdf, name="child-pdf"),
    path("jadwal/", plan_views.plan, name="plan"),
    path("jadwal/susun/", plan_views.plan_new, name="plan-new"),
    path("jadwal/<uuid:planned_id>/", plan_views.plan_change, name="plan-change"),
    path("jadwal/<uuid:planned_id>/hari/", share_views.planned_day, name="planned-day"),
    path("latihan/", practice_views.practices, name="practices"),
    path("latihan/baru/", practice_views.practice_new, name="practice-new"),
    path("latihan/<uuid:practice_id>/", practice_views.practice, name="practice"),
    path(
        "latihan/<uuid:practice_id>/<int:person_number>/", practice_views.practice_type, name="practice-type"
    ),
    path("skdn/perubahan/", month_views.count_changes, name="count-changes"),
    path("perhatian/", attention_views.attention, name="attention"),
    path("perhatian/belum-ditimbang/", attention_views.attention_unseen, name="attention-unseen"),
]
