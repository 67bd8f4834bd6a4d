"""Read an export of Ghost and its list of members, and do nothing else."""

import csv
import json
import sys
from pathlib import Path


def main() -> None:
    """Parse both files, and the text of each post."""
    export, members = map(Path, sys.argv[1:3])
    data = json.loads(export.read_text(encoding="utf-8"))["db"][0]["data"]
    for post in data["posts"]:
        json.loads(post["lexical"])
    with members.open(encoding="utf-8", newline="") as rows:
        for _row in csv.DictReader(rows):
            pass


if __name__ == "__main__":
    main()
