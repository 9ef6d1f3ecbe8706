"""Read-only questions to the register. Nothing here writes."""
