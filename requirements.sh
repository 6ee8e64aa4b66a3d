#!/usr/bin/env bash
# Write the lock files anew from pyproject.toml. Needs uv; hashes, no index addresses.
set -euo pipefail
cd "$(dirname "$0")"
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --no-annotate "$@"
}
compile --extra scale --group build pyproject.toml -o requirements.lock
compile --extra scale --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
compile --group servers -o requirements-servers.lock
