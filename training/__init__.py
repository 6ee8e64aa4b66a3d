"""How the model of offensive text is made and measured. Not part of what is installed.

``python -m training --data DIR`` writes ``socialaudit/tone/weights.bin`` from published sets (named,
with hashes and licences, in ``sources.toml``; the project holds none of them) and from the talk that
the project wrote itself (``talk.toml``). ``python -m training.accuracy`` writes ``docs/accuracy.md``.
"""
