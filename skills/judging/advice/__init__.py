"""Advice: what each requirement earned comes in, what would earn it more points goes out, in the person's own words."""
