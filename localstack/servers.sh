# shellcheck shell=bash
# Sourced: how MariaDB, LocalStack and the five services are started, and what says that they are up.

mariadb_answers() {
  MYSQL_PWD=bellwether mariadb --no-defaults --protocol=tcp --host=127.0.0.1 --port="$MARIADB_PORT" \
    --user=bellwether --execute='select 1' bellwether
}

start_mariadb() {
  local folder=$STATE/mariadb
  if [[ ! -d $folder ]]; then
    rm -rf "$folder.new"
    mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$folder.new" --skip-test-db \
      --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" >"$STATE/log/mariadb-install.log" 2>&1 ||
      fail "MariaDB's tables could not be made; see $STATE/log/mariadb-install.log"
    mv "$folder.new" "$folder"
  fi
  # Tests make databases of their own, bellwether_something, hence the pattern.
  cat >"$STATE/mariadb.sql" <<'SQL'
CREATE DATABASE IF NOT EXISTS bellwether CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS bellwether@'127.0.0.1' IDENTIFIED BY 'bellwether';
GRANT ALL ON `bellwether%`.* TO bellwether@'127.0.0.1';
SQL
  # sql-mode is MySQL 8's default. At flush 2 a commit survives kill -9, not a power cut, and costs no fsync.
  launch mariadb "$MARIADB_PORT" mariadbd --no-defaults --user="$(id -un)" --datadir="$folder" --socket=mariadb.sock \
    --bind-address=127.0.0.1 --port="$MARIADB_PORT" --init-file="$STATE/mariadb.sql" \
    --skip-log-bin --skip-name-resolve --performance-schema=OFF --default-time-zone=+00:00 \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin --innodb-flush-log-at-trx-commit=2 \
    --sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
}

localstack_answers() {
  curl --fail --silent --max-time 2 --noproxy '*' "http://127.0.0.1:$LOCALSTACK_PORT/_localstack/health"
}

start_localstack() {
  # What an earlier one left: it does not read it again, and uploads would pile up.
  rm -rf "$STATE/localstack"
  mkdir -p "$STATE/localstack/tmp"
  local variables=(
    OVERRIDE_IN_DOCKER=0
    FILESYSTEM_ROOT="$STATE/localstack"
    TMPDIR="$STATE/localstack/tmp"
    XDG_CACHE_HOME="$STATE/localstack-cache"
    GATEWAY_LISTEN="127.0.0.1:$LOCALSTACK_PORT"
    LOCALSTACK_HOST="localhost:$LOCALSTACK_PORT"
    DNS_ADDRESS=0
    DISABLE_EVENTS=1
    SKIP_SSL_CERT_DOWNLOAD=1
    # Queue URLs of one form, http://host/queue/region/account/name; the default needs wildcard DNS.
    SQS_ENDPOINT_STRATEGY=path
    # By default a tampered or expired URL is accepted, and tests of them would prove nothing.
    S3_SKIP_SIGNATURE_VALIDATION=0
    SERVICES="sqs,s3,apigateway,cloudformation,iam,sts,events,ssm,secretsmanager,sns,lambda,logs"
    STRICT_SERVICE_LOADING=1
  )
  # In its own folder, because it writes a few files where it stands.
  launch localstack "$LOCALSTACK_PORT" env --chdir="$STATE/localstack" "${variables[@]}" \
    "$LOCALSTACK_ENVIRONMENT/bin/python" "$ROOT/localstack/on_loopback.py"
}

# service_answers NAME
service_answers() {
  curl --fail --silent --max-time 2 --noproxy '*' "http://127.0.0.1:$(service_port "$1")/healthz"
}

# start_service NAME
start_service() {
  local port
  port=$(service_port "$1")
  # Its request log is a file in DATA_DIR, which one process holds: a folder for each.
  launch "$1" "$port" env "DATA_DIR=$STATE/data/$1" HOST=127.0.0.1 "PORT=$port" "$NODE" "$ROOT/services/$1/src/main.ts"
}
