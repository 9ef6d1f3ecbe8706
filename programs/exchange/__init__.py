"""Sheets that come from who gives the support, and what goes to them."""
