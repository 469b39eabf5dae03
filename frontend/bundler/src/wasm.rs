//! From Rust to optimised WASM modules and their glue.

use crate::{
    Mode,
    split::{self, Chunk},
};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// Flags for what is compiled for the browser alone.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Views of any kind have one type: an eighth less code, for some work at run time.
const ERASE: &str = "--cfg=erase_components";
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
    pub(crate) glue: String,
    /// The script that loads chunks.
    pub(crate) link: String,
    /// The main module.
    pub(crate) wasm: Vec<u8>,
    /// What lazy routes load.
    pub(crate) chunks: Vec<Chunk>,
}

/// Compiles, cuts, binds and (for a release) optimises the crate in `frontend`.
#[expect(clippy::disallowed_methods, reason = "cargo tells its tools where things are in the environment")]
pub(crate) fn build(frontend: &Path, mode: Mode) -> Result<App> {
    let profile = match mode {
        Mode::Release => "wasm-release",
        Mode::Quick => "wasm-quick",
    };
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args(["build", "--package", "frontend", "--target", TARGET, "--profile", profile]);
    run(build.env(RUSTFLAGS, format!("{ERASE} {}", short_paths())))?;

    let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let built = Path::new(&target).join(TARGET).join(profile);
    let scratch = built.join("bound");
    let main = scratch.join("main.wasm");
    let cut = split::cut(&fs::read(built.join("frontend.wasm"))?, &scratch, &main)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&main)
        .out_name("frontend")
        .keep_lld_exports(true)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .generate(&scratch)
        .context("wasm-bindgen")?;

    let finish = |name: &str, wasm: Vec<u8>| match mode {
        Mode::Release => optimise(frontend, &scratch.join(name), &wasm),
        Mode::Quick => Ok(wasm),
    };
    let main = fs::read(scratch.join("frontend_bg.wasm"))?;
    let chunk = |chunk: Chunk| Ok(Chunk { wasm: finish(&chunk.name, chunk.wasm)?, name: chunk.name });
    let (wasm, chunks) = rayon::join(
        || finish("main-bound.wasm", main),
        || cut.chunks.into_par_iter().map(chunk).collect::<Result<_>>(),
    );
    let (wasm, chunks) = (wasm?, chunks?);
    Ok(App { glue: fs::read_to_string(scratch.join("frontend.js"))?, link: cut.link, wasm, chunks })
}

/// Where a library's code lies on the machine that builds is no business of the reader's.
#[expect(clippy::disallowed_methods, reason = "cargo's home is told in the environment")]
fn short_paths() -> String {
    let home = env::var("CARGO_HOME").ok().or_else(|| env::var("HOME").ok().map(|home| format!("{home}/.cargo")));
    let sources = fs::read_dir(format!("{}/registry/src", home.unwrap_or_default())).into_iter().flatten().flatten();
    let maps = sources.map(|source| format!("--remap-path-prefix={}/=", source.path().display()));
    maps.collect::<Vec<_>>().join(" ")
}

fn optimise(frontend: &Path, path: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    fs::write(path, wasm)?;
    let optimised: PathBuf = path.with_extension("optimised");
    let tool = frontend.join("node_modules/.bin/wasm-opt");
    run(Command::new(tool).arg(path).args(WASM_OPT).arg("-o").arg(&optimised))
        .context("wasm-opt comes with `npm ci` in frontend/")?;
    Ok(fs::read(optimised)?)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{}", command.get_program().display()))?;
    anyhow::ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    Ok(())
}
