"""Draw the pictures again: python -m tools.draw_pictures masthead/ops/demo/paper/posts/images."""

import argparse
from pathlib import Path

from tools.draw_pictures.pictures import PICTURES


def main() -> None:
    """Draw every picture into the folder that is named."""
    parser = argparse.ArgumentParser(prog="python -m tools.draw_pictures", description="Draws the demo's pictures.")
    parser.add_argument("folder", type=Path, help="where they go; made if it is not there")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        path = folder / f"{picture.name}.jpg"
        picture.draw().save(path, quality=64, optimize=True, progressive=True, xmp=picture.xmp)


if __name__ == "__main__":
    main()
