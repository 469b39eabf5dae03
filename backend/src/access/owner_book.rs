//! What is known of the owners of accounts.

use crate::platform::error::AppResult;
use futures::future::LocalBoxFuture;
use shared::ids::AccountId;

/// Knows the numbers of those who have accounts, and tells none; `enrolment` does, and `app` wires it.
pub trait OwnerBook {
    /// Whether a text holds a part of a number of the account's owner: of a document or a phone. The caller counts
    /// the tries.
    fn holds_number<'a>(&'a self, account: AccountId, text: &'a str) -> LocalBoxFuture<'a, AppResult<bool>>;
}
