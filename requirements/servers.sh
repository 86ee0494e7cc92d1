#!/bin/sh
# Install, where this may be done, the real parts that the tests start in private instances:
# PostgreSQL, RabbitMQ, Chromium, and the readers of scans and old .doc files. SERVERS=no forbids it.
# `servers.sh missing` installs nothing and names in one line what the tests had to do without.
set -eu
packages=""
want() { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || packages="$packages $2"; }
[ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || packages="$packages postgresql"
want /usr/lib/rabbitmq/bin/rabbitmq-server rabbitmq-server
want chromium chromium
want chromedriver chromium-driver
want tesseract tesseract-ocr
[ -n "$(ls /usr/share/tesseract-ocr/*/tessdata/vie.traineddata 2>/dev/null)" ] || packages="$packages tesseract-ocr-vie"
want catdoc catdoc
[ -n "$packages" ] || exit 0

command="apt-get install -y --no-install-recommends$packages"
if [ "${1:-}" = missing ]; then
  echo "Skipped: the tests that need$packages. To bring them:  sudo $command"
  exit 0
fi
if [ "${SERVERS:-}" = no ]; then
  echo "Not installed (SERVERS=no):$packages. The tests that need them are skipped; to bring them:  sudo $command"
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing:$packages. There is no apt-get here, so the tests that need them are skipped."
  exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "Missing:$packages. The tests that need them are skipped; to bring them:  sudo $command"
    exit 0
  fi
  as_root="sudo"
fi
echo "Installing for the tests:$packages (SERVERS=no forbids it) …"
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive $command >/dev/null
