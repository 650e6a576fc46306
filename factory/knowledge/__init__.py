"""What we know: dated norms with their source."""
