"""Schema versions of the audit store, applied by ``Store.open``."""
