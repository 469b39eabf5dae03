#!/usr/bin/env bash
# Brings the demo province up: `run.sh` serves it, `run.sh reset` only creates it anew.
# The first time it compiles everything, which takes minutes; later ones take seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

say() { printf 'run: %s\n' "$*"; }

scripts/setup.sh run

say "building the server and the site if they changed (the first time: a quarter of an hour) …"
scripts/build.sh

chengxi="${CARGO_TARGET_DIR:-target}/release/chengxi"
address="127.0.0.1:${PORT:-8080}"
database=data/demo.sqlite
# Stands while the demo province is being created: half a province is never served.
unfinished=data/demo.unfinished

export CHENGXI_LISTEN="$address"
export CHENGXI_DATABASE_URL="sqlite://$database"
export CHENGXI_KEY_DIR=data/keys
export CHENGXI_SITE_DIR=dist
export CHENGXI_DEMO=true
# What the demo sends by text is read here.
export CHENGXI_SMS_FILE=data/text-messages.jsonl
mkdir -p data

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
    "$chengxi" demo-accounts
fi
[ "${1:-}" != reset ] || exit 0

say "serving on http://$address – Ctrl-C ends it. The log-in page offers the accounts above."
exec "$chengxi" serve
