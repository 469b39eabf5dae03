//! How many modules of courses this browser was given to keep: known before its database is opened, and still when the
//! browser has thrown that away.

use super::keep;
use shared::ids::AccountId;

fn name(account: AccountId) -> String {
    format!("modules_of:{account}")
}

/// How many a learner has downloaded here.
pub fn count(account: AccountId) -> usize {
    keep::get(&name(account)).and_then(|kept| kept.parse().ok()).unwrap_or_default()
}

/// Whether a learner has downloaded any.
pub fn has_any(account: AccountId) -> bool {
    count(account) > 0
}

/// Remembers how many there are now.
pub fn set_count(account: AccountId, count: usize) {
    let text = (count > 0).then(|| count.to_string());
    keep::set(&name(account), text.as_deref());
}
