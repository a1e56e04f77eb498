#!/bin/sh
# A port is a number, and not a privileged one.
case $PORT in
  "" | *[!0-9]*)
    echo "PORT must be a number, and is '$PORT'" >&2
    exit 64
    ;;
esac
[ "$PORT" -ge 1024 ] || { echo "PORT $PORT is privileged" >&2; exit 77; }
