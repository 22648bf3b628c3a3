"""Settings of a puskesmas: typed, checked, dated, and never changing what is past."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.places import operations
from ceting.registry.places.models import CATALOGUE, Kind, Puskesmas, SettingChange, settings_of
from ceting.registry.places.settings_catalogue import ValueRefusedError
from ceting.standards.clinical_review import all_values
from ceting.standards.sources import Status
from tests.cast import Cast

TABLETS, GREETING, OPENS, HB = (
    "pregnancy.iron_tablets",
    "words.greeting",
    "duty.opens",
    "pregnancy.anaemia_hb_second",
)


@pytest.mark.parametrize("definition", CATALOGUE.values(), ids=CATALOGUE)
def test_every_default_is_a_value_that_one_could_type(definition: Any) -> None:
    assert definition.read(definition.stored(definition.default)) == definition.default
    assert definition.read(definition.typed(definition.default)) == definition.default
    assert definition.shown(definition.default)
    assert definition.label
    assert definition.explanation.endswith(".")


def test_every_conflict_and_background_value_of_the_settings_is_on_the_sheet_that_a_doctor_signs() -> None:
    doubtful = {
        code for code, each in CATALOGUE.items() if each.status in (Status.CONFLICT, Status.BACKGROUND)
    }
    signed = {
        value.key.removeprefix("settings:") for value in all_values() if value.key.startswith("settings:")
    }
    assert doubtful <= signed
    assert {
        "skdn.denominator", TABLETS, "pregnancy.anc_pattern", "pregnancy.severe_anaemia_hb", "record.retention_years"
    } <= doubtful  # fmt: skip


@given(st.sampled_from(list(CATALOGUE)), st.text(max_size=240))
def test_whatever_is_typed_is_a_value_or_refused_in_words(code: str, typed: str) -> None:
    definition = CATALOGUE[code]
    try:
        value = definition.read(typed)
    except ValueRefusedError:
        return
    assert definition.read(definition.stored(value)) == value
    if definition.kind is Kind.TEXT:
        assert value.format(**dict.fromkeys(definition.placeholders, "x"))


@pytest.mark.parametrize(
    "typed", ["Hai {nama.__class__}", "Hai {}", "Hai {nama!r}", "Hai {nama:>9}", "Hai {nama", "{siapa}"]
)
def test_a_template_of_words_takes_only_its_own_placeholders(typed: str) -> None:
    with pytest.raises(ValueRefusedError, match="nama"):
        CATALOGUE[GREETING].read(typed)


@pytest.mark.django_db
def test_what_nobody_chose_is_the_default(cast: Cast) -> None:
    found = settings_of(cast.andalas)
    assert found.text(TABLETS) == "90"
    assert found.number(HB) == Decimal("10.5")
    assert found.time(OPENS) == time(8)
    assert found.change_of(TABLETS) is None


@pytest.mark.django_db
def test_a_choice_holds_from_today_and_yesterday_stays_as_it_was(cast: Cast) -> None:
    operations.change_settings(cast.andalas, {TABLETS: "180"}, reason="surat Dinas", by=cast.kepala)
    yesterday = cast.today - timedelta(days=1)
    assert settings_of(cast.andalas).text(TABLETS) == "180"
    assert settings_of(cast.andalas, yesterday).text(TABLETS) == "90"
    assert settings_of(cast.air_dingin).text(TABLETS) == "90"
    entry = AuditEntry.objects.get(action="setting.change")
    assert entry.actor_id == cast.kepala.pk
    assert "surat Dinas" in entry.detail


@pytest.mark.django_db
def test_a_change_may_wait_for_its_day_but_never_reach_back(cast: Cast) -> None:
    january = cast.today + timedelta(days=40)
    operations.change_settings(
        cast.andalas, {HB: "11"}, reason="awal tahun", valid_from=january, by=cast.kepala
    )
    assert settings_of(cast.andalas).number(HB) == Decimal("10.5")
    assert settings_of(cast.andalas, january).number(HB) == Decimal(11)
    with pytest.raises(RefusedError) as refusal:
        operations.change_settings(
            cast.andalas, {HB: "11"}, reason="x", valid_from=cast.today - timedelta(days=1), by=cast.kepala
        )
    assert refusal.value.problems[0].code == "valid_from_past"


@pytest.mark.django_db
def test_back_to_the_default_is_a_change_too(cast: Cast) -> None:
    operations.change_settings(cast.andalas, {HB: "11"}, reason="coba", by=cast.kepala)
    operations.change_settings(cast.andalas, {HB: None}, reason="batal", by=cast.kepala)
    assert settings_of(cast.andalas).number(HB) == Decimal("10.5")
    assert SettingChange.objects.count() == 2


@pytest.mark.django_db
def test_saving_what_stands_already_leaves_no_row(cast: Cast) -> None:
    operations.change_settings(cast.andalas, {HB: "11"}, reason="coba", by=cast.kepala)
    assert operations.change_settings(cast.andalas, {HB: "11,0"}, reason="lagi", by=cast.kepala) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "reason", "code"),
    [
        ({HB: "99"}, "x", "value_refused"),
        ({"tidak.ada": "1"}, "x", "unknown_setting"),
        ({HB: "11"}, " ", "reason_missing"),
    ],
)
def test_what_can_not_be_is_refused_whole(cast: Cast, values: dict[str, str], reason: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        operations.change_settings(cast.andalas, {TABLETS: "180", **values}, reason=reason, by=cast.kepala)
    assert code in {problem.code for problem in refusal.value.problems}
    assert not SettingChange.objects.exists()


@pytest.mark.django_db
def test_what_an_upgrade_dropped_or_forbids_is_passed_over(cast: Cast) -> None:
    for code, value in (("dahulu.ada", "1"), (HB, "ngawur")):
        SettingChange.objects.create(
            puskesmas=cast.andalas, code=code, value=value, valid_from=cast.today, reason="lama"
        )
    assert settings_of(cast.andalas).number(HB) == Decimal("10.5")


@pytest.mark.django_db
def test_settings_cost_one_query_a_request(cast: Cast, django_assert_num_queries: Any) -> None:
    puskesmas = Puskesmas.objects.get(pk=cast.andalas.pk)
    with django_assert_num_queries(1):
        for code in CATALOGUE:
            settings_of(puskesmas).get(code)
