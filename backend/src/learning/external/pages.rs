//! The two pages that a browser shows for a moment on its way between a tool and us. They lie outside the app: each sends
//! one form by itself, and by a button where no script runs.

use crate::platform::{
    error::AppError,
    http::describe,
    texts::{Language, text},
};
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType},
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Sends the form of the page.
const SCRIPT: &str = "document.forms[0].submit()";

/// A page that posts these fields to an address.
pub(super) fn posting(language: Language, url: &str, fields: &[(&str, &str)]) -> HttpResponse {
    let say = |key: &str| ammonia::clean_text(&text(language, key, &Value::Null));
    let input = |(name, value): &(&str, &str)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", ammonia::clean_text(value))
    };
    let inputs: String = fields.iter().map(input).collect();
    let body = format!(
        "<form method=\"post\" action=\"{}\">{inputs}<button>{}</button></form><script>{SCRIPT}</script>",
        ammonia::clean_text(url),
        say("launch.go-on")
    );
    page(StatusCode::OK, language, &body)
}

/// A page that says why a tool is told nothing; the error itself if it is no refusal.
pub(super) fn refusing(language: Language, error: AppError) -> Result<HttpResponse, AppError> {
    let AppError::Refused(refusal) = &error else { return Err(error) };
    let status = StatusCode::from_u16(error.code().status()).map_err(AppError::internal)?;
    let said = text(language, &format!("{}.detail", refusal.message_key()), &refusal.params());
    let (title, said) = (describe(error.code(), language).title, ammonia::clean_text(&said));
    Ok(page(status, language, &format!("<h1>{}</h1><p>{said}</p>", ammonia::clean_text(&title))))
}

fn page(status: StatusCode, language: Language, body: &str) -> HttpResponse {
    let lang = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let title = ammonia::clean_text(&text(language, "launch.title", &Value::Null));
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body>{body}</body></html>"
    );
    HttpResponse::build(status)
        .content_type(ContentType::html())
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, policy()))
        .body(html)
}

/// That script and nothing else; forms go where tools are registered, and tools may send on from there.
fn policy() -> String {
    let script = STANDARD.encode(Sha256::digest(SCRIPT));
    format!("default-src 'none'; script-src 'sha256-{script}'; base-uri 'none'; frame-ancestors 'none'")
}
