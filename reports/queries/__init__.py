"""Figures: read-only, one statement each, as frozen dataclasses that name their base."""
