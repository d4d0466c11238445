# shellcheck shell=bash
# Sourced by the scripts of this folder: versions, ports and folders of the stack without Docker.
# shellcheck disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
STATE=${BELLWETHER_STACK:-$HOME/.cache/bellwether-stack}
# Apart from the rest of the state, so that a stack of a test's own need not install them again.
PROGRAMS=${BELLWETHER_STACK_PROGRAMS:-$STATE}

LOCALSTACK_PORT=${BELLWETHER_LOCALSTACK_PORT:-4566}
MARIADB_PORT=${BELLWETHER_MARIADB_PORT:-13306}
FIRST_SERVICE_PORT=${BELLWETHER_FIRST_SERVICE_PORT:-8081}
# In the order of packages/contracts/src/service.ts: the n-th one listens on FIRST_SERVICE_PORT + n.
SERVICES=(ingest enrichment training inference metrics)

LOCALSTACK_VERSION=4.13.1
# LocalStack leaves its dependencies open; later releases of them break it.
LOCALSTACK_DEPENDENCIES_BEFORE=2026-02-27
UV_VERSION=0.13.8
AWS_CLI_VERSION=1.46.2
# The series and not the release: mirrors keep only the newest release of a series.
MARIADB_DEBIAN_VERSION='1:10.11.*'
# Debian's own, because LocalStack 4.13 is tried with 3.11 and other pythons may come first on PATH.
PYTHON=${BELLWETHER_PYTHON:-/usr/bin/python3}
NODE=$ROOT/node_modules/.bin/node

UV_ENVIRONMENT=$PROGRAMS/uv-$UV_VERSION
AWS_CLI_ENVIRONMENT=$PROGRAMS/awscli-$AWS_CLI_VERSION
LOCALSTACK_ENVIRONMENT=$PROGRAMS/localstack-$LOCALSTACK_VERSION-before-$LOCALSTACK_DEPENDENCIES_BEFORE

# service_port NAME
service_port() {
  local index
  for index in "${!SERVICES[@]}"; do
    [[ ${SERVICES[index]} != "$1" ]] || printf '%d\n' $((FIRST_SERVICE_PORT + index))
  done
}
