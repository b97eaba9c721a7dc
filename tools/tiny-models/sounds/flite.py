"""Speech of a synthesiser that training never heard, to measure with."""
import numpy as np

from . import recording, speech
from .pool import ALSO, OPEN, YES, joined, pooled


def flite_pool(seed, utterances):
    """A pool of speech by flite, as clean as it comes or through a worse recording."""
    rng, parts = np.random.default_rng(seed), []
    for _ in range(utterances):
        voice = speech.voice_of(rng)
        found = []
        for window in speech.windows(speech.by_flite(rng, voice), rng, 2):
            heard, quality = recording.recorded(rng, window)
            known = {name: OPEN for name in recording.QUALITIES} if quality is None else {quality: YES} | {name: ALSO for name in recording.ALSO[quality]}
            found.append((heard, {voice: YES} | known))
        parts.append(pooled("speech", found))
    return joined(parts)
