"""Figures and reports for other systems: the same queries as on the pages."""
