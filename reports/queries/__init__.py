"""Read-only figures: one statement each, frozen rows, every one with its base."""
