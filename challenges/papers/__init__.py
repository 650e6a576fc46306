"""Papers around a challenge, as pages to print and as tagged PDF."""
