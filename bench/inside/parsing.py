"""Read and parse every Markdown file of a folder, and do nothing else."""

import sys
from pathlib import Path

from markdown_it import MarkdownIt


def main() -> None:
    """Render each file to HTML."""
    parser = MarkdownIt("commonmark")
    for path in sorted(Path(sys.argv[1]).glob("*.md")):
        parser.render(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
