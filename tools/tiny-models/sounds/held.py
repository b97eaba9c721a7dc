"""What is held out of training, so that it can be measured with."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """Pieces: keys, sentences, words. Performers: instruments' programs, drum kits, voices, languages."""
    pieces: bool
    performers: bool


TRAINING = Held(pieces=False, performers=False)
# The procedure is known and what it makes is new: the first question. The second is harder: who performs was never heard.
NEW_PIECES = Held(pieces=True, performers=False)
NEW_PERFORMERS = Held(pieces=True, performers=True)
