"""The words that this pair knows."""
from tokenizer import Tokenizer

from . import captions
from .colours import NAMES
from .draw import SHAPES

_MORE = """a an the of with on in over in front against and that is this there very mostly all everywhere something thing
object objects shape shapes pattern colour color colours colors background backdrop ground wall surface plain empty blank
dark gloomy bright light colourful colorful vivid multicoloured multicolored colourless colorless monochrome gray
striped stripe stripes lines checkerboard chessboard checkers checked sign signs drawing , . -""".split()


def _known():
    """Every word that captions use."""
    found = set(NAMES) | set(_MORE) | set(captions.PICTURE)
    for shape in SHAPES:
        for pair in captions.SHAPE_WORDS.get(shape, []):
            found |= {w for form in pair for w in form.split()}
    return found


WORDS = Tokenizer(_known())
