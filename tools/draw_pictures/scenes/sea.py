"""Harbour and sea."""

from PIL import Image

from tools.draw_pictures.painting import FULL, HEIGHT, WIDTH, Draw, Point, Scene
from tools.draw_pictures.shapes import crane, hills, ship, skyline

GRID = (176, 186, 178)


def harbour(scene: Scene) -> None:
    """Paint cranes and a freighter at the quay."""
    scene.glow((1150, 600), 260, (255, 190, 120))
    hills(scene, 640, 10, 0.35)
    scene.layer(0.65, _three_cranes, 1)
    scene.layer(0.8, lambda draw: ship(draw, 900, 670, 560))
    scene.water(710)
    scene.layer(0.97, lambda draw: crane(draw, 150, 1067, 720))


def _three_cranes(draw: Draw) -> None:
    for x, size in ((300, 330), (560, 380), (820, 300)):
        crane(draw, x, 690, size)


def anchored(scene: Scene) -> None:
    """Paint a freighter that lies off the coast."""
    scene.glow((420, 480), 190, (255, 226, 180))
    hills(scene, 600, 8, 0.25)
    scene.layer(0.75, lambda draw: ship(draw, 480, 620, 760))
    scene.water(680)


def bridge(scene: Scene) -> None:
    """Paint a suspension bridge."""
    skyline(scene, 720, 160, 0.12)
    scene.layer(0.5, _suspended, 1)
    scene.water(760)


def _suspended(draw: Draw) -> None:
    draw.rectangle((0, 640, WIDTH, 672), fill=FULL)
    for x in (430, 1170):
        draw.rectangle((x - 24, 250, x + 24, 900), fill=FULL)
    for left, right in ((-310, 430), (430, 1170), (1170, 1910)):
        for step in range(41):
            _hanger(draw, left, right, step / 40)


def _hanger(draw: Draw, left: int, right: int, part: float) -> None:
    x, y = left + (right - left) * part, min(270 + 1400 * part * (1 - part), 640)
    draw.line((x, y, x, 640), fill=FULL, width=3)
    draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=FULL)


def lighthouse(scene: Scene) -> None:
    """Paint a lighthouse with its beam."""
    scene.glow((1020, 330), 260, (255, 240, 190))
    hills(scene, 760, 16, 0.5)
    scene.layer(0.9, _tower)
    scene.beam([(1020, 340), (0, 120), (0, 420)], (255, 240, 200), strength=120, blur=24)
    scene.water(840)


def _tower(draw: Draw) -> None:
    draw.polygon([(960, 380), (1080, 380), (1120, 800), (920, 800)], fill=FULL)
    draw.rectangle((975, 300, 1065, 380), fill=FULL)
    draw.polygon([(960, 300), (1020, 240), (1080, 300)], fill=FULL)


def chart(scene: Scene) -> None:
    """Paint a map of the strait with a line across it."""
    scene.image = Image.new("RGB", (WIDTH, HEIGHT), (206, 214, 206))
    draw = scene.brush()
    draw.polygon(_coast(scene, 0, 0, 1), fill=(184, 164, 126), outline=(110, 92, 66))
    draw.polygon(_coast(scene, WIDTH, HEIGHT, -1), fill=(196, 176, 138), outline=(110, 92, 66))
    for place in range(34):
        x, y = 560 + place * 16, 930 - place * 24
        draw.ellipse((x, y, x + 9, y + 9), fill=(140, 40, 36))
    for place in range(0, WIDTH, 160):
        draw.line((place, 0, place, HEIGHT), fill=GRID, width=1)
        draw.line((0, place, WIDTH, place), fill=GRID, width=1)


def _coast(scene: Scene, left: int, top: int, step: int) -> list[Point]:
    points: list[Point] = [(left, top)]
    for place in range(26):
        points.append((left + step * (620 + scene.random.uniform(-130, 130) - place * 9), top + step * place * 44))
    return [*points, (left, top + step * 1100)]
