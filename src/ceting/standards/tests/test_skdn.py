"""SKDN: the month of a posyandu in a row of counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.kms import StatusCode
from ceting.standards.skdn import Denominator, MonthlyRow, Skdn, SkdnError, summarise


def child(
    status: StatusCode | None = None,
    *,
    registered: bool = True,
    has_kia_book: bool = True,
    bgm: bool = False,
    two_t: bool = False,
) -> MonthlyRow:
    return MonthlyRow(
        registered=registered,
        has_kia_book=has_kia_book,
        weighed=status is not None,
        status=status,
        bgm=bgm,
        two_t=two_t,
    )


def month() -> list[MonthlyRow]:
    statuses: list[StatusCode] = ["N", "N", "N", "N", "N", "N", "T", "T", "O", "B"]
    weighed = [child(status) for status in statuses]
    return [*weighed, child(has_kia_book=False), child(), child(), child(), child()]


def test_a_month_is_counted() -> None:
    found = summarise(month())
    assert (found.S, found.K, found.D, found.N, found.T, found.O, found.B) == (15, 14, 10, 6, 2, 1, 1)
    assert found.absent == 4


def test_the_ratios_are_percentages_and_n_over_d_is_given_with_both_denominators() -> None:
    found = summarise(month())
    assert found.k_s == pytest.approx(93.333, abs=0.001)
    assert found.d_s == pytest.approx(66.667, abs=0.001)
    assert found.d_k == pytest.approx(71.429, abs=0.001)
    assert found.n_s == 40.0
    assert found.n_d_weighed == 60.0
    assert found.n_d_weighed_twice == 75.0


def test_the_default_denominator_leaves_out_who_could_not_gain_and_the_puskesmas_may_choose_the_other() -> (
    None
):
    assert summarise(month()).n_d == 75.0
    assert summarise(month(), denominator=Denominator.WEIGHED).n_d == 60.0


def test_a_ratio_over_nobody_is_unknown_and_not_zero() -> None:
    empty = summarise([])
    assert (empty.k_s, empty.d_s, empty.d_k, empty.n_d, empty.n_s, empty.bgm_d) == (None,) * 6
    assert summarise([child("B"), child("O")]).n_d is None
    assert summarise([child("B"), child("O")], denominator=Denominator.WEIGHED).n_d == 0.0


def test_children_below_the_red_line_and_twice_without_gain_are_counted_among_the_weighed() -> None:
    found = summarise(
        [child("T", bgm=True, two_t=True), child("N", bgm=True), child("N"), child("O"), child(bgm=True)]
    )
    assert (found.BGM, found.two_t) == (2, 1)
    assert found.bgm_d == 50.0


def test_a_guest_is_counted_at_home_and_only_mentioned_here() -> None:
    found = summarise(
        [child("N"), child("N", registered=False), child("T", registered=False), child(registered=False)]
    )
    assert (found.S, found.K, found.D, found.N, found.T, found.guests) == (1, 1, 1, 1, 0, 2)


def test_a_weighed_child_without_a_status_is_an_error_and_not_a_gap() -> None:
    row = MonthlyRow(registered=True, has_kia_book=True, weighed=True, status=None, bgm=False, two_t=False)
    with pytest.raises(SkdnError, match="D = 1 but N"):
        summarise([row])


def test_a_child_with_a_status_who_was_not_weighed_is_an_error() -> None:
    row = MonthlyRow(registered=True, has_kia_book=True, weighed=False, status="N", bgm=False, two_t=False)
    with pytest.raises(SkdnError, match="D = 0 but N"):
        summarise([row])


@pytest.mark.parametrize("weighed", [9, 11])
def test_a_report_typed_from_paper_must_add_up(weighed: int) -> None:
    with pytest.raises(SkdnError, match=f"D = {weighed}"):
        Skdn(S=15, K=14, D=weighed, N=6, T=2, O=1, B=1, BGM=0, two_t=0)


@given(
    st.lists(
        st.tuples(st.sampled_from(["N", "T", "O", "B", None]), st.booleans(), st.booleans()), max_size=60
    )
)
def test_no_month_counts_more_weighed_than_registered(
    children: list[tuple[StatusCode | None, bool, bool]],
) -> None:
    found = summarise(child(status, registered=r, has_kia_book=k) for status, r, k in children)
    assert found.D == found.N + found.T + found.O + found.B <= found.S
    assert found.K <= found.S
    assert sum(registered for _, registered, _ in children) == found.S
