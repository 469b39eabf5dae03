#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL cluster and a Redis of its own:
#   scripts/with-services.sh COMMAND [ARGUMENT…]
# Both listen on free ports of the loopback address and are gone, with their data, when it ends.
# The cluster is durable (fsync, full_page_writes, synchronous_commit), so that tests of
# durability and figures of speed mean something. The command finds in its environment:
#   CHENGXI_TEST_FOLDER            a folder that lives as long as the services, for what tests share
#   CHENGXI_TEST_POSTGRES_URL      postgres://postgres@127.0.0.1:PORT/ (append a database's name)
#   CHENGXI_TEST_REDIS_URL         redis://127.0.0.1:PORT/
#   CHENGXI_TEST_POSTGRES_BIN      folder of initdb and pg_ctl, for a cluster that a test may kill
#   CHENGXI_TEST_POSTGRES_ACCOUNT  account that such a cluster must run as; empty: one's own
set -euo pipefail

[ $# -gt 0 ] || {
    echo "usage: scripts/with-services.sh COMMAND [ARGUMENT…]" >&2
    exit 2
}

fail() {
    printf 'services: %s\n' "$*" >&2
    exit 1
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/chengxi-services.XXXXXX")
chmod 711 "$folder"
redis_pid=
as_postgres=()

# The newest PostgreSQL of the machine: Debian keeps its server programs off the PATH.
find_postgresql() {
    local candidate
    if candidate=$(command -v initdb); then
        dirname "$(readlink -f "$candidate")"
        return
    fi
    candidate=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) ||
        fail "PostgreSQL is missing: run scripts/setup.sh."
    dirname "$candidate"
}

free_port() {
    node -e 'const s = require("node:net").createServer();
        s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

clean_up() {
    local status=$?
    trap - EXIT INT TERM
    [ -z "$redis_pid" ] || kill "$redis_pid" 2>/dev/null || true
    if [ -f "$folder/postgres/data/postmaster.pid" ]; then
        "${as_postgres[@]}" "$postgresql/pg_ctl" -D "$folder/postgres/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$folder"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

postgresql=$(find_postgresql)
command -v redis-server >/dev/null || fail "Redis is missing: run scripts/setup.sh."
command -v node >/dev/null || fail "Node is missing: run scripts/setup.sh."

mkdir "$folder/postgres" "$folder/redis"
account=
if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root.
    account=postgres
    id "$account" >/dev/null 2>&1 || fail "there is no account '$account': useradd --system $account"
    chown "$account" "$folder/postgres"
    as_postgres=(runuser -u "$account" --)
fi

# Its working directory must be one that the other account may enter.
cd "$folder"
"${as_postgres[@]}" "$postgresql/initdb" -D "$folder/postgres/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
    >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    fail "initdb failed."
}
postgres_port=$(free_port)
settings="-c listen_addresses=127.0.0.1 -c port=$postgres_port -c unix_socket_directories=$folder/postgres"
settings="$settings -c max_connections=300 -c shared_buffers=256MB"
settings="$settings -c fsync=on -c full_page_writes=on -c synchronous_commit=on"
"${as_postgres[@]}" "$postgresql/pg_ctl" -D "$folder/postgres/data" -l "$folder/postgres/server.log" \
    -o "$settings" -w -t 60 start >/dev/null || {
    cat "$folder/postgres/server.log" >&2
    fail "PostgreSQL did not start."
}

redis_port=$(free_port)
redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$folder/redis" --save "" --appendonly no \
    >"$folder/redis.log" 2>&1 &
redis_pid=$!
redis_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$redis_port") 2>/dev/null; }
for _ in $(seq 100); do
    redis_answers && break
    sleep 0.1
done
redis_answers || {
    cat "$folder/redis.log" >&2
    fail "Redis did not start."
}

export CHENGXI_TEST_FOLDER="$folder"
export CHENGXI_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$postgres_port/"
export CHENGXI_TEST_REDIS_URL="redis://127.0.0.1:$redis_port/"
export CHENGXI_TEST_POSTGRES_BIN="$postgresql"
export CHENGXI_TEST_POSTGRES_ACCOUNT="$account"
printf 'services: PostgreSQL on port %s, Redis on port %s\n' "$postgres_port" "$redis_port" >&2

cd "$OLDPWD"
"$@"
