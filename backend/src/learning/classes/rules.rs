//! How attendance counts in a class: by the rule that held on its first day, and which it keeps.

use crate::{
    learning::{
        entity::{attendance_rule, attendance_rule_proposal, class},
        store,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    ids::ClassId,
    learning::{AttendanceRule, attendance_rule_for, region_of_version},
    organisation::DivisionCode,
    time::read_date,
};
use std::collections::{BTreeSet, HashMap};

/// The rule for a class of a school in `division` that begins on this day, or today.
///
/// # Errors
/// The field `/starts_on`, if no rule held then.
pub(super) async fn at_start(tx: &Tx, division: &str, starts_on: Option<Date>) -> AppResult<AttendanceRule> {
    let place = lies_in(division)?;
    let day = starts_on.unwrap_or_else(|| tx.now().date_in_china());
    let regions: Vec<_> = place.and_above().collect();
    // None is withdrawn or approved before the class is there to be given another.
    store::hold_attendance_rules(tx.conn(), &regions).await?;
    let rules = list(tx.conn(), regions).await?;
    let held = attendance_rule_for(&rules, place, day).copied();
    held.ok_or_else(|| AppError::field("/starts_on", "out-of-range"))
}

/// Keeps the rules around a class as they are until the write ends. This comes before the class is locked: who approves
/// or withdraws a rule has locked it when they lock its classes.
pub(super) async fn hold_around(tx: &Tx, id: ClassId) -> AppResult<()> {
    let row = store::find_class(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    store::hold_attendance_rules(tx.conn(), &lies_in(&row.division)?.and_above().collect::<Vec<_>>()).await
}

fn lies_in(division: &str) -> AppResult<DivisionCode> {
    DivisionCode::parse(division).ok_or_else(|| AppError::internal("a class that lies nowhere"))
}

/// Gives the classes that were to begin by a rule that is withdrawn the one that holds on their first day without it;
/// how many there were.
pub(in crate::learning) async fn give_up(tx: &Tx, version: &str) -> AppResult<usize> {
    let planned = store::lock_classes_by_rule(tx.conn(), version).await?;
    let classes = planned.len();
    for row in planned {
        let rule = at_start(tx, &row.division, row.starts_on.as_deref().and_then(read_date)).await?;
        store::update_class(tx.conn(), class::Model { rule_version: rule.version(), ..row }).await?;
    }
    Ok(classes)
}

/// Gives the classes that were planned before a rule was approved, and do not begin before it does, the rule of their
/// first day; to how many it is another.
pub(in crate::learning) async fn take_up(tx: &Tx, rule: &AttendanceRule) -> AppResult<usize> {
    let planned = store::lock_classes_to_begin(tx.conn(), rule.region, rule.valid_from).await?;
    let around = planned.iter().map(|row| lies_in(&row.division)).collect::<AppResult<Vec<_>>>()?;
    let regions: BTreeSet<_> = around.iter().flat_map(|place| place.and_above()).collect();
    let regions: Vec<_> = regions.into_iter().collect();
    store::hold_attendance_rules(tx.conn(), &regions).await?;
    let rules = list(tx.conn(), regions).await?;
    let mut classes = 0;
    for (row, place) in planned.into_iter().zip(around) {
        let Some(day) = row.starts_on.as_deref().and_then(read_date) else { continue };
        let Some(version) = attendance_rule_for(&rules, place, day).map(AttendanceRule::version) else { continue };
        if version != row.rule_version {
            store::update_class(tx.conn(), class::Model { rule_version: version, ..row }).await?;
            classes += 1;
        }
    }
    Ok(classes)
}

/// The rule that a class keeps.
pub(super) async fn of_row(conn: &impl ConnectionTrait, row: &class::Model) -> AppResult<AttendanceRule> {
    let kept = of_rows(conn, std::slice::from_ref(row)).await?.remove(&row.id);
    kept.ok_or_else(|| AppError::internal("a class without a rule"))
}

/// The rule that a class keeps.
///
/// # Errors
/// `not-found` if there is no such class.
pub async fn attendance_rule(cx: &Services, id: ClassId) -> AppResult<AttendanceRule> {
    let row = store::find_class(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    of_row(cx.db.read(), &row).await
}

/// The rules that these classes keep.
///
/// # Errors
/// If the store fails.
pub async fn attendance_rules(cx: &Services, ids: &[ClassId]) -> AppResult<HashMap<ClassId, AttendanceRule>> {
    of_rows(cx.db.read(), &store::list_classes_by_ids(cx.db.read(), ids).await?).await
}

async fn of_rows(conn: &impl ConnectionTrait, rows: &[class::Model]) -> AppResult<HashMap<ClassId, AttendanceRule>> {
    let regions: Vec<_> = rows.iter().filter_map(|row| region_of_version(&row.rule_version)).collect();
    let came = store::list_attendance_rules(conn, &regions).await?;
    // The classes were read before: since then their rule may have been withdrawn, and they been given another.
    let approved = store::list_attendance_rules_once_approved(conn, &regions).await?;
    let rules = read_all(&came, &approved)?;
    let kept = |row: &class::Model| {
        let rule = rules.iter().find(|rule| rule.version() == row.rule_version);
        rule.map(|rule| (row.id, *rule)).ok_or_else(|| AppError::internal("the rule of a class is gone"))
    };
    rows.iter().map(kept).collect()
}

/// Every rule for one of these regions: those that came with the program, and those that were approved since.
async fn list(conn: &impl ConnectionTrait, regions: Vec<DivisionCode>) -> AppResult<Vec<AttendanceRule>> {
    let came = store::list_attendance_rules(conn, &regions).await?;
    let approved = store::list_approved_attendance_rules(conn, &regions).await?;
    read_all(&came, &approved)
}

fn read_all(
    came: &[attendance_rule::Model],
    approved: &[attendance_rule_proposal::Model],
) -> AppResult<Vec<AttendanceRule>> {
    came.iter().map(rule).chain(approved.iter().map(proposed_rule)).collect()
}

/// A rule that came with the program.
pub(in crate::learning) fn rule(row: &attendance_rule::Model) -> AppResult<AttendanceRule> {
    read((&row.region, &row.valid_from), (row.late_min, row.class_hour_min, row.face_min_pct))
}

/// A rule that was proposed.
pub(in crate::learning) fn proposed_rule(row: &attendance_rule_proposal::Model) -> AppResult<AttendanceRule> {
    read((&row.region, &row.valid_from), (row.late_min, row.class_hour_min, row.face_min_pct))
}

fn read(
    (region, valid_from): (&str, &str),
    (late_min, class_hour_min, face_min_pct): (i16, i16, i16),
) -> AppResult<AttendanceRule> {
    let unknown = || AppError::internal("a rule of attendance that cannot be read");
    Ok(AttendanceRule {
        region: DivisionCode::parse(region).ok_or_else(unknown)?,
        valid_from: read_date(valid_from).ok_or_else(unknown)?,
        late_min: u16::try_from(late_min).map_err(AppError::internal)?,
        class_hour_min: u16::try_from(class_hour_min).map_err(AppError::internal)?,
        face_min_pct: u16::try_from(face_min_pct).map_err(AppError::internal)?,
    })
}
