#!/usr/bin/env bash
# Build the wheel, install it alone beside the locked packages, and run its command in an empty folder.
# usage: tests/wheel.sh PYTHON
set -euo pipefail
python=$(realpath -s "$1")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
"$python" -m build --no-isolation --wheel --outdir "$here/dist" . >"$here/build.log" 2>&1 || { cat "$here/build.log"; exit 1; }
"$python" -m venv "$here/venv"
site=$("$python" -c 'import site; print(site.getsitepackages()[0])')
"$here/venv/bin/python" -m pip install --quiet --no-deps "$here"/dist/*.whl
echo "$site" >"$("$here/venv/bin/python" -c 'import site; print(site.getsitepackages()[0])')/locked.pth"
mkdir "$here/empty"; cd "$here/empty"
"$here/venv/bin/socialaudit" --version
"$here/venv/bin/socialaudit" checks >checks.txt
"$here/venv/bin/socialaudit" demo --out out || [ $? -eq 10 ]
for file in results.json findings.csv report.html email.html email.txt email.eml; do
  [ -s "out/$file" ] || { echo "the wheel's demo left no $file"; exit 1; }
done
for file in cromer-2016.toml nether-addle-2025.toml; do
  [ -s "$("$here/venv/bin/python" -c 'from socialaudit.settings import packaged; print(packaged("policies"))')/$file" ] || { echo "the wheel has no policy $file"; exit 1; }
done
