#!/bin/sh
# Resolve pyproject.toml to exact versions, without index or file addresses. Needs uv on the PATH.
set -eu
cd "$(dirname "$0")/.."
compile="uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml"
$compile -o requirements/run.txt "$@"
$compile --extra dev -c requirements/run.txt -o requirements/dev.txt "$@"
