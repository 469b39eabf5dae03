//! Whether a text holds a number of a learner, for whoever owns the accounts.

use super::learners::record_of;
use crate::{
    access::OwnerBook,
    people,
    platform::{Services, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::ids::AccountId;

/// The learners behind accounts. Of staff no number is kept.
pub struct Owners(pub Services);

impl OwnerBook for Owners {
    fn holds_number<'a>(&'a self, account: AccountId, text: &'a str) -> LocalBoxFuture<'a, AppResult<bool>> {
        Box::pin(async move {
            match record_of(&self.0, account).await? {
                Some(learner) => people::holds_number_of(&self.0, learner.person_id, text).await,
                None => Ok(false),
            }
        })
    }
}
