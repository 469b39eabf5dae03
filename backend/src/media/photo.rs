//! Photos of papers for other features, which keep them: upright, of a size that can be read, and without
//! what a camera writes into them.

use super::service::AT_A_TIME;
use crate::platform::error::{AppError, AppResult};
use actix_web::web::block;

/// A photo as JPEG.
pub struct Photo {
    /// The file.
    pub content: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Makes a photo no longer than `longest` pixels.
///
/// # Errors
/// The field at `pointer` with the reason, if it is none or cannot be read.
pub async fn photo(bytes: Vec<u8>, longest: u32, pointer: &str) -> AppResult<Photo> {
    let turn = AT_A_TIME.acquire().await.map_err(AppError::internal)?;
    let small = block(move || pictures::flatten(&bytes, longest)).await.map_err(AppError::internal)?;
    drop(turn);
    let small = small.map_err(|fault| AppError::field(pointer, fault.code()))?;
    Ok(Photo { content: small.content, width: small.width, height: small.height })
}
