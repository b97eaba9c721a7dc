"""The table of what was asked, with calibration: how far the probability of the best label is from how often it is right."""
import numpy as np

from scoring import probabilities, table_of

BINS = 10


def calibration_error(found, scale):
    """Expected calibration error of the best label, in ten equal bins of its probability (Guo et al. 2017, section 2)."""
    best = [(probabilities(c, scale).max(), int(c.argmax()) == true) for c, true in found]
    p, right = np.array([b for b, _ in best]), np.array([r for _, r in best], float)
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs(p[place == k].sum() - right[place == k].sum()) for k in range(BINS)) / len(p))


def measured(found, scale):
    """As scoring.table_of, with calibrationError."""
    table = table_of(found, scale)
    return {task: {**row, "calibrationError": round(calibration_error(found[task], scale), 4)} for task, row in table.items()}


def rows(table):
    """The table's lines in a model card."""
    lines = ["| question | cases | right | mean p of the true label | p > 0.8 | calibration error |", "|---|---:|---:|---:|---:|---:|"]
    for task, row in table.items():
        lines.append(f"| {task} | {row['cases']} | {100 * row['accuracy']:.1f} % | {row['meanProbability']:.2f} | {100 * row['above80']:.0f} % | {row['calibrationError']:.3f} |")
    return lines
