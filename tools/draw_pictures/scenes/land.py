"""Fields and dry land."""

from tools.draw_pictures.painting import HEIGHT, WIDTH, Scene, mix
from tools.draw_pictures.shapes import hills


def wheat(scene: Scene) -> None:
    """Paint a field of grain."""
    scene.glow((1100, 380), 240, (255, 236, 190))
    hills(scene, 560, 14, 0.3)
    hills(scene, 640, 10, 0.5)
    draw = scene.brush()
    for _ in range(2600):
        x, y = scene.random.uniform(0, WIDTH), 640 + 427 * scene.random.random() ** 0.7
        size = (y - 560) * 0.16
        ink = mix((188, 148, 70), (96, 66, 34), scene.random.random())
        draw.line((x, y, x + size * 0.2, y - size), fill=ink, width=3)


def reservoir(scene: Scene) -> None:
    """Paint cracked ground around what water is left."""
    hills(scene, 520, 22, 0.35)
    hills(scene, 600, 16, 0.5)
    scene.brush().rectangle((0, 650, WIDTH, HEIGHT), fill=(186, 152, 112))
    points = [(scene.random.uniform(0, WIDTH), 650 + 417 * scene.random.random() ** 0.8) for _ in range(420)]
    for x, y in points:
        _crack(scene, x, y)
    scene.brush().ellipse((520, 690, 1180, 770), fill=(110, 140, 150))


def _crack(scene: Scene, x: float, y: float) -> None:
    draw, size = scene.brush(), (y - 600) * 0.3
    for _ in range(3):
        end = x + scene.random.uniform(-size, size), y + scene.random.uniform(-size, size) * 0.4
        draw.line((x, y, *end), fill=(112, 84, 58), width=3)
