"""PostgreSQL and Valkey out of wheels: found, started, shared, stopped."""
