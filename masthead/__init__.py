"""Masthead runs a news publication that lives from its readers."""

__version__ = "0.1.0"
