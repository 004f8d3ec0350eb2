"""Every lesson's notebook, run in JupyterLab, is for everybody: axe-core on its texts and on what its cells show, in both themes."""

from __future__ import annotations

import pytest
import seeds
from axe import findings

from autograder.exercises import lessons
from autograder.files.course import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OURS = (".jp-MarkdownOutput", ".jp-OutputArea-output")  # the rest of the page is JupyterLab's
# every cell at once on the page, whether it is near or not: axe walks through the page once and not once for each
WHOLE = "() => { const n = jupyterapp.shell.currentWidget.content; n.notebookConfig = {...n.notebookConfig, windowingMode: 'none'}; }"


@pytest.mark.parametrize("lesson", lessons() if seeds.MANY else ["03_partial_derivative"])
def test_a_notebook_that_was_run_is_for_everybody(lab, lesson):
    """One lesson in `make test`, all of them in `make thorough`."""
    with lab.open(Course.at().release(lesson)) as page:
        page.run_all(allow_errors=True)
        page.page.evaluate(WHOLE)
        page.page.wait_for_selector(".jp-Notebook :is(.eta-explorer [role=img], .eta-ask)", state="attached")
        page.settle(2000)
        assert findings(page.page, *OURS) == []
        page.use_theme(True)
        page.settle()
        assert findings(page.page, *OURS, colours=True) == []
        page.use_theme(False)
