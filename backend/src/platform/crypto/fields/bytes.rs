//! Sealed bytes: files, photos and documents of many fields. They are sealed by the same ring as fields.
//!
//! Before there was a ring one key sealed them and left no word of itself. What begins with no mark is of that
//! time: it opens as long as that key is here, and follows a newer key like everything else.

use super::{AES_256_GCM, FieldKeys, KeyId};
use crate::platform::{
    crypto::{KEY_BYTES, NONCE_BYTES, decrypt, key_file::read_key},
    error::{AppError, AppResult},
    ids::IdSource,
};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, Nonce, Payload},
};
use std::path::Path;

/// What sealed bytes begin with. Older ones begin with a random nonce, which says this once in 10¹⁹ times.
const MARK: [u8; 4] = *b"ring";
/// Mark, algorithm and key.
const HEADER_BYTES: usize = 9;
/// The file of the one key that there was before.
const SINGLE: &str = "at-rest.key";

/// The one key of the time before the ring; none if nothing was sealed then, or nothing of it is left.
pub(super) fn single_key(dir: &Path) -> AppResult<Option<[u8; KEY_BYTES]>> {
    let path = dir.join(SINGLE);
    if path.exists() { read_key(&path).map(Some) } else { Ok(None) }
}

/// The key in a header; none if the bytes are older than the ring.
fn header(sealed: &[u8]) -> Option<(&[u8; HEADER_BYTES], &[u8], KeyId)> {
    let (header, rest) = sealed.split_first_chunk::<HEADER_BYTES>()?;
    match header {
        [_, _, _, _, AES_256_GCM, key @ ..] if header.starts_with(&MARK) => {
            Some((header, rest, KeyId(u32::from_be_bytes(*key))))
        }
        _ => None,
    }
}

impl FieldKeys {
    /// Seals bytes for the place that `bound_to` names.
    ///
    /// # Errors
    /// If they are too long for the cipher.
    pub fn seal_bytes(&self, bound_to: &str, plain: &[u8], ids: &dyn IdSource) -> AppResult<Vec<u8>> {
        let (key, cipher) = self.ring.current();
        let header = [MARK.as_slice(), &[AES_256_GCM], &key.0.to_be_bytes()].concat();
        let nonce: [u8; NONCE_BYTES] = ids.secret();
        let payload = Payload { msg: plain, aad: &[header.as_slice(), bound_to.as_bytes()].concat() };
        let text = cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload).map_err(AppError::internal)?;
        Ok([header.as_slice(), &nonce, &text].concat())
    }

    /// Opens what [`Self::seal_bytes`] sealed for this place, or the one key of the time before.
    ///
    /// # Errors
    /// If it stood elsewhere, a bit was changed, or its key is not here.
    pub fn open_bytes(&self, bound_to: &str, sealed: &[u8]) -> AppResult<Vec<u8>> {
        let Some((header, rest, key)) = header(sealed) else {
            let missing = || AppError::internal(format!("{SINGLE} is missing"));
            return decrypt(self.single.as_ref().ok_or_else(missing)?, bound_to.as_bytes(), sealed);
        };
        let short = || AppError::internal("sealed bytes are too short");
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(short)?;
        let payload = Payload { msg: text, aad: &[header.as_slice(), bound_to.as_bytes()].concat() };
        let cipher = self.ring.cipher(key)?;
        let broken = |_| AppError::internal(format!("the sealed bytes of {bound_to} do not open"));
        cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).map_err(broken)
    }

    /// The bytes sealed by the current key; `None` if they are already.
    ///
    /// # Errors
    /// If they do not open.
    pub fn renew_bytes(&self, bound_to: &str, sealed: &[u8], ids: &dyn IdSource) -> AppResult<Option<Vec<u8>>> {
        if key_of_bytes(sealed) == self.current() {
            return Ok(None);
        }
        self.seal_bytes(bound_to, &self.open_bytes(bound_to, sealed)?, ids).map(Some)
    }
}

/// The key that opens sealed bytes.
#[must_use]
pub fn key_of_bytes(sealed: &[u8]) -> KeyId {
    header(sealed).map_or(KeyId::SINGLE, |(_, _, key)| key)
}
