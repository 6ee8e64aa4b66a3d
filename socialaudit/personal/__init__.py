"""Private details in plain text: where they stand, of what kind, and whether they may be public.

Every rule is a format with a checksum or an allocation where there is one, or a format beside words
that say what it is. What a reader finds is a place in a text; nothing here keeps or prints a value.
"""
