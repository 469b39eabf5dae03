//! Keys, encryption at rest, signatures and password hashes.

mod derived;
mod fields;
mod inbox;
mod key_file;
mod token_keys;
mod tool_key;
mod totp;

pub use derived::derive_key;
pub use fields::{BlindIndex, Cell, Column, FieldKeys, KeyId, Plain, Sealed, key_of_bytes};
pub use inbox::{Inbox, Letter, seal_for};
pub use token_keys::{TokenKey, add_token_key};
pub use tool_key::ToolKey;
pub use totp::{TOTP_SECRET_BYTES, TOTP_STEP_S, base_32, totp_code, totp_step};

use super::{
    error::{AppError, AppResult},
    ids::IdSource,
};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Nonce, Payload},
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use ed25519_dalek::SigningKey;
use key_file::{make_folder, read_key, read_or_create};
use std::path::Path;

/// Length of an AES-256 key.
pub const KEY_BYTES: usize = 32;
/// Length of the nonce that stands before every ciphertext.
const NONCE_BYTES: usize = 12;
/// The file of the first key of tokens.
const TOKENS: &str = "tokens.key";
/// The file of the key of certificates.
const CERTIFICATES: &str = "certificates.key";

/// The file of the key by which tools of others believe us; it is there only where somebody made it.
const EXTERNAL_TOOLS: &str = "external_tools.pem";

/// What the key of admission tickets is made for.
const FOR_TICKETS: &str = "chengxi admission tickets 1";
/// What the key of refresh tokens is made for.
const FOR_REFRESH_TOKENS: &str = "chengxi refresh tokens 1";
/// What the key of tokens for tools of others is made for.
const FOR_TOOL_TOKENS: &str = "chengxi external tool tokens 1";
/// What the key of entry codes is made for.
const FOR_ENTRY_CODES: &str = "chengxi entry codes 1";

/// What the key is made for that opens files of answers.
const FOR_ANSWER_FILES: &str = "chengxi answer files 1";

/// The keys of this system, one file each.
pub struct Keys {
    /// Sign access tokens, the oldest first.
    pub tokens: Vec<TokenKey>,
    /// Makes the refresh token that follows from another; it follows from the first key of tokens.
    pub refresh_tokens: [u8; KEY_BYTES],
    /// Signs the tokens by which tools of others report; it follows from the first key of tokens.
    pub tool_tokens: [u8; KEY_BYTES],
    /// Signs what such tools are told, if there is one (ADR 61).
    pub external_tools: Option<ToolKey>,
    /// Signs certificates.
    pub certificates: SigningKey,
    /// Signs admission tickets; it follows from the key of certificates (ADR 31).
    pub tickets: SigningKey,
    /// Makes the entry codes of rooms; it follows from the same key.
    pub entry_codes: [u8; KEY_BYTES],
    /// Opens files of answers that devices could not send; it follows from the same key (ADR 39).
    pub answer_files: Inbox,
    /// Encrypt everything that lies at rest, and index single fields.
    pub fields: FieldKeys,
}

impl Keys {
    /// Reads the keys in `dir`; makes those that are missing, readable by their owner alone.
    ///
    /// # Errors
    /// If a key cannot be read or written.
    pub fn load_or_create(dir: &Path, ids: &dyn IdSource) -> AppResult<Self> {
        make_folder(dir)?;
        for name in [TOKENS, CERTIFICATES] {
            read_or_create(&dir.join(name), ids)?;
        }
        FieldKeys::make_missing(dir, ids)?;
        Self::load(dir)
    }

    /// Reads the keys in `dir`, and makes none: where one is lost, another in its place would hide that.
    ///
    /// # Errors
    /// If a key is missing or cannot be read; the error names its file.
    pub fn load(dir: &Path) -> AppResult<Self> {
        let tokens = read_key(&dir.join(TOKENS))?;
        let certificates = read_key(&dir.join(CERTIFICATES))?;
        Ok(Self {
            tokens: token_keys::read_all(dir, &tokens)?,
            refresh_tokens: derive_key(&tokens, FOR_REFRESH_TOKENS)?,
            tool_tokens: derive_key(&tokens, FOR_TOOL_TOKENS)?,
            external_tools: ToolKey::read(&dir.join(EXTERNAL_TOOLS))?,
            certificates: SigningKey::from_bytes(&certificates),
            tickets: SigningKey::from_bytes(&derive_key(&certificates, FOR_TICKETS)?),
            entry_codes: derive_key(&certificates, FOR_ENTRY_CODES)?,
            answer_files: Inbox::derived(&certificates, FOR_ANSWER_FILES)?,
            fields: FieldKeys::load(dir)?,
        })
    }
}

/// AES-256-GCM: nonce, ciphertext and tag in one. `bound_to` is authenticated but not stored.
///
/// # Errors
/// If the text is too long for the cipher.
pub fn encrypt(key: &[u8; KEY_BYTES], bound_to: &[u8], plain: &[u8], ids: &dyn IdSource) -> AppResult<Vec<u8>> {
    let nonce: [u8; NONCE_BYTES] = ids.secret();
    let cipher = Aes256Gcm::new(&(*key).into());
    let payload = Payload { msg: plain, aad: bound_to };
    let sealed = cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload).map_err(AppError::internal)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`encrypt`] sealed.
///
/// # Errors
/// If the key or `bound_to` differs, or a bit was changed.
pub fn decrypt(key: &[u8; KEY_BYTES], bound_to: &[u8], sealed: &[u8]) -> AppResult<Vec<u8>> {
    let (nonce, text) =
        sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| AppError::internal("sealed text too short"))?;
    let cipher = Aes256Gcm::new(&(*key).into());
    let payload = Payload { msg: text, aad: bound_to };
    cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).map_err(AppError::internal)
}

/// Argon2id with 19 MiB and two passes (OWASP).
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap_or_default())
}

/// Hashes a password. Takes about 20 ms of a core: call it on the blocking pool.
///
/// # Errors
/// If hashing fails.
pub fn hash_password(password: &str, salt: &[u8; 16]) -> AppResult<String> {
    let hash = argon2().hash_password_with_salt(password.as_bytes(), salt).map_err(AppError::internal)?;
    Ok(hash.to_string())
}

/// The hash of a password that nobody has: compared with when there is no such account, so that the answer takes as
/// long.
pub const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$CCv1k+OgTOY2o6b9oYXWUQjthgkklr8CN2O7KhjhHyo";

/// Whether a password belongs to a hash. Takes as long as hashing.
#[must_use]
pub fn password_matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_be_nobody_takes_as_long_as_to_be_somebody() {
        assert_eq!(hash_password("nobody", &[0; 16]).unwrap(), NOBODYS_HASH);
    }
}
