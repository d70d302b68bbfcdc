"""Redis: the records of jobs, batches and webhook deliveries."""
