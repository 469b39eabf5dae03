//! What was noted of who came: entries of phones, joined in any order, and what counts of them.

use super::{
    entity::{meeting, roll_call_entry},
    store, views,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize},
    identity,
    learning::{self, ClassHead},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        texts::{Language, text},
    },
};
use serde_json::Value;
use shared::{
    device_log::merge,
    ids::{AccountId, ClassId, MeetingId},
    problem::{FieldError, ProblemCode},
    rights::Right,
    teaching::{
        AttendanceState, MAX_ROLL_ENTRIES, MeetingRoll, MeetingState, RollCallAck, RollCallEntry, RollCallMethod,
        RollCallReceipt, RollRow, SendRollCalls, counted_minutes, roll,
    },
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

actions! {
    /// Record who came, on one's own phone.
    TakeRoll(AccountId) = TakeAttendance;
}

/// Takes what a phone has gathered: each entry once, whatever is wrong with others.
///
/// # Errors
/// `forbidden`, or too many at once.
pub async fn record(
    cx: &Services,
    actor: &Actor,
    request: &SendRollCalls,
    language: Language,
) -> AppResult<Vec<RollCallAck>> {
    Scope::of(actor, Right::TakeAttendance)?;
    match request.entries.len() {
        0 => return Err(AppError::field("/entries", "required")),
        1..=MAX_ROLL_ENTRIES => {}
        _ => return Err(AppError::field("/entries", "too-long")),
    }
    let entries: Vec<_> = request.entries.iter().cloned().map(RollCallEntry::masked).collect();
    let known = Known::of(cx, actor, &entries).await?;
    let errors: Vec<_> = entries.iter().map(|entry| known.check(cx, actor, entry)).collect();
    let right: Vec<_> =
        entries.iter().zip(&errors).filter(|(_, wrong)| wrong.is_empty()).map(|(entry, _)| entry).collect();
    let mut receipts = match right.first().and_then(|entry| known.meetings.get(&entry.meeting_id)) {
        Some((_, class)) => {
            let permit: Permit<TakeRoll> = authorize(actor, actor.account_id, &class.place())?;
            cx.db.write(&permit, async |tx| store_entries(tx, &right).await).await?.into_iter()
        }
        None => Vec::new().into_iter(),
    };
    let ack = |(entry, mut errors): (&RollCallEntry, Vec<FieldError>)| {
        let receipt = if errors.is_empty() { receipts.next() } else { None }.unwrap_or(RollCallReceipt::Refused);
        if receipt == RollCallReceipt::Refused && errors.is_empty() {
            errors.push(FieldError::new("/id", "roll-entry-id-taken"));
        }
        for error in &mut errors {
            error.detail = text(language, &format!("field.{}", error.code), &Value::Null);
        }
        RollCallAck { entry_id: entry.id, receipt, errors }
    };
    Ok(entries.iter().zip(errors).map(ack).collect())
}

/// The meetings that entries are of, as far as the actor takes the roll there, and their learners.
struct Known {
    meetings: HashMap<MeetingId, (meeting::Model, ClassHead)>,
    learners: HashMap<ClassId, BTreeSet<AccountId>>,
}

impl Known {
    async fn of(cx: &Services, actor: &Actor, entries: &[RollCallEntry]) -> AppResult<Self> {
        let ids: BTreeSet<_> = entries.iter().map(|entry| entry.meeting_id).collect();
        let rows = store::list_meetings_by_ids(cx.db.read(), &ids.into_iter().collect::<Vec<_>>()).await?;
        let ids: BTreeSet<_> = rows.iter().map(|row| row.class_id).collect();
        let classes = learning::classes(cx, &ids.into_iter().collect::<Vec<_>>()).await?;
        let (mut meetings, mut learners) = (HashMap::new(), HashMap::new());
        for class in classes.into_iter().filter(|class| actor.has_any(&[Right::TakeAttendance], &class.place())) {
            learners.insert(class.id, learning::everybody_of(cx, class.id).await?.into_iter().collect());
            for row in rows.iter().filter(|row| row.class_id == class.id) {
                meetings.insert(row.id, (row.clone(), class.clone()));
            }
        }
        Ok(Self { meetings, learners })
    }

    /// Everything that is wrong with an entry.
    fn check(&self, cx: &Services, actor: &Actor, entry: &RollCallEntry) -> Vec<FieldError> {
        let Some((meeting, class)) = self.meetings.get(&entry.meeting_id) else {
            return vec![FieldError::new("/meeting_id", "not-found")];
        };
        let mut errors = entry.check(meeting.starts_at, meeting.ends_at, cx.clock.now());
        let is_of_class = self.learners.get(&class.id).is_some_and(|learners| learners.contains(&entry.learner));
        for (is_wrong, pointer, code) in [
            (meeting.state == MeetingState::Cancelled.as_str(), "/meeting_id", "cancelled"),
            (!is_of_class, "/learner", "not-in-class"),
            (entry.noted_by != actor.account_id, "/noted_by", "other-teacher"),
            (entry.method == RollCallMethod::Code, "/method", "code-by-learner"),
        ] {
            if is_wrong {
                errors.push(FieldError::new(pointer, code));
            }
        }
        errors
    }
}

/// Stores those entries that are not stored; what became of each.
async fn store_entries(tx: &Tx, sent: &[&RollCallEntry]) -> AppResult<Vec<RollCallReceipt>> {
    let ids: BTreeSet<_> = sent.iter().map(|entry| entry.id).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let before = store::list_roll_entries_by_ids(tx.conn(), &ids).await?;
    let mut there: BTreeMap<_, _> = BTreeMap::new();
    for row in before {
        there.insert(row.id, entry(row)?);
    }
    let (mut receipts, mut rows) = (Vec::with_capacity(sent.len()), Vec::new());
    for entry in sent {
        receipts.push(match there.get(&entry.id) {
            Some(same) if same == *entry => RollCallReceipt::Known,
            Some(_) => RollCallReceipt::Refused,
            None => {
                there.insert(entry.id, (*entry).clone());
                rows.push(row(entry, tx.now()));
                RollCallReceipt::Recorded
            }
        });
    }
    tx.note("recorded", rows.len());
    store::insert_roll_entries(tx.conn(), rows).await?;
    Ok(receipts)
}

/// The row of an entry that was received at `now`.
pub(super) fn row(entry: &RollCallEntry, now: Timestamp) -> roll_call_entry::Model {
    roll_call_entry::Model {
        id: entry.id,
        meeting_id: entry.meeting_id,
        learner_id: entry.learner,
        state: entry.state.as_str().to_owned(),
        minutes: entry.minutes.map(i32::from),
        noted_at: entry.noted_at,
        noted_by: entry.noted_by,
        method: entry.method.as_str().to_owned(),
        reason: entry.reason.clone(),
        received_at: now,
    }
}

/// An entry as it was sent.
pub(super) fn entry(row: roll_call_entry::Model) -> AppResult<RollCallEntry> {
    let unknown = || AppError::internal("an entry of a roll-call that cannot be read");
    Ok(RollCallEntry {
        id: row.id,
        meeting_id: row.meeting_id,
        learner: row.learner_id,
        state: AttendanceState::parse(&row.state).ok_or_else(unknown)?,
        minutes: row.minutes.map(u16::try_from).transpose().map_err(AppError::internal)?,
        noted_at: row.noted_at,
        noted_by: row.noted_by,
        method: RollCallMethod::parse(&row.method).ok_or_else(unknown)?,
        reason: row.reason,
    })
}

/// Everything that was noted at these meetings, in the order of time.
pub(super) async fn of_meetings(cx: &Services, meetings: &[MeetingId]) -> AppResult<Vec<RollCallEntry>> {
    let rows = store::list_roll_entries(cx.db.read(), meetings).await?;
    Ok(merge(&rows.into_iter().map(entry).collect::<AppResult<Vec<_>>>()?, &[]))
}

/// Everything that was noted of these learners, in the order of time.
pub(super) async fn of_learners(cx: &Services, learners: &[AccountId]) -> AppResult<Vec<RollCallEntry>> {
    let rows = store::list_roll_entries_of(cx.db.read(), learners).await?;
    Ok(merge(&rows.into_iter().map(entry).collect::<AppResult<Vec<_>>>()?, &[]))
}

/// Minutes that a meeting was planned for.
pub(super) fn planned_minutes(meeting: &meeting::Model) -> u16 {
    u16::try_from(meeting.ends_at.ms_since(meeting.starts_at) / 60_000).unwrap_or(u16::MAX)
}

/// The roll of a meeting.
pub(super) async fn of_meeting(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<MeetingRoll> {
    let (class, meeting) = views::seen(cx, actor, id).await?;
    if !actor.has_any(&[Right::TakeAttendance], &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let entries = of_meetings(cx, &[id]).await?;
    let counting = roll(&entries);
    let mut learners: BTreeSet<_> = learning::learners_of(cx, class.id).await?.into_iter().collect();
    learners.extend(counting.keys().copied());
    let names = identity::names_of(cx, &learners.iter().copied().collect::<Vec<_>>()).await?;
    let planned = planned_minutes(&meeting);
    let row = |account_id: AccountId| {
        let counts = counting.get(&account_id);
        RollRow {
            account_id,
            display_name: names.get(&account_id).cloned().unwrap_or_default(),
            state: counts.map(|entry| entry.state),
            method: counts.map(|entry| entry.method),
            minutes: counts.map_or(0, |entry| counted_minutes(planned, entry)),
            entries: entries.iter().filter(|entry| entry.learner == account_id).cloned().collect(),
        }
    };
    let mut rows: Vec<_> = learners.into_iter().map(row).collect();
    rows.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    let meeting = views::views(cx, vec![meeting]).await?.pop().ok_or_else(AppError::not_found)?;
    Ok(MeetingRoll { meeting, rows })
}
