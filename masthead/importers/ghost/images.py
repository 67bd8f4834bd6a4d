"""Pictures and files that Ghost's rows name, kept once each."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from masthead.content.attaching import AttachmentError, keep_attachment
from masthead.content.uploading import LARGEST_BYTES, UploadError, keep_picture
from masthead.importers.ghost.counterparts import find, key_of, remember
from masthead.importers.ghost.places import Place, place_of
from masthead.importers.ghost.sources import Site, Source, SourceError
from masthead.importers.models import Counterpart
from masthead.importers.report import Report

IMAGE, FILE = "image", "file"
Keep = Callable[[Path, str, datetime], Any]  # -> a row of ours with a token
NO_PLACE: Final = "is no address of a picture or file"


class Images:
    """Finds pictures and files by the addresses that Ghost has for them; each is fetched and kept once, ever.

    `missing` are the keys of what no source had, or could not be read, with the reason.
    """

    def __init__(self, report: Report, at: datetime, *, home: str = "", sources: list[Source] | None = None) -> None:
        self.report, self.at, self.home = report, at, home
        self.sources = sources or []
        self.missing: dict[str, str] = {}
        self._tokens: dict[tuple[str, str], str] = {}

    def fetch(self, address: str, where: str) -> str | None:
        """Keep the picture of this address and return its token; call it outside of a transaction.

        What is missing or cannot be read is reported at `where`; then there is none.
        """
        return self._fetch(IMAGE, address, where, _keep_picture)

    def fetch_file(self, address: str, where: str) -> str | None:
        """Keep the file, recording or film of this address and return its token, as `fetch` does."""
        return self._fetch(FILE, address, where, _keep_file)

    def token(self, address: str) -> str | None:
        """Return the token of the Media of an address that was fetched; None if there is none."""
        return self._known(IMAGE, address)

    def media(self, address: str) -> int | None:
        """Return the id of the Media of an address that was fetched; None if there is none."""
        place = place_of(address, self.home)
        found = find(IMAGE, place.key) if place else None
        return found.object_id if found else None

    def file(self, address: str) -> str | None:
        """Return the token of the Attachment of an address that was fetched; None if there is none."""
        return self._known(FILE, address)

    def _known(self, kind: str, address: str) -> str | None:
        place = place_of(address, self.home)
        if place is None:
            return None
        key = (kind, key_of(place.key))
        if key not in self._tokens:
            found = find(*key)
            if not found or not found.facts.get("token"):
                return None
            self._tokens[key] = found.facts["token"]
        return self._tokens[key]

    def _fetch(self, kind: str, address: str, where: str, keep: Keep) -> str | None:
        if token := self._known(kind, address):
            return token
        place = place_of(address, self.home)
        if place is None:
            self.missing[address] = NO_PLACE
            self._report(address, where, NO_PLACE)
            return None
        if place.key not in self.missing:
            try:
                return self._taken(kind, place, keep)
            except (SourceError, UploadError, AttachmentError, OSError) as error:
                self.missing[place.key] = str(error)
        self._report(address, where, self.missing[place.key])
        return None

    def _report(self, address: str, where: str, why: str) -> None:
        self.report.problem(where, f"the picture or file “{address[:160]}”: {why}")

    def _taken(self, kind: str, place: Place, keep: Keep) -> str:
        with tempfile.TemporaryDirectory(prefix="masthead-") as folder:
            path = self._find(place, Path(folder) / "file")
            row = keep(path, place.name, self.at)
        facts = {"token": row.token, "address": place.key}
        remember(kind, place.key, at=self.at, object_id=row.pk, facts=facts)
        self._tokens[kind, key_of(place.key)] = row.token
        return str(row.token)

    def _find(self, place: Place, scratch: Path) -> Path:
        why = ""
        for source in self.sources:
            for spelling in [*place.spellings(), *([place.url] if place.url else [])]:
                try:
                    if found := source.take(spelling, scratch):
                        return found
                except SourceError as error:
                    why = str(error)
        raise SourceError(why or self._not_found(place))

    def _not_found(self, place: Place) -> str:
        if place.url and not any(isinstance(source, Site) for source in self.sources):
            return "stands on another site and was not fetched; name the running site with --site to take it in"
        if not self.sources:
            return "was not looked for; name Ghost's content folder with --images, or the running site with --site"
        return "was found nowhere"


def _keep_picture(path: Path, name: str, at: datetime) -> Any:
    # One byte more than the largest is enough for it to be refused.
    with path.open("rb") as file:
        return keep_picture(file.read(LARGEST_BYTES + 1), name, at=at)


def _keep_file(path: Path, name: str, at: datetime) -> Any:
    return keep_attachment(path, name, at=at)


def kept_images() -> int:
    """Return how many pictures and files imports have kept."""
    return Counterpart.objects.filter(kind__in=(IMAGE, FILE)).count()
