"""Amounts in two units of one measure: miles and kilometres, years and months, Celsius and Fahrenheit."""

from __future__ import annotations

from functools import cache

from compare.findings.amounts import SCALES, Amount
from compare.text import stems

ALIKE = 0.75  # of the larger amount, from which two in different units can be one that was rounded

# Unit → what it measures, and how many of that measure's own unit it is.
_UNITS = {
    "mile": ("length", 1609.344), "kilometre": ("length", 1000), "kilometer": ("length", 1000),
    "km": ("length", 1000), "metre": ("length", 1), "meter": ("length", 1), "feet": ("length", 0.3048),
    "foot": ("length", 0.3048), "yard": ("length", 0.9144), "inch": ("length", 0.0254),
    "centimetre": ("length", 0.01), "centimeter": ("length", 0.01), "cm": ("length", 0.01),
    "acre": ("area", 0.404686), "hectare": ("area", 1),
    "pound": ("weight", 0.453592), "kilo": ("weight", 1), "kilogram": ("weight", 1), "kg": ("weight", 1),
    "gallon": ("volume", 3.78541), "litre": ("volume", 1), "liter": ("volume", 1),
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 604800), "month": ("time", 2629800), "year": ("time", 31557600),
}  # fmt: skip


@cache
def _units() -> dict[str, tuple[str, float]]:
    return dict(zip(stems(tuple(_UNITS), "en"), _UNITS.values(), strict=True))


def ratio(x: Amount, y: Amount) -> float | None:
    """How many times ``y`` is ``x``, when they are in two units of one measure; else None."""
    if x.unit == y.unit:
        return None
    if x.unit & SCALES and y.unit & SCALES and x.unit != y.unit:
        return _kelvin(x) / _kelvin(y) if min(_kelvin(x), _kelvin(y)) > 0 else None
    units = _units()
    for ours in filter(units.__contains__, x.unit):
        for theirs in filter(units.__contains__, y.unit):
            (kind, factor), (other_kind, other_factor) = units[ours], units[theirs]
            if kind == other_kind and factor != other_factor and x.values[0] and y.values[0]:
                times = float(x.values[0]) * factor / (float(y.values[0]) * other_factor)
                # A sentence has many spans of time: only those that agree can be known to be one.
                return times if kind != "time" or ALIKE < times < 1 / ALIKE else None
    return None


def _kelvin(amount: Amount) -> float:
    value = float(amount.values[0])
    return value + 273.15 if "celsius" in amount.unit else (value - 32) * 5 / 9 + 273.15
