"""Lists of support taken in: kept and checked by a job, looked at, recorded once, taken back."""
