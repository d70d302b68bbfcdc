"""Fictional résumés of about 700 words on two pages, each of other words, as PDFs; or a folder of one's own."""

from pathlib import Path
from random import Random

from service.intake.folders import list_folder
from skills.finding.skill.vocabulary import load_vocabulary
from tests.resumes import RESUME_TEXT, build_pdf

ENTRIES = 7
LINES_AN_ENTRY = 5
DUTIES = (
    "Designed and trained models with {} and {} for document classification.",
    "Built data pipelines in {} and {}, and cut their cost by {} percent.",
    "Deployed services to production with {}, {} and monitoring.",
    "Worked with {} colleagues on {} and reviewed their code every week.",
    "Evaluated {} against {} on {} thousand labelled examples.",
    "Wrote tests and documentation for a library that wraps {} and {}.",
)


def _write_duty(chosen: Random, skills: list[str]) -> str:
    words = [*chosen.sample(skills, 2), str(chosen.randint(2, 90))]
    return chosen.choice(DUTIES).format(*words)


def write_resume(seed: int) -> str:
    """Return a résumé of about 700 words; the same for the same seed."""
    chosen = Random(seed)  # noqa: S311 - nothing is secret
    skills = [skill.label for skill in load_vocabulary().skills.values()]
    lines = [RESUME_TEXT.partition("\n\nProjects")[0]]
    for year in range(2017, 2017 - ENTRIES, -1):
        lines.append(f"\nEngineer, Company {chosen.randint(100, 999)}, {year - 1} - {year}")
        lines += [_write_duty(chosen, skills) for _ in range(LINES_AN_ENTRY)]
    return "\n".join(lines)


def write_folder(folder: Path, number: int) -> Path:
    """Write that many résumés into a new folder and return it."""
    folder.mkdir()
    for seed in range(number):
        (folder / f"resume-{seed:05}.pdf").write_bytes(build_pdf(write_resume(seed)))
    return folder


def copy_documents(source: Path, folder: Path, number: int) -> Path:
    """Fill a new folder with that many PDFs of another one, over and over if it has fewer, and return it.

    Raises:
        FileNotFoundError: the other one has none.
    """
    contents = [path.read_bytes() for path in list_folder(source).documents.values() if path.suffix.lower() == ".pdf"]
    if not contents:
        raise FileNotFoundError(f"There is no PDF in {source}.")
    folder.mkdir()
    for index in range(number):
        (folder / f"resume-{index:05}.pdf").write_bytes(contents[index % len(contents)])
    return folder
