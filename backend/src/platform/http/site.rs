//! The built site: files read once, served from memory in the compression that the client takes.

use super::conditional::is_known;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fs, io, path::Path};

/// Where content never changes under its name.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Where the browser must ask again.
const ALWAYS_ASK: &str = "no-cache";

struct File {
    content_type: &'static str,
    cache: &'static str,
    /// The hash of its content, in quotes.
    tag: String,
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

    /// Answers one request: with the file, or that the browser has it already.
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
        }
        let path = request.path().trim_start_matches('/');
        let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
        let Some(file) = self.0.get(if is_page { "index.html" } else { path }) else {
            return HttpResponse::NotFound().finish();
        };
        let is_known = is_known(request, &file.tag);
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((header::CACHE_CONTROL, file.cache)).insert_header((header::VARY, "accept-encoding"));
        // One tag for the content in whatever encoding.
        response.insert_header((header::ETAG, format!("W/{}", file.tag)));
        if is_known {
            return response.finish();
        }
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let (coding, content) = file.encoded(accepted.unwrap_or_default());
        response.content_type(file.content_type).insert_header((header::CONTENT_ENCODING, coding));
        response.body(content.to_vec())
    }
}

impl File {
    /// The smallest form that the client takes, and the name of its encoding.
    fn encoded(&self, accepted: &str) -> (&'static str, &[u8]) {
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => ("br", brotli.as_slice()),
            (_, Some(gzip)) if accepts(accepted, "gzip") => ("gzip", gzip.as_slice()),
            _ => ("identity", self.plain.as_slice()),
        }
    }
}

/// Whether an `Accept-Encoding` takes an encoding: by its name, else by `*`, and not with the weight 0
/// (RFC 9110 §12.5.3).
fn accepts(accepted: &str, encoding: &str) -> bool {
    let named = |name: &str| {
        accepted.split(',').find_map(|entry| {
            let (entry, weight) = entry.split_once(';').map_or((entry, None), |(entry, weight)| (entry, Some(weight)));
            entry.trim().eq_ignore_ascii_case(name).then(|| weight.is_none_or(has_weight))
        })
    };
    named(encoding).or_else(|| named("*")).unwrap_or(false)
}

/// Whether a weight such as `q=0.5` is more than nothing.
fn has_weight(weight: &str) -> bool {
    let number = weight.trim().to_ascii_lowercase();
    number.strip_prefix("q=").and_then(|number| number.parse::<f32>().ok()).is_some_and(|number| number > 0.0)
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
        let plain = fs::read(&path)?;
        let file = File {
            content_type: content_type(&name),
            cache: if is_hashed(&name) { IMMUTABLE } else { ALWAYS_ASK },
            tag: format!("\"{}\"", hex::encode(Sha256::digest(&plain))),
            brotli: beside(".br"),
            gzip: beside(".gz"),
            plain,
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

#[cfg(test)]
mod tests {
    use super::{IMMUTABLE, Site, accepts};
    use actix_web::{
        HttpResponse,
        body::to_bytes,
        http::{Method, header},
        test::TestRequest,
    };
    use std::fs;

    const HASHED: &str = "/frontend-0123456789abcdef.js";

    fn site() -> Site {
        let dir = tempfile::tempdir().unwrap();
        let files = [
            ("index.html", "<!doctype html>"),
            ("sw.js", "worker"),
            ("frontend-0123456789abcdef.js", "plain"),
            ("frontend-0123456789abcdef.js.br", "as brotli"),
            ("frontend-0123456789abcdef.js.gz", "as gzip"),
            ("fragments/cipher.wasm", "wasm"),
        ];
        fs::create_dir(dir.path().join("fragments")).unwrap();
        for (name, text) in files {
            fs::write(dir.path().join(name), text).unwrap();
        }
        Site::load(dir.path()).unwrap()
    }

    fn said<'a>(response: &'a HttpResponse, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What comes back: the encoding, and the text.
    async fn ask(path: &str, accepted: &str) -> (String, String) {
        let request = TestRequest::get().uri(path).insert_header((header::ACCEPT_ENCODING, accepted)).to_http_request();
        let response = site().respond(&request);
        let encoding = said(&response, "content-encoding").to_owned();
        let text = to_bytes(response.into_body()).await.unwrap();
        (encoding, String::from_utf8(text.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn a_file_comes_in_the_smallest_form_that_the_client_takes() {
        let (brotli, gzip, plain) = (("br", "as brotli"), ("gzip", "as gzip"), ("identity", "plain"));
        for (accepted, (encoding, text)) in [
            ("gzip, deflate, br", brotli),
            ("BR;q=0.1, gzip", brotli),
            ("br;q=0, gzip;q=1.0", gzip),
            ("gzip; q=0.5, *;q=0", gzip),
            ("*", brotli),
            ("br;q=0, *", gzip),
            ("*;q=0", plain),
            ("br;q=0.000, gzip;q=0", plain),
            ("brown", plain),
            ("", plain),
        ] {
            assert_eq!(ask(HASHED, accepted).await, (encoding.to_owned(), text.to_owned()), "{accepted}");
        }
        assert_eq!(ask("/sw.js", "br, gzip").await, ("identity".to_owned(), "worker".to_owned()), "it has one form");
        assert!(!accepts("br;q=much", "br"));
    }

    #[actix_web::test]
    async fn every_page_of_the_app_is_its_first_page() {
        for path in ["/", "/learn", "/verify/3300-1", "/me/courses/"] {
            assert_eq!(ask(path, "").await.1, "<!doctype html>", "{path}");
        }
        for path in ["/none.js", "/../Cargo.toml", "/fragments/none.wasm"] {
            let request = TestRequest::get().uri(path).to_http_request();
            assert_eq!(site().respond(&request).status(), 404, "{path}");
        }
    }

    #[test]
    fn what_has_its_hash_in_its_name_is_kept_and_everything_else_asked_for_again() {
        let site = site();
        for (path, cache, content_type) in [
            ("/", "no-cache", "text/html; charset=utf-8"),
            ("/sw.js", "no-cache", "text/javascript; charset=utf-8"),
            ("/fragments/cipher.wasm", "no-cache", "application/wasm"),
            (HASHED, IMMUTABLE, "text/javascript; charset=utf-8"),
        ] {
            let response = site.respond(&TestRequest::get().uri(path).to_http_request());
            assert_eq!((said(&response, "cache-control"), said(&response, "content-type")), (cache, content_type));
            assert_eq!(said(&response, "vary"), "accept-encoding");
            let seen = (header::IF_NONE_MATCH, said(&response, "etag"));
            let again = site.respond(&TestRequest::get().uri(path).insert_header(seen).to_http_request());
            assert_eq!((again.status().as_u16(), said(&again, "cache-control")), (304, cache), "{path}");
            let older = (header::IF_NONE_MATCH, "\"older\"");
            let again = site.respond(&TestRequest::get().uri(path).insert_header(older).to_http_request());
            assert_eq!(again.status(), 200, "{path}");
        }
    }

    #[test]
    fn a_page_is_read_and_nothing_else() {
        let site = site();
        for (method, status) in [(Method::GET, 200), (Method::HEAD, 200), (Method::POST, 405), (Method::DELETE, 405)] {
            let request = TestRequest::default().method(method.clone()).uri("/learn").to_http_request();
            assert_eq!(site.respond(&request).status(), status, "{method}");
        }
        let refused = site.respond(&TestRequest::post().uri("/learn").to_http_request());
        assert_eq!(said(&refused, "allow"), "GET, HEAD");
    }
}
