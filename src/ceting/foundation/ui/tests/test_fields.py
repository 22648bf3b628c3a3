"""A field is one thing for a screen reader: label, hint, unit, error and control."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from ceting.foundation.ui.fields import present_field, summarise_errors
from ceting.foundation.ui.form_fields import DayField, FamilyCardField, MeasureField, NikField, PhoneField


class WeighingForm(forms.Form):
    name = forms.CharField(label="Nama anak", help_text="Seperti di Buku KIA.")
    weight = MeasureField(label="Berat badan", unit="kg")
    length = MeasureField(label="Panjang badan", unit="cm", required=False)
    measured_on = DayField(label="Tanggal timbang")
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[("", "---"), ("L", "Laki-laki"), ("P", "Perempuan")],
        widget=forms.RadioSelect,
    )
    oedema = forms.BooleanField(label="Kaki bengkak", required=False)
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Foto", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_hint_unit_and_error_are_tied_to_the_control():
    view = present_field(WeighingForm({})["weight"], unit="kg", hint="Tanpa sepatu.")
    assert view.describedby == "id_weight_hint id_weight_unit id_weight_error"
    assert f'aria-describedby="{view.describedby}"' in view.control
    assert 'aria-invalid="true"' in view.control
    assert view.errors == ("Belum diisi.",)


def test_a_field_without_words_around_it_describes_nothing():
    view = present_field(WeighingForm()["weight"])
    assert view.describedby == ""
    assert "aria-describedby" not in view.control
    assert "aria-invalid" not in view.control


@pytest.mark.parametrize(
    ("name", "kind", "width"),
    [
        ("name", "line", "full"),
        ("weight", "line", "short"),
        ("measured_on", "line", "medium"),
        ("sex", "choices", "full"),
        ("oedema", "check", "full"),
        ("file", "file", "full"),
        ("version", "hidden", "full"),
    ],
)
def test_each_widget_gets_its_own_shape(name, kind, width):
    view = present_field(WeighingForm()[name])
    assert (view.kind, view.width) == (kind, width)


def test_a_number_is_typed_as_text_with_the_number_pad():
    control = present_field(WeighingForm(initial={"weight": Decimal("8.50")})["weight"]).control
    assert 'type="text"' in control
    assert 'inputmode="decimal"' in control
    assert 'value="8,5"' in control


def test_attributes_of_the_template_reach_the_control():
    view = present_field(WeighingForm()["name"], attributes={"autocomplete": "off", "hx-post": "/simpan/"})
    assert 'autocomplete="off"' in view.control
    assert 'hx-post="/simpan/"' in view.control


def test_a_radio_group_has_no_empty_button():
    view = present_field(WeighingForm()["sex"])
    assert [choice.label for choice in view.choices] == ["Laki-laki", "Perempuan"]
    assert [choice.id for choice in view.choices] == ["id_sex_1", "id_sex_2"]


def test_only_what_may_stay_empty_says_so():
    form = WeighingForm()
    assert present_field(form["length"]).optional
    assert not present_field(form["weight"]).optional
    assert not present_field(form["oedema"]).optional


def test_a_note_is_four_lines_high_not_ten():
    assert 'rows="4"' in present_field(WeighingForm()["note"]).control


def test_a_title_typed_with_markup_stays_text():
    form = WeighingForm({"name": "<script>x</script>"})
    assert "&lt;script&gt;" in present_field(form["name"]).control


@pytest.mark.parametrize("typed", ["8,5", "8.5", "8.500", " 8,50 kg "])
def test_a_weight_may_be_typed_with_comma_or_point(typed):
    assert MeasureField(unit="kg").clean(typed) == Decimal("8.5")


def test_an_empty_measure_is_none_where_that_is_allowed():
    assert MeasureField(unit="cm", required=False).clean("") is None


@pytest.mark.parametrize("typed", ["delapan", "8,5 cm", "8-9"])
def test_a_measure_that_cannot_be_read_says_how_to_write_it(typed):
    with pytest.raises(forms.ValidationError, match=r"kg"):
        MeasureField(unit="kg").clean(typed)


def test_an_unchanged_measure_is_not_a_change():
    assert not MeasureField(unit="kg").has_changed(Decimal("8.50"), "8,5")
    assert MeasureField(unit="kg").has_changed(Decimal("8.50"), "8,6")


@pytest.mark.parametrize("typed", ["26/11/2026", "2026-11-26", "26 Nov 2026", "Kam, 26 Nov 2026"])
def test_a_day_may_be_typed_in_any_usual_way(typed, frozen):
    assert DayField().clean(typed) == date(2026, 11, 26)


@pytest.mark.parametrize("typed", ["27/11/2026", "31/02/2026", "kemarin"])
def test_a_day_that_cannot_be_is_refused_with_a_reason(typed, frozen):
    with pytest.raises(forms.ValidationError, match=r"Tanggal"):
        DayField().clean(typed)


def test_the_summary_lists_every_error_in_order_and_knows_its_control():
    form = WeighingForm({"weight": "delapan", "measured_on": "2026-01-02", "version": ""})
    form.add_error(None, "Anak ini sudah ditimbang hari ini.")
    lines = summarise_errors(form)
    assert [line.target for line in lines] == ["", "id_name", "id_weight", "id_sex_1", ""]
    assert lines[0].sentence == "Anak ini sudah ditimbang hari ini."
    assert lines[2].sentence.startswith("Berat badan: Angka ini tidak terbaca.")


def test_the_summary_is_empty_when_nothing_is_wrong():
    assert summarise_errors(WeighingForm()) == ()


@pytest.mark.parametrize("kind", [NikField, FamilyCardField, PhoneField])
def test_a_long_number_is_seen_whole(kind):
    form = forms.Form()
    form.fields["number"] = kind(label="Nomor")
    assert present_field(form["number"]).width == "medium"
