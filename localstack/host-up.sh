#!/usr/bin/env bash
# LocalStack and MariaDB on this machine without Docker, and with --services the five services as processes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/settings.sh"
source "$here/processes.sh"
source "$here/install.sh"
source "$here/servers.sh"

usage() {
  cat <<'END'
Usage: localstack/host-up.sh [--services] [--aws-cli]

Installs where needed and starts LocalStack and MariaDB on loopback, waits until they answer, and writes the
environment of the services into env.sh of the state folder. What already runs is left running.

  --services   also starts ingest, enrichment, training, inference and metrics, and waits for their /healthz.
               Their /readyz is 200 once queues and bucket are deployed.
  --aws-cli    also installs the AWS command line; env.sh then puts it on PATH

  BELLWETHER_STACK                state folder                 ~/.cache/bellwether-stack
  BELLWETHER_STACK_PROGRAMS       what is installed from PyPI  the state folder
  BELLWETHER_LOCALSTACK_PORT      LocalStack                   4566
  BELLWETHER_MARIADB_PORT         MariaDB                      13306
  BELLWETHER_FIRST_SERVICE_PORT   ingest; the others follow    8081
  BELLWETHER_PYTHON               a Python 3.11                /usr/bin/python3
END
}

with_services=false
with_aws_cli=false
for argument in "$@"; do
  case $argument in
    --services) with_services=true ;;
    --aws-cli) with_aws_cli=true ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
done

mkdir -p "$STATE/run" "$STATE/log"
# Two at once would start everything twice.
exec 9>"$STATE/lock"
flock 9

STARTED=()
# After a failure nothing half-started stays behind to pass for a server next time.
stop_started() {
  local status=$? name
  trap - EXIT
  if ((status != 0)); then
    for name in "${STARTED[@]}"; do terminate "$name"; done
    for name in "${STARTED[@]}"; do wait_until_ended "$name" 30; done
  fi
  exit "$status"
}
trap stop_started EXIT
trap 'exit 130' INT TERM

milliseconds() { printf '%d\n' $((${EPOCHREALTIME/[.,]/} / 1000)); }
begun=$(milliseconds)
done_with() {
  local now
  now=$(milliseconds)
  printf '%-42s %3d.%d s\n' "$1" $(((now - begun) / 1000)) $(((now - begun) % 1000 / 100))
  begun=$now
}

# already NAME PORT VARIABLE: whether ours runs; otherwise its port must be free.
already() {
  local running
  if is_ours "$1"; then
    running=$(cat "$STATE/run/$1.port")
    # Else what somebody else has on the other port would now pass for ours.
    ((running == $2)) || fail "$1 runs already, on port $running and not on $2: run host-down.sh first, or set $3"
    printf '%-42s pid %s\n' "$1 runs already" "$(cat "$STATE/run/$1.pid")"
  else
    require_free "$1" "$2" "$3"
    return 1
  fi
}

write_environment() {
  local name
  {
    # A profile or a session token of the person's own would win over these keys, or spoil them.
    printf 'unset AWS_PROFILE AWS_SESSION_TOKEN\n'
    printf 'export AWS_ENDPOINT_URL=http://localhost:%d\n' "$LOCALSTACK_PORT"
    printf 'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1\n'
    printf 'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n'
    printf 'export DATABASE_URL=mysql://bellwether:bellwether@127.0.0.1:%d/bellwether\n' "$MARIADB_PORT"
    # Each service has a data folder of its own, so a file in it would be another warehouse for each.
    printf 'export WAREHOUSE=mysql WAREHOUSE_URL=mysql://bellwether:bellwether@127.0.0.1:%d/bellwether\n' "$MARIADB_PORT"
    printf 'export QUEUE=sqs OBJECT_STORE=s3 AUTH=none\n'
    if [[ -e $AWS_CLI_ENVIRONMENT/installed ]]; then printf 'export PATH=%q:$PATH\n' "$AWS_CLI_ENVIRONMENT/command"; fi
    for name in "${SERVICES[@]}"; do
      printf 'export %s_URL=http://127.0.0.1:%d\n' "${name^^}" "$(service_port "$name")"
    done
  } >"$STATE/env.sh"
}

missing=()
already mariadb "$MARIADB_PORT" BELLWETHER_MARIADB_PORT || missing+=(mariadb)
already localstack "$LOCALSTACK_PORT" BELLWETHER_LOCALSTACK_PORT || missing+=(localstack)
if $with_services; then
  for name in "${SERVICES[@]}"; do
    already "$name" "$(service_port "$name")" BELLWETHER_FIRST_SERVICE_PORT || missing+=("$name")
  done
fi
is_missing() { [[ " ${missing[*]} " == *" $1 "* ]]; }

install_debian_packages
done_with 'Debian packages installed'
install_localstack
done_with "LocalStack $LOCALSTACK_VERSION installed"
if $with_aws_cli; then
  install_aws_cli
  done_with "AWS command line $AWS_CLI_VERSION installed"
fi
if $with_services; then
  install_workspace
  done_with 'packages of the services installed'
fi
if is_missing mariadb; then start_mariadb; fi
wait_until_answers mariadb 60 mariadb_answers
done_with 'MariaDB answers'
if is_missing localstack; then start_localstack; fi
wait_until_answers localstack 120 localstack_answers
done_with 'LocalStack answers'

write_environment
if $with_services; then
  # shellcheck source=/dev/null
  source "$STATE/env.sh"
  # Together, for they wait for nothing of each other.
  for name in "${SERVICES[@]}"; do
    if is_missing "$name"; then start_service "$name"; fi
  done
  for name in "${SERVICES[@]}"; do wait_until_answers "$name" 60 service_answers "$name"; done
  done_with 'services answer'
fi

printf '\n# source %s\n' "$STATE/env.sh"
cat "$STATE/env.sh"
