//! Fields that are encrypted one by one: document numbers, phones; and whole files (ADR 11).
//!
//! A sealed value says by which algorithm and which key it was sealed, and opens only in the row and
//! the column that it was sealed for. A blind index finds a value that nobody can read.

mod bytes;
mod ring;
#[cfg(test)]
mod tests;

pub use self::ring::KeyId;
pub use bytes::key_of_bytes;

use self::ring::Ring;
use super::{
    KEY_BYTES, NONCE_BYTES,
    key_file::{read_key, read_or_create},
};
use crate::platform::{
    error::{AppError, AppResult},
    ids::IdSource,
};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, Nonce, Payload},
};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::DeriveValueType;
use sha2::Sha256;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The one algorithm so far: AES-256-GCM with a random nonce.
const AES_256_GCM: u8 = 1;
/// The one way to index so far: HMAC-SHA-256, of which the first half is kept.
const HMAC_SHA_256: u8 = 1;
/// Bytes of an index that are kept: of 100 million values two meet with a chance of one in 10²².
const INDEX_BYTES: usize = 16;
/// Algorithm and key stand before the nonce and the ciphertext.
const HEADER_BYTES: usize = 5;

/// The folder of the keys that seal.
const RING: &str = "fields";

/// A column whose values are sealed.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
}

impl Column {
    /// The column's value in one row.
    #[must_use]
    pub fn of(self, row: impl Into<Uuid>) -> Cell {
        Cell { column: self, row: row.into() }
    }

    /// The column as bytes that no other column has.
    fn bytes(self) -> impl Iterator<Item = u8> {
        let part = |text: &'static str| text.bytes().chain([0]);
        part(self.table).chain(part(self.name))
    }
}

/// The one place that a sealed value belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    column: Column,
    row: Uuid,
}

/// A sealed value as it lies in the store: algorithm, key, nonce, ciphertext and tag.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// What `seal_bytes` has sealed.
    #[must_use]
    pub const fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// As it lies in the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key that opens it.
    ///
    /// # Errors
    /// If it was not sealed here.
    pub fn key(&self) -> AppResult<KeyId> {
        match self.0.split_first_chunk::<HEADER_BYTES>() {
            Some(([AES_256_GCM, key @ ..], _)) => Ok(KeyId(u32::from_be_bytes(*key))),
            _ => Err(AppError::internal("a sealed value has no known header")),
        }
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(***)")
    }
}

/// Equal for equal values of a column, and says nothing else to those who lack the key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct BlindIndex(Vec<u8>);

impl BlindIndex {
    /// The index as text, to compare requests by.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex::encode(&self.0)
    }
}

impl std::fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlindIndex(***)")
    }
}

/// An opened value. It has no `Display`, and its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain(String);

impl Plain {
    /// The value itself: to mask it, or to show it to somebody whose look is audited.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plain(***)")
    }
}

/// Seals, opens and indexes fields, and seals and opens bytes.
pub struct FieldKeys {
    ring: Ring,
    /// What sealed bytes before there was a ring.
    single: Option<[u8; KEY_BYTES]>,
    index: Hmac<Sha256>,
}

impl FieldKeys {
    /// Makes the first keys in `dir` if there are none.
    ///
    /// # Errors
    /// If a key cannot be read or written.
    pub fn make_missing(dir: &Path, ids: &dyn IdSource) -> AppResult<()> {
        read_or_create(&index_file(dir), ids)?;
        ring::make_first(&dir.join(RING), ids)
    }

    /// Reads the keys in `dir`.
    ///
    /// # Errors
    /// If one is missing or cannot be read.
    pub fn load(dir: &Path) -> AppResult<Self> {
        let index = Hmac::new_from_slice(&read_key(&index_file(dir))?).map_err(AppError::internal)?;
        Ok(Self { ring: Ring::load(&dir.join(RING))?, single: bytes::single_key(dir)?, index })
    }

