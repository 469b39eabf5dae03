#!/usr/bin/env bash
# Shows that what is backed up comes back: a demo province is lost and restored in a new place, by the very steps of
# docs/operations.md, and looked through. It ends with the time that each way back took, and fails if anything is missing.
#   scripts/restore-drill.sh [embedded | postgresql]     without a name: both
# CHENGXI_BIN names another server: then nothing is built.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

say() { printf 'drill: %s\n' "$*"; }

fail() {
    printf 'drill: %s\n' "$*" >&2
    exit 1
}

purpose=${1:-both}
case $purpose in
both | embedded | postgresql)
    scripts/setup.sh test
    . scripts/path.sh
    if [ -z "${CHENGXI_BIN:-}" ]; then
        say "building the server if it changed …"
        cargo build --quiet --release -p backend
        CHENGXI_BIN=$(realpath -m "${CARGO_TARGET_DIR:-target}")/release/chengxi
    fi
    export CHENGXI_BIN
    exec scripts/with-services.sh scripts/restore-drill.sh "$purpose-beside-services"
    ;;
both-beside-services | embedded-beside-services | postgresql-beside-services) ;;
*)
    echo "usage: scripts/restore-drill.sh [embedded | postgresql]" >&2
    exit 2
    ;;
esac

folder=$CHENGXI_TEST_FOLDER/drill
mkdir "$folder"
chmod 711 "$folder"
export CHENGXI_LOG=warn
report=()

# Acts that come after a backup: two persons, each with an entry in the audit.
act() { "$CHENGXI_BIN" add-security-administrator "$1" "$1" >/dev/null; }

# Looks through the store and keeps what is told: the drill compares before and after.
look() {
    "$CHENGXI_BIN" check-store >"$1" || {
        cat "$1" >&2
        fail "the store is not whole."
    }
    sed 's/^/drill:   /' "$1"
}

same() { cmp -s "$1" "$2" || fail "what came back is not what was lost (compare the lines above)."; }

drill_embedded() {
    local place=$folder/embedded began
    mkdir "$place"
    export CHENGXI_DATABASE_URL="sqlite://$place/first/chengxi.sqlite" CHENGXI_KEY_DIR="$place/first/keys"
    say "embedded store: creating a demo province …"
    "$CHENGXI_BIN" seed-demo >/dev/null
    act first
    look "$place/before"

    say "embedded store: the backup, of the store and of the keys apart from it …"
    "$CHENGXI_BIN" backup "$place/backup.sqlite"
    cp -a "$place/first/keys" "$place/backup-keys"

    say "embedded store: losing it, and restoring it in a new place …"
    rm -rf "$place/first"
    began=$SECONDS
    mkdir "$place/second"
    cp "$place/backup.sqlite" "$place/second/chengxi.sqlite"
    cp -a "$place/backup-keys" "$place/second/keys"
    export CHENGXI_DATABASE_URL="sqlite://$place/second/chengxi.sqlite" CHENGXI_KEY_DIR="$place/second/keys"
    look "$place/after"
    same "$place/before" "$place/after"
    report+=("restore_embedded_s $((SECONDS - began)) s")
}

as_postgres=()
[ -z "$CHENGXI_TEST_POSTGRES_ACCOUNT" ] || as_postgres=(runuser -u "$CHENGXI_TEST_POSTGRES_ACCOUNT" --)

# Runs a program of PostgreSQL in the cluster's folder.
postgresql() {
    local program=$1
    shift
    (cd "$cluster" && "${as_postgres[@]}" "$CHENGXI_TEST_POSTGRES_BIN/$program" "$@")
}

free_port() {
    node -e 'const s = require("node:net").createServer();
        s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

# Starts the cluster that lies in folder $1; $2 are further settings.
start_cluster() {
    local settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$cluster ${2:-}"
    postgresql pg_ctl -D "$1" -l "$cluster/server.log" -o "$settings" -w -t 60 start >/dev/null || {
        cat "$cluster/server.log" >&2
        fail "PostgreSQL did not start."
    }
}

receiver=
clean_up() {
    for data in first second; do
        [ ! -f "${cluster:-}/$data/postmaster.pid" ] || postgresql pg_ctl -D "$data" -m immediate -w stop >/dev/null 2>&1 || true
    done
    [ -z "$receiver" ] || wait "$receiver" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

drill_postgresql() {
    local began address
    cluster=$folder/postgresql
    port=$(free_port)
    address="host=127.0.0.1 port=$port user=postgres"
    mkdir "$cluster" "$cluster/archive"
    [ -z "$CHENGXI_TEST_POSTGRES_ACCOUNT" ] || chown -R "$CHENGXI_TEST_POSTGRES_ACCOUNT" "$cluster"
    postgresql initdb -D first -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    start_cluster first "-c synchronous_standby_names=archive"
    # What is acknowledged lies in the archive too: until it is there, commits wait.
    postgresql pg_receivewal -D archive --synchronous --no-loop -d "$address application_name=archive" 2>/dev/null &
    receiver=$!
    postgresql createdb -h 127.0.0.1 -p "$port" -U postgres chengxi
    export CHENGXI_DATABASE_URL="postgres://postgres@127.0.0.1:$port/chengxi" CHENGXI_KEY_DIR="$folder/keys"
    say "PostgreSQL: creating a demo province …"
    "$CHENGXI_BIN" seed-demo >/dev/null
    act first

    say "PostgreSQL: the backup, and acts that come after it …"
    postgresql pg_basebackup -D second -X none -c fast -d "$address" 2>/dev/null
    act second
    look "$folder/before"

    say "PostgreSQL: losing it with all its processes, and restoring it from backup and archive …"
    local main
    main=$(head -n 1 "$cluster/first/postmaster.pid")
    # shellcheck disable=SC2046
    kill -KILL "$main" $(ps -o pid= --ppid "$main")
    # With nobody left to receive from, it has written down what came.
    wait "$receiver" || true
    receiver=
    rm -rf "$cluster/first"
    began=$SECONDS
    restore='cp ../archive/* pg_wal/
        for part in pg_wal/*.partial; do [ ! -e "$part" ] || mv "$part" "${part%.partial}"; done'
    (cd "$cluster/second" && "${as_postgres[@]}" sh -ec "$restore")
    start_cluster second
    look "$folder/after"
    same "$folder/before" "$folder/after"
    report+=("restore_postgresql_s $((SECONDS - began)) s")
}

case $purpose in
embedded-*) drill_embedded ;;
postgresql-*) drill_postgresql ;;
*)
    drill_embedded
    drill_postgresql
    ;;
esac
say "everything that was acknowledged came back."
printf '%s\n' "${report[@]}"
