#!/bin/sh
# Prepare .venv: `setup.sh run` for running dondoc, `setup.sh dev` for its tests too.
# Needs Python 3.11 or newer. What a bare Debian lacks (the venv module) is installed with apt-get when
# this is root or sudo asks no password; otherwise the exact command is printed.
set -eu
what="${1:-run}"
cd "$(dirname "$0")/.."

python=""
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
     "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python="$candidate"
    break
  fi
done
if [ -z "$python" ]; then
  echo "dondoc needs Python 3.11 or newer, and none was found. On Debian 12 or Ubuntu 24.04: apt-get install python3" >&2
  exit 1
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
may_install() { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  rm -rf .venv
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$python" .venv
  else
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
      command="apt-get install -y python$version-venv"
      if command -v apt-get >/dev/null 2>&1 && may_install; then
        echo "Python's venv module is missing; installing it: $command"
        $as_root apt-get update -qq
        # shellcheck disable=SC2086
        $as_root env DEBIAN_FRONTEND=noninteractive $command >/dev/null
      else
        echo "Python's venv module is missing. Install it and try again:  sudo $command" >&2
        exit 1
      fi
    fi
    "$python" -m venv .venv
  fi
fi

stamp=".venv/.ready-$what"
wanted=$(cat "requirements/$what.txt" pyproject.toml | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi

echo "Installing what dondoc needs into .venv (once; about half a minute) …"
if command -v uv >/dev/null 2>&1; then
  install="uv pip install --quiet --python .venv/bin/python"
else
  install=".venv/bin/python -m pip install --quiet --disable-pip-version-check"
fi
if ! $install -r "requirements/$what.txt" || ! $install --no-deps -e .; then
  echo "The packages could not be installed. Is the package registry reachable? Then try again: make setup" >&2
  exit 1
fi
echo "$wanted" > "$stamp"
