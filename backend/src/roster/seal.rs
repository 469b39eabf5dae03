//! What of a list and of a roster is sealed: everything in which somebody may have written a number.

use crate::platform::{
    Services,
    crypto::{decrypt, encrypt},
    error::{AppError, AppResult},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Display;

/// Where a sealed value stands: a table and the key of a row.
pub(super) struct Cell<K>(pub(super) &'static str, pub(super) K);

impl<K: Display> Cell<K> {
    fn bound_to(&self) -> String {
        format!("{} {}", self.0, self.1)
    }
}

pub(super) fn seal_bytes(cx: &Services, cell: &Cell<impl Display>, plain: &[u8]) -> AppResult<Vec<u8>> {
    encrypt(&cx.keys.at_rest, cell.bound_to().as_bytes(), plain, &*cx.ids)
}

pub(super) fn open_bytes(cx: &Services, cell: &Cell<impl Display>, sealed: &[u8]) -> AppResult<Vec<u8>> {
    decrypt(&cx.keys.at_rest, cell.bound_to().as_bytes(), sealed)
}

pub(super) fn seal<T: Serialize>(cx: &Services, cell: &Cell<impl Display>, value: &T) -> AppResult<Vec<u8>> {
    seal_bytes(cx, cell, &serde_json::to_vec(value).map_err(AppError::internal)?)
}

pub(super) fn open<T: DeserializeOwned>(cx: &Services, cell: &Cell<impl Display>, sealed: &[u8]) -> AppResult<T> {
    serde_json::from_slice(&open_bytes(cx, cell, sealed)?).map_err(AppError::internal)
}
