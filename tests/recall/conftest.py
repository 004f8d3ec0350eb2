"""What a learner's questions are kept in: a folder of each test's own, and nothing remembered beside it."""

import pytest

from autograder.learner import best_points, kept, schedule


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.FOLDER, str(tmp_path))
    monkeypatch.setattr(schedule, "_session", {})
    monkeypatch.setattr(best_points, "_session", {})
    return tmp_path
