"""Names without accents, so that "Hoà", "Hòa" and "HOA" are found by the same search.

The database holds the same rule as the SQL function `povreg_fold` (migration 0001); a test keeps
the two equal. Pure: no Django.
"""

import re
import unicodedata

_PLAIN_LETTERS = {"đ": "d"}
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case, without Vietnamese accents, runs of white space as one blank, trimmed."""
    lowered = unicodedata.normalize("NFC", text).lower()
    marked = unicodedata.normalize("NFD", lowered)
    bare = _MARKS.sub("", marked)
    for accented, plain in _PLAIN_LETTERS.items():
        bare = bare.replace(accented, plain)
    return _SPACES.sub(" ", bare).strip()


#: SQL body of povreg_fold; kept beside its Python twin so that one change meets the other.
FOLD_SQL = r"""
CREATE OR REPLACE FUNCTION povreg_fold(given text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    replace(regexp_replace(normalize(lower(normalize(given, NFC)), NFD), '[\u0300-\u036f]', '', 'g'),
            'đ', 'd'),
    '\s+', ' ', 'g'))
$$;
"""
