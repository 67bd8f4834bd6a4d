"""Why something was not fetched, in words for an operator."""

from collections.abc import Mapping


class FetchError(Exception):
    """Nothing was fetched; the message says why and what to do, and never whether a port is open."""


class NotAsked(FetchError):
    """The address may not be asked: not one packet went there."""


class NoAnswer(FetchError):
    """No whole answer came: the network, the other side or the time; asking again later may help."""


class BadCertificate(FetchError):
    """The other side could not show that it is who it says."""


class Unfit(FetchError):
    """An answer came and cannot be used: too large, of the wrong type, redirected too often."""


class Answered(FetchError):
    """Another status than success came where only success is of use."""

    def __init__(self, message: str, status: int, headers: Mapping[str, str]) -> None:
        """Keep the status and the headers, by which a caller may tell whether to ask again and when."""
        super().__init__(message)
        self.status = status
        self.headers = headers
