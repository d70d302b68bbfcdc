"""What applies to every request: limits, tokens, security headers, and the answers to errors."""
