"""What every request passes: tokens, rate limits and security headers; and the answers to what is refused."""
