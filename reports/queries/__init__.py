"""Read-only figures: one statement each, counted in the database."""
