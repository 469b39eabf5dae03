//! 笔记: what learners write down for themselves beside units.

use super::{
    catalogue,
    classes::{ever_studied, studied},
    entity::study_note,
    standing::units,
    store,
    study::{OwnUnit, StudyCourses},
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    learning::{
        CourseContent, CourseNotes, KeptNote, NoteLine, NoteSaving, NoteText, UNWRITTEN_VERSION, UnitNote, judge_note,
    },
    problem::ProblemCode,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The learner's note beside a unit; an empty one if they wrote none.
///
/// # Errors
/// `not-found` if no class of the learner studies the unit.
pub(super) async fn of_unit(cx: &Services, permit: &Permit<StudyCourses>, id: UnitId) -> AppResult<UnitNote> {
    let account_id = *permit.target();
    OwnUnit::find(cx, account_id, id, None).await?;
    let unwritten = UnitNote { text: String::new(), version: UNWRITTEN_VERSION, edited_at: None };
    Ok(store::find_note(cx.db.read(), account_id, id).await?.map_or(unwritten, view))
}

fn view(row: study_note::Model) -> UnitNote {
    UnitNote { text: row.text, version: row.version, edited_at: Some(row.edited_at) }
}

/// Saves a note over the version that the learner has seen. The log says that it was saved, and nothing of it.
///
/// # Errors
/// `not-found` as [`of_unit`]; the field `/text`; `stale` if another device has saved since.
pub(super) async fn save(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    id: UnitId,
    seen: i32,
    note: &NoteText,
) -> AppResult<UnitNote> {
    note.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let account_id = *permit.target();
    let course_id = OwnUnit::find(cx, account_id, id, None).await?.studied.course_id;
    cx.db
        .write(permit, async |tx| {
            store::lock_learner(tx.conn(), account_id).await?;
            let row = store::find_note(tx.conn(), account_id, id).await?;
            let kept = row.as_ref().map(|row| KeptNote { text: &row.text, version: row.version });
            let saving = judge_note(kept.as_ref(), seen, &note.text);
            let (text, version, edited_at) = (note.text.clone(), seen.saturating_add(1), tx.now());
            let saved = match (saving, row) {
                (NoteSaving::Write, None) => {
                    let id_of_row = cx.ids.uuid();
                    let row = study_note::Model {
                        id: id_of_row,
                        account_id,
                        course_id,
                        unit_id: id,
                        text,
                        version,
                        edited_at,
                    };
                    store::insert_note(tx.conn(), row.clone()).await?;
                    row
                }
                (NoteSaving::Replace, Some(row)) => {
                    let row = study_note::Model { text, version, edited_at, ..row };
                    store::update_note(tx.conn(), row.clone()).await?;
                    row
                }
                (NoteSaving::Repeat, Some(row)) => row,
                _ => return Err(AppError::Problem(ProblemCode::Stale)),
            };
            tx.note("unit", id.to_string());
            tx.note("version", saved.version);
            Ok(view(saved))
        })
        .await
}

/// Where units stand in their courses, and what they are called.
type Known = HashMap<UnitId, (usize, String)>;

/// Adds the units that are not known yet.
fn learn(known: &mut Known, content: &CourseContent) {
    for (at, unit) in units(content).enumerate() {
        known.entry(unit.id).or_insert_with(|| (at, unit.title.clone()));
    }
}

/// Everything that a learner wrote down, course by course.
///
/// # Errors
/// If the store fails.
pub async fn notes_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CourseNotes>> {
    let mut by_course: BTreeMap<CourseId, Vec<study_note::Model>> = BTreeMap::new();
    for row in store::list_notes(cx.db.read(), account_id).await? {
        if !row.text.trim().is_empty() {
            by_course.entry(row.course_id).or_default().push(row);
        }
    }
    if by_course.is_empty() {
        return Ok(Vec::new());
    }
    let mut open = HashSet::new();
    for studied in studied(cx, account_id).await? {
        let content = studied.content(cx).await?;
        open.extend(units(&content).map(|unit| unit.id));
    }
    // The versions that they study now come first.
    let mut known = Known::new();
    for studied in ever_studied(cx, account_id).await? {
        if by_course.contains_key(&studied.course_id) {
            learn(&mut known, &*studied.content(cx).await?);
        }
    }
    let mut found = Vec::with_capacity(by_course.len());
    for (course_id, mut rows) in by_course {
        let course = catalogue::course(cx, course_id).await?;
        let place = |row: &study_note::Model| known.get(&row.unit_id).map_or(usize::MAX, |(at, _)| *at);
        rows.sort_by_key(|row| (place(row), row.edited_at));
        let line = |row: study_note::Model| NoteLine {
            unit_id: row.unit_id,
            unit_title: known.get(&row.unit_id).map(|(_, title)| title.clone()),
            is_open: open.contains(&row.unit_id),
            text: row.text,
            edited_at: row.edited_at,
        };
        let notes = rows.into_iter().map(line).collect();
        found.push((course.code, CourseNotes { course_id, course_title: course.title, notes }));
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, course)| course).collect())
}
