"""A job posting comes in; the draft of a role goes out, for a person to review, with what it leaves out and why."""
