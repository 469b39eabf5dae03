//! From Rust to an optimised WASM module and its glue.

use anyhow::{Context, Result};
use std::{env, fs, path::Path, process::Command};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";
/// What every browser of the last years understands. Not all features: one of them changes the
/// encoding of imports into one that browsers refuse.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
];

/// The compiled app.
pub(crate) struct App {
    /// The glue, an ES module whose default export starts the app.
    pub(crate) script: Vec<u8>,
    /// The module.
    pub(crate) wasm: Vec<u8>,
}

/// Compiles, binds and optimises the crate in `frontend`.
#[expect(clippy::disallowed_methods, reason = "cargo tells its tools where things are in the environment")]
pub(crate) fn build(frontend: &Path) -> Result<App> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    run(Command::new(cargo).args(["build", "--package", "frontend", "--target", TARGET, "--profile", PROFILE]))?;

    let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let compiled = Path::new(&target).join(TARGET).join(PROFILE).join("frontend.wasm");
    let bound = Path::new(&target).join(TARGET).join(PROFILE).join("bound");
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .generate(&bound)
        .context("wasm-bindgen")?;

    let module = bound.join("frontend_bg.wasm");
    let optimised = bound.join("optimised.wasm");
    let tool = frontend.join("node_modules/.bin/wasm-opt");
    run(Command::new(tool).arg(&module).args(WASM_OPT).arg("-o").arg(&optimised))
        .context("wasm-opt comes with `npm ci` in frontend/")?;
    Ok(App { script: fs::read(bound.join("frontend.js"))?, wasm: fs::read(optimised)? })
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{}", command.get_program().display()))?;
    anyhow::ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    Ok(())
}
