"""How alike two entries of the register are: names, persons, households. Pure, with reasons."""
