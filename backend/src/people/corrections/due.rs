//! By when a request is answered. Which days are worked is known below `people`.

use crate::platform::{Services, error::AppResult};
use futures::future::LocalBoxFuture;
use jiff::civil::Date;
use shared::{
    people::{ANSWER_LOOK_AHEAD_DAYS, answer_due},
    teaching::Holiday,
    time::Timestamp,
};

const DAY_S: i64 = 86_400;

/// Knows which days are no ordinary ones; `teaching` does, and `app` wires it.
pub trait WorkCalendar {
    /// What is said of the days from one to another, both included.
    fn holidays(&self, from: Date, to: Date) -> LocalBoxFuture<'_, AppResult<Vec<Holiday>>>;
}

/// The last day on which a request that comes now is answered in time.
///
/// # Errors
/// If the store fails.
pub async fn due_from_now(cx: &Services, calendar: &dyn WorkCalendar) -> AppResult<Date> {
    let today = cx.clock.now().date_in_china();
    let until = Timestamp::of_day_in_china(today).plus_s(ANSWER_LOOK_AHEAD_DAYS * DAY_S).date_in_china();
    Ok(answer_due(today, &calendar.holidays(today, until).await?))
}
