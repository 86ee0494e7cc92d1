#!/bin/sh
# Make docker/secrets/ with random passwords that fit together. Existing files are kept.
# Then write your tokens into telegram_token, zalo_tokens and smtp_url; an empty file means "not used".
set -eu
umask 077
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
cd "$folder"
random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
keep() { [ -e "$1" ] || cat > "$1"; }

random | keep postgres_password
printf 'postgresql://dondoc:%s@postgres:5432/dondoc' "$(cat postgres_password)" | keep database_url
if [ ! -e rabbitmq.conf ]; then
  password=$(random)
  printf 'default_user = dondoc\ndefault_pass = %s\n' "$password" > rabbitmq.conf
  printf 'amqp://dondoc:%s@rabbitmq:5672/' "$password" > broker_url
fi
random | keep telegram_webhook_secret
random | keep zalo_webhook_secret
for name in telegram_token zalo_tokens smtp_url; do : | keep "$name"; done
# The containers run as other users than this one; the folder keeps everybody else on this host out.
chmod 700 . && chmod 644 ./*
echo "Made in $(pwd):" && ls
