"""The model of a score: points of requirements, each met along a curve by the weighted sum of its evidence.

score(role) = sum over its requirements of points * met, where met = log(1 + x / bend) / log(1 + enough / bend), at
most 1, and x is the sum of weight * worth over the different pieces of evidence. A requirement that asks for others
together is met as far as the product of theirs. `skills.judging.scoring` computes the same.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array, hstack

from skills.roles.profiles import Requirement
from tests.quality.fit.candidates import choose_candidates, weigh_phrases
from tests.quality.fit.points import fit_freely, fit_points
from tests.quality.fit.sample import Booleans, Floats, Piece, Sample, tabulate

# How strongly weights are drawn to what stands without learning (1, and 0 of a phrase), in squared points.
PULL = 200.0
PHRASE_PULL = 300.0
LOWEST_WEIGHT, HIGHEST_WEIGHT, HIGHEST_PHRASE = 0.4, 2.0, 1.0
# Smaller changes of a weight are not worth a line in the file.
MIN_CHANGE = 0.1
MIN_PHRASE = 0.1
MIN_RESUMES = 6
MIN_PIECES = 3
# The evidence of one line, as a title of a present post or a degree, that several requirements ask for.
LINES = (
    ("hold-modeling-post", "do-machine-learning-now"),
    ("hold-software-post", "be-software-engineer"),
    ("doctorate",),
    ("masters-degree",),
)
ROUNDS = 2
STEPS = 60
BENDS = (0.3, 1.0, 4.0, 20.0)
# A curve other than the plain one has to lessen the squared error by this share.
MIN_GAIN = 0.0015


@dataclass(frozen=True, slots=True)
class Model:
    """What was fitted: a weight for each piece, and the points and bend of each requirement."""

    pieces: list[Piece]
    weights: Floats
    bends: Floats
    points: Floats

    def measure(self, sample: Sample) -> Floats:
        """Return how far each résumé meets each requirement."""
        return _bend(_add_up(_tabulate(sample, self.pieces), self.weights, self.pieces, sample), self.bends, sample)

    def predict(self, sample: Sample) -> Floats:
        """Return the scores, of shape (résumés, roles)."""
        return np.asarray(self.measure(sample) @ (sample.masks * self.points).T)


def _tabulate(sample: Sample, pieces: list[Piece]) -> csr_array:
    named, phrases = pieces[: len(sample.pieces)], pieces[len(sample.pieces) :]
    learned = tabulate(weigh_phrases(sample.resumes, phrases), phrases)
    return csr_array(hstack([tabulate((resume.worths for resume in sample.resumes), named), learned]))


def _owners(pieces: list[Piece], sample: Sample) -> csr_array:
    """Return which requirement each piece is for, of shape (pieces, requirements)."""
    rows = np.arange(len(pieces))
    columns = np.array([requirement for requirement, _ in pieces], dtype=int)
    return csr_array((np.ones(len(pieces)), (rows, columns)), shape=(len(pieces), len(sample.requirements)))


def _add_up(table: csr_array, weights: Floats, pieces: list[Piece], sample: Sample) -> Floats:
    return np.asarray((table.multiply(weights[None, :]).tocsr() @ _owners(pieces, sample)).toarray())


def _bend(sums: Floats, bends: Floats, sample: Sample) -> Floats:
    enough = np.array([item.enough for item in sample.requirements])
    met = np.minimum(1.0, np.log1p(sums / bends) / np.log1p(enough / bends))
    index = {item.id: number for number, item in enumerate(sample.requirements)}
    for number, item in enumerate(sample.requirements):
        if item.together:
            met[:, number] = np.prod([met[:, index[part]] for part in item.together], axis=0)
    return np.asarray(met)


def asks_for(item: Requirement, line: tuple[str, ...]) -> bool:
    """Tell whether a line is evidence for a requirement."""
    return not {*item.duties, *item.skills}.isdisjoint(line)


def _list_shares(bends: Floats, sample: Sample) -> Floats:
    """Return for each role how far a first piece of evidence meets each requirement, and a line all that it can."""
    count = len(sample.requirements)
    first = _bend(np.ones((1, count)), bends, sample)[0]
    lines = [[float(asks_for(item, line)) for item in sample.requirements] for line in LINES]
    rows = np.vstack([np.diag(first), np.array(lines) * first])
    both = np.vstack([rows * mask for mask in sample.masks])
    return np.unique(both[both.sum(axis=1) > 0], axis=0)


def _choose_learnable(table: csr_array, sample: Sample, count: int) -> Booleans:
    """Return which pieces may be weighed: of enough résumés, and of requirements that several such pieces meet."""
    support = np.asarray((table > 0).sum(axis=0)).ravel() >= MIN_RESUMES
    plain = np.array([item.dimension != "education" for item in sample.requirements])
    owners = np.array([requirement for requirement, _ in sample.pieces])
    often = np.bincount(owners[support[:count]], minlength=len(plain)) >= MIN_PIECES
    return np.concatenate([support[:count] & (plain & often)[owners], np.ones(table.shape[1] - count, dtype=bool)])


def _bound_weight(piece: Piece, sample: Sample, *, learned: bool) -> tuple[float, float]:
    """Return the least and the most weight; what a requirement's example shows is worth at least 1, to suffice."""
    if learned:
        return 0.0, HIGHEST_PHRASE
    requirement, _ = piece
    return (1.0 if piece in sample.examples[requirement] else LOWEST_WEIGHT), HIGHEST_WEIGHT


