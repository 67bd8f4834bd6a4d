"""Folders of Markdown files, as Jekyll, Hugo and Eleventy keep them."""
