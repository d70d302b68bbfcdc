"""Which phrases may be learned: those of sentences in which people marked what a requirement asks for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from skills.finding.duty.duties import ActionPhrase, list_duty_phrases, load_duties
from tests.quality.fit.sample import Piece, Resume, Sample

# The requirements that a marked activity meets.
REQUIREMENTS_OF = {
    "M": ("develop-models", "apply-models"),
    "E": ("select-and-tune",),
    "D": ("prepare-data",),
    "P": ("deploy-models",),
    "S": ("develop-software",),
    "Q": ("maintain-software",),
    "L": ("carry-life-cycle",),
    "C": ("work-together",),
}
# A phrase stands in sentences of so many résumés, and so large a share of these sentences show the activity.
MIN_RESUMES = 8
MIN_SHARE = 0.75


def _count(resumes: Iterable[Resume]) -> Iterator[tuple[str, str]]:
    """Yield the phrases that show an activity, with it."""
    sentences: Counter[str] = Counter()
    showing: Counter[tuple[str, str]] = Counter()
    owners: dict[str, set[int]] = defaultdict(set)
    for number, resume in enumerate(resumes):
        for sentence, phrase in {(found.sentence, found.phrase) for found in resume.phrases}:
            if resume.activities is not None:
                sentences[phrase] += 1
                owners[phrase].add(number)
                showing.update((phrase, activity) for activity in resume.activities.get(sentence, ()))
    for (phrase, activity), count in sorted(showing.items()):
        if len(owners[phrase]) >= MIN_RESUMES and count >= MIN_SHARE * sentences[phrase]:
            yield phrase, activity


def _list_act_words() -> set[str]:
    """Return the words that say what somebody did."""
    found = list_duty_phrases(load_duties())
    return {phrase for phrase, meaning in found if isinstance(meaning, ActionPhrase)}


def _holds_shorter(phrase: str, others: set[str]) -> bool:
    words = phrase.split()
    parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(len(part) < len(words) and " ".join(part) in others for part in parts)


def choose_candidates(sample: Sample) -> list[Piece]:
    """Return the phrases that may be learned, with the index of each requirement that they may be evidence for.

    Each holds an act: a thing alone, such as “application”, is no proof that anybody built it. Of a phrase and a longer
    one with it that show the same activity only the shorter is kept.
    """
    acts = _list_act_words()
    index = {item.id: number for number, item in enumerate(sample.requirements)}
    by_activity: dict[str, set[str]] = defaultdict(set)
    for phrase, activity in _count(sample.resumes):
        by_activity[activity].add(phrase)
    return sorted(
        (index[requirement], phrase)
        for activity, phrases in by_activity.items()
        for phrase in phrases
        if not (acts.isdisjoint(phrase.split()) or _holds_shorter(phrase, phrases))
        for requirement in REQUIREMENTS_OF.get(activity, ())
        if requirement in index
    )


def weigh_phrases(resumes: Iterable[Resume], pieces: list[Piece]) -> list[dict[Piece, float]]:
    """Return by résumé what each phrase is worth where it is used best."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for requirement, phrase in pieces:
        wanted[phrase].append(requirement)
    rows = []
    for resume in resumes:
        worths: dict[Piece, float] = {}
        for _, phrase, worth in resume.phrases:
            for requirement in wanted.get(phrase, ()):
                worths[requirement, phrase] = max(worth, worths.get((requirement, phrase), 0.0))
        rows.append(worths)
    return rows
