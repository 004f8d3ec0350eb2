"""Remembers what a learner predicted, beside their points; it is no secret and earns nothing."""

from __future__ import annotations

from . import kept

_session: dict[str, str] = {}


def predicted() -> dict[str, str]:
    """The option that was chosen last, by the prediction's name. An unreadable file counts as empty."""
    return {**{str(name): str(option) for name, option in kept.read("predicted").items()}, **_session}


def remember(name: str, option: str) -> None:
    """Keep what was chosen."""
    _session[name] = option
    kept.write("predicted", dict(sorted(predicted().items())))
