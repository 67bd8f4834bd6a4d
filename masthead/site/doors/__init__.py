"""Feeds, sitemaps and what machines read; always as anyone gets it."""
