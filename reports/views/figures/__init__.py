"""The figures of the dashboard, one file each: a function from a scope to its block."""
