#!/usr/bin/env bash
# Brings the demo province up: `run.sh` serves it, `run.sh reset` only creates it anew.
# The first time it compiles everything, which takes minutes; later ones take seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

say() { printf 'run: %s\n' "$*"; }

fail() {
    printf 'run: %s\n' "$*" >&2
    exit 1
}

database=data/demo.sqlite
# Stands while the demo province is being created: half a province is never served.
unfinished=data/demo.unfinished
mkdir -p data

# Whoever serves the demo province holds this lock with others, as long as the server lives, since it inherits
# the descriptor; whoever creates it anew holds it alone.
exec 9>>data/demo.lock
if [ "${1:-}" = reset ] || [ -f "$unfinished" ] || [ ! -f "$database" ]; then
    flock --exclusive --nonblock 9 ||
        fail "a server serves this demo province, or one is being created. Stop it (Ctrl-C where it runs), then try again."
else
    flock --shared --nonblock 9 || fail "this demo province is being created anew; try again when that is done."
fi

# What these leave running is no server of the demo province.
scripts/setup.sh run 9>&-

say "building the server and the site if they changed (the first time: a quarter of an hour) …"
scripts/build.sh 9>&-

chengxi="${CARGO_TARGET_DIR:-target}/release/chengxi"
address="127.0.0.1:${PORT:-8080}"

export CHENGXI_LISTEN="$address"
export CHENGXI_DATABASE_URL="sqlite://$database"
export CHENGXI_KEY_DIR=data/keys
export CHENGXI_SITE_DIR=dist
export CHENGXI_DEMO=true
# What the demo sends by text is read here.
export CHENGXI_SMS_FILE=data/text-messages.jsonl

if [ "${1:-}" = reset ] || [ -f "$unfinished" ]; then
    say "removing the demo province …"
    rm -f "$database" "$database-wal" "$database-shm" "$CHENGXI_SMS_FILE"
fi
if [ ! -f "$database" ]; then
    say "creating the demo province …"
    touch "$unfinished"
    "$chengxi" seed-demo
    rm "$unfinished"
else
    say "keeping the demo province in $database (make demo-reset starts it anew)."
    # A test of yesterday is over: this plans one of today, and prints the accounts.
    "$chengxi" seed-demo || {
        say "today's test could not be planned anew (the reason is above); make demo-reset starts the province anew."
        "$chengxi" demo-accounts
    }
fi
[ "${1:-}" != reset ] || exit 0
flock --shared 9

say "serving on http://$address – Ctrl-C ends it. The log-in page offers the accounts above."
exec "$chengxi" serve
