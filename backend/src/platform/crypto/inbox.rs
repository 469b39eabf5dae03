//! What others seal so that this system alone can open it: ECDH on P-256, which every browser has, HKDF-SHA-256 and
//! AES-256-GCM (ADR 39).

use super::{KEY_BYTES, decrypt, derive_key, encrypt};
use crate::platform::{
    error::{AppError, AppResult},
    ids::IdSource,
};
use hmac::{Hmac, KeyInit, Mac};
use p256::{
    PublicKey, SecretKey,
    ecdh::{SharedSecret, diffie_hellman},
    elliptic_curve::sec1::ToEncodedPoint,
};
use sha2::Sha256;

/// How often a key is derived anew; that even the first is none happens once in 2³².
const TRIES: u8 = 4;

/// The key that opens.
pub struct Inbox(SecretKey);

/// Something sealed for an [`Inbox`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The sender's public key, made for this letter.
    pub sender: Vec<u8>,
    /// Nonce, ciphertext and tag.
    pub sealed: Vec<u8>,
}

impl Inbox {
    /// The key for one use that follows from another one.
    ///
    /// # Errors
    /// Practically never.
    pub(super) fn derived(from: &[u8; KEY_BYTES], for_use: &str) -> AppResult<Self> {
        for nth in 0..TRIES {
            if let Ok(key) = SecretKey::from_slice(&derive_key(from, &format!("{for_use} {nth}"))?) {
                return Ok(Self(key));
            }
        }
        Err(AppError::internal("no key could be derived"))
    }

    /// What others seal for: an uncompressed point.
    #[must_use]
    pub fn public_key(&self) -> Vec<u8> {
        point(&self.0.public_key())
    }

    /// Opens a letter that was sealed for this `purpose` and is bound to `bound_to`.
    ///
    /// # Errors
    /// If it was sealed otherwise or for another, or a bit was changed.
    pub fn open(&self, letter: &Letter, purpose: &str, bound_to: &[u8]) -> AppResult<Vec<u8>> {
        let sender = PublicKey::from_sec1_bytes(&letter.sender).map_err(AppError::internal)?;
        decrypt(&agreed(&self.0, &sender, purpose)?, bound_to, &letter.sealed)
    }
}

/// Seals as a browser does, for programs that stand in for one.
///
/// # Errors
/// If `public_key` is none.
pub fn seal_for(
    public_key: &[u8],
    purpose: &str,
    (bound_to, plain): (&[u8], &[u8]),
    ids: &dyn IdSource,
) -> AppResult<Letter> {
    let inbox = PublicKey::from_sec1_bytes(public_key).map_err(AppError::internal)?;
    let bytes: [u8; KEY_BYTES] = ids.secret();
    let own = SecretKey::from_slice(&bytes).map_err(AppError::internal)?;
    let sealed = encrypt(&agreed(&own, &inbox, purpose)?, bound_to, plain, ids)?;
    Ok(Letter { sender: point(&own.public_key()), sealed })
}

fn point(key: &PublicKey) -> Vec<u8> {
    key.to_encoded_point(false).as_bytes().to_vec()
}

fn agreed(own: &SecretKey, other: &PublicKey, purpose: &str) -> AppResult<[u8; KEY_BYTES]> {
    let shared: SharedSecret = diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
    let secret: &[u8] = shared.raw_secret_bytes();
    hkdf(secret, purpose.as_bytes())
}

/// HKDF-SHA-256 (RFC 5869) without salt, its first block.
fn hkdf(secret: &[u8], info: &[u8]) -> AppResult<[u8; KEY_BYTES]> {
    let key = mac(&[0; KEY_BYTES], &[secret])?;
    mac(&key, &[info, &[1]])
}

fn mac(key: &[u8; KEY_BYTES], parts: &[&[u8]]) -> AppResult<[u8; KEY_BYTES]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(AppError::internal)?;
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SystemIds;

    #[test]
    fn the_vector_of_the_standard_holds() {
        // RFC 5869, test case 3.
        let expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d";
        assert_eq!(hex::encode(hkdf(&[0x0b; 22], &[]).unwrap()), expected);
    }

    #[test]
    fn only_the_inbox_opens_a_letter_and_only_as_it_was_sealed() {
        let inbox = Inbox::derived(&[1; KEY_BYTES], "letters").unwrap();
        let letter = seal_for(&inbox.public_key(), "use", (b"place", b"words"), &SystemIds).unwrap();
        assert_eq!(inbox.open(&letter, "use", b"place").unwrap(), b"words");
        assert!(inbox.open(&letter, "other use", b"place").is_err());
        assert!(inbox.open(&letter, "use", b"elsewhere").is_err());
        assert!(Inbox::derived(&[2; KEY_BYTES], "letters").unwrap().open(&letter, "use", b"place").is_err());
        let mut changed = letter.clone();
        changed.sealed[20] ^= 1;
        assert!(inbox.open(&changed, "use", b"place").is_err());
        let no_point = Letter { sender: vec![4; 65], ..letter };
        assert!(inbox.open(&no_point, "use", b"place").is_err());
    }
}
