"""Content codings (RFC 9110, 8.4): which one a browser takes, and making it."""

import re
import zlib
from collections.abc import Callable
from typing import Final

import brotli
import zstandard

IDENTITY: Final = "identity"
STORED: Final = "br"  # what is kept on disk; every other one is made from it when it is first asked for
# Of Brotli: at once (about 1 ms a page), and later for what is read often (about 100 ms).
FIRST_QUALITY: Final = 5
LAST_QUALITY: Final = 11
SMALLEST = 400  # bytes; less is not worth it
# Coding -> what an ETag of it ends in (RFC 9110, 8.8.3.3: every coding has its own strong ETag).
ENDINGS: Final = {IDENTITY: b"", "br": b"-br", "zstd": b"-zs", "gzip": b"-gz"}
PREFERRED: Final = ("br", "zstd", "gzip")
_COMPRESSIBLE = re.compile(
    r"text/|application/(.*\+)?(json|xml|javascript)|image/svg\+xml|application/(xml|json|javascript)"
)
_ALIASES: Final = {"x-gzip": "gzip"}  # RFC 9110, 8.4.1.3
_WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*")  # RFC 9110, 12.4.2
_ENCODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=FIRST_QUALITY),
    "zstd": lambda body: zstandard.ZstdCompressor(level=3).compress(body),
    "gzip": lambda body: _gzip(body),
}


def is_compressible(content_type: str) -> bool:
    """Say whether bodies of this type get smaller by being compressed."""
    return _COMPRESSIBLE.match(content_type) is not None


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in this coding."""
    return body if coding == IDENTITY else _ENCODERS[coding](body)


def encode_smaller(body: bytes) -> bytes:
    """Return a body in Brotli as small as it gets; takes a hundred times as long."""
    return bytes(brotli.compress(body, quality=LAST_QUALITY))


def decode(body: bytes) -> bytes:
    """Return what was compressed with Brotli; raises ValueError for anything else."""
    try:
        return bytes(brotli.decompress(body))
    except brotli.error as error:
        raise ValueError("not a Brotli stream") from error


def chosen(accepted: str) -> str:
    """Return the coding to answer in for an Accept-Encoding header (RFC 9110, 12.5.3).

    Of those with the highest weight the one that makes smallest; identity where it is preferred in so many words, and
    where none of ours is taken, even if identity is refused as well: a reader gets the page rather than an error.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, told = part.partition(";")
        weights[_ALIASES.get(name.strip(), name.strip())] = _weight(told)
    rest = weights.get("*", 0.0)
    best, _, coding = max((weights.get(coding, rest), -place, coding) for place, coding in enumerate(PREFERRED))
    return coding if best > 0 and best >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weight(told: str) -> float:
    """Return a weight; nonsense counts as refused."""
    if not told.strip():
        return 1.0
    found = _WEIGHT.fullmatch(told)
    return float(found[1]) if found else 0.0


def _gzip(body: bytes) -> bytes:
    press = zlib.compressobj(6, zlib.DEFLATED, 31)  # 31: with a gzip header, which holds no time
    return press.compress(body) + press.flush()
