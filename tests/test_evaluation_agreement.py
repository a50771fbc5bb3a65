"""Agreement statistics against published worked examples."""

from __future__ import annotations

import math
from itertools import product

import pytest

from hotseat.evaluation import agreement
from hotseat.evaluation.agreement import Interval

COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen 1960, "A Coefficient of Agreement for Nominal Scales", table 1, as counts of 200."""

KRIPPENDORFF = (
    "1 1 * 1|2 2 3 2|3 3 3 3|3 3 3 3|2 2 2 2|1 2 3 4|4 4 4 4|1 1 2 1|2 2 2 2"
    "|* 5 5 5|* * 1 1|* 3 * *"
)
"""Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers,
twelve units, missing data."""


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, column in product(range(len(table)), repeat=2)
        for _ in range(table[row][column])
    ]


def units() -> list[list[int | None]]:
    return [
        [None if value == "*" else int(value) for value in unit.split()]
        for unit in KRIPPENDORFF.split("|")
    ]


def test_percent_counts_equal_pairs() -> None:
    assert agreement.percent(pairs(COHEN)) == pytest.approx(0.70, abs=1e-9)


def test_kappa_is_that_of_cohen_1960() -> None:
    assert agreement.kappa(pairs(COHEN)) == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=1e-9)


def test_weighted_kappa_squares_the_distance() -> None:
    # The same table by hand: observed .20 one step off and .10 two, expected .42 and .17.
    by_hand = 1 - (0.20 + 4 * 0.10) / (0.42 + 4 * 0.17)
    assert agreement.weighted_kappa(pairs(COHEN), (0, 1, 2)) == pytest.approx(by_hand, abs=1e-9)


def test_weighted_kappa_with_two_labels_is_kappa() -> None:
    two = pairs([[20, 5], [10, 15]])
    assert agreement.weighted_kappa(two, (0, 1)) == pytest.approx(0.4, abs=1e-9)
    assert agreement.kappa(two) == pytest.approx(0.4, abs=1e-9)


def test_weighted_kappa_refuses_a_label_that_has_no_place() -> None:
    with pytest.raises(KeyError):
        agreement.weighted_kappa([("met", "na")], ("missed", "partly", "met"))


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_krippendorff_2011(metric: agreement.Metric, published: float) -> None:
    found = agreement.alpha(units(), metric)
    assert found is not None
    assert round(found, 3) == published


def test_alpha_is_exact_on_fractions() -> None:
    assert agreement.alpha(units(), "nominal") == pytest.approx(113 / 152, abs=1e-9)


def test_ac1_stays_high_where_kappa_collapses() -> None:
    # Gwet 2002, "Kappa Statistic Is Not Satisfactory", and 2008: 118 and 5, 2 and 0 of 125.
    skewed = pairs([[118, 5], [2, 0]])
    chance = 2 * 0.972 * 0.028
    assert agreement.ac1(skewed) == pytest.approx((0.944 - chance) / (1 - chance), abs=1e-9)
    assert round(agreement.ac1(skewed) or 0, 4) == 0.9408
    assert round(agreement.kappa(skewed) or 0, 4) == -0.0234


def test_spearman_takes_mean_ranks() -> None:
    # Intelligence and hours of television, the worked example of the Wikipedia article.
    iq = (106, 100, 86, 101, 99, 103, 97, 113, 112, 110)
    hours = (7, 27, 2, 50, 28, 29, 20, 12, 6, 17)
    found = agreement.spearman(list(zip(iq, hours, strict=True)))
    assert found == pytest.approx(-29 / 165, abs=1e-9)
    assert agreement.spearman([(1, 1), (1, 1), (2, 3), (2, 3)]) == pytest.approx(1.0)


def test_hits_give_precision_recall_and_f1() -> None:
    found = agreement.hits([(True, True)] * 6 + [(False, True)] * 2 + [(True, False)] * 4)
    assert (found.precision, found.recall) == (0.75, 0.6)
    assert found.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35, abs=1e-9)


@pytest.mark.parametrize(
    ("yes", "of", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_intervals_of_shares_are_those_of_newcombe_1998(
    yes: int, of: int, score: tuple[float, float], exact: tuple[float, float]
) -> None:
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I.
    assert agreement.wilson(yes, of) == pytest.approx(score, abs=5e-5)
    assert agreement.clopper_pearson(yes, of) == pytest.approx(exact, abs=5e-5)


def test_a_share_of_everything_is_bounded_above_by_one() -> None:
    assert agreement.clopper_pearson(20, 20) == pytest.approx((1 - 0.1684, 1.0), abs=5e-5)


def test_the_detectable_difference_shrinks_with_the_root_of_the_cases() -> None:
    assert agreement.detectable(100) == pytest.approx((1.959964 + 0.841621) * math.sqrt(0.005))
    assert agreement.detectable(400) == pytest.approx(agreement.detectable(100) / 2)
    assert agreement.detectable(0) == agreement.detectable(1) == 1.0


def test_an_interval_draws_whole_units() -> None:
    def share(drawn: object) -> float | None:
        flat = [value for unit in drawn for value in unit]  # pyright: ignore
        return sum(flat) / len(flat)

    apart = [[value] for value in [1.0] * 10 + [0.0] * 10]
    together = [[1.0] * 10, [0.0] * 10]
    wide, narrow = agreement.interval(share, together, 7), agreement.interval(share, apart, 7)
    assert wide == (0.0, 1.0)
    assert narrow is not None
    assert 0.2 < narrow.low < 0.4 < 0.6 < narrow.high < 0.8


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [float(n % 7) for n in range(40)]

    def mean(drawn: object) -> float | None:
        return sum(drawn) / len(drawn)  # pyright: ignore

    assert agreement.interval(mean, values, 3) == agreement.interval(mean, values, 3)
    assert agreement.interval(mean, values, 3) != agreement.interval(mean, values, 4)


def test_what_has_no_meaning_is_none_and_never_a_number() -> None:
    same = [("met", "met")] * 5
    assert agreement.percent([]) is None
    assert agreement.percent(same) == 1.0
    assert agreement.kappa([]) is agreement.kappa(same) is None
    assert agreement.weighted_kappa(same, ("missed", "met")) is None
    assert agreement.ac1([]) is agreement.ac1(same) is None
    assert agreement.ac1(same, labels=3) == 1.0
    assert agreement.alpha([], "nominal") is agreement.alpha([[1, 1], [1]], "ordinal") is None
    assert agreement.hits([(False, False)]).f1 is None
    assert agreement.spearman([(1, 2), (2, 3)]) is None
    assert agreement.spearman([(1, 2), (1, 3), (1, 4)]) is None
    assert agreement.wilson(0, 0) is agreement.clopper_pearson(0, 0) is None
    assert agreement.interval(lambda drawn: 1.0, ["one"], 1) is None
    assert agreement.interval(lambda drawn: None, [1, 2, 3], 1) is None


def test_a_draw_without_a_statistic_is_left_out() -> None:
    found = agreement.interval(lambda drawn: 0.5 if 1 in drawn else None, [1, 2, 3], 1)
    assert found == Interval(0.5, 0.5)
