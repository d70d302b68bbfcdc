"""How large the body of each request may be: the only place that says so."""

from flask import Flask, request

from worker.settings import Settings

FORM_BYTES = 64 * 1024  # a form of a few fields, or what a form has besides its one file
BATCH_FORM_BYTES = 1_000_000  # the boundaries and headers of a batch's parts
ROLE_BYTES = 256 * 1024
FORM_PARTS = 10
BATCH_ENDPOINTS = ("batches.create_batch", "batches.extend_batch")


def list_body_limits(settings: Settings) -> dict[str, int]:
    """Return how many bytes a request's body may have, by endpoint; requests to other endpoints have no body."""
    return {
        "matches.create_match": settings.max_upload_bytes + FORM_BYTES,
        **dict.fromkeys(BATCH_ENDPOINTS, settings.max_batch_bytes + BATCH_FORM_BYTES),
        "batches.change_batch": FORM_BYTES,
        "batches.score_again": FORM_BYTES,
        "matches.mark_match": FORM_BYTES,
        "matches.score_again": FORM_BYTES,
        "roles.create_role": ROLE_BYTES,
        "roles.put_role": ROLE_BYTES,
        "role_pages.create_role": ROLE_BYTES,
        "role_pages.save_role_of_form": ROLE_BYTES,
        "role_pages.delete_role": FORM_BYTES,
        "role_pages.score_batch": FORM_BYTES,
        "role_pages.score_match": FORM_BYTES,
    }


def register_body_limits(app: Flask, settings: Settings) -> None:
    """Have the application hold the limits itself, also where no admission stands before it."""
    limits = list_body_limits(settings)

    def set_limits() -> None:
        endpoint = request.endpoint or ""
        parts = settings.max_batch_documents if endpoint in BATCH_ENDPOINTS else 0
        request.max_content_length = limits.get(endpoint, 0)
        request.max_form_parts = FORM_PARTS + parts

    app.before_request(set_limits)
