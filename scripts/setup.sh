#!/usr/bin/env bash
# Installs what is missing for running (`setup.sh run`), for testing as well (`setup.sh test`), or for that and a proxy
# before several nodes (`setup.sh cluster`).
# What is there already is left alone. Exits 1 with plain advice when something cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

# What is fetched where the system's Node is older than 20, as Debian's of 2023 is.
NODE_VERSION=22.23.3

purpose=${1:-test}
case $purpose in
run | test | cluster) ;;
*)
    echo "usage: scripts/setup.sh [run|test|cluster]" >&2
    exit 2
    ;;
esac

say() { printf 'setup: %s\n' "$*"; }

give_up() {
    printf '\nsetup: cannot go on: %s\n' "$1" >&2
    shift
    printf '       %s\n' "$@" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

# Debian keeps it off the PATH of who is not root.
has_haproxy() { has haproxy || [ -x /usr/sbin/haproxy ]; }

# Beside what is on the PATH: Noto CJK is what PDF documents and screenshots are set in.
has_chinese_font() { compgen -G '/usr/share/fonts/opentype/noto/NotoS*CJK*' >/dev/null; }

install_debian_packages() {
    local packages=("$@") as_root=()
    local by_hand="Install these Debian packages (or your system's equivalents): ${packages[*]}"
    has apt-get || give_up "this system has no apt-get." "$by_hand"
    if [ "$(id -u)" -ne 0 ]; then
        if ! { has sudo && sudo -n true 2>/dev/null; }; then
            give_up "packages are missing and this account is not root." "$by_hand" \
                "As root: apt-get install ${packages[*]}"
        fi
        as_root=(sudo -n)
    fi
    say "installing ${packages[*]} (a minute or two) …"
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get install -y -q --no-install-recommends "${packages[@]}")
    "${install[@]}" >/dev/null 2>&1 && return
    say "refreshing the package lists …"
    "${as_root[@]}" apt-get update -q >/dev/null 2>&1 || say "the package lists could not be refreshed."
    "${install[@]}" >/dev/null ||
        give_up "apt-get could not install them (its message is above)." \
            "Check the network, or install by hand: apt-get install ${packages[*]}"
}

# Newer systems have rustup as a package; on the others its own installer brings it.
has_rust() { has rustup && has cargo; }
has_package() { has apt-cache && [ -n "$(apt-cache search --names-only "^$1\$" 2>/dev/null)" ]; }

packages=()
if ! has_rust; then
    if has_package rustup; then
        packages+=(rustup)
    else
        has curl || packages+=(curl ca-certificates)
    fi
fi
has cc || packages+=(build-essential)
has node || packages+=(nodejs)
has npm || packages+=(npm)
has_chinese_font || packages+=(fonts-noto-cjk)
if [ "$purpose" != run ]; then
    # Without a window it is a package of its own where there is one, and leaves the work of drawing windows out.
    if [ -z "${CHROMIUM:-}" ] && ! has chromium-headless-shell && has_package chromium-headless-shell; then
        packages+=(chromium-headless-shell)
    elif [ -z "${CHROMIUM:-}" ]; then
        has chromium-headless-shell || has chromium || packages+=(chromium)
    fi
    has redis-server || packages+=(redis-server)
    has_postgresql || packages+=(postgresql)
fi
if [ "$purpose" = cluster ]; then
    has_haproxy || packages+=(haproxy)
fi
[ ${#packages[@]} -eq 0 ] || install_debian_packages "${packages[@]}"

is_node_new_enough() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

if ! is_node_new_enough; then
    say "fetching Node $NODE_VERSION, since the system's is $(node --version) …"
    npm install --prefix .node --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
        "$own_node@$NODE_VERSION" >/dev/null || true
    . scripts/path.sh
    is_node_new_enough ||
        give_up "Node $(node --version) is too old; 20 or newer is needed." \
            "Install a newer Node (https://nodejs.org/en/download) before the one of your system on the PATH."
fi

if ! has_rust; then
    say "installing rustup (https://rustup.rs) …"
    if curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
        sh -s -- -y --quiet --no-modify-path --profile minimal --default-toolchain none; then
        . scripts/path.sh
    fi
    has_rust ||
        give_up "rustup, which brings the Rust toolchain, could not be installed." \
            "Check the network, or install it by hand as https://rustup.rs says." \
            "Then open a new shell and run this again."
fi

channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
if ! RUSTUP_AUTO_INSTALL=0 cargo --version >/dev/null 2>&1; then
    say "fetching Rust $channel (a minute or two) …"
    rustup toolchain install "$channel" --profile minimal --component rustfmt,clippy --no-self-update ||
        give_up "rustup could not fetch Rust $channel." \
            "Check the network, then: rustup toolchain install $channel --component rustfmt,clippy" \
            "Without a network: copy ~/.rustup/toolchains from a machine that has it."
fi

target=wasm32-unknown-unknown
if ! rustup target list --installed 2>/dev/null | grep -qx "$target"; then
    say "adding the Rust target $target …"
    rustup target add "$target" || rustup target add "$target" ||
        give_up "rustup could not add $target." "Check the network, then: rustup target add $target"
fi

# The crates that Cargo.lock names: afterwards nothing that is built asks the network.
if ! cargo fetch --locked --offline >/dev/null 2>&1; then
    say "fetching the crates of Cargo.lock …"
    cargo fetch --locked ||
        give_up "cargo could not fetch the crates of Cargo.lock (its message is above)." \
            "Check the network, then: cargo fetch --locked" \
            "Without a network: copy ~/.cargo/registry from a machine that has them."
fi

install_node_packages() {
    local folder=$1
    if [ ! "$folder/node_modules/.package-lock.json" -ot "$folder/package-lock.json" ] &&
        [ -f "$folder/node_modules/.package-lock.json" ]; then
        return
    fi
    # npm empties what a link leads to, which is another's: only the link goes.
    [ ! -L "$folder/node_modules" ] || rm "$folder/node_modules"
    say "installing the Node packages of $folder …"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        give_up "npm could not install the packages of $folder." \
            "Check the network, then: cd $folder && npm ci"
    touch "$folder/node_modules/.package-lock.json"
}

install_node_packages frontend
if [ "$purpose" != run ]; then
    install_node_packages e2e
    install_node_packages e2e/verify
fi
say "everything that '$purpose' needs is here."
