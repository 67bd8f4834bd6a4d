"""Draws the pictures of the demo's paper: layered silhouettes under a sky, each from a seed."""
