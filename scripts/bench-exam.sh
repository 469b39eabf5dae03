#!/usr/bin/env bash
# Prints how many candidates one machine sustains and what each costs, one `name value unit` a line; what each run came
# to goes to stderr. A run takes three minutes and the time in which its candidates log in.
#   scripts/bench-exam.sh [postgres|sqlite] [CANDIDATES]     both stores and a first run with 1,000, unless told
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

scripts/setup.sh test >&2
. scripts/path.sh
# Each candidate is a connection, of the server and of the client.
ulimit -n "$(ulimit -Hn)"
exec scripts/with-services.sh cargo bench --quiet -p backend --bench figures -- exam candidates "$@"
