//! Whether the certificates of a store are signed by the key that is here: a store without its key issues certificates
//! that nobody believes, and calls those tampered with that it has issued.

use super::{document, store};
use crate::platform::{Services, error::AppResult};
use serde_json::Value;
use shared::ids::CertificateId;
use uuid::Uuid;

/// Certificates that are read at a time.
const CHUNK: u64 = 500;

/// What became of the certificates.
#[derive(Debug, Default)]
pub struct CertificatesHeld {
    /// Certificates that the key here has signed, and that are unchanged.
    pub kept: u64,
    /// Those of which that is not true.
    pub broken: u64,
    /// The number of the first of them.
    pub first_broken: Option<String>,
}

/// Verifies every certificate of the store by the key that is here.
///
/// # Errors
/// If the store fails.
pub async fn hold_certificates(cx: &Services) -> AppResult<CertificatesHeld> {
    let (mut held, mut after) = (CertificatesHeld::default(), CertificateId::from(Uuid::nil()));
    loop {
        let documents = store::list_documents_after(cx.db.read(), after, CHUNK).await?;
        let Some((last, ..)) = documents.last() else { return Ok(held) };
        after = *last;
        for (_, number, document) in documents {
            let document = serde_json::from_str(&document).unwrap_or(Value::Null);
            if document::is_genuine(cx, &document) {
                held.kept += 1;
            } else {
                held.broken += 1;
                held.first_broken.get_or_insert(number);
            }
        }
    }
}
