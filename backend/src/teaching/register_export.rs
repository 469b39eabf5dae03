//! The register of a class (考勤表) as a file: who was at which meeting, as it counts.

use super::{entity::meeting, roll, store};
use crate::{
    access::{Actor, actions},
    exports::{self, Cell, Filter, List, Part, named},
    identity, learning,
    platform::{
        Services,
        error::AppResult,
        words::{moment, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    ids::{AccountId, ClassId, MeetingId},
    page::Page,
    teaching::{AttendanceState, MeetingState, RollCallEntry, roll as counting},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which list it is.
const LIST: &str = "attendance";
/// Meetings of a class that a sheet has room for.
const MEETINGS: u64 = 10_000;

actions! {
    /// Take the register of a class away as a file.
    ExportRegister(ClassId) = TakeAttendance;
}

/// Who was at one meeting.
type Came = BTreeMap<AccountId, AttendanceState>;

/// Those who are in a class, and others who were noted at its meetings, by name: how often each came, and a column for
/// each meeting that has begun and was not cancelled.
///
/// # Errors
/// `not-found` if the actor may not see the class, `forbidden` if they may but not its attendance.
pub(super) async fn export(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<HttpResponse> {
    let permit = learning::permit_class::<ExportRegister>(cx, actor, id).await?;
    let meetings = begun(cx, id).await?;
    let came = came(cx, &meetings).await?;
    let mut learners: BTreeSet<_> = learning::learners_of(cx, id).await?.into_iter().collect();
    learners.extend(came.iter().flat_map(|came| came.keys().copied()));
    let learners: Vec<_> = learners.into_iter().collect();
    let names = identity::names_of(cx, &learners).await?;
    let with_name = |learner: AccountId| (names.get(&learner).cloned().unwrap_or_default(), learner);
    let mut by_name: Vec<_> = learners.into_iter().map(with_name).collect();
    by_name.sort_unstable();
    let class = Part { asked: id.to_string(), shown: learning::class(cx, id).await?.name };
    let mut list = List::new(LIST, &["name"], Filter::default().and("class", Some(class)));
    list.headers.extend(headers(cx, &meetings).await?);
    let rows: Vec<_> = by_name.iter().map(|(name, learner)| row(name, *learner, &came)).collect();
    exports::take(cx, &permit, list, async |_| Ok(Page { items: rows.clone(), next_cursor: None })).await
}

/// The meetings of a class that have begun and were not cancelled, in the order of time.
async fn begun(cx: &Services, id: ClassId) -> AppResult<Vec<meeting::Model>> {
    let until_now = (None, Some(cx.clock.now()));
    let mut meetings = store::list_meetings_of_class(cx.db.read(), id, until_now, None, MEETINGS).await?;
    meetings.retain(|meeting| meeting.state == MeetingState::Planned.as_str());
    Ok(meetings)
}

/// Who was at each of these meetings, as it counts.
async fn came(cx: &Services, meetings: &[meeting::Model]) -> AppResult<Vec<Came>> {
    let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
    let mut of_each: HashMap<MeetingId, Vec<RollCallEntry>> = HashMap::new();
    for entry in roll::of_meetings(cx, &ids).await? {
        of_each.entry(entry.meeting_id).or_default().push(entry);
    }
    let states = |id: &MeetingId| -> Came {
        let entries = of_each.get(id).map(Vec::as_slice).unwrap_or_default();
        counting(entries).into_iter().map(|(learner, entry)| (learner, entry.state)).collect()
    };
    Ok(ids.iter().map(states).collect())
}

/// A column for each state, and one for each meeting.
async fn headers(cx: &Services, meetings: &[meeting::Model]) -> AppResult<Vec<String>> {
    let courses: BTreeSet<_> = meetings.iter().map(|meeting| meeting.course_id).collect();
    let courses = learning::course_heads(cx, courses).await?;
    let of_meeting = |meeting: &meeting::Model| {
        let title = courses.get(&meeting.course_id).map(|course| course.title.as_str()).unwrap_or_default();
        format!("{} {title}", moment(meeting.starts_at))
    };
    let states = AttendanceState::ALL.iter().map(|state| word(&format!("classes.attendance_{state}")).to_owned());
    Ok(states.chain(meetings.iter().map(of_meeting)).collect())
}

fn row(name: &str, learner: AccountId, came: &[Came]) -> Vec<Cell> {
    let states: Vec<Option<AttendanceState>> = came.iter().map(|came| came.get(&learner).copied()).collect();
    let sum = |state: &AttendanceState| {
        let times = states.iter().filter(|was| **was == Some(*state)).count();
        Cell::from(u32::try_from(times).unwrap_or(u32::MAX))
    };
    let mut cells = vec![Cell::from(name)];
    cells.extend(AttendanceState::ALL.iter().map(sum));
    cells.extend(states.iter().map(|state| named("classes.attendance", state.map(AttendanceState::as_str))));
    cells
}
