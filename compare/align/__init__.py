"""Aligning: sentences → links → claims with readings."""
