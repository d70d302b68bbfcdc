"""Documents of each format, what a person sees of them, and why they hide what else they hold."""
