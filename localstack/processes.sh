# shellcheck shell=bash
# Sourced: background processes, each with a file of its pid and a log in the state folder.

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# is_ours NAME: whether the process that we started under this name runs.
# The mark in its environment, because a pid may by now be another program's, and because `kill -0` also finds a zombie,
# which has no environment any more.
is_ours() {
  local pid
  pid=$(cat "$STATE/run/$1.pid" 2>/dev/null) || return 1
  kill -0 "$pid" 2>/dev/null && grep -qzxF "BELLWETHER_STACK_PROCESS=$STATE/$1" "/proc/$pid/environ" 2>/dev/null
}

# is_listening PORT, on either loopback: clients try ::1 first when they are told localhost.
is_listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null
}

# require_free NAME PORT VARIABLE
# A server of another run would pass for a fresh one, with its own version and yesterday's rows.
require_free() {
  is_listening "$2" || return 0
  local holder=''
  if command -v ss >/dev/null; then
    holder=$(ss -Hltnp "sport = :$2" 2>/dev/null | grep -oE 'users:.*' | head -n 1) || true
  fi
  fail "port $2 for $1 is taken by a program that this script did not start${holder:+: $holder}. Stop it, or choose another port with $3."
}

# launch NAME PORT PROGRAM [ARGUMENT…]: starts it detached, so that it outlives this script and its terminal.
launch() {
  local name=$1 port=$2
  shift 2
  BELLWETHER_STACK_PROCESS=$STATE/$name setsid "$@" >>"$STATE/log/$name.log" 2>&1 </dev/null 9>&- &
  printf '%d\n' $! >"$STATE/run/$name.pid"
  printf '%d\n' "$port" >"$STATE/run/$name.port"
  STARTED+=("$name")
}

# wait_until_answers NAME SECONDS CHECK [ARGUMENT…]
wait_until_answers() {
  local name=$1 deadline=$((SECONDS + $2)) pid
  pid=$(cat "$STATE/run/$name.pid")
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null; then
      tail -n 20 "$STATE/log/$name.log" >&2
      fail "$name ended while it started; its log is $STATE/log/$name.log"
    fi
    ((SECONDS < deadline)) || fail "$name does not answer; its log is $STATE/log/$name.log"
    sleep 0.1
  done
  is_ours "$name" || fail "something answers for $name, but the process that was started has ended"
}

# terminate NAME: asks it to end. wait_until_ended NAME SECONDS: waits, and ends it the hard way after that time.
terminate() {
  if is_ours "$1"; then kill -TERM "$(cat "$STATE/run/$1.pid")"; fi
}

wait_until_ended() {
  local name=$1 deadline=$((SECONDS + $2))
  while is_ours "$name"; do
    if ((SECONDS >= deadline)); then
      printf '%s did not end within %d s: killed\n' "$name" "$2" >&2
      kill -KILL "$(cat "$STATE/run/$name.pid")"
      deadline=$((SECONDS + $2))
    fi
    sleep 0.1
  done
  rm -f "$STATE/run/$name".*
}
