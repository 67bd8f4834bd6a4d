"""Content codings (RFC 9110, 8.4): which one a browser takes, and making it."""

import re
import zlib
from collections.abc import Callable
from typing import Final

import brotli
import zstandard

IDENTITY: Final = "identity"
STORED: Final = "br"  # what is kept on disk; every other one is made from it when it is first asked for
FIRST_QUALITY, LAST_QUALITY = (
    5,
    11,
)  # of Brotli: at once (about 1 ms a page), and later for what is read often (about 100 ms)
SMALLEST = 400  # bytes; less is not worth it
# Coding -> what an ETag of it ends in (RFC 9110, 8.8.3.3: every coding has its own strong ETag).
ENDINGS: Final = {IDENTITY: b"", "br": b"-br", "zstd": b"-zs", "gzip": b"-gz"}
PREFERRED: Final = ("br", "zstd", "gzip")
_COMPRESSIBLE = re.compile(
    r"text/|application/(.*\+)?(json|xml|javascript)|image/svg\+xml|application/(xml|json|javascript)"
)
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
    """Return the coding to answer in for an Accept-Encoding header; identity where none of ours is taken."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, told = part.partition(";")
        weights[name.strip()] = _weight(told)
    rest = weights.get("*", 0.0)
    taken = [(weights.get(coding, rest), -place, coding) for place, coding in enumerate(PREFERRED)]
    best = max(taken)
    return best[2] if best[0] > 0 else IDENTITY


def _weight(told: str) -> float:
    name, _, value = told.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _gzip(body: bytes) -> bytes:
    press = zlib.compressobj(6, zlib.DEFLATED, 31)  # 31: with a gzip header, which holds no time
    return press.compress(body) + press.flush()
