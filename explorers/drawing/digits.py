"""Numbers for people: how they are written in a read-out, and which ones a slider stops at."""

import math
import re

SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = str.maketrans("-0123456789", SUPERSCRIPTS)
_MANTISSAS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)


def number(value, digits=7):
    """`value` in at most `digits` significant digits, with a real minus sign: ``-0.5`` -> ``−0.5``."""
    value = float(value)
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value + 0.0:.{digits}g}"  # + 0.0 turns -0.0 into 0.0
    return re.sub(r"e([+-])0*", lambda m: "e" + m[1].replace("+", ""), text).replace("-", "−")


def power_of_ten(exponent):
    """10 to an integer power as plain letters, ``10⁻³``, or 1 and 10: an SVG needs no mathematics fonts for it."""
    if exponent in (0, 1):
        return "10" if exponent else "1"
    return "10" + str(int(exponent)).translate(_SUPERSCRIPT)


def round_stops(low, high):
    """The round numbers from `low` to `high`, about equally far apart on a logarithmic scale, ten to the power of ten.

    Round, because h = 0.1 shows a pattern in its error (6.2) which h = 0.1023 hides.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    stops = [float(f"{m}e{k}") for k in range(first, last + 1) for m in _MANTISSAS]
    return [s for s in stops if low <= s <= high]


def formula(text):
    """A line of NumPy as a reader would write it: ``2*x**3 + 5`` -> ``2x³ + 5``."""
    text = re.sub(r"\bnp\.", "", text)
    text = re.sub(r"\*\*(\d+)", lambda m: m[1].translate(_SUPERSCRIPT), text)
    return re.sub(r"(\d)\*(?=[a-z(])", r"\1", text).replace("*", "·").replace("-", "−")
