"""What a reading of Ghost's posts knows of the site, and what it noted on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from masthead.content.document import Images
from masthead.content.document.escaping import is_safe_address, speakable
from masthead.content.lexical import addresses

Files = Callable[[str], str | None]  # a file's address in the source -> the token of our attachment
MOST_LINES = 500
LONGEST_LINE = 400  # characters


@dataclass
class Notebook:
    """One reading: where pictures and files are, and a line for each thing that could not be kept as it was."""

    images: Images
    files: Files
    home: str = ""
    lines: dict[str, None] = field(default_factory=dict)

    def problem(self, what: str) -> None:
        """Note what could not be kept as it was, once."""
        if len(self.lines) < MOST_LINES:
            self.lines[speakable(" ".join(what[:4000].split()))[:LONGEST_LINE]] = None
        else:
            self.lines[f"there is more than these {MOST_LINES} lines say; look at this post"] = None

    def address(self, given: str) -> str:
        """Return where a link leads here; '' and a line for an address that no link may have."""
        address = addresses.without_ref(addresses.at_home(given, self.home), self.home)
        if not address:
            return ""
        page = addresses.portal_address(address)
        if page == "":
            self.problem(f"the link to “{address}” was left out: there is no such page here")
        elif page:
            return page
        elif is_safe_address(address):
            self._note_old_file(address)
            return address
        else:
            self.problem(f"the link to “{address[:80]}” was left out: that is no address a link may have")
        return ""

    def _note_old_file(self, address: str) -> None:
        if address.startswith("/content/"):
            self.problem(f"a link still leads to “{address}”, a file of the old site")

    def web_address(self, given: str) -> str:
        """Return an address on the web, with the site's own made whole; '' if it is none."""
        address = self.address(given)
        if address.startswith("/") and self.home:
            address = self.home.rstrip("/") + address
        return address if addresses.is_web(address) else ""

    def picture(self, given: str) -> str | None:
        """Return the token of a picture; None if it is not here."""
        source = addresses.original_picture(given, self.home)
        return self.images(source) if source else None

    def small_picture(self, given: str) -> str:
        """Return the token of a picture beside something else; '' and a line if it is not here."""
        token = self.picture(given) or ""
        if given.strip() and not token:
            self.problem(f"the picture “{given[:120]}” was not found and was left out")
        return token

    def file(self, given: str) -> str:
        """Return the token of a file; '' and a line if it is not here."""
        source = addresses.at_home(given, self.home)
        token = (self.files(source) if source else None) or ""
        if not token:
            self.problem(f"the file “{given[:200]}” was not found; what is said of it was kept")
        return token
