"""Taking a body in: unpacked in small pieces, and never more than agreed."""

import zlib
from collections.abc import Iterable, Iterator

from masthead.core.outbound.errors import NoAnswer, Unfit

PIECE = 64 * 1024  # bytes
ZLIB_OR_GZIP = 32 + zlib.MAX_WBITS


def taken(pieces: Iterable[bytes], encoding: str, most_bytes: int) -> Iterator[bytes]:
    """Yield the body unpacked; raises Unfit as soon as it is over `most_bytes`, packed or unpacked.

    Nothing is unpacked ahead of its being counted, so a bomb costs one piece of memory.
    """
    pieces = _counted(pieces, most_bytes)
    if encoding in ("", "identity"):
        return pieces
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _counted(_unpacked(pieces), most_bytes)
    raise Unfit(f"The answer is packed as “{encoding[:40]}”, which was not asked for and cannot be read here.")


def _counted(pieces: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most_bytes:
            raise Unfit(f"The answer is larger than the {most_bytes:,} bytes that are taken here.")
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, came = zlib.decompressobj(ZLIB_OR_GZIP), False
    try:
        for packed in pieces:
            came = came or bool(packed)
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, PIECE)
                packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise NoAnswer("The answer is damaged: it could not be unpacked. Try again later.") from error
    if not unpacker.eof and came:  # the answer to a HEAD names an encoding and has no body
        raise NoAnswer("The answer is damaged: its end is missing. Try again later.")
