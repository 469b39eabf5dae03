//! What a log-in may consist of.

use super::LoginRequest;
use crate::problem::FieldError;

/// Longest account name, in characters.
pub const MAX_NAME: usize = 100;
/// Longest password, in characters: hashing a longer one would only cost time.
pub const MAX_PASSWORD: usize = 200;

/// Whether name and password are there and not over-long, before anything is looked up or hashed.
///
/// # Errors
/// Every wrong field.
pub fn check_lengths(request: &LoginRequest) -> Result<(), Vec<FieldError>> {
    let fields = [("/name", request.name.trim(), MAX_NAME), ("/password", request.password.as_str(), MAX_PASSWORD)];
    let wrong: Vec<_> = fields
        .into_iter()
        .filter_map(|(pointer, text, most)| match text.chars().count() {
            0 => Some(FieldError::new(pointer, "required")),
            count if count > most => Some(FieldError::new(pointer, "too-long")),
            _ => None,
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
