//! Who missed a meeting makes it up: at another meeting of the course, or by a task that the teacher approves.

use super::{
    entity::{meeting, meeting_makeup},
    roll::{of_meetings, planned_minutes},
    store, views,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity, learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, ClassId, MeetingId, MeetingMakeupId},
    people::check_reason,
    person::mask_numbers,
    problem::ProblemCode,
    rights::Right,
    teaching::{
        GrantMakeup, MakeupFacts, MakeupMeeting, MakeupView, MakeupWay, MeetingMakeups, MeetingState, MissedLearner,
        RollCallEntry, WithdrawMakeup, judge_makeup, roll,
    },
};
use std::collections::{BTreeSet, HashMap};

/// How many days a meeting may lie back by which another one is made up, and how many are offered.
const DAYS_BACK: i64 = 180;
const OFFERED: u64 = 100;

actions! {
    /// Approve that a learner has made a meeting up, or take it back.
    KeepMakeup(MeetingId) = TakeAttendance;
}

/// A meeting whose roll the actor calls.
///
/// # Errors
/// `not-found`, `forbidden`.
async fn called(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<(Permit<KeepMakeup>, meeting::Model)> {
    let (class, meeting) = views::seen(cx, actor, id).await?;
    Ok((authorize(actor, id, &class.place())?, meeting))
}

/// What is judged of a meeting, for one learner.
fn facts(row: &meeting::Model, learner: AccountId, entries: &[RollCallEntry]) -> MakeupFacts {
    let noted: Vec<_> = entries.iter().filter(|entry| entry.meeting_id == row.id).cloned().collect();
    MakeupFacts {
        id: row.id,
        course_id: row.course_id,
        ends_at: row.ends_at,
        is_cancelled: row.state == MeetingState::Cancelled.as_str(),
        planned_min: planned_minutes(row),
        state: roll(&noted).get(&learner).map(|entry| entry.state),
    }
}

/// Approves that a learner has made a meeting up. A repeat with the same key approves no second one.
///
/// # Errors
/// `not-found`, `forbidden`, or the fields that are wrong.
pub(super) async fn grant(
    cx: &Services,
    actor: &Actor,
    id: MeetingId,
    key: &IdempotencyKey,
    wanted: &GrantMakeup,
) -> AppResult<()> {
    let (permit, missed) = called(cx, actor, id).await?;
    let other = match wanted.by {
        MakeupWay::Meeting { meeting_id } => match views::seen(cx, actor, meeting_id).await {
            Ok((_, other)) => Some(other),
            Err(AppError::Problem(ProblemCode::NotFound)) => None,
            Err(failure) => return Err(failure),
        },
        MakeupWay::Task { .. } => None,
    };
    let ids: Vec<_> = [id].into_iter().chain(other.as_ref().map(|other| other.id)).collect();
    let entries = of_meetings(cx, &ids).await?;
    let of = |row: &meeting::Model| facts(row, wanted.learner, &entries);
    let minutes = judge_makeup(&of(&missed), wanted, other.as_ref().map(of).as_ref(), cx.clock.now());
    let minutes = minutes.map_err(AppError::Invalid)?;
    let (makeup_id, by): (MeetingMakeupId, _) = (cx.ids.new_id(), permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, &(id, wanted), async || {
                let row = meeting_makeup::Model {
                    id: makeup_id,
                    meeting_id: id,
                    learner_id: wanted.learner,
                    by_meeting_id: other.as_ref().map(|other| other.id),
                    minutes: i32::from(minutes),
                    note: mask_numbers(wanted.note.trim()),
                    granted_by: by,
                    granted_at: tx.now(),
                    withdrawn_by: None,
                    withdrawn_at: None,
                    withdrawn_because: String::new(),
                };
                tx.note("learner", wanted.learner.to_string());
                tx.note("minutes", row.minutes);
                match store::insert_makeup(tx.conn(), row).await? {
                    0 => Err(AppError::field("/learner", "made-up-already")),
                    _ => Ok(()),
                }
            })
            .await
        })
        .await
}

/// Takes back that a learner has made a meeting up; what does not count is left as it is.
///
/// # Errors
/// `not-found`, `forbidden`, or the field `/reason`.
pub(super) async fn withdraw(cx: &Services, actor: &Actor, id: MeetingId, wanted: &WithdrawMakeup) -> AppResult<()> {
    let (permit, _) = called(cx, actor, id).await?;
    let reason = check_reason(&wanted.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let of_whom = (id, wanted.learner);
            let taken = store::withdraw_makeup(tx.conn(), of_whom, (by, tx.now()), &reason).await?;
            tx.note("learner", wanted.learner.to_string());
            tx.note("withdrawn", taken);
            Ok(())
        })
        .await
}

