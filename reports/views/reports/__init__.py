"""Pages of reports: the catalogue, orders, editions."""
