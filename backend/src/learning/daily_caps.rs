//! How much study of a day counts, by region and day.

use super::{entity::daily_cap, store};
use crate::platform::error::{AppError, AppResult};
use sea_orm::ConnectionTrait;
use shared::{learning::DailyCap, organisation::DivisionCode, time::read_date};

/// Every row of how much study of a day counts.
pub(super) async fn daily_caps(conn: &impl ConnectionTrait) -> AppResult<Vec<DailyCap>> {
    store::list_daily_caps(conn).await?.iter().map(cap).collect()
}

fn cap(row: &daily_cap::Model) -> AppResult<DailyCap> {
    let unknown = || AppError::internal("a limit of a day's study that cannot be read");
    Ok(DailyCap {
        region: DivisionCode::parse(&row.region).ok_or_else(unknown)?,
        valid_from: read_date(&row.valid_from).ok_or_else(unknown)?,
        minutes: u16::try_from(row.minutes).map_err(AppError::internal)?,
    })
}
