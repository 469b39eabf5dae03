//! Instants in the words of the reader, always in China's time.

use crate::i18n::{Locale, td_string};
use jiff::civil::Date;
use shared::time::Timestamp;

/// Day and minute.
pub fn date_time(locale: Locale, at: Timestamp) -> String {
    let at = at.in_china();
    let (month, day) = (format!("{:02}", at.month()), format!("{:02}", at.day()));
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    td_string!(locale, common.date_time, year = at.year(), month = month, day = day, time = time)
}

/// The day alone.
pub fn date(locale: Locale, at: Timestamp) -> String {
    day(locale, at.date_in_china())
}

/// A day of the calendar.
pub fn day(locale: Locale, date: Date) -> String {
    let (month, day) = (format!("{:02}", date.month()), format!("{:02}", date.day()));
    td_string!(locale, common.date, year = date.year(), month = month, day = day)
}

/// An instant as a `datetime-local` input holds it, in China's time.
pub fn to_input(at: Timestamp) -> String {
    let at = at.in_china();
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute())
}

/// The instant that a `datetime-local` input names in China's time; `None` if it names none.
pub fn from_input(text: &str) -> Option<Timestamp> {
    format!("{}:00+08:00", text.get(..16)?).parse().ok()
}
