"""Fit the points to judged résumés and show how well they foretell résumés that the fit has not seen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import numpy as np

from skills.knowledge import load_knowledge
from tests.quality.fit.agreement import measure_agreement
from tests.quality.fit.labels import read_labels
from tests.quality.fit.points import fit_points, limit_points, round_points, write_points
from tests.quality.fit.sample import Floats, Sample, list_requirements, mask_roles, measure_sample
from tests.quality.fit.validation import predict_corpora, predict_folds
from tests.quality.fit.verdict_bounds import find_close_bound, find_neither_bound


def _make_fit(masks: Floats, most: Floats) -> Callable[[Sample], Callable[[Sample], Floats]]:
    def fit(seen: Sample) -> Callable[[Sample], Floats]:
        worth = (masks * fit_points(seen.met, seen.scores, masks, most)).T
        return lambda unseen: unseen.met @ worth

    return fit


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
@click.option("--write", is_flag=True, help="Write the fitted points into the profiles.")
def main(folder: Path, *, write: bool) -> None:
    """Fit the points to the labelled FOLDER and show how well they foretell résumés that they have not seen.

    What is kept back by `check.txt` has no part in any of the figures but its own, nor in the points that are written.
    """
    sample, profiles = measure_sample(read_labels(folder)), load_knowledge().profiles
    requirements = list_requirements(profiles)
    masks, most = mask_roles(requirements, profiles), limit_points(requirements)
    fit = _make_fit(masks, most)
    known, kept_back = sample.take(~sample.kept_back), sample.take(sample.kept_back)
    by_folds = predict_folds(known, fit)
    predictions = {"ten folds": (by_folds, known), "leave one corpus out": (predict_corpora(known, fit), known)}
    if len(kept_back.met):
        predictions["kept back"] = fit(known)(kept_back), kept_back
    for way, (predicted, judged) in predictions.items():
        for line in _describe(way, predicted, judged):
            click.echo(line)
    click.echo(
        f"close within {find_close_bound(by_folds, known):.1f}, neither below {find_neither_bound(by_folds, known)}"
    )
    points = fit_points(known.met, known.scores, masks, most)
    rounded = round_points(points, profiles, requirements)
    for name, worth in sorted(rounded.items(), key=lambda item: -item[1]):
        click.echo(f"{worth:5.1f}  {name}")
    if write:
        write_points(rounded)


if __name__ == "__main__":
    main()
