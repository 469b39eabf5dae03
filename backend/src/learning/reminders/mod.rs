//! 学习提醒: learners who study nothing or are stuck are reminded in the app and by text, or called.

mod calls;
mod own;
pub(super) mod routes;
mod send;

pub use own::reminders_of;

use super::{entity::class_reminder, store};
use crate::{
    enrolment, identity, people,
    platform::{Services, crypto::Plain, error::AppResult},
};
use shared::{
    ids::{AccountId, ClassId, PersonId},
    learning::LastReminder,
};
use std::collections::HashMap;

/// The last reminder of each learner in a class; nothing of those whom nobody has reminded.
pub(super) async fn last_reminders(cx: &Services, id: ClassId) -> AppResult<HashMap<AccountId, LastReminder>> {
    let rows = store::list_reminders(cx.db.read(), id).await?;
    let senders: Vec<_> = rows.iter().map(|row| row.sent_by).collect();
    let names = identity::names_of(cx, &senders).await?;
    let mut last = HashMap::new();
    for class_reminder::Model { account_id, sent_by, sent_at, read_at, .. } in rows {
        let by_name = names.get(&sent_by).cloned().unwrap_or_default();
        last.entry(account_id).or_insert(LastReminder { at: sent_at, by_name, read_at });
    }
    Ok(last)
}

/// The phones of these learners; those without one are left out, and so are those without a student record.
async fn phones_of(cx: &Services, accounts: &[AccountId]) -> AppResult<HashMap<AccountId, (PersonId, Plain)>> {
    let learners = enrolment::learners_of(cx, accounts).await?;
    let persons: Vec<_> = learners.values().map(|learner| learner.person_id).collect();
    let phones = people::phones(cx, &persons).await?;
    let phone = |(account_id, learner): (AccountId, enrolment::LearnerFacts)| {
        let person_id = learner.person_id;
        Some((account_id, (person_id, phones.get(&person_id)?.clone())))
    };
    Ok(learners.into_iter().filter_map(phone).collect())
}
