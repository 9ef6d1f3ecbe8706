"""Figures as files: JSON, CSV, plain text."""
