//! Days off and worked weekend days.

use super::{entity::holiday, store};
use crate::{
    access::{Permit, actions},
    people::WorkCalendar,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use futures::future::LocalBoxFuture;
use jiff::civil::Date;
use shared::{
    teaching::{Holiday, HolidayEntry, HolidayKind},
    time::{read_date, write_date},
};

actions! {
    /// Say what a day is.
    KeepHoliday(Date) = KeepHolidays;
}

/// Characters of a holiday's name.
const MAX_NAME_CHARS: usize = 30;

/// What is said of the days from one to another, both included, ascending.
pub(super) async fn between(cx: &Services, from: Date, to: Date) -> AppResult<Vec<Holiday>> {
    let rows = store::list_holidays(cx.db.read(), &write_date(from), &write_date(to)).await?;
    rows.into_iter().map(view).collect()
}

/// The days that the State Council's list, or the province, says something of.
pub struct Holidays(pub Services);

impl WorkCalendar for Holidays {
    fn holidays(&self, from: Date, to: Date) -> LocalBoxFuture<'_, AppResult<Vec<Holiday>>> {
        Box::pin(between(&self.0, from, to))
    }
}

/// What is said of the days of a year, ascending.
pub(super) async fn of_year(cx: &Services, year: i16) -> AppResult<Vec<Holiday>> {
    let day = |month, day| Date::new(year, month, day).map_err(|_| AppError::field("/year", "out-of-range"));
    between(cx, day(1, 1)?, day(12, 31)?).await
}

/// Says what a day is.
pub(super) async fn say(cx: &Services, permit: &Permit<KeepHoliday>, entry: &HolidayEntry) -> AppResult<Holiday> {
    let name = entry.name.trim();
    match name.chars().count() {
        0 => return Err(AppError::field("/name", "required")),
        1..=MAX_NAME_CHARS => {}
        _ => return Err(AppError::field("/name", "too-long")),
    }
    let (day, by) = (*permit.target(), permit.person()?);
    let row = holiday::Model {
        day: write_date(day),
        kind: entry.kind.as_str().to_owned(),
        name: name.to_owned(),
        changed_by: Some(by),
    };
    cx.db
        .write(permit, async |tx| {
            tx.note("kind", entry.kind.as_str());
            store::upsert_holiday(tx.conn(), row.clone()).await
        })
        .await?;
    view(row)
}

fn view(row: holiday::Model) -> AppResult<Holiday> {
    let unknown = || AppError::internal("a holiday that cannot be read");
    let (day, kind) = (read_date(&row.day).ok_or_else(unknown)?, HolidayKind::parse(&row.kind).ok_or_else(unknown)?);
    Ok(Holiday { day, kind, name: row.name })
}
