"""Jobs: a document comes in, its record says how far it is, and its report is found under the job's id."""
