"""Every explorer has one goal: not reached where it starts, reached by moving its first control alone, and not by most of its places."""

from __future__ import annotations

import numpy as np
import pytest
from scenes import NAMES, SCENES

import explorers
from explorers.widgets.goal import REACHED, Goal, worth_showing


def states_of(name: str):
    """(goal, start, the states that the first control reaches, the layer of a state) of an explorer."""
    scene = SCENES[name]
    first = scene.controls[0]
    return scene.goal, scene.start, [{**scene.start, first.name: value} for value in first.values], lambda **state: scene.stop(state)


@pytest.mark.parametrize("name", NAMES)
def test_each_goal_is_ahead_and_within_reach(name):
    goal, start, states, stop = states_of(name)
    reached = [state for state in states if goal.reached(**state)]
    assert not goal.reached(**start)
    assert 0 < len(reached) <= len(states) / 2, (len(reached), len(states))
    assert REACHED in stop(**reached[0]) and REACHED not in stop(**start)
    assert worth_showing(goal, start, states) is goal and goal.words.endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_goal_stands_under_the_controls_once(name):
    widget = getattr(explorers, name)().widget
    lines = [i for i, child in enumerate(widget.children) if 'class="eta-goal"' in getattr(child, "value", "")]
    pile = max(i for i, child in enumerate(widget.children))
    assert len(lines) == 1 and 1 < lines[0] < pile


@pytest.mark.parametrize("name", SCENES)
def test_each_goal_can_be_asked_in_every_state_near_the_start(name):
    scene = SCENES[name]
    for control in scene.controls[1:]:
        for value in control.values:
            scene.goal.reached(**{**scene.start, control.name: value})
    for preset in scene.presets:
        scene.goal.reached(**{**scene.start, **preset.state})


# What a goal's words promise, by another way than its predicate.
PROMISES = {
    "step_error_explorer": lambda h: abs((np.exp(1 + h) * np.sin(1 + h) - np.e * np.sin(1)) / h - np.e * (np.sin(1) + np.cos(1))) < 1e-7,
    "eta_explorer": lambda eta_L: abs(1 - eta_L) ** 6 < 1e-5,
    "chain_explorer": lambda h: abs(((2 * (0.5 + h)) ** 2 - 1) / h - 4) < 0.1,
    "product_explorer": lambda h: abs(((1 + h) ** 2 * (2 + h) - 2) / h / 5 - 1) < 0.01,
    "eigen_explorer": lambda angle: angle in (45, 135),
    "checkpoint_explorer": lambda keep: keep in (8, 9, 10, 12),
    "momentum_map_explorer": lambda eta: eta == 3.0,
    "memory_meter": lambda k: 64 * k * 16 * k * 4 > 16 * 2**30,
    "float_ruler": lambda exponent: np.spacing(10.0**exponent) > 1e-13,
    "secant_explorer": lambda h: abs(6 * h + 2 * h**2) < 0.01,
    "jvp_vjp_explorer": lambda n: n / 3 >= 1000,
    "bug_lab": lambda bug: bug in ("b1 averaged, not summed", "dW1 without the batch's last"),
    "slices_explorer": lambda h: abs(((1 + h) ** 4 - 1) / h / 4 - 1) < 0.02 and abs(((1 + h) ** 3 - 1) / h / 3 - 1) < 0.02,
    "linear_map_explorer": lambda side: (2 + side / 2) / 2 - 1 < 0.02,  # the mean radius of the patch, over that of its corner
}


@pytest.mark.parametrize("name", PROMISES)
def test_a_goal_is_reached_where_its_words_say(name):
    goal, start, states, _ = states_of(name)
    moved = next(iter(PROMISES[name].__code__.co_varnames))
    assert [goal.reached(**state) for state in states] == [bool(PROMISES[name](state[moved])) for state in states]


def test_a_goal_that_nobody_can_reach_or_that_is_reached_already_is_not_shown():
    goal = Goal("find a large x.", lambda x: x > 3)
    states = [{"x": x} for x in range(5)]
    assert worth_showing(goal, {"x": 0}, states) is goal
    assert (
        worth_showing(goal, {"x": 4}, states) is worth_showing(goal, {"x": 0}, states[:3]) is worth_showing(None, {"x": 0}, states) is None
    )


def test_a_goal_without_a_predicate_is_not_built():
    with pytest.raises(TypeError, match="needs a predicate"):
        Goal("find a large x.", None)
