#!/usr/bin/env bash
# Write both lock files anew from pyproject.toml. Needs uv; hashes, no index addresses.
set -euo pipefail
cd "$(dirname "$0")"
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --no-annotate --extra postgresql --group build "$@"
}
compile pyproject.toml -o requirements.lock
compile --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
