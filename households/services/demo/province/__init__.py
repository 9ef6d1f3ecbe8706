"""The demonstration of a whole province: invented people whose totals agree with published ones."""
