"""Ghost's three stored forms of a post (Lexical, Mobiledoc, HTML) read as documents, and documents written as Lexical."""

from masthead.content.lexical.ghost_html import from_ghost_html
from masthead.content.lexical.mobiledoc import from_mobiledoc
from masthead.content.lexical.notebook import Files
from masthead.content.lexical.reading import from_lexical
from masthead.content.lexical.writing import to_lexical

__all__ = ["Files", "from_ghost_html", "from_lexical", "from_mobiledoc", "to_lexical"]
