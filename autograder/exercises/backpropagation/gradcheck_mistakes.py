"""What goes wrong in a gradient check. Sources: MC09, MC41."""

from __future__ import annotations

import numpy as np

from .gradchecks import _MEASURED, _relative, gradcheck


def _check(loss, params, grads, h=1e-5, most=None, rng=None, compare=_relative, corners=True, nothing=float("nan")):
    """Central differences for the mistakes below, each of which is wrong in what it makes of them."""
    errors = {}
    for name, array in params.items():
        entries = np.arange(array.size) if most is None else rng.permutation(array.size)[:most]
        slopes, smooth = [], []
        for k in entries:
            step = np.zeros(array.size)
            step[k] = h
            up, down = (loss({**params, name: array + s * step.reshape(array.shape)}) for s in (1, -1))
            slopes.append((up - down) / (2 * h))
            smooth.append(abs(up - 2 * loss(params) + down) < 0.01 * h or not corners)
        smooth = np.array(smooth)
        errors[name] = float(compare(np.ravel(grads[name])[entries][smooth], np.array(slopes)[smooth])) if smooth.any() else nothing
    return errors


@gradcheck.mistake(
    "Every array gets the same number, the largest error of all. Keep them apart: that is how you find where the mistake is.",
    tolerance=_MEASURED,
)
def global_max_only(loss, params, grads, h=1e-5, most=None, rng=None):
    errors = _check(loss, params, grads, h, most, rng)
    return dict.fromkeys(errors, max(errors.values()))


@gradcheck.mistake(
    "This is the absolute error. A gradient of size 1000 may be off by 0.1 and be right. Divide by the larger norm.", tolerance=_MEASURED
)
def absolute_error(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: np.linalg.norm(a - b))


@gradcheck.mistake(
    "You compare the sums of the entries, one direction only. Right numbers in wrong places have the same sum.", tolerance=_MEASURED
)
def ones_direction_only(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: _relative(np.sum(a), np.sum(b)))


@gradcheck.mistake("The parameters are not put back: after the check they have moved.", tolerance=_MEASURED)
def does_not_restore(loss, params, grads, h=1e-5, most=None, rng=None):
    errors = _check(loss, params, grads, h, most, rng)
    for array in params.values():
        array += h
    return errors


@gradcheck.mistake("0/0 is NaN. When both gradients of an array are 0 the error is 0.", tolerance=_MEASURED)
def nan_on_zero(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: _relative(a, b) if np.any(a) or np.any(b) else float("nan"))


@gradcheck.mistake(
    "At a corner the central difference is the average of two slopes, and no gradient equals it. Leave such entries out.",
    tolerance=_MEASURED,
)
def false_alarm_at_corners(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, corners=False)


@gradcheck.mistake(
    "You divide by the sum of the two norms, so a flipped sign gives 1. The contract divides by the larger of them.", tolerance=_MEASURED
)
def sum_of_the_norms(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(
        loss,
        params,
        grads,
        h,
        most,
        rng,
        lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)) if np.any(a) or np.any(b) else 0.0,
    )


@gradcheck.mistake("most is not used: every entry is tried, and a large network would take hours.", tolerance=_MEASURED)
def ignores_most(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h)


@gradcheck.mistake(
    "An array whose entries all lie at corners gets the error 0, as if its gradient were perfect. Nothing of it was compared: say nan.",
    tolerance=_MEASURED,
)
def zero_where_nothing_was_compared(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, nothing=0.0)
