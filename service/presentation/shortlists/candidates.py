"""Who is on a shortlist."""

from dataclasses import dataclass, field

from service.language import gettext as _
from service.language import message
from service.presentation.sentences import STATUS_NAMES
from skills.judging.report_types import Report
from worker.store.jobs.mark import Mark

TITLE = message("Shortlist")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report with the name under which the shortlist shows it, and its mark."""

    name: str = field(repr=False)
    report: Report = field(repr=False)
    mark: Mark

    @property
    def marks(self) -> str:
        """The status in words, and whether the candidate is starred."""
        status = _(STATUS_NAMES[self.mark.status])
        return _("%(status)s, starred", status=status) if self.mark.star else status

    def list_lines(self) -> list[str]:
        """Return contacts, status and note, each as a line."""
        person = self.report.person
        contact = [part for part in (person.email, person.phone, person.location) if part] if person else []
        return [line for line in (", ".join(contact), self.marks, self.mark.note) if line]
