"""What an import did, and what it did not understand."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by word ("created", "updated", "unchanged", "failed") and a line for each thing to look at."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def count(self, word: str) -> None:
        """Add one to what `word` counts."""
        self.counts[word] = self.counts.get(word, 0) + 1

    def problem(self, where: str, what: str) -> None:
        """Note what was not understood, and where."""
        self.problems.append(f"{where}: {what}")

    @property
    def summary(self) -> str:
        """One line of all counts."""
        return ", ".join(f"{number} {word}" for word, number in self.counts.items()) or "nothing to import"
