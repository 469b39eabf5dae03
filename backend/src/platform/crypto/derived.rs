//! Keys that follow from another one. They lie in no file, so every node that has the first key has them, too.

use super::KEY_BYTES;
use crate::platform::error::{AppError, AppResult};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key for one use: HMAC-SHA-256 of the use's name. It tells nothing of the key that it follows from.
///
/// # Errors
/// Never for a key of [`KEY_BYTES`].
pub fn derive_key(from: &[u8; KEY_BYTES], for_use: &str) -> AppResult<[u8; KEY_BYTES]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(from).map_err(AppError::internal)?;
    mac.update(for_use.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_use_of_each_key_has_a_key_of_its_own() {
        let keys = [([1; KEY_BYTES], "one"), ([1; KEY_BYTES], "two"), ([2; KEY_BYTES], "one")];
        let [one, two, other] = keys.map(|(from, name)| derive_key(&from, name).unwrap());
        assert!(one != two && one != other && two != other);
        assert_eq!(one, derive_key(&[1; KEY_BYTES], "one").unwrap());
    }
}
