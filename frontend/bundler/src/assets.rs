//! Names with content hashes, one style sheet, the page, and compressed twins.

use crate::{
    Mode,
    split::{GLUE, LINK_SCRIPT},
    wasm::App,
};
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::{fs, io::Write, path::Path};

/// How large a file is, in bytes.
pub(crate) struct Size {
    /// The file.
    pub(crate) name: String,
    /// As it is.
    pub(crate) plain: usize,
    /// As it travels.
    pub(crate) sent: usize,
    /// Whether the first visit needs it, whatever the page.
    pub(crate) is_first_visit: bool,
}

/// The mark of the house as pictures, for phones that keep the app among their own; drawn from `icon.svg`.
const ICONS: [&str; 4] = ["icon-192.png", "icon-512.png", "icon-maskable-512.png", "apple-touch-icon.png"];

/// A file of the site.
struct File {
    name: String,
    content: Vec<u8>,
    is_first_visit: bool,
}

/// What the folder is to hold.
#[derive(Default)]
struct Site {
    files: Vec<File>,
}

/// Writes the whole site into `out`.
pub(crate) fn write(frontend: &Path, out: &Path, app: App, mode: Mode) -> Result<Vec<Size>> {
    let mut site = Site::default();
    let App { mut glue, mut link, wasm, chunks } = app;

    let mut chunk_names = Vec::new();
    for chunk in chunks {
        let stem = chunk.name.trim_end_matches(".wasm");
        let name = hashed(stem, "wasm", &chunk.wasm);
        link = link.replace(&format!("\"./{}\"", chunk.name), &format!("\"./{name}\""));
        site.put(&name, chunk.wasm, false);
        chunk_names.push(name);
    }
    // Glue and link script import each other, so one hash over both names them.
    let both = [glue.as_bytes(), link.as_bytes()].concat();
    let (script, loader) = (hashed("app", "js", &both), hashed("split", "js", &both));
    glue = glue.replace(&format!("from \"{LINK_SCRIPT}\""), &format!("from \"./{loader}\""));
    glue = glue.replace(&format!("from '{LINK_SCRIPT}'"), &format!("from './{loader}'"));
    link = link.replace(GLUE, &format!("./{script}"));
    let wasm_name = hashed("app", "wasm", &wasm);
    let styles = styles(&frontend.join("styles"))?;
    let style = hashed("app", "css", &styles);
    // The worker keeps the app once the page is there: what it fetches is not to hold the first page up.
    let boot = format!(
        "import start from './{script}';\n\
         const keep = () => navigator.serviceWorker?.register('/sw.js');\n\
         start({{ module_or_path: new URL('./{wasm_name}', import.meta.url) }}).finally(keep);\n"
    );
    let boot_name = hashed("boot", "js", boot.as_bytes());
    site.put(&wasm_name, wasm, true);
    site.put(&script, glue, true);
    site.put(&loader, link, true);
    site.put(&style, styles, true);
    site.put(&boot_name, boot, true);

    let chunk_list: Vec<_> = chunk_names.iter().map(|name| format!("'/{name}'")).collect();
    let marks = [
        ("{{boot}}", &boot_name),
        ("{{script}}", &script),
        ("{{loader}}", &loader),
        ("{{wasm}}", &wasm_name),
        ("{{style}}", &style),
        ("{{chunks}}", &chunk_list.join(", ")),
    ];
    for name in ["index.html", "sw.js", "manifest.webmanifest", "icon.svg"] {
        let path = frontend.join("site").join(name);
        let mut text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        for (mark, content) in marks {
            text = text.replace(mark, content);
        }
        site.put(name, text, name == "index.html" || name == "icon.svg");
    }
    for name in ICONS {
        let path = frontend.join("site").join(name);
        let picture = fs::read(&path).with_context(|| format!("{}", path.display()))?;
        site.put(name, picture, false);
    }
    site.write(out, mode)
}

impl Site {
    fn put(&mut self, name: &str, content: impl Into<Vec<u8>>, is_first_visit: bool) {
        self.files.push(File { name: name.to_owned(), content: content.into(), is_first_visit });
    }

    /// Writes every file, for a release with its brotli and gzip twins, on all cores.
    fn write(self, out: &Path, mode: Mode) -> Result<Vec<Size>> {
        self.files.into_par_iter().map(|file| file.write(out, mode)).collect()
    }
}

impl File {
    fn write(self, out: &Path, mode: Mode) -> Result<Size> {
        let Self { name, content, is_first_visit } = self;
        let path = out.join(&name);
        fs::write(&path, &content)?;
        let sent = match mode {
            Mode::Release => compress(&path, &content, 11, Compression::best())?,
            Mode::Quick => compress(&path, &content, 5, Compression::fast())?,
        };
        Ok(Size { name, plain: content.len(), sent, is_first_visit })
    }
}

/// All style sheets as one: tokens and base first, then a file a component by name.
fn styles(folder: &Path) -> Result<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    let rank = |path: &Path| match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("tokens") => 0,
        Some("base") => 1,
        Some("print") => 3,
        _ => 2,
    };
    paths.sort_by_key(|path| (rank(path), path.clone()));
    let mut all = Vec::new();
    for path in paths {
        all.extend(fs::read(path)?);
    }
    Ok(all)
}

/// `stem-0123456789abcdef.ending`: the name changes with the content, so it may be cached for ever.
fn hashed(stem: &str, ending: &str, content: &[u8]) -> String {
    format!("{stem}-{}.{ending}", hex::encode(&Sha256::digest(content)[..8]))
}

/// Writes a file's brotli and gzip twins; returns the size after brotli.
fn compress(path: &Path, content: &[u8], quality: i32, gzip: Compression) -> Result<usize> {
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters)?;
    fs::write(format!("{}.br", path.display()), &brotli)?;
    let mut gzip = GzEncoder::new(Vec::new(), gzip);
    gzip.write_all(content)?;
    fs::write(format!("{}.gz", path.display()), gzip.finish()?)?;
    Ok(brotli.len())
}
