"""What Rolefit costs, beside floors and peers on the same files in the same run: `make bench`."""
