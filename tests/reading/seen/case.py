"""What a case is, and the words that documents of cases hold."""

from dataclasses import dataclass

NAME = "Ada Lima"
SKILLS = "Skills: Kubernetes, Terraform"
POST = "Engineer at Baker since 2019, in a team of four"


@dataclass(frozen=True)
class Case:
    """A document, what a person reads in it after its first line, and the reasons for which other text is hidden."""

    content: bytes
    text: str = ""
    reasons: tuple[str, ...] = ()
