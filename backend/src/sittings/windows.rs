//! Tests of several courses planned at once: all of them or none, and where they clash.

use super::{
    entity::{exam_session, exam_window},
    facts::{kind_of, state_of},
    plan_check, rooms,
    service::{self, PlanExamSession},
    store,
    views::views,
};
use crate::{
    access::{Actor, Permit, actions},
    identity, learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamWindowId},
    sittings::{
        ExamClashKind, ExamSessionState, ExamWindowView, NewExamSession, NewExamWindow, SharedAtOnce, WindowClash,
        WindowTestFacts, are_any_at_once, field_of_window, find_clashes,
    },
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

actions! {
    /// Plan tests of several courses at once.
    PlanExamWindow(ExamWindowId) = PlanExamSession;
}

/// Plans tests of several courses, as drafts, in `division`: all of them, or none. The first of them, by time.
///
/// # Errors
/// The fields that are wrong, of every test.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<PlanExamWindow>,
    division: &str,
    key: &IdempotencyKey,
    new: &NewExamWindow,
) -> AppResult<ExamSessionId> {
    let wrong = new.check();
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let mut plans: Vec<(ExamSessionId, NewExamSession)> =
        plans(cx, new).await?.into_iter().map(|plan| (cx.ids.new_id(), plan)).collect();
    plans.sort_by_key(|(_, plan)| plan.starts_at);
    let (window_id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, new, async || {
                let title = new.title.trim().to_owned();
                let window = exam_window::Model { id: window_id, title, created_by: person, created_at: tx.now() };
                store::insert_window(tx.conn(), window).await?;
                for (id, plan) in &plans {
                    let draft = service::draft(*id, division, plan, person)?;
                    let row = exam_session::Model { exam_window_id: Some(window_id), ..draft };
                    store::insert_exam_session(tx.conn(), row).await?;
                    service::note_uses(tx, *id, plan).await?;
                }
                tx.note("exam_sessions", plans.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>());
                plans.first().map(|(id, _)| *id).ok_or_else(|| AppError::internal("a window without tests"))
            })
            .await
        })
        .await
}

/// The plans of all its tests, each judged as one that is planned alone.
async fn plans(cx: &Services, new: &NewExamWindow) -> AppResult<Vec<NewExamSession>> {
    let (mut plans, mut wrong) = (Vec::with_capacity(new.tests.len()), Vec::new());
    for (nth, test) in new.tests.iter().enumerate() {
        let pointer = format!("/tests/{nth}/course_id");
        let course = match learning::course(cx, test.course_id).await.map_err(|error| error.at_field(&pointer)) {
            Err(AppError::Invalid(errors)) => {
                wrong.extend(errors);
                continue;
            }
            course => course?,
        };
        let plan = new.plan(test, &course.title);
        match service::check(cx, &plan).await {
            Err(AppError::Invalid(errors)) => wrong.extend(errors.iter().map(|error| field_of_window(nth, error))),
            checked => checked?,
        }
        plans.push(plan);
    }
    let mut seen = BTreeSet::new();
    wrong.retain(|error| seen.insert((error.pointer.clone(), error.code.clone())));
    if wrong.is_empty() { Ok(plans) } else { Err(AppError::Invalid(wrong)) }
}

/// The tests that were planned together with one, itself among them, and where they clash. What runs nowhere any more
/// takes nothing from another.
///
/// # Errors
/// `not-found` if there is no such test.
pub(super) async fn window(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<PlanExamSession>,
) -> AppResult<ExamWindowView> {
    let conn = cx.db.read();
    let row = store::find_exam_session(conn, *permit.target()).await?.ok_or_else(AppError::not_found)?;
    let (title, rows) = match row.exam_window_id {
        Some(id) => {
            let title = store::find_window(conn, id).await?.map(|window| window.title);
            let mut rows = store::list_exam_sessions_of_window(conn, id).await?;
            // One of them may have gone to somebody else who runs it.
            rows.retain(|other| other.division == row.division);
            (title, rows)
        }
        None => (None, vec![row]),
    };
    let clashes = clashes(cx, &rows).await?;
    Ok(ExamWindowView { title, tests: views(cx, Some(actor), rows).await?, clashes })
}

async fn clashes(cx: &Services, rows: &[exam_session::Model]) -> AppResult<Vec<WindowClash>> {
    let mut sat = Vec::new();
    for row in rows {
        let is_over = matches!(
            state_of(row)?,
            ExamSessionState::Cancelled | ExamSessionState::Marking | ExamSessionState::Published
        );
        if !is_over && kind_of(row)?.counts() {
            sat.push((row, plan_check::latest_window(cx.db.read(), row).await?));
        }
    }
    let times: Vec<_> = sat.iter().map(|(_, time)| *time).collect();
    if !are_any_at_once(&times) {
        return Ok(Vec::new());
    }
    let (mut tests, mut names) = (Vec::with_capacity(sat.len()), HashMap::new());
    for (row, time) in sat {
        tests.push(facts(cx.db.read(), row, time, &mut names).await?);
    }
    let found = find_clashes(&tests);
    let people: Vec<AccountId> = found.iter().flat_map(|clash| clash.staff.iter().copied()).collect();
    let people = identity::names_of(cx, &people).await?;
    Ok(found.iter().flat_map(|clash| told(clash, &names, &people)).collect())
}

/// What is known of one test, and the names of its rooms.
async fn facts(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    time: (Timestamp, Timestamp),
    names: &mut HashMap<ExamRoomId, String>,
) -> AppResult<WindowTestFacts> {
    let mut held = BTreeSet::new();
    for room in rooms::rooms_of(conn, row.id).await? {
        names.insert(room.exam_room_id, format!("{} {} {}", room.site_name, room.number, room.name));
        held.insert(room.exam_room_id);
    }
    let watches = rooms::watches_of(conn, row.id, None).await?.into_iter();
    let watches = watches.filter(|watch| held.contains(&watch.exam_room_id));
    Ok(WindowTestFacts {
        id: row.id,
        time,
        learners: plan_check::sitters_of(conn, row.id).await?,
        staff: watches.map(|watch| watch.invigilator_id).collect(),
        rooms: held,
    })
}

/// A clash of two tests, one line for each thing that they share.
fn told(
    clash: &SharedAtOnce,
    rooms: &HashMap<ExamRoomId, String>,
    people: &HashMap<AccountId, String>,
) -> Vec<WindowClash> {
    let room_names = clash.rooms.iter().filter_map(|room| rooms.get(room).cloned()).collect();
    let staff_names = clash.staff.iter().filter_map(|person| people.get(person).cloned()).collect();
    let lines = [
        (ExamClashKind::Learners, clash.learners, Vec::new()),
        (ExamClashKind::Rooms, clash.rooms.len(), room_names),
        (ExamClashKind::Staff, clash.staff.len(), staff_names),
    ];
    let (one, other) = (clash.one, clash.other);
    let line = |(kind, count, names): (ExamClashKind, usize, Vec<String>)| WindowClash {
        kind,
        one,
        other,
        count: u32::try_from(count).unwrap_or(u32::MAX),
        names,
    };
    lines.into_iter().filter(|(_, count, _)| *count > 0).map(line).collect()
}
