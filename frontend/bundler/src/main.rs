//! Builds the site: `bundler --out dist`. Nothing is downloaded: wasm-bindgen is a library here and
//! wasm-opt comes with `npm ci` in `frontend/`.

mod assets;
mod wasm;

use anyhow::{Context, Result};
use std::{env, fs, io::Write, path::PathBuf};

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let out = match (arguments.next().as_deref(), arguments.next()) {
        (Some("--out"), Some(folder)) => PathBuf::from(folder),
        _ => anyhow::bail!("usage: bundler --out FOLDER"),
    };
    let frontend = PathBuf::from("frontend");
    anyhow::ensure!(frontend.join("Cargo.toml").is_file(), "run the bundler from the project's root");

    let app = wasm::build(&frontend)?;
    // The old site stays until the new one is whole.
    let fresh = out.with_extension("fresh");
    drop(fs::remove_dir_all(&fresh));
    fs::create_dir_all(&fresh).with_context(|| format!("{}", fresh.display()))?;
    let sizes = assets::write(&frontend, &fresh, app)?;
    drop(fs::remove_dir_all(&out));
    fs::rename(&fresh, &out)?;

    let mut report = std::io::stdout().lock();
    for (name, plain, brotli) in &sizes {
        writeln!(report, "{name:44} {plain:>9} bytes  {brotli:>8} brotli")?;
    }
    let total: usize = sizes.iter().map(|(_, _, brotli)| brotli).sum();
    writeln!(report, "{:44} {:>9}        {total:>8} brotli", "all", "")?;
    Ok(())
}
