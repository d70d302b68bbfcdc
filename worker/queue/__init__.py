"""The queue: the id of a job comes in as a message, and its outcome goes to the store."""
