"""The nouns and the engine that every other package shares. See docs/design.md."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("socialaudit")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
