#!/bin/sh
# Makes the database at the first start: as its own user, with a password, from the files in /initdb.d.
set -eu

die() {
  echo "error: $*" >&2
  exit 1
}

read_secret() {
  # PASSWORD, or PASSWORD_FILE: a file that holds it.
  if [ -n "${PASSWORD:-}" ] && [ -n "${PASSWORD_FILE:-}" ]; then
    die "both PASSWORD and PASSWORD_FILE are set"
  fi
  [ -z "${PASSWORD_FILE:-}" ] || PASSWORD=$(cat "$PASSWORD_FILE")
  [ -n "${PASSWORD:-}" ] || die "set PASSWORD or PASSWORD_FILE"
}

initialize() {
  read_secret
  umask 077
  mkdir -p "$DATA"
  printf '%s' "$PASSWORD" | dbinit --data "$DATA" --password-stdin
  dbserver --socket-only &
  server=$!
  tries=0
  until dbclient --ping > /dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || die "the server did not come up"
    sleep 1
  done
  for file in /initdb.d/*; do
    case $file in
      *.sh) echo "running $file"; . "$file" ;;
      *.sql) echo "loading $file"; dbclient < "$file" ;;
      *) echo "ignoring $file" ;;
    esac
  done
  kill "$server"
  wait "$server" || :
  echo "initialized"
}

if [ "$1" = dbserver ]; then
  if [ "$(id -u)" = 0 ]; then
    chown -R dba:dba "$DATA"
    exec su dba -c 'exec "$0" "$@"' -- "$0" "$@"
  fi
  [ -s "$DATA/VERSION" ] || initialize
fi

exec "$@"
