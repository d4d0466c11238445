#!/usr/bin/env bash
# Uploads a table to Bellwether with nothing but bash and curl, and says what to do next.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scripts/client_app.sh --userid=ID --file=PATH [--url=URL]

Uploads a table (CSV, .npy, Parquet) for a user, waits until it is ready, and prints what next.

  --userid=ID   the user, 1 to 64 letters, digits, dashes or underscores
  --file=PATH   the table; its last column is what will be predicted
  --url=URL     the server; default: $BELLWETHER_URL, else http://127.0.0.1:8080
  --help        this text

With PLATFORM_API_ID set and no BELLWETHER_URL, the server is that REST API of API Gateway on LocalStack.
With BELLWETHER_API_KEY set, the key is sent.

Example:
  scripts/client_app.sh --userid=u1 --file=samples/iris.npy

Exit codes: 0 ready, 1 refused or failed, 2 wrong usage.
EOF
}

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2:-1}"
}

# json_text KEY JSON: the first text under KEY, unescaped as far as texts for people need it.
json_text() {
  local found
  # Not a pipe into head: it would end grep early, and pipefail would take that for a failure.
  IFS= read -r found < <(grep -oE "\"$1\":\"([^\"\\\\]|\\\\.)*\"" <<<"$2") || return 0
  found=${found#"\"$1\":\""}
  found=${found%\"}
  found=${found//\\u0026/&}
  found=${found//\\\//\/}
  found=${found//\\\"/\"}
  printf '%s' "${found//\\\\/\\}"
}

# json_number KEY JSON: the first whole number under KEY.
json_number() {
  local found
  IFS= read -r found < <(grep -oE "\"$1\":[0-9]+" <<<"$2") || return 0
  printf '%s' "${found##*:}"
}

# call METHOD PATH [BODY]: sets `answer`; ends the script when the server refuses.
call() {
  local method=$1 path=$2 code=0 status cure
  local arguments=(--silent --show-error --globoff --request "$method" --header "X-User-Id: $userid" --write-out '\n%{http_code}')
  if (($# > 2)); then arguments+=(--header 'Content-Type: application/json' --data-binary "$3"); fi
  # The key goes through a file descriptor: arguments can be read by everybody on the machine.
  answer=$(curl --config <(printf '%s' "$secrets") "${arguments[@]}" "$url$path") || code=$?
  if ((code != 0)); then fail "No answer from $url. Is the server up? Start one with: npx --yes pnpm@12 bellwether serve"; fi
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if ((status >= 200 && status < 300)); then return; fi
  cure=$(json_text cure "$answer")
  detail=$(json_text detail "$answer")
  # API Gateway refuses in words of its own.
  fail "${detail:-$(json_text message "$answer")} ($status $(json_text code "$answer"))${cure:+$'\n'  cure: $cure}"
}

# upload URL: sends the file with the headers in the array `headers`.
upload() {
  # Without --globoff curl takes brackets in the file's name for patterns.
  local arguments=(--silent --show-error --globoff --request PUT --upload-file "$file" --write-out '\n%{http_code}')
  local header reply status
  # curl's own `Expect` would cost a second where a server does not answer it.
  for header in 'Expect:' ${headers[@]+"${headers[@]}"}; do arguments+=(--header "$header"); done
  reply=$(curl "${arguments[@]}" "$1") || fail 'The upload was cut off.'
  status=${reply##*$'\n'}
  if ((status >= 200 && status < 300)); then return; fi
  fail "The upload was refused: $(json_text detail "$reply") ($status)"
}

# read_headers JSON: sets the array `headers` from the object under "headers".
read_headers() {
  local rest
  headers=()
  IFS= read -r rest < <(grep -oE '"headers":\{[^}]*\}' <<<"$1") || return 0
  rest=${rest#'"headers":'}
  while [[ $rest =~ \"([^\"]+)\":\"([^\"]*)\"(.*) ]]; do
    headers+=("${BASH_REMATCH[1]}: ${BASH_REMATCH[2]}")
    rest=${BASH_REMATCH[3]}
  done
}

# print_problems JSON: each problem of the data on a line: where, what, and how to mend it.
print_problems() {
  local problem column row place
  while IFS= read -r problem; do
    column=$(json_text column "$problem")
    row=$(json_number row "$problem")
    place="${row:+ row $row}${column:+ column $column}"
    printf '  %s%s: %s %s\n' "$(json_text severity "$problem")" "${place:+ at$place}" \
      "$(json_text message "$problem")" "$(json_text cure "$problem")"
  done < <(grep -oE '\{("([^"\\]|\\.)*"|[^"{}])*"severity":("([^"\\]|\\.)*"|[^"{}])*\}' <<<"$1" || true)
}

# example_array: the first row of the dataset without its last column, as JSON.
example_array() {
  local pair values=() text='([^"\\]|\\.)*'
  call GET "/v1/datasets/$dataset/rows?limit=1"
  answer=${answer#*'"rows":[{'}
  while IFS= read -r pair; do
    [[ $pair =~ ^\"([^\"\\]|\\.)*\":(.*)$ ]] && values+=("${BASH_REMATCH[2]}")
  done < <(grep -oE "\"$text\":(\"$text\"|[^,}]+)" <<<"${answer%%'}],"total":'*}" || true)
  if ((${#values[@]} < 2)); then return; fi
  unset "values[$((${#values[@]} - 1))]"
  local IFS=,
  printf '[%s]' "${values[*]}"
}

# quoted TEXT: one word for a shell.
quoted() {
  printf "'%s'" "${1//\'/\'\\\'\'}"
}

userid='' file='' url=''
for argument in "$@"; do
  case $argument in
    --userid=*) userid=${argument#*=} ;;
    --file=*) file=${argument#*=} ;;
    --url=*) url=${argument#*=} ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && fail "unknown argument: $argument" 2 ;;
  esac
done

[[ $userid =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$ ]] ||
  fail '--userid=ID is needed: 1 to 64 letters, digits, dashes or underscores. See --help.' 2
[[ -n $file ]] || fail '--file=PATH is needed. See --help.' 2
[[ -f $file && -r $file ]] || fail "There is no file to read at $file."
[[ -s $file ]] || fail "$file is empty."

if [[ -z $url ]]; then
  if [[ -n ${BELLWETHER_URL:-} ]]; then
    url=$BELLWETHER_URL
  elif [[ -n ${PLATFORM_API_ID:-} ]]; then
    url="http://localhost:4566/restapis/$PLATFORM_API_ID/test/_user_request_"
  else
    url=http://127.0.0.1:8080
  fi
fi
url=${url%/}
secrets=''
if [[ -n ${BELLWETHER_API_KEY:-} ]]; then secrets="header = \"Authorization: Bearer $BELLWETHER_API_KEY\""; fi

bytes=$(wc -c <"$file")
call POST /pre-signed-s3-url "{\"userID\":\"$userid\",\"contentLength\":$((bytes))}"
dataset=$(json_text datasetId "$answer")
target=$(json_text url "$answer")
read_headers "$answer"
[[ -n $dataset && -n $target ]] || fail "$url answered, but not as Bellwether does."

printf 'Uploading %s (%d bytes) as dataset %s\n' "$file" "$bytes" "$dataset"
upload "$target"

status=''
pause=0.1
while [[ $status != ready && $status != rejected ]]; do
  sleep "$pause"
  pause=0.5
  call GET "/v1/datasets/$dataset"
  status=$(json_text status "$answer")
done

if [[ $status == rejected ]]; then
  printf 'The table was rejected:\n' >&2
  print_problems "$answer" >&2
  exit 1
fi
printf 'Ready: %s rows.\n' "$(json_number rows "$answer")"
print_problems "$answer"

array=$(example_array) || array=''
key=''
# shellcheck disable=SC2016 # the variable is for the person's shell to fill in
if [[ -n $secrets ]]; then key=' -H "Authorization: Bearer $BELLWETHER_API_KEY"'; fi
json="-H 'Content-Type: application/json'"
cat <<EOF

Train on it, with the last column as the target:
  curl -s$key $(quoted "$url/train") $json -d $(quoted "{\"userID\":\"$userid\"}")
Then, a moment later, predict:
  curl -s$key $(quoted "$url/prediction") $json -d $(quoted "{\"userID\":\"$userid\",\"array\":${array:-[…]}}")
EOF
