"""The document: a post's text as a tree of nodes, and everything that is made from it."""

from masthead.content.document.attached import Attached
from masthead.content.document.document import Document
from masthead.content.document.halves import (
    Split,
    file_ids,
    first_paragraphs,
    has_cut,
    join,
    media_ids,
    split_at_cut,
    walk,
    without_cut,
)
from masthead.content.document.markdown_parsing import from_markdown
from masthead.content.document.parsing import Images, Parsed, from_html
from masthead.content.document.picture import Picture, Rendition
from masthead.content.document.problems import DocumentError, Problem
from masthead.content.document.rendering import to_html, to_mail, to_markdown, to_text
from masthead.content.document.schema import SCHEMA, register
from masthead.content.document.words import word_count

__all__ = [
    "SCHEMA",
    "Attached",
    "Document",
    "DocumentError",
    "Images",
    "Parsed",
    "Picture",
    "Problem",
    "Rendition",
    "Split",
    "file_ids",
    "first_paragraphs",
    "from_html",
    "from_markdown",
    "has_cut",
    "join",
    "media_ids",
    "register",
    "split_at_cut",
    "to_html",
    "to_mail",
    "to_markdown",
    "to_text",
    "walk",
    "without_cut",
    "word_count",
]
