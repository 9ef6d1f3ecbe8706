"""Filters of the programmes' pages."""
