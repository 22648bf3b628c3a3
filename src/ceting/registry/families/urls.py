from django.urls import path

from ceting.registry.families import (
    adoption_views,
    double_views,
    home_views,
    life_views,
    report_views,
    views,
)

app_name = "families"
urlpatterns = [
    path("", views.children, name="children"),
    path("cari/", views.search, name="search"),
    path("baru/", views.register, name="register"),
    path("<uuid:child_id>/ubah/", views.change, name="change"),
    path("<uuid:child_id>/tinggal/", life_views.lives, name="lives"),
    path("<uuid:child_id>/pindah/", life_views.move, name="move"),
    path("<uuid:child_id>/meninggal/", life_views.death, name="death"),
    path("<uuid:child_id>/batal/", life_views.undo, name="undo"),
    path("<uuid:child_id>/pengasuh/", home_views.main_caregiver, name="main-caregiver"),
    path("<uuid:child_id>/keluarga/", adoption_views.join_family, name="join-family"),
    path("<uuid:child_id>/keluarga/kembali/", adoption_views.return_to_family, name="return-to-family"),
    path("keluarga/<uuid:household_id>/", home_views.household, name="household"),
    path("keluarga/<uuid:household_id>/ubah/", home_views.household_change, name="household-change"),
    path("keluarga/<uuid:household_id>/pengasuh/", home_views.caregiver_new, name="caregiver-new"),
    path("pengasuh/<uuid:caregiver_id>/", home_views.caregiver_change, name="caregiver-change"),
    path("pengasuh/<uuid:caregiver_id>/berhenti/", home_views.caregiver_end, name="caregiver-end"),
    path("laporan/", report_views.reports, name="reports"),
    path("laporan/baru/", report_views.report_new, name="report-new"),
    path("laporan/saya/", report_views.reports_mine, name="reports-mine"),
    path("laporan/<uuid:report_id>/", report_views.report, name="report"),
    path("laporan/<uuid:report_id>/daftarkan/", report_views.report_register, name="report-register"),
    path("ganda/", double_views.doubles, name="doubles"),
    path("ganda/<uuid:merge_id>/", double_views.merge, name="merge"),
    path("<uuid:child_id>/sama/", double_views.same_as, name="same-as"),
    path("<uuid:child_id>/banding/<uuid:other_id>/dua/", double_views.two_children, name="two-children"),
    path("pindah/", life_views.moves, name="moves"),
    path("pindah/<uuid:move_id>/", life_views.accept, name="accept"),
]
