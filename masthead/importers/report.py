"""What an import did, and what it did not understand."""

import unicodedata
from dataclasses import dataclass, field
from typing import TextIO

LONGEST = 400  # letters of what is said about one thing


def one_line(text: str) -> str:
    """Return text that prints as one line: signs that control a screen, or turn its direction, stand as escapes.

    Names of files are somebody else's words; none may forge a line of a report.
    """
    return "".join(sign if _is_shown(sign) else sign.encode("unicode_escape").decode() for sign in text)


def _is_shown(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] != "C" and category not in ("Zl", "Zp")


def say(line: str, out: TextIO) -> None:
    """Print one line, whatever is in it and whatever letters the terminal has."""
    encoding = out.encoding or "utf-8"
    print(one_line(line).encode(encoding, "backslashreplace").decode(encoding), file=out, flush=True)


@dataclass
class Report:
    """Counts by word ("created", "updated", "unchanged", "failed") and a line for each thing to look at."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def count(self, word: str) -> None:
        """Add one to what `word` counts."""
        self.counts[word] = self.counts.get(word, 0) + 1

    def problem(self, where: str, what: str) -> None:
        """Note what was not understood, and where; the same is noted once."""
        shown = what if len(what) <= LONGEST else what[:LONGEST] + "…"
        line = one_line(f"{where}: {shown}")
        if line not in self.problems[-20:]:
            self.problems.append(line)

    @property
    def summary(self) -> str:
        """One line of all counts."""
        return ", ".join(f"{number} {word}" for word, number in self.counts.items()) or "nothing to import"
