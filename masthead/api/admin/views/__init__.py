"""Answers of the Admin API, each a function from a call to what is told."""
