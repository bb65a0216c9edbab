"""A flame graph from folded stacks."""

from devtools.flame import WIDTH, flame


def test_a_function_is_as_wide_as_its_share_and_stands_on_its_caller():
    picture = flame("Try & see", [(("search", "settle"), 30), (("search",), 10), (("heap",), 40)])

    assert "Try &amp; see" in picture
    assert "<title>search 50.0 %</title>" in picture
    assert "<title>settle 37.5 %</title>" in picture
    assert f'width="{0.375 * WIDTH:.1f}"' in picture
    assert picture.index("all samples") < picture.index("search") < picture.index("settle")


def test_without_samples_the_picture_is_one_empty_row():
    assert flame("Nothing", []).count("<rect") == 1
