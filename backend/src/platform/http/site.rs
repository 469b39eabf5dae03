//! The built site: files read once, served from memory in the compression that the client takes.

use actix_web::{HttpRequest, HttpResponse, http::header};
use std::{collections::HashMap, fs, io, path::Path};

/// Where content never changes under its name.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Where the browser must ask again.
const ALWAYS_ASK: &str = "no-cache";

struct File {
    content_type: &'static str,
    cache: &'static str,
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
}

/// All files of the site. A path without a dot is a page of the app and gets `index.html`.
pub struct Site(HashMap<String, File>);

impl Site {
    /// Reads every file below `dir`; `.br` and `.gz` stand beside the plain file.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn load(dir: &Path) -> io::Result<Self> {
        let mut files = HashMap::new();
        collect(dir, dir, &mut files)?;
        Ok(Self(files))
    }

    /// Answers one request.
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let path = request.path().trim_start_matches('/');
        let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
        let Some(file) = self.0.get(if is_page { "index.html" } else { path }) else {
            return HttpResponse::NotFound().finish();
        };
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepts = |name: &str| accepted.is_some_and(|accepted| accepted.contains(name));
        let mut response = HttpResponse::Ok();
        response.content_type(file.content_type).insert_header((header::CACHE_CONTROL, file.cache));
        response.insert_header((header::VARY, "accept-encoding"));
        match (&file.brotli, &file.gzip) {
            (Some(brotli), _) if accepts("br") => {
                response.insert_header((header::CONTENT_ENCODING, "br")).body(brotli.clone())
            }
            (_, Some(gzip)) if accepts("gzip") => {
                response.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone())
            }
            _ => response.insert_header((header::CONTENT_ENCODING, "identity")).body(file.plain.clone()),
        }
    }
}

fn collect(root: &Path, dir: &Path, files: &mut HashMap<String, File>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let beside = |ending: &str| fs::read(format!("{}{ending}", path.display())).ok();
        let file = File {
            content_type: content_type(&name),
            cache: if is_hashed(&name) { IMMUTABLE } else { ALWAYS_ASK },
            brotli: beside(".br"),
            gzip: beside(".gz"),
            plain: fs::read(&path)?,
        };
        files.insert(name, file);
    }
    Ok(())
}

/// Whether the name holds a content hash: `frontend-0123456789abcdef.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or_default();
    let hash = stem.rsplit(['-', '_']).next().unwrap_or_default();
    hash.len() >= 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
