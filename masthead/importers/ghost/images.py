"""Pictures and files that Ghost's rows name, kept once each."""

from datetime import datetime

from masthead.importers.ghost.options import Options
from masthead.importers.report import Report


class Images:
    """Finds pictures and files by the addresses that Ghost has for them."""

    def __init__(self, options: Options, report: Report, at: datetime) -> None:
        self.options, self.report, self.at = options, report, at

    def fetch(self, address: str, where: str) -> None:
        """Keep the picture or file of this address, if it is one of the site's; call it outside of a transaction.

        What is missing or cannot be read is reported at `where`.
        """

    def token(self, address: str) -> str | None:
        """Return the token of the Media of an address that was fetched; None if there is none."""
        return None

    def file(self, address: str) -> str | None:
        """Return the token of the Attachment of an address that was fetched; None if there is none."""
        return None
