"""From the cosines of measured cases, (cosines of the labels, index of the true one), to a scale and a table, by task."""
import numpy as np


def probabilities(cosines, scale):
    """Softmax of the scaled cosines."""
    logits = cosines * scale
    weights = np.exp(logits - logits.max())
    return weights / weights.sum()


def best_scale(tasks):
    """The scale at which true labels get the best mean log probability, each task weighing the same."""
    best = None
    for scale in np.arange(4, 101, 0.5):
        loss = np.mean([np.mean([-np.log(max(probabilities(c, scale)[true], 1e-9)) for c, true in found]) for found in tasks.values()])
        if best is None or loss < best[0]:
            best = (loss, float(scale))
    return best[1]


def table_of(tasks, scale):
    """By task: cases, accuracy, mean probability of the true label, share of true labels above 0.8."""
    table = {}
    for task, found in tasks.items():
        right = [int(c.argmax()) == true for c, true in found]
        p = np.array([probabilities(c, scale)[true] for c, true in found])
        table[task] = {"cases": len(found), "accuracy": round(float(np.mean(right)), 4),
                       "meanProbability": round(float(p.mean()), 4), "above80": round(float((p > 0.8).mean()), 4)}
    return table


def print_table(table):
    for task, row in table.items():
        print(f"{task:48} {row['cases']:6} cases  accuracy {100 * row['accuracy']:6.2f} %  p {row['meanProbability']:.3f}  p>0.8 {100 * row['above80']:.1f} %")


def card_rows(table):
    """The table's lines in a model card."""
    lines = ["| question | cases | right | mean p of the true label | p > 0.8 |", "|---|---:|---:|---:|---:|"]
    for task, row in table.items():
        lines.append(f"| {task} | {row['cases']} | {100 * row['accuracy']:.1f} % | {row['meanProbability']:.2f} | {100 * row['above80']:.0f} % |")
    return lines