    /// Adds a key to those in `dir`. It becomes the current one of those who read the keys from then on.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(dir: &Path, ids: &dyn IdSource) -> AppResult<KeyId> {
        ring::add(&dir.join(RING), ids)
    }

    /// Adds keys to those in `dir` until this one is among them; none if it is.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn add_up_to(dir: &Path, key: KeyId, ids: &dyn IdSource) -> AppResult<()> {
        while ring::last(&dir.join(RING))? < key {
            ring::add(&dir.join(RING), ids)?;
        }
        Ok(())
    }

    /// Reads the keys again: one may have been added. The newest is the current one.
    ///
    /// # Errors
    /// If a key cannot be read.
    pub fn reload(&self) -> AppResult<KeyId> {
        self.ring.reload()?;
        Ok(self.current())
    }

    /// The key that seals now.
    #[must_use]
    pub fn current(&self) -> KeyId {
        self.ring.current().0
    }

    /// All keys that are here, in order; the one of the time before the ring stands first.
    #[must_use]
    pub fn all(&self) -> Vec<KeyId> {
        self.single.map(|_| KeyId::SINGLE).into_iter().chain(self.ring.numbers()).collect()
    }

    /// Seals a value for its cell.
    ///
    /// # Errors
    /// If the value is too long for the cipher.
    pub fn seal(&self, cell: Cell, plain: &str, ids: &dyn IdSource) -> AppResult<Sealed> {
        let (key, cipher) = self.ring.current();
        let [a, b, c, d] = key.0.to_be_bytes();
        let header = [AES_256_GCM, a, b, c, d];
        let nonce: [u8; NONCE_BYTES] = ids.secret();
        let payload = Payload { msg: plain.as_bytes(), aad: &bound_to(header, cell) };
        let text = cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload).map_err(AppError::internal)?;
        Ok(Sealed([header.as_slice(), &nonce, &text].concat()))
    }

    /// Opens what [`Self::seal`] sealed for this cell.
    ///
    /// # Errors
    /// If it stood elsewhere, a bit was changed, or its key is not here.
    pub fn open(&self, cell: Cell, sealed: &Sealed) -> AppResult<Plain> {
        let cipher = self.ring.cipher(sealed.key()?)?;
        let unknown = || AppError::internal("a sealed value is too short");
        let (header, rest) = sealed.0.split_first_chunk::<HEADER_BYTES>().ok_or_else(unknown)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(unknown)?;
        let payload = Payload { msg: text, aad: &bound_to(*header, cell) };
        let broken = |_| {
            AppError::internal(format!("a sealed value of {}.{} does not open", cell.column.table, cell.column.name))
        };
        let plain = cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).map_err(broken)?;
        String::from_utf8(plain).map(Plain).map_err(|_| AppError::internal("a sealed value is no text"))
    }

    /// The value sealed by the current key; `None` if it is already.
    ///
    /// # Errors
    /// If it does not open.
    pub fn renew(&self, cell: Cell, sealed: &Sealed, ids: &dyn IdSource) -> AppResult<Option<Sealed>> {
        if sealed.key()? == self.current() {
            return Ok(None);
        }
        self.seal(cell, self.open(cell, sealed)?.reveal(), ids).map(Some)
    }

    /// The index of a value in its column. It does not change when the key that seals does.
    #[must_use]
    pub fn blind_index(&self, column: Column, value: &str) -> BlindIndex {
        let mut mac = self.index.clone();
        mac.update(&column.bytes().collect::<Vec<u8>>());
        mac.update(value.as_bytes());
        let hash = mac.finalize().into_bytes();
        BlindIndex([[HMAC_SHA_256].as_slice(), &hash[..INDEX_BYTES]].concat())
    }
}

/// The file of the key that indexes.
fn index_file(dir: &Path) -> PathBuf {
    dir.join(format!("blind-index-{HMAC_SHA_256}.key"))
}

/// What a sealed value is bound to: how it is sealed, and where it stands.
fn bound_to(header: [u8; HEADER_BYTES], cell: Cell) -> Vec<u8> {
    header.into_iter().chain(cell.column.bytes()).chain(*cell.row.as_bytes()).collect()
}
