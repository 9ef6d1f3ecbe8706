"""Importing a review: `import_review` is the one way in."""

from households.services.imports.problems import Problems, RowProblem
from households.services.imports.review import ImportResult, import_review

__all__ = ["ImportResult", "Problems", "RowProblem", "import_review"]
