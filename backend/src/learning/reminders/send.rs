//! Who keeps or teaches a class reminds one learner who is away or stuck, or all who are away.

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
    learning::{NewReminders, REMINDER_TEXT_S, ReminderCause, ReminderRefusal, RemindersSent, may_change, may_remind},
    messages::MessageKind,
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

actions! {
    /// Remind learners of a class who are away or stuck.
    RemindLearners(ClassId) = AddressClass;
}

/// Those who seemed away or stuck before the write began.
struct Seen {
    /// Who they are.
    learners: Vec<Needy>,
    /// When it was looked.
    at: Timestamp,
}

/// A learner who is away or stuck.
struct Needy {
    account_id: AccountId,
    cause: ReminderCause,
    /// Where a text message may go.
    phone: Option<(PersonId, Plain)>,
}

/// Reminds one learner who is away or stuck, or all who are away but those whom somebody has reminded of late.
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
                let needy = still_needy(tx, id, &seen, asked.learner).await?;
                let due = due(tx, id, &needy, asked.learner.is_some()).await?;
                tx.note("learners", due.iter().map(|learner| learner.account_id.to_string()).collect::<Vec<_>>());
                for learner in &due {
                    store::insert_reminder(tx.conn(), row(cx, tx, (id, by), learner)).await?;
                }
                let texted = messages::queue_all(cx, tx, &texts(cx, tx, (&class, by), &due)).await?;
                let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                Ok(RemindersSent {
                    reminded: count(due.len()),
                    texted: u32::try_from(texted).unwrap_or(u32::MAX),
                    lately: count(needy.len() - due.len()),
                })
            })
            .await
        })
        .await
}

/// This learner if they are away or stuck, or all who are away: worked out of everything that is known of the class,
/// which no write waits for.
async fn seen(cx: &Services, id: ClassId, only: Option<AccountId>) -> AppResult<Seen> {
    let at = cx.clock.now();
    let mut learners = class_study::learners(cx, id).await?;
    learners.retain(|learner| only.is_none_or(|only| learner.account_id == only));
    let causes = learners.iter().filter_map(|learner| Some((learner.account_id, learner.reminder_cause()?)));
    // Who is stuck is told so by somebody who has looked at what it is that is hard.
    let wanted = |cause: &ReminderCause| only.is_some() || matches!(cause, ReminderCause::Away { .. });
    let causes: Vec<_> = causes.filter(|(_, cause)| wanted(cause)).collect();
    let accounts: Vec<_> = causes.iter().map(|(account_id, _)| *account_id).collect();
    let mut phones = if messages::is_offered(cx) { phones_of(cx, &accounts).await? } else { HashMap::new() };
    let needy = |(account_id, cause): (AccountId, ReminderCause)| Needy {
        account_id,
        cause,
        phone: phones.remove(&account_id),
    };
    Ok(Seen { learners: causes.into_iter().map(needy).collect(), at })
}

/// Those of them who are in the class yet, and who has not come back if they were away. One who is reminded alone must
/// be among them.
async fn still_needy<'a>(tx: &Tx, id: ClassId, seen: &'a Seen, only: Option<AccountId>) -> AppResult<Vec<&'a Needy>> {
    let members: HashSet<_> = store::list_members(tx.conn(), id).await?.into_iter().collect();
    if only.is_some_and(|only| !members.contains(&only)) {
        return Err(AppError::field("/learner", "not-in-class"));
    }
    let accounts: Vec<_> = seen.learners.iter().map(|learner| learner.account_id).collect();
    let back: HashSet<_> = store::list_studied_since(tx.conn(), &accounts, seen.at).await?.into_iter().collect();
    let is_so_yet = |learner: &Needy| match learner.cause {
        ReminderCause::Away { .. } => !back.contains(&learner.account_id),
        ReminderCause::Stuck { .. } => true,
    };
    let is_needy = |learner: &&Needy| members.contains(&learner.account_id) && is_so_yet(learner);
    let needy: Vec<_> = seen.learners.iter().filter(is_needy).collect();
    if only.is_some() && needy.is_empty() {
        return Err(AppError::refused(ReminderRefusal::NotNeeded));
    }
    Ok(needy)
}

/// Those whom nobody has reminded of late. One who is reminded alone must be among them.
async fn due<'a>(tx: &Tx, id: ClassId, needy: &[&'a Needy], is_one: bool) -> AppResult<Vec<&'a Needy>> {
    let mut last: HashMap<AccountId, Timestamp> = HashMap::new();
    for row in store::list_reminders(tx.conn(), id).await? {
        last.entry(row.account_id).or_insert(row.sent_at);
    }
    let mut due = Vec::with_capacity(needy.len());
    for &learner in needy {
        match may_remind(last.get(&learner.account_id).copied(), tx.now()) {
            Ok(()) => due.push(learner),
            Err(refusal) if is_one => return Err(AppError::refused(refusal)),
            Err(_) => {}
        }
    }
    Ok(due)
}

fn row(cx: &Services, tx: &Tx, (class_id, sent_by): (ClassId, AccountId), learner: &Needy) -> class_reminder::Model {
    let (days, unit_title) = match &learner.cause {
        ReminderCause::Away { days } => (i32::try_from(*days).unwrap_or(i32::MAX), None),
        ReminderCause::Stuck { unit_title } => (0, Some(unit_title.clone())),
    };
    class_reminder::Model {
        id: cx.ids.new_id(),
        class_id,
        account_id: learner.account_id,
        days,
        unit_title,
        sent_by,
        sent_at: tx.now(),
        read_at: None,
    }
}

/// What goes by text to those who have a phone.
fn texts(cx: &Services, tx: &Tx, (class, asked_by): (&ClassHead, AccountId), due: &[&Needy]) -> Vec<NewMessage> {
    let text = |learner: &&Needy| {
        let (person_id, phone) = learner.phone.as_ref()?;
        let (kind, about) = match &learner.cause {
            ReminderCause::Away { days } => (MessageKind::StudyReminder, ("days", days.to_string())),
            ReminderCause::Stuck { unit_title } => (MessageKind::StudyHelp, ("unit", unit_title.clone())),
        };
        Some(NewMessage {
            person_id: *person_id,
            phone: phone.clone(),
            kind,
            parameters: vec![
                about,
                ("class", class.name.clone()),
                ("address", format!("{}/learn", cx.config.public_url)),
            ],
            expires_at: tx.now().plus_s(REMINDER_TEXT_S),
            asked_by,
        })
    };
    due.iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::words::word;

    #[test]
    fn every_place_in_the_texts_is_filled() {
        for (kind, about) in [(MessageKind::StudyReminder, "days"), (MessageKind::StudyHelp, "unit")] {
            let mut text = word(&format!("messages.{kind}")).to_owned();
            for name in [about, "class", "address"] {
                let place = format!("{{{name}}}");
                assert!(text.contains(&place), "{kind}: {name}");
                text = text.replace(&place, "-");
            }
            assert!(!text.contains('{'), "{kind}: {text}");
        }
    }
}
