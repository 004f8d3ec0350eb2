"""A failing check in a real lesson, and from its panel to the explorer by keyboard: the picture stands at the counterexample."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from test_lesson import LESSON, write_and_check

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES")
RIGHT = """def difference_quotient(f, x, h):
    if np.any(h == 0):
        raise ValueError("h is 0")
    return (f(x + h) - f(x)) / h"""
WRONG = "def difference_quotient(f, x, h):\n    return f(x + h) - f(x)"


def test_from_a_failing_check_to_the_explorer_by_keyboard(lab):
    notebook = nbformat.read(LESSON, as_version=4)
    with lab.open(notebook, height=1100) as page:
        page.run_all()
        panel = write_and_check(page, "difference_quotient", WRONG)
        line = re.search(r"secant_explorer\(lambda x: (.+?), x=(\S+), h=(\S+)\)", panel)
        assert line, panel
        f, x, h = eval(f"lambda x: {line[1]}", {"np": np}), float(line[2]), float(line[3])
        before = page.page.locator(".eta-secant").count()  # the lesson's own
        button = page.page.get_by_role("button", name="See it in the explorer")
        assert button.count() == 1 and "input that fails" in button.get_attribute("title")

        button.focus()
        page.page.keyboard.press("Enter")
        page.page.get_by_role("button", name="Close the explorer").wait_for()
        box = (
            page.page.locator(".jp-OutputArea", has=page.page.get_by_role("button", name="Close the explorer")).locator(".eta-secant").last
        )
        box.locator("[role=img]").first.wait_for()
        page.settle(1500)
        assert page.page.locator(".eta-secant").count() == before + 1
        told = {}
        for cell in box.locator(".eta-cell").all():
            if cell.is_visible():
                name, value = cell.inner_text().split("\n")
                told[name.strip()] = float(value.replace("\u2212", "-"))
        assert told["h"] == h
        assert told["secant slope"] == pytest.approx((f(x + h) - f(x)) / h, rel=1e-6)
        assert f"x = {x:g}, h = {h:g}" in box.locator("[role=img]").first.get_attribute("aria-label")
        if PICTURES:
            box.scroll_into_view_if_needed()
            page.screenshot(Path(PICTURES) / "counterexample.png")

        page.page.keyboard.press("Enter")  # the button kept the focus: once more closes it
        page.page.get_by_role("button", name="See it in the explorer").wait_for()
        assert page.page.locator(".eta-secant").count() == before

        # a right answer offers nothing, and the points are read as before
        right = write_and_check(page, "difference_quotient", RIGHT)
        assert "2 of 2 points" in right and "explorer" not in right
        assert page.page.get_by_role("button", name="See it in the explorer").count() == 0
        assert page.console_errors == []
