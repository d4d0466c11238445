# shellcheck shell=bash
# To be sourced, by bash or zsh: deploys queues, bucket and APIs to LocalStack and exports how to reach them.
#
#   source scripts/build_infrastructure.sh
#
# LocalStack is looked for at AWS_ENDPOINT_URL, else http://localhost:4566; the services at INGEST_URL, ENRICHMENT_URL,
# TRAINING_URL, INFERENCE_URL and METRICS_URL, else on the ports 8081 to 8085 of this machine. Again is harmless.
# Exports PLATFORM_API_ID, PREDICTIVE_API_ID and BELLWETHER_URL.

_bellwether_build_infrastructure() {
  local root endpoint exports
  root=$(cd "$1/.." && pwd) || return 1
  endpoint=${AWS_ENDPOINT_URL:-http://localhost:4566}
  if ! curl --silent --fail --max-time 5 --output /dev/null "$endpoint/_localstack/health"; then
    printf 'error: LocalStack does not answer at %s. Start it with: bash %s/localstack/host-up.sh --services\n' \
      "$endpoint" "$root" >&2
    return 1
  fi
  if [ ! -x "$root/node_modules/.bin/node" ] || [ ! -d "$root/infra/node_modules" ]; then
    (cd "$root" && npx --yes pnpm@12 install) >&2 || return 1
  fi
  # Node of the repository: the machine's own may be too old to run TypeScript.
  exports=$(
    AWS_ENDPOINT_URL=$endpoint "$root/node_modules/.bin/node" "$root/infra/src/deploy-local.ts" --format=shell --wait=30
  ) || return 1
  eval "$exports" || return 1
  # PLATFORM_API_ID and PREDICTIVE_API_ID came with the lines above.
  printf 'Platform API    %s\nPredictive API  %s\n' "$BELLWETHER_URL" \
    "${endpoint%/}/restapis/${PREDICTIVE_API_ID:-}/test/_user_request_"
}

# In zsh BASH_SOURCE is empty, and only zsh can read how it names the file that is sourced.
if [ -n "${ZSH_VERSION:-}" ]; then
  eval '_bellwether_script=${(%):-%x}'
else
  _bellwether_script=${BASH_SOURCE[0]}
fi
# Neither `set -e` nor `exit`: both would end the person's own shell.
if _bellwether_build_infrastructure "$(dirname "$_bellwether_script")"; then
  unset -f _bellwether_build_infrastructure
  unset _bellwether_script
else
  unset -f _bellwether_build_infrastructure
  unset _bellwether_script
  false
fi
