"""How true a statement is of a picture or a sound: what the ranking loss compares."""
import numpy as np

# Partly: true, but another statement says it better. Other: beyond the model's words. Open: people would argue.
TRUE, PARTLY, OTHER, FALSE, OPEN = 2.0, 1.0, 0.5, 0.0, np.nan
