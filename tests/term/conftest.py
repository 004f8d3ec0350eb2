"""The small course of these tests, with nothing handed in."""

import pytest
from classroom import empty_course


@pytest.fixture
def course(tmp_path):
    return empty_course(tmp_path / "course")
