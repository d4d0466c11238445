# shellcheck shell=bash
# Sourced: brings MariaDB from Debian, LocalStack and the AWS command line from PyPI, and the services' packages, where
# they are not there yet.

install_debian_packages() {
  local missing=()
  command -v mariadbd >/dev/null || missing+=("mariadb-server-core=$MARIADB_DEBIAN_VERSION")
  command -v mariadb >/dev/null || missing+=("mariadb-client-core=$MARIADB_DEBIAN_VERSION")
  command -v curl >/dev/null || missing+=(curl ca-certificates)
  "$PYTHON" -c 'import ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
  if ((${#missing[@]} == 0)); then return; fi
  [[ $(id -u) == 0 ]] || fail "these packages are missing; install them as root: apt-get install ${missing[*]}"
  # The -core packages bring programs only: no service that starts at once, no system user, no data folder.
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

install_localstack() {
  # The mark comes last: an installation that was interrupted has none and begins anew.
  local mark=$LOCALSTACK_ENVIRONMENT/installed
  if [[ -e $mark ]]; then return; fi
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    fail "LocalStack $LOCALSTACK_VERSION is tried with Python 3.11, and $PYTHON is another; name one in BELLWETHER_PYTHON"
  rm -rf "$UV_ENVIRONMENT" "$LOCALSTACK_ENVIRONMENT"
  "$PYTHON" -m venv "$UV_ENVIRONMENT"
  "$UV_ENVIRONMENT/bin/pip" install --quiet --disable-pip-version-check "uv==$UV_VERSION"
  export UV_CACHE_DIR=${UV_CACHE_DIR:-$STATE/uv-cache} UV_PYTHON_DOWNLOADS=never
  "$UV_ENVIRONMENT/bin/uv" venv --quiet --python "$PYTHON" "$LOCALSTACK_ENVIRONMENT"
  "$UV_ENVIRONMENT/bin/uv" pip install --quiet --python "$LOCALSTACK_ENVIRONMENT/bin/python" --compile-bytecode \
    --exclude-newer "$LOCALSTACK_DEPENDENCIES_BEFORE" "localstack-core[runtime]==$LOCALSTACK_VERSION"
  touch "$mark"
}

install_aws_cli() {
  local mark=$AWS_CLI_ENVIRONMENT/installed
  if [[ -e $mark ]]; then return; fi
  rm -rf "$AWS_CLI_ENVIRONMENT"
  "$PYTHON" -m venv "$AWS_CLI_ENVIRONMENT"
  "$AWS_CLI_ENVIRONMENT/bin/pip" install --quiet --disable-pip-version-check "awscli==$AWS_CLI_VERSION"
  # A folder of its own for PATH: beside it, the environment's Python would hide the person's.
  mkdir "$AWS_CLI_ENVIRONMENT/command"
  ln -s ../bin/aws "$AWS_CLI_ENVIRONMENT/command/aws"
  touch "$mark"
}

install_workspace() {
  if [[ -x $NODE ]]; then return; fi
  command -v npx >/dev/null || fail 'the services need Node 20 or newer with npm; it brings the Node 24 that they run on'
  (cd "$ROOT" && npx --yes pnpm@12 install) >"$STATE/log/pnpm-install.log" 2>&1 ||
    fail "pnpm could not install; see $STATE/log/pnpm-install.log"
}
