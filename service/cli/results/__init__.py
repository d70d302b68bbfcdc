"""Commands that read the results of `rolefit batch` or `rolefit score --json`."""
