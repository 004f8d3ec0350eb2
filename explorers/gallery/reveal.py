"""Predict first, then look: answers a prediction that a learner stored in a variable."""

from difflib import get_close_matches
from html import escape


def reveal(prediction, answers):
    """Answer the learner's `prediction`; `answers` maps each choice to what to say: ``{"steeper": "Yes: …", …}``.

    A prediction that is still empty or None, or none of the choices, is asked for politely: a guess costs nothing, and looking
    before guessing teaches less.
    """
    choices = list(answers)
    if prediction is None or prediction is ... or prediction == "":
        return Revealed(f"First predict: set prediction to {_or(choices)}, then run this cell again. A wrong guess costs nothing.")
    key = str(prediction).strip().lower()
    known = {str(c).strip().lower(): c for c in choices}
    if key not in known:
        near = get_close_matches(key, list(known), n=1)
        meant = f" Did you mean {known[near[0]]!r}?" if near else ""
        return Revealed(f"{prediction!r} is not one of the choices: {_or(choices)}.{meant}")
    return Revealed(f"You predicted {known[key]!r}. {answers[known[key]]}")


class Revealed:
    """A sentence with two faces: a box in a notebook, plain words elsewhere."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return f'<div style="border-left:4px solid #0072B2;padding:6px 12px;max-width:60em;line-height:1.5">{escape(self.text)}</div>'


def _or(choices):
    quoted = [repr(c) for c in choices]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
