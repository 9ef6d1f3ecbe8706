"""Figures as pages."""
