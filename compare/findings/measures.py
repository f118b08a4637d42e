"""Amounts in two units of one measure: miles and kilometres, years and months, Celsius and Fahrenheit."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from compare.findings.amounts import Amount
from compare.findings.counted import DEGREE, SCALES
from compare.text import stems

ALIKE = 0.75  # of the larger amount, from which two in different units can be one that was rounded
_DEGREES = 2  # on the scale of Celsius, by which two temperatures that were converted and rounded may differ

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


def converted(amount: Amount, other: Amount) -> Amount | None:
    """An amount in the unit of another, when the two are in two units of one measure; else None."""
    if amount.unit == other.unit:
        return None
    if DEGREE in amount.unit and DEGREE in other.unit:
        return _as_degrees(amount, other)
    units = _units()
    for theirs in filter(units.__contains__, amount.unit):
        for ours in filter(units.__contains__, other.unit):
            (kind, factor), (other_kind, other_factor) = units[theirs], units[ours]
            if kind == other_kind and factor != other_factor and amount.values[0] and other.values[0]:
                times = Decimal(factor) / Decimal(other_factor)
                made = amount._replace(values=tuple(v * times for v in amount.values), unit=other.unit)
                # A sentence has many spans of time: only those that agree can be known to be one.
                return made if kind != "time" or are_alike(made, other) else None
    return None


def are_alike(x: Amount, y: Amount) -> bool:
    """Whether two amounts of one unit, of which one was converted, can be one that was rounded."""
    ours, theirs = float(x.values[0]), float(y.values[0])
    if DEGREE in x.unit:
        return abs(ours - theirs) <= _DEGREES * (1.8 if "fahrenheit" in x.unit else 1)
    return ours * theirs > 0 and ALIKE < ours / theirs < 1 / ALIKE


def _as_degrees(amount: Amount, other: Amount) -> Amount | None:
    """A temperature on the other's scale; one that names no scale is on the other one if they agree so."""
    ours, theirs = amount.unit & SCALES, other.unit & SCALES
    if not (ours or theirs):
        return None
    to_celsius = "celsius" in theirs or (not theirs and "fahrenheit" in ours)
    values = tuple((v - 32) * 5 / 9 if to_celsius else v * 9 / 5 + 32 for v in amount.values)
    made = amount._replace(values=values, unit=other.unit | SCALES.intersection(ours and theirs))
    return made if (ours and theirs) or are_alike(made, other) else None
