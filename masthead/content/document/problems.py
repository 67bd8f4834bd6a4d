"""What is wrong with a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Where in the document, and what to do about it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.message}"


class DocumentError(ValueError):
    """A value that is no document; `problems` names each place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems[:5])))
        self.problems = problems
