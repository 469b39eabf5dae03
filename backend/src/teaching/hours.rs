//! Class hours that learners were present for, by the rule: minutes are added up, then divided once; those face to face
//! and those online by themselves.

use super::{entity::meeting, roll, store, views};
use crate::{
    access::Actor,
    identity,
    learning::{self, ClassHead, CourseHead},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    device_log::latest,
    ids::{AccountId, ClassId, CourseId, MeetingId},
    learning::{AttendanceRule, StudyInterval},
    problem::ProblemCode,
    rights::Right,
    teaching::{
        CountedMinutes, CourseHours, LearnerHours, MeetingState, MeetingView, OwnAttendance, RollCallEntry,
        counted_minutes, presence,
    },
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What counts of one learner in one course.
#[derive(Clone, Default)]
struct Counted {
    face_to_face: CountedMinutes,
    online: CountedMinutes,
}

/// Minutes of each learner in each course.
type Minutes = BTreeMap<(AccountId, CourseId), Counted>;

/// The class hours of a learner in each course of the classes that they are in, and wherever else they were present,
/// by title.
///
/// # Errors
/// If the store fails.
pub(super) async fn hours_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CourseHours>> {
    hours_in(cx, account_id, learning::classes_of(cx, account_id).await?).await
}

/// The same with the courses of the classes that they have left, too.
///
/// # Errors
/// If the store fails.
pub async fn hours_ever_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CourseHours>> {
    hours_in(cx, account_id, learning::classes_ever_of(cx, account_id).await?).await
}

async fn hours_in(cx: &Services, account_id: AccountId, studied: Vec<ClassHead>) -> AppResult<Vec<CourseHours>> {
    let (entries, meetings) = noted_of(cx, account_id).await?;
    let classes: BTreeSet<_> = meetings.iter().map(|meeting| meeting.class_id).collect();
    let rules = learning::attendance_rules(cx, &classes.into_iter().collect::<Vec<_>>()).await?;
    let minutes = minutes(&meetings, &entries, &rules)?;
    let mut courses: BTreeSet<_> = minutes.keys().map(|(_, course)| *course).collect();
    // What is studied face to face is there before the first meeting.
    for class in studied {
        courses.extend(learning::courses_of(cx, class.id).await?);
    }
    Ok(hours(account_id, &minutes, &learning::course_heads(cx, courses).await?))
}

/// What was noted of a learner, and the meetings that it was noted at.
async fn noted_of(cx: &Services, account_id: AccountId) -> AppResult<(Vec<RollCallEntry>, Vec<meeting::Model>)> {
    let entries = roll::of_learner(cx, account_id).await?;
    let ids: BTreeSet<_> = entries.iter().map(|entry| entry.meeting_id).collect();
    let meetings = store::list_meetings_by_ids(cx.db.read(), &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok((entries, meetings))
}

/// When a learner was at meetings of any class, however these were held.
///
/// # Errors
/// If the store fails.
pub async fn presences_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<StudyInterval>> {
    let (entries, meetings) = noted_of(cx, account_id).await?;
    let there = |meeting: &meeting::Model| {
        let counts = latest(entries.iter().filter(|entry| entry.meeting_id == meeting.id))?;
        presence(meeting.starts_at, meeting.ends_at, counts)
    };
    Ok(meetings.iter().filter(|meeting| is_held(meeting)).filter_map(there).collect())
}

/// What counts of a learner at each meeting, in the order of time.
///
/// # Errors
/// If the store fails.
pub async fn attendance_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnAttendance>> {
    let (entries, meetings) = noted_of(cx, account_id).await?;
    let planned: HashMap<MeetingId, u16> =
        meetings.iter().map(|meeting| (meeting.id, roll::planned_minutes(meeting))).collect();
    let own = |meeting: MeetingView| {
        let counts = latest(entries.iter().filter(|entry| entry.meeting_id == meeting.id))?;
        let planned = planned.get(&meeting.id).copied().unwrap_or_default();
        Some(OwnAttendance {
            meeting_id: meeting.id,
            starts_at: meeting.starts_at,
            class_name: meeting.class_name,
            course_title: meeting.course_title,
            state: counts.state,
            minutes: counted_minutes(planned, counts),
        })
    };
    let mut attendance: Vec<_> = views::views(cx, meetings).await?.into_iter().filter_map(own).collect();
    attendance.sort_by_key(|meeting| (meeting.starts_at, meeting.meeting_id));
    Ok(attendance)
}

/// The class hours of the learners of a class in its courses, by name.
pub(super) async fn of_class(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Vec<LearnerHours>> {
    let class = views::see_class(cx, actor, id).await?;
    if !actor.has_any(&[Right::TakeAttendance], &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let learners = learning::learners_of(cx, id).await?;
    let mut hours = hours_in_class(cx, id, &learners).await?;
    let names = identity::names_of(cx, &learners).await?;
    let row = |account_id| LearnerHours {
        account_id,
        display_name: names.get(&account_id).cloned().unwrap_or_default(),
        courses: hours.remove(&account_id).unwrap_or_default(),
    };
    let mut rows: Vec<_> = learners.into_iter().map(row).collect();
    rows.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(rows)
}

/// The class hours of these learners of a class in each of its courses, by title. Whether an actor may know is for the
/// caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn hours_in_class(
    cx: &Services,
    id: ClassId,
    learners: &[AccountId],
) -> AppResult<HashMap<AccountId, Vec<CourseHours>>> {
    let meetings = store::list_meetings_of_class(cx.db.read(), id, (None, None), None, u64::from(u32::MAX)).await?;
    let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
    let rules = learning::attendance_rules(cx, &[id]).await?;
    let minutes = minutes(&meetings, &roll::of_meetings(cx, &ids).await?, &rules)?;
    let courses = learning::course_heads(cx, learning::courses_of(cx, id).await?).await?;
    Ok(learners.iter().map(|learner| (*learner, hours(*learner, &minutes, &courses))).collect())
}

/// Whether a meeting is on the timetable still.
fn is_held(meeting: &meeting::Model) -> bool {
    meeting.state == MeetingState::Planned.as_str()
}

/// What counts of these entries, by the rule of each class; of meetings that were cancelled nothing does.
fn minutes(
    meetings: &[meeting::Model],
    entries: &[RollCallEntry],
    rules: &HashMap<ClassId, AttendanceRule>,
) -> AppResult<Minutes> {
    let held = meetings.iter().filter(|meeting| is_held(meeting));
    let held: HashMap<MeetingId, _> = held.map(|meeting| (meeting.id, meeting)).collect();
    let mut of_each: BTreeMap<(MeetingId, AccountId), Vec<&RollCallEntry>> = BTreeMap::new();
    for entry in entries {
        of_each.entry((entry.meeting_id, entry.learner)).or_default().push(entry);
    }
    let mut minutes = Minutes::new();
    for ((meeting, learner), entries) in of_each {
        let Some(meeting) = held.get(&meeting) else { continue };
        if let (Some(rule), Some(counts)) = (rules.get(&meeting.class_id), latest(entries)) {
            let counted = counted_minutes(roll::planned_minutes(meeting), counts);
            let of_course = minutes.entry((learner, meeting.course_id)).or_default();
            let of_mode = match views::mode(meeting)?.is_face_to_face() {
                true => &mut of_course.face_to_face,
                false => &mut of_course.online,
            };
            of_mode.count(counted, rule);
        }
    }
    Ok(minutes)
}

fn hours(account_id: AccountId, minutes: &Minutes, courses: &HashMap<CourseId, CourseHead>) -> Vec<CourseHours> {
    let row = |course: &CourseHead| {
        let counted = minutes.get(&(account_id, course.id)).cloned().unwrap_or_default();
        CourseHours {
            course_id: course.id,
            course_title: course.title.clone(),
            minutes: counted.face_to_face.minutes(),
            class_hours: counted.face_to_face.class_hours(),
            online_minutes: counted.online.minutes(),
            online_class_hours: counted.online.class_hours(),
            needed: course.face_to_face_hours,
        }
    };
    let mut hours: Vec<_> = courses.values().map(row).collect();
    hours.sort_by(|one, other| (&one.course_title, one.course_id).cmp(&(&other.course_title, other.course_id)));
    hours
}
