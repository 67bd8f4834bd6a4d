"""Looking an export through before anything is touched."""

import hashlib
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from masthead.core.carrying import OutError, carried_tables
from masthead.importers.whole.manifest import Manifest, read_manifest
from masthead.importers.whole.sources import Source

PIECE = 1024 * 1024  # bytes
BROKEN = (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error)


def verified(source: Source, *, say: Callable[[str], None]) -> Manifest:
    """Return the manifest of an export of which every file is there and is what was written.

    Raises OutError, naming the file, for one that is missing, cut short, changed, or unknown to this release.
    """
    manifest = read_manifest(source.manifest())
    known = {table.name for table in carried_tables()}
    if unknown := set(manifest.counts) - known:
        raise OutError(
            f"It holds {', '.join(sorted(unknown))}, of which this Masthead knows nothing. Is an app missing in masthead.toml?"
        )
    for table in sorted(known):
        if table in manifest.counts and f"{table}.jsonl" not in manifest.files:
            raise OutError(f"{table}.jsonl is missing in the export. Copy it again from where it was written.")
    for number, name in enumerate(manifest.files, 1):
        _verify(source, name, manifest)
        if number % 1000 == 0:
            say(f"verified: {number} of {len(manifest.files)} files")
    say(f"verified: {len(manifest.files)} files")
    return manifest


def _verify(source: Source, name: str, manifest: Manifest) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with source.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except KeyError as error:
        raise OutError(f"{name} is missing in the export. Copy it again from where it was written.") from error
    except BROKEN as error:
        raise OutError(f"{name} cannot be read ({error}). Copy the export again from where it was written.") from error
    entry = manifest.files[name]
    if size < entry.size:
        raise OutError(f"{name} is cut short: {size} of {entry.size} bytes. Copy the export again.")
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise OutError(f"{name} is not what was written: its hash differs from the manifest's. Copy the export again.")
