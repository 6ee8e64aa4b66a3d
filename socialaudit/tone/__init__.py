"""A compact model of offensive text, offline: what the words together do, where no list helps.

Two linear heads over hashed traits (``traits``): *hate* (people attacked for who they are) and
*abuse* (a person insulted, bullied or threatened). The weights (``weights.bin``, int8) are made by
``training``; their header names every source. ``docs/accuracy.md`` says how good it is and what it
is not for. Nothing here decides: what it rates is possible, with the words that led to it.
"""
