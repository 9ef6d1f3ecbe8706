"""Keeping the names that are searched in line with the cards that show them."""

from django.db import connection, transaction

# In one statement, so that the words of a name come with it. A name that is there is left alone:
# nearly all of a round's names are. In order, so that all is worked out before anything is
# written: a plan made for an empty table would otherwise read the growing one again for each name.
# {cards} has the cards' folded_names and folded_head_name; the head is a line of its own only
# where he is none of the others.
_LEARN = """
learnt AS (
  INSERT INTO households_searchname (name, words)
  SELECT named.name, string_to_array(named.name, ' ') FROM (
    SELECT DISTINCT unnest(string_to_array(
      CASE WHEN strpos(E'\\n' || folded_names || E'\\n', E'\\n' || folded_head_name || E'\\n') > 0
           THEN folded_names ELSE folded_names || E'\\n' || folded_head_name END, E'\\n')) AS name
    FROM {cards}
  ) named
  WHERE named.name <> ''
    AND NOT EXISTS (SELECT 1 FROM households_searchname known WHERE known.name = named.name)
  ORDER BY named.name
  RETURNING words
)
INSERT INTO households_searchword (word)
SELECT spelt.word FROM (SELECT DISTINCT unnest(words) AS word FROM learnt) spelt
WHERE NOT EXISTS (SELECT 1 FROM households_searchword known WHERE known.word = spelt.word)
ORDER BY spelt.word
"""


def learning_from(write_cards: str) -> str:
    """A statement that writes cards, made to take in their names too: one statement for both, so
    that only what was written is looked at. `write_cards` calls the table `card`, and may have
    parameters."""
    written = f"{write_cards} RETURNING card.folded_names, card.folded_head_name"
    return f"WITH written AS ({written}), {_LEARN.format(cards='written')}"


def rebuild() -> int:
    """Write all names and words anew from the cards: what nobody is called any more goes. One
    transaction; who saves a household meanwhile waits, who searches sees the names as they were.
    Returns how many names there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever writes a card has it before the names, so nobody waits for the other in turn.
        cursor.execute("LOCK TABLE households_householdcard IN SHARE MODE")
        cursor.execute("DELETE FROM households_searchname")
        cursor.execute("DELETE FROM households_searchword")
        cursor.execute(f"WITH {_LEARN.format(cards='households_householdcard')}")
        cursor.execute("SELECT count(*) FROM households_searchname")
        number: int = cursor.fetchone()[0]
    return number
