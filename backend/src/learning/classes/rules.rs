//! How attendance counts in a class: by the rule that held on its first day, and which it keeps.

use crate::{
    learning::{
        entity::{attendance_rule, class},
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
use std::collections::HashMap;

/// The rule for a class of a school in `division` that begins on this day, or today.
///
/// # Errors
/// The field `/starts_on`, if no rule held then.
pub(super) async fn at_start(tx: &Tx, division: &str, starts_on: Option<Date>) -> AppResult<AttendanceRule> {
    let place = DivisionCode::parse(division).ok_or_else(|| AppError::internal("a class that lies nowhere"))?;
    let day = starts_on.unwrap_or_else(|| tx.now().date_in_china());
    let rules = list(tx.conn(), place.and_above().collect()).await?;
    let held = attendance_rule_for(&rules, place, day).copied();
    held.ok_or_else(|| AppError::field("/starts_on", "out-of-range"))
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
    let regions = rows.iter().filter_map(|row| region_of_version(&row.rule_version)).collect();
    let rules = list(conn, regions).await?;
    let kept = |row: &class::Model| {
        let rule = rules.iter().find(|rule| rule.version() == row.rule_version);
        rule.map(|rule| (row.id, *rule)).ok_or_else(|| AppError::internal("the rule of a class is gone"))
    };
    rows.iter().map(kept).collect()
}

/// Every row for one of these regions.
async fn list(conn: &impl ConnectionTrait, regions: Vec<DivisionCode>) -> AppResult<Vec<AttendanceRule>> {
    store::list_attendance_rules(conn, &regions).await?.iter().map(rule).collect()
}

fn rule(row: &attendance_rule::Model) -> AppResult<AttendanceRule> {
    let unknown = || AppError::internal("a rule of attendance that cannot be read");
    Ok(AttendanceRule {
        region: DivisionCode::parse(&row.region).ok_or_else(unknown)?,
        valid_from: read_date(&row.valid_from).ok_or_else(unknown)?,
        late_min: u16::try_from(row.late_min).map_err(AppError::internal)?,
        class_hour_min: u16::try_from(row.class_hour_min).map_err(AppError::internal)?,
    })
}
