//! Names with content hashes, one style sheet, the page, and compressed twins.

use crate::wasm::App;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{fs, io::Write, path::Path};

/// A file's name, its size and its size after brotli, in bytes.
type Size = (String, usize, usize);

/// Writes the whole site into `out`.
pub(crate) fn write(frontend: &Path, out: &Path, app: App) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    let mut put = |name: &str, content: &[u8]| -> Result<()> {
        sizes.push((name.to_owned(), content.len(), compressed(&out.join(name), content)?));
        Ok(())
    };
    let wasm = hashed("app", "wasm", &app.wasm);
    put(&wasm, &app.wasm)?;
    let script = hashed("app", "js", &app.script);
    put(&script, &app.script)?;
    let styles = styles(&frontend.join("styles"))?;
    let style = hashed("app", "css", &styles);
    put(&style, &styles)?;
    let boot = format!(
        "import start from './{script}';\n\
         start({{ module_or_path: new URL('./{wasm}', import.meta.url) }});\n\
         navigator.serviceWorker?.register('/sw.js');\n"
    );
    let boot_name = hashed("boot", "js", boot.as_bytes());
    put(&boot_name, boot.as_bytes())?;

    let names = [("{{boot}}", &boot_name), ("{{script}}", &script), ("{{wasm}}", &wasm), ("{{style}}", &style)];
    for name in ["index.html", "sw.js", "manifest.webmanifest", "icon.svg"] {
        let path = frontend.join("site").join(name);
        let mut text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        for (mark, name) in names {
            text = text.replace(mark, name);
        }
        put(name, text.as_bytes())?;
    }
    Ok(sizes)
}

/// All style sheets as one: tokens and base first, then a file a component by name.
fn styles(folder: &Path) -> Result<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    let rank = |path: &Path| match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("tokens") => 0,
        Some("base") => 1,
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

/// Writes a file with its brotli and gzip twins; returns the size after brotli.
fn compressed(path: &Path, content: &[u8]) -> Result<usize> {
    fs::write(path, content)?;
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters)?;
    fs::write(format!("{}.br", path.display()), &brotli)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    fs::write(format!("{}.gz", path.display()), gzip.finish()?)?;
    Ok(brotli.len())
}
