"""The practice area: a commune of its own tree where everyone tries the work on invented families.

See docs/adr/0022. `place` makes it, `stories` reads the ten training households, `attempts` opens
a trainee's own form of one, `answers` compares it with what is right, `emptying` clears it all.
"""
