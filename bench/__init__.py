"""Measurements: each prints one small table, with the ratio to something else run beside it."""
