"""Pictures that a program names by an address elsewhere: taken over, within bounds, before anything is written."""

from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from urllib.parse import urlsplit

from masthead.api.admin.uploads import own_picture
from masthead.content.uploading import LARGEST_BYTES, UploadError, keep_picture
from masthead.core.fetching import FetchError, fetch

MOST = 20  # pictures a request
SECONDS = 45.0  # for all of them together
EACH = 10.0


@dataclass
class Pictures:
    """The pictures of one request, ours and foreign ones; `told` gets a line for each that could not be taken over.

    Called outside any transaction: it asks other sites.
    """

    at: datetime
    told: list[str]
    known: dict[str, str | None] = field(default_factory=dict)
    asked: int = 0
    spent: float = 0.0

    def __call__(self, address: str) -> str | None:
        """Return the token of the picture at this address; None, with a line, if it is not to be had."""
        if address not in self.known:
            self.known[address] = own_picture(address) or self._taken(address)
        return self.known[address]

    def _taken(self, address: str) -> str | None:
        if not address.startswith(("http://", "https://")):
            self._tell(address, "it is no address of a picture here")
            return None
        if self.asked >= MOST or self.spent >= SECONDS:
            self._tell(address, f"at most {MOST} pictures are taken over in one request; upload it first")
            return None
        self.asked, begun = self.asked + 1, monotonic()
        try:
            came = fetch(address, most_bytes=LARGEST_BYTES, types={"image/"}, seconds=min(EACH, SECONDS - self.spent))
            if came.status != 200:
                self._tell(address, f"the other site answered {came.status}")
                return None
            return keep_picture(came.content, urlsplit(address).path.rpartition("/")[2], at=self.at).token
        except (FetchError, UploadError) as error:
            self._tell(address, str(error))
            return None
        finally:
            self.spent += monotonic() - begun

    def _tell(self, address: str, why: str) -> None:
        self.told.append(f"the picture {address[:80]} was not taken over: {why}")
