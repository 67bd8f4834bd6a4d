"""Asking: one request and its redirects, each checked before a packet goes."""

import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import httpcore2
import httpx2

import masthead
from masthead.core.outbound.errors import BadCertificate, NoAnswer, Unfit
from masthead.core.outbound.lines import Deadline, Pinned
from masthead.core.outbound.taking import taken
from masthead.core.outbound.targets import Target, no_answer, target

REDIRECTS = 3
USER_AGENT = f"Masthead/{masthead.__version__}"
OURS = {"host", "connection", "content-length", "transfer-encoding", "user-agent", "cookie", "upgrade", "te"}
# Everything else that a caller sends may be a secret, and stays with the origin it was meant for.
KEPT = {"accept", "accept-encoding", "accept-language", "accept-version", "range", "if-range"}
FAULTS = (OSError, httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken and how long it may take."""

    most_bytes: int
    connect: float  # seconds to connect, and as many for the name
    seconds: float  # for all of it, redirects included
    quiet: float  # seconds that the other side may be silent
    types: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an address."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is still to come."""

    status: int
    url: str
    headers: httpx2.Headers
    pieces: Iterator[bytes]


@contextmanager
def asked(question: Question, limits: Limits) -> Iterator[Answer]:
    """Ask, follow at most three redirects of a GET or HEAD, and give the answer; hang up at the end.

    Raises FetchError, here or while the pieces are taken.
    """
    if refused := OURS & {name.lower() for name in question.headers}:
        raise ValueError(f"these headers are the fetcher's own: {sorted(refused)}")
    deadline = Deadline(limits.seconds)
    headers, url = httpx2.Headers(question.headers), question.url
    before: Target | None = None
    for _ in range(REDIRECTS + 1):
        now = _target(url, deadline, limits, before)
        if before and now.origin != before.origin:
            headers = httpx2.Headers({name: value for name, value in headers.items() if name.lower() in KEPT})
        with _once(now, question, headers, deadline, limits) as answer:
            following = _following(question.method, now, answer)
            if following is None:
                yield answer
                return
        before, url = now, following
    raise Unfit(f"“{question.url}” sends from one address to the next, more than {REDIRECTS} times.")


def _target(url: str, deadline: Deadline, limits: Limits, before: Target | None) -> Target:
    may_be_private = before is None or before.is_private
    try:
        seconds = deadline.left(limits.connect)
    except TimeoutError as error:
        raise NoAnswer(no_answer(before.host if before else url)) from error
    return target(url, seconds=seconds, may_be_private=may_be_private)


def _following(method: str, now: Target, answer: Answer) -> str | None:
    if answer.status not in (301, 302, 303, 307, 308) or method not in ("GET", "HEAD"):
        return None
    place = answer.headers.get("location")
    try:
        return str(now.url.join(place)) if place else None
    except (httpx2.InvalidURL, ValueError) as error:
        raise Unfit(f"“{now.host}” sends on to something that is no web address.") from error


@contextmanager
def _once(
    now: Target, question: Question, headers: httpx2.Headers, deadline: Deadline, limits: Limits
) -> Iterator[Answer]:
    backend = Pinned(now.addresses, deadline, connect=limits.connect, quiet=limits.quiet)
    scheme, host = now.url.raw_scheme, now.host.encode()
    connection = httpcore2.HTTPConnection(
        httpcore2.Origin(scheme, host, now.port),
        ssl_context=_certificates() if scheme == b"https" else None,
        network_backend=backend,
    )
    request = httpcore2.Request(
        question.method,
        httpcore2.URL(scheme=scheme, host=host, port=now.port, target=now.url.raw_path),
        headers=_sent(now, question, headers),
        content=question.body or b"",
    )
    try:
        with _plainly(now):
            response = connection.handle_request(request)
        if question.method != "HEAD":
            _check_size(httpx2.Headers(response.headers), limits)
        yield _answer(now, response, limits)
    finally:
        connection.close()


def _sent(now: Target, question: Question, headers: httpx2.Headers) -> list[tuple[bytes, bytes]]:
    sent = {
        "Host": now.url.netloc.decode("ascii"),
        "User-Agent": USER_AGENT,
        "Connection": "close",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
    }
    if question.body is not None or question.method in ("POST", "PUT", "PATCH"):
        sent["Content-Length"] = str(len(question.body or b""))
    whole = httpx2.Headers(sent)
    whole.update(headers)
    return list(whole.raw)


def _answer(now: Target, response: httpcore2.Response, limits: Limits) -> Answer:
    headers = httpx2.Headers(response.headers)
    if response.status // 100 == 2:
        _check_type(headers, limits.types)
    encoding = headers.get("content-encoding", "").strip().lower()
    return Answer(response.status, str(now.url), headers, taken(_pieces(now, response), encoding, limits.most_bytes))


def _check_size(headers: httpx2.Headers, limits: Limits) -> None:
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > limits.most_bytes:
        raise Unfit(f"The answer is larger than the {limits.most_bytes:,} bytes that are taken here.")


def _check_type(headers: httpx2.Headers, types: Collection[str] | None) -> None:
    kind = media_type(headers)
    if types is not None and not any(kind == one or (one.endswith("/") and kind.startswith(one)) for one in types):
        raise Unfit(f"The answer is of the type “{kind[:80] or 'unknown'}”; wanted is {' or '.join(sorted(types))}.")


def media_type(headers: Mapping[str, str]) -> str:
    """Return the type that an answer gives itself, as "image/png"; empty if none."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _pieces(now: Target, response: httpcore2.Response) -> Iterator[bytes]:
    with _plainly(now):
        yield from response.iter_stream()


@contextmanager
def _plainly(now: Target) -> Iterator[None]:
    """Turn what can go wrong on a line into one message, which does not tell how far it got."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise BadCertificate(
            f"“{now.host}” shows a certificate that is not good ({error.verify_message}). "
            "Nothing was sent. Renew the certificate, or correct the address."
        ) from error
    except FAULTS as error:
        raise NoAnswer(no_answer(now.host)) from error


@cache
def _certificates() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
