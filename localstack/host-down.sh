#!/usr/bin/env bash
# Ends what host-up.sh started, by pid, and waits for it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/settings.sh"
source "$here/processes.sh"

usage() {
  cat <<'END'
Usage: localstack/host-down.sh [--services | --wipe]

Ends the services, LocalStack and MariaDB that host-up.sh started. LocalStack's queues and objects are gone with it;
MariaDB's rows stay.

  --services   ends the services only
  --wipe       also deletes rows, request logs and logs; what was installed stays
END
}

names=("${SERVICES[@]}" localstack mariadb)
wipe=false
for argument in "$@"; do
  case $argument in
    --services) names=("${SERVICES[@]}") ;;
    --wipe) wipe=true ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
done
if $wipe && ((${#names[@]} == ${#SERVICES[@]})); then usage >&2 && exit 2; fi
[[ -d $STATE/run ]] || exit 0

exec 9>"$STATE/lock"
flock 9

# end NAME…: at once, each with the grace time that services give their work (20 s) and a little more.
end() {
  local name
  local running=()
  for name in "$@"; do
    if is_ours "$name"; then
      terminate "$name"
      running+=("$name")
    else
      rm -f "$STATE/run/$name".*
    fi
  done
  for name in "${running[@]}"; do
    wait_until_ended "$name" 30
    printf '%s ended\n' "$name"
  done
}

# Services first: they finish what is in flight while its queue and its rows are still there.
end "${SERVICES[@]}"
for name in "${names[@]:${#SERVICES[@]}}"; do end "$name"; done

if $wipe; then
  rm -rf "$STATE/mariadb" "$STATE/localstack" "$STATE/data" "$STATE/log"
fi
