//! Builds the site: `bundler --out dist [--release | --quick]`. Nothing is downloaded: wasm-bindgen
//! and the splitter are libraries here, and wasm-opt comes with `npm ci` in `frontend/`.
//!
//! `--release` is the default. `--quick` compiles quickly, does not optimise, and compresses a little.

mod assets;
mod split;
mod wasm;

use anyhow::{Context, Result, bail};
use std::{env, fs, io::Write, path::PathBuf};

/// How much work goes into the site.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Small: optimised and compressed.
    Release,
    /// Soon there: compressed a little.
    Quick,
}

fn main() -> Result<()> {
    let (out, mode) = arguments(env::args().skip(1))?;
    let frontend = PathBuf::from("frontend");
    anyhow::ensure!(frontend.join("Cargo.toml").is_file(), "run the bundler from the project's root");

    let app = wasm::build(&frontend, mode)?;
    // The old site stays until the new one is whole.
    let fresh = out.with_extension("fresh");
    drop(fs::remove_dir_all(&fresh));
    fs::create_dir_all(&fresh).with_context(|| format!("{}", fresh.display()))?;
    let sizes = assets::write(&frontend, &fresh, app, mode)?;
    drop(fs::remove_dir_all(&out));
    fs::rename(&fresh, &out)?;

    let mut report = std::io::stdout().lock();
    for size in &sizes {
        writeln!(report, "{:44} {:>9} bytes  {:>8} sent", size.name, size.plain, size.sent)?;
    }
    let first: usize = sizes.iter().filter(|size| size.is_first_visit).map(|size| size.sent).sum();
    let total: usize = sizes.iter().map(|size| size.sent).sum();
    writeln!(report, "{:44} {:>9}        {first:>8} sent", "first visit", "")?;
    writeln!(report, "{:44} {:>9}        {total:>8} sent", "everything", "")?;
    Ok(())
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<(PathBuf, Mode)> {
    let (mut out, mut mode) = (None, Mode::Release);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--out" => out = given.next().map(PathBuf::from),
            "--release" => mode = Mode::Release,
            "--quick" => mode = Mode::Quick,
            _ => bail!("usage: bundler --out FOLDER [--release | --quick]"),
        }
    }
    Ok((out.context("usage: bundler --out FOLDER [--release | --quick]")?, mode))
}
