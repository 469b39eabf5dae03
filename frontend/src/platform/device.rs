//! Which device this is.

use super::keep;
use uuid::Uuid;

/// Where the name is kept.
const DEVICE: &str = "device";

/// The random name of this browser; the same each time as long as it keeps what it is given.
pub fn id() -> Uuid {
    keep::get(DEVICE).and_then(|kept| kept.parse().ok()).unwrap_or_else(renew)
}

/// A new name for one visit of a page.
#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this name")]
pub fn visit() -> Uuid {
    Uuid::new_v4()
}

/// Gives this browser a new name: it has lost what it kept under the old one.
#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this name")]
pub fn renew() -> Uuid {
    let fresh = Uuid::new_v4();
    keep::set(DEVICE, Some(&fresh.to_string()));
    fresh
}
