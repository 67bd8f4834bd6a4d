"""Answers of the Content API, each a view that returns what is told."""
