//! Cuts the compiled app into a main module and one chunk for each lazy route.

use anyhow::{Result, anyhow};
use std::{fs, path::Path};
use wasm_split_cli_support::{Options, transform};

/// The script that loads chunks, under the name that the compiled app imports it by.
pub(crate) const LINK_SCRIPT: &str = "./__wasm_split.______________________.js";
/// The glue, under the name that the link script imports it by.
pub(crate) const GLUE: &str = "./frontend.js";

/// A part that is loaded when a route needs it.
pub(crate) struct Chunk {
    /// The file's name, as the link script says it.
    pub(crate) name: String,
    /// The module.
    pub(crate) wasm: Vec<u8>,
}

/// What the cut left.
pub(crate) struct Cut {
    /// The link script.
    pub(crate) link: String,
    /// The chunks, by name.
    pub(crate) chunks: Vec<Chunk>,
}

/// Writes the main module to `main` and gives back the rest; `folder` is for scratch.
pub(crate) fn cut(compiled: &[u8], folder: &Path, main: &Path) -> Result<Cut> {
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder)?;
    let mut options = Options::new(compiled);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = GLUE;
    options.link_name = LINK_SCRIPT;
    let parts = transform(options).map_err(|report| anyhow!("cutting the app into chunks: {report:?}"))?;

    let mut chunks = Vec::new();
    for path in parts.split_modules {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        chunks.push(Chunk { name, wasm: fs::read(&path)? });
    }
    chunks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Cut { link: fs::read_to_string(folder.join(LINK_SCRIPT))?, chunks })
}
