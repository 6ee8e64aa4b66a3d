"""The commands, one module for each group of them. Each imports flows and pandas only when it runs."""
