"""Programmes of support for other systems."""
