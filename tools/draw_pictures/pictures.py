"""The list of pictures: what each shows, under which sky, and the caption that some carry in the file."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from tools.draw_pictures.painting import DUSK, FIELD, FOG, LAB, NIGHT, NOON, ROOM, Scene, Sky
from tools.draw_pictures.scenes import land, rooms, sea, town

CREDIT = "Illustration: M. Sorel / The Vessaly Tide"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    " photoshop:Credit={credit}><dc:description><rdf:Alt>"
    '<rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt>'
    "</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
)


@dataclass(frozen=True)
class Picture:
    """One picture of the paper; its name is its seed too."""

    name: str
    paint: Callable[[Scene], None]
    sky: Sky
    caption: str = ""

    def draw(self) -> Image.Image:
        """Paint it."""
        scene = Scene(self.name, self.sky)
        self.paint(scene)
        return scene.finish()

    @property
    def xmp(self) -> bytes | None:
        """Its caption and credit, as picture desks write them into a file."""
        if not self.caption:
            return None
        return XMP.format(credit=quoteattr(CREDIT), caption=escape(self.caption)).encode()


# The order counts: the grain of each picture goes on where that of the one before it ended.
PICTURES = [
    Picture("harbour", sea.harbour, DUSK),
    Picture("anchored", sea.anchored, FOG),
    Picture("podium", rooms.podium, ROOM),
    Picture("city", town.city, DUSK),
    Picture("tram", town.tram, NIGHT),
    Picture("chamber", rooms.chamber, ROOM),
    Picture("bridge", sea.bridge, FOG),
    Picture("rain", town.rain, NIGHT),
    Picture("market", town.market, NOON),
    Picture("wheat", land.wheat, FIELD),
    Picture("lighthouse", sea.lighthouse, DUSK, "The Cabo Reis light, which went automatic in October."),
    Picture("laboratory", rooms.laboratory, LAB),
    Picture("stage", rooms.stage, ROOM),
    Picture("ballots", rooms.ballots, ROOM),
    Picture("roofs", town.roofs, NOON),
    Picture("reservoir", land.reservoir, FIELD, "The Alva reservoir at a fifth of its capacity."),
    Picture("map", sea.chart, NOON),
    Picture("press", rooms.press, ROOM),
    Picture("portrait", rooms.portrait, ROOM),
    Picture("night", town.night, NIGHT),
    Picture("strait", sea.anchored, DUSK),
    Picture("quay", sea.harbour, FOG),
]