def _fit_weights(
    table: csr_array, start: tuple[Floats, Floats], prior: Floats, pieces: list[Piece], sample: Sample
) -> Floats:
    """Return the weights that, with the given points, explain the panel's scores best and stay near the prior."""
    weights, points = start
    count, scores, masks = len(sample.pieces), sample.scores, sample.masks
    enough = np.array([item.enough for item in sample.requirements])
    owners = np.array([requirement for requirement, _ in pieces])
    learnable = _choose_learnable(table, sample, count)
    pull = np.where(np.arange(len(pieces)) < count, PULL, PHRASE_PULL)
    turned = csr_array(table.T)
    together = np.array([bool(item.together) for item in sample.requirements])
    fixed = _bend(_add_up(table, weights, pieces, sample), np.ones(len(enough)), sample) * together

    def measure_loss(weights: Floats) -> tuple[float, Floats]:
        sums = _add_up(table, weights, pieces, sample)
        met = np.log1p(sums) / np.log1p(enough)
        rising = (met < 1) & ~together
        met = np.where(together, fixed, np.minimum(1.0, met))
        first, second = (met @ (points * mask) - scores[:, role] for role, mask in enumerate(masks))
        apart = first - second
        loss = 0.5 * (first @ first + second @ second + apart @ apart) + 0.5 * float(pull @ (weights - prior) ** 2)
        errors = np.outer(first + apart, masks[0]) + np.outer(second - apart, masks[1])
        slopes = errors * points * rising / (1 + sums) / np.log1p(enough)
        # What a piece does to the loss is what it adds to its own requirement's sum in every résumé.
        own = np.asarray(turned.multiply(slopes[:, owners].T).sum(axis=1)).ravel()
        return float(loss), own + pull * (weights - prior)

    bounds = [
        _bound_weight(piece, sample, learned=column >= count) if learnable[column] else (prior[column], prior[column])
        for column, piece in enumerate(pieces)
    ]
    found = minimize(measure_loss, weights, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    return np.asarray(found.x)


def _tidy(weights: Floats, count: int) -> Floats:
    """Return the weights in steps of 0.05, without changes too small for a line in the file."""
    tidy = (weights * 20).round() / 20
    tidy[:count] = np.where(np.abs(tidy[:count] - 1) < MIN_CHANGE - 1e-9, 1.0, tidy[:count])
    tidy[count:] = np.where(tidy[count:] < MIN_PHRASE - 1e-9, 0.0, tidy[count:])
    return np.asarray(tidy)


def _choose_bends(sums: Floats, sample: Sample) -> Floats:
    """Return a bend for each requirement, other than 1 where that explains the panel's scores clearly better."""
    bends = np.ones(len(sample.requirements))

    def measure_loss(bends: Floats) -> tuple[float, Floats]:
        met = _bend(sums, bends, sample)
        points = fit_freely(met, sample.scores, sample.masks)
        errors = met @ (sample.masks * points).T - sample.scores
        return float((errors**2).sum() + ((errors[:, 0] - errors[:, 1]) ** 2).sum()), points

    loss, points = measure_loss(bends)
    for number in np.argsort(-points):
        item = sample.requirements[number]
        if item.together or item.dimension == "education" or item.enough <= 1:
            continue
        for bend in BENDS:
            tried = bends.copy()
            tried[number] = bend
            other, _ = measure_loss(tried)
            if other < loss * (1 - MIN_GAIN):
                loss, bends = other, tried
    return bends


def fit_model(sample: Sample) -> Model:
    """Return the model fitted to a sample."""
    count = len(sample.pieces)
    pieces = [*sample.pieces, *choose_candidates(sample)]
    table = _tabulate(sample, pieces)
    prior = np.concatenate([np.ones(count), np.zeros(len(pieces) - count)])
    weights, plain = prior, np.ones(len(sample.requirements))
    for _ in range(ROUNDS):
        met = _bend(_add_up(table, weights, pieces, sample), plain, sample)
        shares = _list_shares(plain, sample)
        points = fit_points(met, sample.scores, sample.masks, shares)
        weights = _fit_weights(table, (weights, points), prior, pieces, sample)
    weights = _tidy(weights, count)
    sums = _add_up(table, weights, pieces, sample)
    bends = _choose_bends(sums, sample)
    shares = _list_shares(bends, sample)
    points = fit_points(_bend(sums, bends, sample), sample.scores, sample.masks, shares)
    return Model(pieces, weights, bends, points)
