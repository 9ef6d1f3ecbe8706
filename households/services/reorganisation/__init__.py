"""Reorganisations as acts: a draft in parts, what stands against it, what it will do, the act."""