/// Who missed a meeting, and by which others of the course, of classes that the actor sees, it can be made up.
///
/// # Errors
/// `not-found`, `forbidden`.
pub(super) async fn of_meeting(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<MeetingMakeups> {
    let (class, meeting) = views::seen(cx, actor, id).await?;
    if !actor.has_any(&[Right::TakeAttendance], &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let now = cx.clock.now();
    let since = now.plus_s(-DAYS_BACK * 86_400);
    let held = store::list_held_meetings(cx.db.read(), meeting.course_id, (since, now), OFFERED).await?;
    let makeups = store::list_makeups(cx.db.read(), id).await?;
    let by: Vec<_> = makeups.iter().filter_map(|makeup| makeup.by_meeting_id).collect();
    let used = store::list_meetings_by_ids(cx.db.read(), &by).await?;
    let names = ClassNames::of(cx, actor, held.iter().chain(&used)).await?;
    let others = held.iter().filter(|other| other.id != id && names.seen.contains(&other.class_id));
    let offered = others.map(|other| names.meeting(other)).collect();
    let entries = of_meetings(cx, &[id]).await?;
    let missed = roll(&entries);
    let missed: Vec<_> = missed.into_iter().filter(|(_, entry)| is_missed(entry)).collect();
    let people: Vec<_> =
        missed.iter().map(|(learner, _)| *learner).chain(makeups.iter().map(|makeup| makeup.granted_by)).collect();
    let people = identity::names_of(cx, &people).await?;
    let name = |account: AccountId| people.get(&account).cloned().unwrap_or_default();
    let view = |makeup: &meeting_makeup::Model| -> AppResult<MakeupView> {
        let by = makeup.by_meeting_id.and_then(|by| used.iter().find(|meeting| meeting.id == by));
        Ok(MakeupView {
            by_meeting: by.map(|meeting| names.meeting(meeting)),
            minutes: minutes_of(makeup)?,
            note: makeup.note.clone(),
            granted_by_name: name(makeup.granted_by),
            granted_at: makeup.granted_at,
        })
    };
    let row = |(account_id, entry): (AccountId, &RollCallEntry)| -> AppResult<MissedLearner> {
        let makeup = makeups.iter().find(|makeup| makeup.learner_id == account_id);
        Ok(MissedLearner {
            account_id,
            display_name: name(account_id),
            state: entry.state,
            makeup: makeup.map(view).transpose()?,
        })
    };
    let mut missed = missed.into_iter().map(row).collect::<AppResult<Vec<_>>>()?;
    missed.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(MeetingMakeups { planned_min: planned_minutes(&meeting), missed, meetings: offered })
}

fn is_missed(entry: &RollCallEntry) -> bool {
    use shared::teaching::AttendanceState::{Absent, Leave};
    matches!(entry.state, Leave | Absent)
}

/// Minutes of a makeup.
///
/// # Errors
/// If the row is broken.
pub(super) fn minutes_of(makeup: &meeting_makeup::Model) -> AppResult<u16> {
    u16::try_from(makeup.minutes).map_err(AppError::internal)
}

/// The classes of meetings: what they are called, and which of them the actor sees.
struct ClassNames {
    names: HashMap<ClassId, String>,
    seen: BTreeSet<ClassId>,
}

impl ClassNames {
    async fn of<'a>(
        cx: &Services,
        actor: &Actor,
        meetings: impl Iterator<Item = &'a meeting::Model>,
    ) -> AppResult<Self> {
        let ids: BTreeSet<ClassId> = meetings.map(|meeting| meeting.class_id).collect();
        let classes = learning::classes(cx, &ids.into_iter().collect::<Vec<_>>()).await?;
        let is_seen = |class: &&learning::ClassHead| actor.has_any(&[Right::ReadClasses], &class.place());
        let seen = classes.iter().filter(is_seen).map(|class| class.id).collect();
        Ok(Self { seen, names: classes.into_iter().map(|class| (class.id, class.name)).collect() })
    }

    fn meeting(&self, row: &meeting::Model) -> MakeupMeeting {
        MakeupMeeting {
            id: row.id,
            class_name: self.names.get(&row.class_id).cloned().unwrap_or_default(),
            starts_at: row.starts_at,
            planned_min: planned_minutes(row),
        }
    }
}
