"""The tags draw what they promise, and refuse what they don't know."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from ceting.foundation.ui import presenters
from ceting.foundation.ui.sprite import icon_names


def draw(source: str, **context: object) -> str:
    return str(
        engines["django"].from_string(source).render(context, RequestFactory().get("/staf/?q=sari&page=3"))
    )


def test_a_status_has_a_word_a_shape_and_a_colour():
    for tone in ("good", "attention", "danger", "info", "neutral"):
        html = draw("{% chip 'Gizi baik' tone=tone %}", tone=tone)
        assert "Gizi baik" in html
        assert f"#status-{tone}" in html
        assert f"chip-{tone}" in html


def test_the_tones_of_the_standards_are_understood():
    assert "#status-good" in draw("{% chip 'Naik' tone='normal' %}")


def test_every_tone_has_its_own_drawn_shape():
    shapes = set(presenters.TONE_ICONS.values()) | set(presenters.NOTICE_ICONS.values())
    assert shapes <= set(icon_names())
    assert len(set(presenters.TONE_ICONS.values())) == 5


@pytest.mark.parametrize(
    "source",
    [
        "{% chip 'x' tone='merah' %}",
        "{% button 'x' tone='besar' %}",
        "{% link_button 'x' '#' tone='besar' %}",
        "{% notice tone='neutral' %}{% endnotice %}",
        "{% card tone='merah' %}{% endcard %}",
        "{% stat 'x' 1 tone='merah' %}",
        "{% toast 'x' tone='merah' %}",
        "{% timeline_item 'x' tone='merah' %}{% endtimeline_item %}",
    ],
)
def test_an_unknown_tone_is_our_mistake_and_is_told(source):
    with pytest.raises(presenters.UnknownToneError):
        draw(source)


def test_a_button_takes_any_attribute():
    html = draw("{% button 'Simpan' hx_post='/s/' name='step' disabled=True hidden=False value=None %}")
    assert 'hx-post="/s/"' in html
    assert 'name="step"' in html
    assert " disabled" in html
    assert "hidden" not in html
    assert "value" not in html
    assert 'type="submit"' in html


def test_whatever_a_person_typed_stays_text():
    evil = '"><script>x</script>'
    html = draw(
        "{% chip evil %}{% button evil data_key=evil %}{% card title=evil %}{{ evil }}{% endcard %}"
        "{% notice title=evil %}{{ evil }}{% endnotice %}{% toast evil %}{% stat evil evil %}{% avatar evil %}"
        "{% empty_state evil text=evil %}{% definition_list facts %}{% breadcrumb evil %}{% icon 'home' label=evil %}",
        evil=evil,
        facts=[(evil, evil)],
    )
    assert "<script" not in html
    assert '"&quot;&gt;' in html or "&quot;&gt;&lt;script" in html


def test_an_icon_is_silent_unless_it_stands_alone():
    assert 'aria-hidden="true"' in draw("{% icon 'home' %}")
    assert 'role="img" aria-label="Rumah"' in draw("{% icon 'home' label='Rumah' %}")


def test_a_card_holds_its_content_and_its_heading():
    html = draw("{% card title='Riwayat' level=3 tone='attention' %}<p>isi</p>{% endcard %}")
    assert '<h3 class="card-title">Riwayat</h3>' in html
    assert "<p>isi</p>" in html
    assert "card-attention" in html


def test_a_notice_that_arrives_later_is_announced():
    assert 'role="status"' in draw("{% notice live=True %}x{% endnotice %}")
    assert 'role="alert"' in draw("{% notice tone='danger' live=True %}x{% endnotice %}")
    assert "role=" not in draw("{% notice %}x{% endnotice %}")


def test_a_table_always_has_a_caption():
    html = draw("{% table caption='Anak' caption_hidden=True %}<tbody></tbody>{% endtable %}")
    assert '<caption class="visually-hidden">Anak</caption>' in html
    assert "table-cards" in html
    assert "table-cards" not in draw("{% table caption='x' cards=False %}{% endtable %}")


def test_polling_ends_when_the_job_does():
    running = draw("{% progress 'Mengimpor' value=31 maximum=62 poll_url='/impor/7/' %}")
    assert 'hx-get="/impor/7/"' in running
    assert 'hx-trigger="every 1s"' in running
    assert 'value="50" max="100"' in running
    assert "hx-get" not in draw("{% progress 'Selesai' value=100 %}")


@pytest.mark.parametrize(
    ("value", "maximum", "percent"),
    [(0, 100, 0), (1, 3, 33), (50_001, 50_000, 100), (-1, 5, 0), (None, 100, None), (3, 0, None)],
)
def test_progress_never_leaves_its_bar(value, maximum, percent):
    assert presenters.Progress("Mengimpor", value, maximum, "").percent == percent


def test_unknown_progress_shows_no_number():
    html = draw("{% progress 'Mencocokkan' %}")
    assert "%" not in html
    assert "value=" not in html


def test_pages_keep_the_search_and_name_the_rows():
    html = draw("{% pagination page noun='anak' %}", page=Paginator(range(1240), 20).get_page(7))
    assert "121–140 dari 1.240 anak" in html
    assert "?q=sari&amp;page=8" in html
    assert html.count('aria-current="page"') == 1
    assert "page=3" not in html


def test_one_page_needs_no_pages():
    assert "nav" not in draw("{% pagination page %}", page=Paginator(range(3), 20).get_page(1))


def test_a_breadcrumb_ends_at_the_page_itself():
    trail = presenters.breadcrumb_trail(["Anak", "/anak/", "Alya"])
    assert trail == (presenters.Link("Anak", "/anak/"), presenters.Link("Alya"))
    html = draw("{% breadcrumb 'Anak' '/anak/' 'Alya' %}")
    assert '<span aria-current="page">Alya</span>' in html


def test_missing_facts_say_that_they_are_missing():
    html = draw("{% definition_list facts %}", facts=[("NIK", ""), ("Berat", 0), ("Ibu", None)])
    assert html.count("belum diisi") == 2
    assert "<dd>0</dd>" in html


def test_a_number_leads_to_its_list():
    html = draw("{% stat 'Ditimbang' 12500 url='/anak/' change='naik 3' tone='good' %}")
    assert '<a class="stat" href="/anak/">' in html
    assert "12.500" in html
    assert "#status-good" in html
    assert "<a" not in draw("{% stat 'Ditimbang' '–' %}")


def test_a_toast_that_can_be_undone_posts_with_the_token():
    html = draw("{% toast 'Terhapus.' undo_url='/kembali/' %}")
    assert 'action="/kembali/"' in html
    assert "Urungkan" in html
    assert "form" not in draw("{% toast 'Tersimpan.' %}")


def test_the_timeline_tells_when(frozen):
    html = draw("{% timeline_item 'Ditimbang' when=day %}{% endtimeline_item %}", day=date(2026, 11, 23))
    assert "Sen, 23 Nov 2026 · 3 hari lalu" in html


def test_tabs_mark_where_one_is():
    html = draw(
        "{% tabs items label='Saringan' %}",
        items=[
            {"label": "Semua", "url": "?", "current": True, "count": 1240},
            {"label": "Riwayat", "url": "?"},
        ],
    )
    assert html.count('aria-current="page"') == 1
    assert "1.240" in html
    assert html.count("tabs-count") == 1


@pytest.mark.parametrize(
    ("tags", "tone"), [("success", "good"), ("error", "danger"), ("extra warning", "attention"), ("", "info")]
)
def test_messages_of_django_find_their_tone(tags, tone):
    assert draw("{{ tags|message_tone }}", tags=tags) == tone
