#!/bin/sh
# Runs what is in /entrypoint.d, fills the templates from the environment, and becomes the server.
set -eu

log() {
  [ -n "${QUIET:-}" ] || echo "entrypoint: $*" >&2
}

fill_templates() {
  for template in /etc/web/templates/*.template; do
    [ -e "$template" ] || return 0
    target="/etc/web/conf.d/$(basename "$template" .template)"
    sed -e "s|\${PORT}|$PORT|g" -e "s|\${NAME}|$NAME|g" "$template" > "$target"
    log "filled $target"
  done
}

if [ "$1" = webserver ]; then
  for script in /entrypoint.d/*; do
    if [ -x "$script" ]; then
      log "running $script"
      "$script"
    else
      log "ignoring $script: not executable"
    fi
  done
  fill_templates
  log "ready to start"
fi

exec "$@"
