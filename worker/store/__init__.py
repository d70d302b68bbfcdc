"""The store: jobs, batches and attempts to send webhooks come in and are found again, all of them kept in Redis."""
