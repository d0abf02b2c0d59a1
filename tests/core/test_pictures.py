"""The geometry of the quieting line and of charts."""

import re
from decimal import Decimal

import pytest

from aapm_site.core.ui.charts import PLOT_BOTTOM, bar_chart, line_chart
from aapm_site.core.ui.wave_art import rings


def points(path: str) -> list[tuple[float, float]]:
    """The places that a drawn path passes, from its start and the ends of its relative curves."""
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", path)]
    x, y = numbers[:2]
    passed = [(x, y)]
    for at in range(2, len(numbers), 6):
        x, y = x + numbers[at + 4], y + numbers[at + 5]
        passed.append((x, y))
    return passed


def test_a_number_always_has_the_same_drawing():
    assert rings(301) == rings(301)
    rings.cache_clear()
    first = rings(301)
    rings.cache_clear()
    assert rings(301) == first


def test_every_number_has_its_own():
    drawn = {rings(number).rings[0].path for number in range(1, 121)}

    assert len(drawn) == 120


@pytest.mark.parametrize("number", [None, 1, 7, 300, 2711])
def test_a_drawing_stays_on_its_canvas_and_starts_at_its_dot(number):
    drawing = rings(number, count=8)

    for ring in drawing.rings:
        assert all(0 <= x <= drawing.size and 0 <= y <= drawing.size for x, y in points(ring.path))
    loud = points(drawing.rings[0].path)
    assert loud[0] == pytest.approx(drawing.dot, abs=0.11)
    assert [ring.kind for ring in drawing.rings] == ["s", "", "", "t", "", "", "t", ""]


@pytest.mark.parametrize("number", [None, 5, 2711])
def test_the_line_comes_to_rest(number):
    drawing = rings(number)
    middle = drawing.size / 2

    places = points(drawing.rings[0].path)
    radii = [((x - middle) ** 2 + (y - middle) ** 2) ** 0.5 for x, y in places]

    loud, calm = radii[: len(radii) // 3], radii[-len(radii) // 6 :]
    assert max(loud) - min(loud) > 15
    assert max(calm) - min(calm) < 2


def test_the_longest_bar_is_as_wide_as_the_chart():
    chart = bar_chart([("Anesthesiology", 46), ("Neurology", 23), ("Nobody", 0)], "Specialty", "%")

    assert [bar.percent for bar in chart.bars] == ["100", "50", "0"]
    assert [bar.text for bar in chart.bars] == ["46%", "23%", "0%"]
    assert chart.title == "Specialty: Anesthesiology 46%, Neurology 23%, Nobody 0%"


def test_a_long_label_is_cut_in_the_picture_and_whole_in_the_table():
    label = "Physical medicine and rehabilitation, with fellowship"

    bar = bar_chart([(label, 1)], "x").bars[0]

    assert bar.label == label
    assert bar.short == "Physical medicine and rehabilitation,…"


def test_no_rows_draw_no_bars():
    assert bar_chart([], "x").bars == ()


def test_lines_lie_within_their_ticks():
    chart = line_chart(
        [("Positions", [261, 290, 335, 377]), ("Applicants", [398, 372, 401, 415])],
        ["2014", "2017", "2020", "2023"],
        "Fellowships",
    )

    heights = [y for _, y in chart.ticks]
    drawn = [float(pair.split(",")[1]) for line in chart.lines for pair in line.points.split()]
    assert min(heights) <= min(drawn)
    assert max(drawn) <= max(heights)
    assert chart.rows[0] == ("2014", (261, 398))
    assert [text for text, _, _ in chart.labels] == ["2014", "2017", "2020", "2023"]
    assert chart.title.startswith("Fellowships, 2014 to 2023. Positions: 261, 290, 335, 377")


def test_names_at_the_ends_of_lines_do_not_touch():
    chart = line_chart([("a", [1, 10]), ("b", [2, 10])], ["x", "y"], "t")

    first, second = (line.label_y for line in chart.lines)
    assert abs(first - second) >= 17


def test_names_at_the_ends_of_lines_stay_above_the_words_below_the_axis():
    chart = line_chart([("a", [1, 0]), ("b", [2, 0])], ["x", "y"], "t")

    assert sorted(line.label_y for line in chart.lines) == [PLOT_BOTTOM + 5 - 17, PLOT_BOTTOM + 5]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("0.00"), "0"),
        (Decimal("12.50"), "12.50"),
        (Decimal("90.5"), "90.5"),
        (Decimal("30285.00"), "30,285"),
        (Decimal("1999.60"), "2,000"),
        (1_234_567, "1.23M"),
    ],
)
def test_a_figure_behind_a_line_is_short_and_its_title_exact(value, said):
    chart = line_chart([("a", [1, value])], ["x", "y"], "t")

    assert chart.lines[0].end == said
    assert chart.title.endswith(f"{value:,}")


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(80_000, ["0", "20k", "40k", "60k", "80k"]), (9_000, ["0", "5k", "10k"]), (4_000, None)],
)
def test_thousands_at_the_side_are_short_where_there_are_ten_of_them(highest, ticks):
    chart = line_chart([("a", [0, highest])], ["x", "y"], "t")

    assert [text for text, _ in chart.ticks] == (ticks or ["0", "1,000", "2,000", "3,000", "4,000"])


@pytest.mark.parametrize(("value", "ticks"), [(20, ["0", "5", "10", "15", "20"]), (0, ["0", "0.5", "1"])])
def test_a_line_that_never_moves_has_an_axis_from_nought(value, ticks):
    chart = line_chart([("a", [value, value])], ["x", "y"], "t")

    assert [text for text, _ in chart.ticks] == ticks


def test_what_is_below_zero_has_no_bar():
    assert [bar.percent for bar in bar_chart([("a", -5), ("b", 10)], "t").bars] == ["0", "100"]


def test_a_lone_value_can_be_drawn():
    chart = line_chart([("a", [0])], ["today"], "t")

    assert chart.lines[0].points.count(",") == 1


def test_a_line_needs_a_value_for_each_label():
    with pytest.raises(ValueError, match="one value for each label"):
        line_chart([("a", [1, 2])], ["x"], "t")
