//! Who keeps or teaches a class reminds one learner who is away, or all.

use super::phones_of;
use crate::{
    access::{Permit, actions},
    learning::{
        class_study,
        classes::{ClassHead, lock_class},
        entity::class_reminder,
        store,
    },
    messages::{self, NewMessage},
    platform::{
        Services,
        crypto::Plain,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, ClassId, PersonId},
    learning::{LearnerStudy, NewReminders, REMINDER_TEXT_S, ReminderRefusal, RemindersSent, may_change, may_remind},
    messages::MessageKind,
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

actions! {
    /// Remind learners of a class who are away.
    RemindLearners(ClassId) = AddressClass;
}

/// Those who seemed away before the write began.
struct Seen {
    /// Who they are.
    learners: Vec<Away>,
    /// When it was looked.
    at: Timestamp,
}

/// A learner who is away.
struct Away {
    account_id: AccountId,
    /// For so many days.
    days: u32,
    /// Where a text message may go.
    phone: Option<(PersonId, Plain)>,
}

/// Reminds one learner who is away, or all but those whom somebody has reminded of late.
///
/// # Errors
/// The field `/learner` if they are not in the class; [`ReminderRefusal`]; `wrong-state` if the class is over.
pub(super) async fn remind(
    cx: &Services,
    permit: &Permit<RemindLearners>,
    key: &IdempotencyKey,
    asked: &NewReminders,
) -> AppResult<RemindersSent> {
    let (id, by) = (*permit.target(), permit.person()?);
    let seen = seen(cx, id, asked.learner).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(id, asked), async || {
                let class = lock_class(tx, id).await?;
                may_change(class.state).map_err(AppError::refused)?;
                let away = still_away(tx, id, &seen, asked.learner).await?;
                let due = due(tx, id, &away, asked.learner.is_some()).await?;
                tx.note("learners", due.iter().map(|learner| learner.account_id.to_string()).collect::<Vec<_>>());
                for learner in &due {
                    store::insert_reminder(tx.conn(), row(cx, tx, (id, by), learner)).await?;
                }
                let texted = messages::queue_all(cx, tx, &texts(cx, tx, (&class, by), &due)).await?;
                let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                Ok(RemindersSent {
                    reminded: count(due.len()),
                    texted: u32::try_from(texted).unwrap_or(u32::MAX),
                    lately: count(away.len() - due.len()),
                })
            })
            .await
        })
        .await
}

/// This learner, or all, if they are away: worked out of everything that is known of the class, which no write waits for.
async fn seen(cx: &Services, id: ClassId, only: Option<AccountId>) -> AppResult<Seen> {
    let at = cx.clock.now();
    let mut learners = class_study::learners(cx, id).await?;
    learners.retain(|learner| only.is_none_or(|only| learner.account_id == only));
    let days_of = |learner: &LearnerStudy| Some((learner.account_id, learner.away_days()?));
    let days: Vec<_> = learners.iter().filter_map(days_of).collect();
    let accounts: Vec<_> = days.iter().map(|(account_id, _)| *account_id).collect();
    let mut phones = if messages::is_offered(cx) { phones_of(cx, &accounts).await? } else { HashMap::new() };
    let learner = |(account_id, days): (AccountId, u32)| Away { account_id, days, phone: phones.remove(&account_id) };
    Ok(Seen { learners: days.into_iter().map(learner).collect(), at })
}

/// Those of them who are in the class yet and have studied nothing since. One who is reminded alone must be among them.
async fn still_away<'a>(tx: &Tx, id: ClassId, seen: &'a Seen, only: Option<AccountId>) -> AppResult<Vec<&'a Away>> {
    let members: HashSet<_> = store::list_members(tx.conn(), id).await?.into_iter().collect();
    if only.is_some_and(|only| !members.contains(&only)) {
        return Err(AppError::field("/learner", "not-in-class"));
    }
    let accounts: Vec<_> = seen.learners.iter().map(|learner| learner.account_id).collect();
    let back: HashSet<_> = store::list_studied_since(tx.conn(), &accounts, seen.at).await?.into_iter().collect();
    let is_away = |learner: &&Away| members.contains(&learner.account_id) && !back.contains(&learner.account_id);
    let away: Vec<_> = seen.learners.iter().filter(is_away).collect();
    if only.is_some() && away.is_empty() {
        return Err(AppError::refused(ReminderRefusal::NotAway));
    }
    Ok(away)
}

/// Those whom nobody has reminded of late. One who is reminded alone must be among them.
async fn due<'a>(tx: &Tx, id: ClassId, away: &[&'a Away], is_one: bool) -> AppResult<Vec<&'a Away>> {
    let mut last: HashMap<AccountId, Timestamp> = HashMap::new();
    for row in store::list_reminders(tx.conn(), id).await? {
        last.entry(row.account_id).or_insert(row.sent_at);
    }
    let mut due = Vec::with_capacity(away.len());
    for &learner in away {
        match may_remind(last.get(&learner.account_id).copied(), tx.now()) {
            Ok(()) => due.push(learner),
            Err(refusal) if is_one => return Err(AppError::refused(refusal)),
            Err(_) => {}
        }
    }
    Ok(due)
}

fn row(cx: &Services, tx: &Tx, (class_id, sent_by): (ClassId, AccountId), learner: &Away) -> class_reminder::Model {
    class_reminder::Model {
        id: cx.ids.new_id(),
        class_id,
        account_id: learner.account_id,
        days: i32::try_from(learner.days).unwrap_or(i32::MAX),
        sent_by,
        sent_at: tx.now(),
        read_at: None,
    }
}

/// What goes by text to those who have a phone.
fn texts(cx: &Services, tx: &Tx, (class, asked_by): (&ClassHead, AccountId), due: &[&Away]) -> Vec<NewMessage> {
    let text = |learner: &&Away| {
        let (person_id, phone) = learner.phone.as_ref()?;
        Some(NewMessage {
            person_id: *person_id,
            phone: phone.clone(),
            kind: MessageKind::StudyReminder,
            parameters: vec![
                ("days", learner.days.to_string()),
                ("class", class.name.clone()),
                ("address", format!("{}/learn", cx.config.public_url)),
            ],
            expires_at: tx.now().plus_s(REMINDER_TEXT_S),
            asked_by,
        })
    };
    due.iter().filter_map(text).collect()
}
