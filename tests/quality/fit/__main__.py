"""Fit scores to judged résumés and show how well they foretell résumés that the fit has not seen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import numpy as np

from skills.knowledge import load_knowledge
from tests.quality.fit.agreement import decide, measure_agreement
from tests.quality.fit.labels import read_labels
from tests.quality.fit.model import fit_model
from tests.quality.fit.points import round_points
from tests.quality.fit.sample import Floats, Sample, measure_sample
from tests.quality.fit.validation import predict_corpora, predict_folds
from tests.quality.fit.verdict_bounds import find_close_bound, find_neither_bound
from tests.quality.fit.writing import write_learned, write_profiles, write_verdict


def _fit(seen: Sample) -> Callable[[Sample], Floats]:
    return fit_model(seen).predict


def _describe(way: str, predicted: Floats, sample: Sample) -> Iterator[str]:
    """Yield a line of figures for each corpus, and for all."""
    corpora = np.array(sample.corpora)
    parts = {name: corpora == name for name in sorted(set(sample.corpora))} | {"all": np.ones(len(corpora), dtype=bool)}
    for name, part in parts.items():
        figures = measure_agreement(predicted[part], sample.take(part))
        told = "  ".join(f"{item.name} {item.value:.3f} ({item.low:.2f} to {item.high:.2f})" for item in figures)
        yield f"{way:24}{name:8}{part.sum():4}  {told}"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write what is fitted into skills/data.")
def main(folder: Path, *, write: bool) -> None:
    """Fit scores to the labelled FOLDER and show how well they foretell résumés that they have not seen.

    What is kept back by `check.txt` has no part in any of the figures but its own. What is written is fitted to all.
    """
    sample = measure_sample(read_labels(folder), load_knowledge())
    known, kept_back = sample.take(~sample.kept_back), sample.take(sample.kept_back)
    by_folds = predict_folds(known, _fit)
    predictions = {"ten folds": (by_folds, known), "leave one corpus out": (predict_corpora(known, _fit), known)}
    if kept_back.resumes:
        predictions["kept back"] = _fit(known)(kept_back), kept_back
    for way, (predicted, judged) in predictions.items():
        for line in _describe(way, predicted, judged):
            click.echo(line)
    close, neither = round(find_close_bound(by_folds, known), 1), find_neither_bound(by_folds, known)
    clear = known.take(np.abs(by_folds[:, 0] - by_folds[:, 1]) >= close)
    hits = decide(by_folds[np.abs(by_folds[:, 0] - by_folds[:, 1]) >= close], clear)
    click.echo(
        f"close within {close}, neither below {neither}; of {len(hits)} that are not close {hits.mean():.3f} right"
    )
    if write:
        model, names = fit_model(sample), [item.id for item in sample.requirements]
        points = round_points(model.points, load_knowledge().profiles, sample.requirements)
        write_profiles(points, dict(zip(names, map(float, model.bends), strict=True)))
        write_learned(model, sample)
        write_verdict(close, neither)


if __name__ == "__main__":
    main()
