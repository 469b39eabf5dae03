#!/usr/bin/env bash
# Two nodes of the server behind a proxy on this machine, with a PostgreSQL and a Redis of their own, as production is
# laid out. All data is gone when it ends.
#   scripts/cluster.sh [serve]             the demo province on http://127.0.0.1:8080 (another port: PORT=9000)
#   scripts/cluster.sh journeys [JOURNEY]  the journeys, each world of theirs on two nodes
# A node that dies is started again, as a service manager does. CHENGXI_BIN names another server: then nothing is built.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

say() { printf 'cluster: %s\n' "$*"; }

purpose=${1:-serve}
[ $# -eq 0 ] || shift
case $purpose in
serve | journeys)
    scripts/setup.sh cluster
    if [ -z "${CHENGXI_BIN:-}" ]; then
        say "building the server and the site if they changed (the first time: a quarter of an hour) …"
        scripts/build.sh
        CHENGXI_BIN=$(realpath -m "${CARGO_TARGET_DIR:-target}")/release/chengxi
    fi
    export CHENGXI_BIN
    exec scripts/with-services.sh scripts/cluster.sh "$purpose-beside-services" "$@"
    ;;
journeys-beside-services)
    cd e2e
    CHENGXI_CLUSTER=1 exec npx --no-install playwright test "$@"
    ;;
serve-beside-services) ;;
*)
    echo "usage: scripts/cluster.sh [serve | journeys [JOURNEY …]]" >&2
    exit 2
    ;;
esac

free_port() {
    node -e 'const s = require("node:net").createServer();
        s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

folder=$CHENGXI_TEST_FOLDER/cluster
mkdir "$folder"
export CLUSTER_ADDRESS="127.0.0.1:${PORT:-8080}"
CLUSTER_NODE_1="127.0.0.1:$(free_port)"
CLUSTER_NODE_2="127.0.0.1:$(free_port)"
export CLUSTER_NODE_1 CLUSTER_NODE_2

"$CHENGXI_TEST_POSTGRES_BIN/createdb" --maintenance-db="${CHENGXI_TEST_POSTGRES_URL}postgres" chengxi
export CHENGXI_DATABASE_URL="${CHENGXI_TEST_POSTGRES_URL}chengxi"
export CHENGXI_REDIS_URL="$CHENGXI_TEST_REDIS_URL"
# The keys are the same on all nodes; here they are the same files.
export CHENGXI_KEY_DIR="$folder/keys"
export CHENGXI_SITE_DIR=dist
export CHENGXI_PUBLIC_URL="http://$CLUSTER_ADDRESS"
export CHENGXI_TRUSTED_PROXIES=127.0.0.1
export CHENGXI_DEMO=true
export CHENGXI_SMS_FILE="$folder/text-messages.jsonl"

say "creating the demo province …"
"$CHENGXI_BIN" seed-demo

# Keeps one node running: until this script ends it, whatever ends the node has it started again.
keep_node() {
    local name=$1 address=$2 node=
    trap '[ -z "$node" ] || kill "$node" 2>/dev/null; wait; exit 0' TERM
    while true; do
        CHENGXI_LISTEN="$address" "$CHENGXI_BIN" serve &
        node=$!
        say "node $name is process $node, on $address (try: kill -9 $node)"
        wait "$node" || true
        say "node $name has ended; starting it again …"
        # A node that cannot start does not keep the machine busy.
        sleep 1
    done
}

keepers=()
clean_up() {
    trap - EXIT INT TERM
    [ "${#keepers[@]}" -eq 0 ] || kill "${keepers[@]}" 2>/dev/null || true
    wait
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
keep_node one "$CLUSTER_NODE_1" &
keepers+=($!)
keep_node two "$CLUSTER_NODE_2" &
keepers+=($!)

say "serving on http://$CLUSTER_ADDRESS – Ctrl-C ends it, and what was done here is gone."
say "Redis: ${CHENGXI_REDIS_URL} (try: redis-cli -u $CHENGXI_REDIS_URL flushall)"
haproxy=$(command -v haproxy || echo /usr/sbin/haproxy)
"$haproxy" -db -f scripts/haproxy.cfg &
keepers+=($!)
wait "${keepers[-1]}"
