//! Reminders as the learner sees them.

use crate::{
    access::Permit,
    identity,
    learning::{entity::class_reminder, store, study::StudyCourses},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ClassReminderId},
    learning::OwnReminder,
};
use std::collections::HashMap;

/// The reminders of a learner, the last first.
///
/// # Errors
/// If the store fails.
pub async fn reminders_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnReminder>> {
    let rows = store::list_own_reminders(cx.db.read(), account_id).await?;
    let senders: Vec<_> = rows.iter().map(|row| row.sent_by).collect();
    let names = identity::names_of(cx, &senders).await?;
    let classes: Vec<_> = rows.iter().map(|row| row.class_id).collect();
    let classes = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    let classes: HashMap<_, _> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let own = |row: class_reminder::Model| OwnReminder {
        id: row.id,
        class_name: classes.get(&row.class_id).cloned().unwrap_or_default(),
        by_name: names.get(&row.sent_by).cloned().unwrap_or_default(),
        days: u32::try_from(row.days).unwrap_or_default(),
        unit_title: row.unit_title,
        sent_at: row.sent_at,
        read_at: row.read_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Notes that a learner has read a reminder. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if it is none of the learner's own.
pub(super) async fn read(cx: &Services, permit: &Permit<StudyCourses>, id: ClassReminderId) -> AppResult<()> {
    let account_id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let row = store::find_reminder(tx.conn(), id).await?;
            row.filter(|row| row.account_id == account_id).ok_or_else(AppError::not_found)?;
            tx.note("reminder", id.to_string());
            store::note_reminder_read(tx.conn(), id, tx.now()).await
        })
        .await
}
