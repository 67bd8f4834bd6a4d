"""Taking a foreign file to disk, going on where an earlier try broke off."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from masthead.core.outbound.asking import Answer, Limits, Question, asked
from masthead.core.outbound.errors import Answered, Unfit

RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """What an earlier try left beside the file that is wanted: the bytes, and whose they are."""

    path: Path
    note: Path
    url: str

    @classmethod
    def of(cls, path: Path, url: str) -> "Part":
        """Return where the part of a file lies."""
        return cls(path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json"), url)

    def known(self) -> tuple[int, str]:
        """Return how many bytes are there and the mark of the version they belong to; 0 and "" if of no use."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
            size = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        if size and isinstance(noted, dict) and noted.get("url") == self.url and isinstance(noted.get("mark"), str):
            return size, noted["mark"]
        return 0, ""

    def begin(self, mark: str) -> None:
        """Forget what is there and note whose bytes come now; without a mark they cannot be gone on with."""
        self.forget()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if mark:
            self.note.write_text(json.dumps({"url": self.url, "mark": mark}), encoding="utf-8")

    def forget(self) -> None:
        """Remove the bytes and the note."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def save(url: str, path: Path, headers: Mapping[str, str], limits: Limits) -> Answer:
    """Fetch into `path`, whole or not at all, and return the answer without its body.

    A part left by a try that broke off is gone on with if the other side confirms that it is of the same version;
    else it begins again. Raises FetchError; Answered for any status but success.
    """
    part = Part.of(path, url)
    for question in _questions(part, headers):
        with asked(question, limits) as answer:
            if _goes_on(part, answer, limits) or answer.status == 200:
                _write(part, answer)
                os.replace(part.path, path)
                part.forget()
                return answer
            if answer.status not in (206, 416):
                raise _refused(answer)
    raise Unfit(f"“{answer.url}” answers with parts that were not asked for.")


def _questions(part: Part, headers: Mapping[str, str]) -> Iterator[Question]:
    plain = {**headers, "Accept-Encoding": "identity"}
    size, mark = part.known()
    if size:
        yield Question(part.url, "GET", {**plain, "Range": f"bytes={size}-", "If-Range": mark})
        part.forget()
    yield Question(part.url, "GET", plain)


def _goes_on(part: Part, answer: Answer, limits: Limits) -> bool:
    """Say whether an answer is the rest of just the version whose beginning is there."""
    if answer.status != 206 or answer.headers.get("content-encoding", "identity") != "identity":
        return False
    size, mark = part.known()
    place = RANGE.fullmatch(answer.headers.get("content-range", "").strip())
    if not size or not place or _mark(answer) != mark:
        return False
    first, last, total = (int(number) for number in place.groups())
    return first == size and last == total - 1 and total <= limits.most_bytes


def _mark(answer: Answer) -> str:
    """Return what names this version of the file byte for byte (RFC 9110, 8.8), or nothing."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        return ""
    tag = answer.headers.get("etag", "")
    return tag if tag and not tag.startswith("W/") else "" if tag else answer.headers.get("last-modified", "")


def _write(part: Part, answer: Answer) -> None:
    if answer.status == 200:
        part.begin(_mark(answer))
    with _kept_if_of_use(part), part.path.open("ab") as out:
        for piece in answer.pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def _kept_if_of_use(part: Part) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if isinstance(error, Unfit) or not part.note.exists():
            part.forget()
        raise


def _refused(answer: Answer) -> Answered:
    return Answered(
        f"“{answer.url}” answered {answer.status} instead of a file. Check the address, or try again later.",
        answer.status,
        answer.headers,
    )
