//! Instants and durations. Nobody in this crate reads a clock: the time is an argument.

use jiff::{
    civil::{Date, DateTime, Time},
    tz::Offset,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, in milliseconds since 1970-01-01T00:00:00Z. RFC 3339 in UTC on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant `millis` milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The instant `seconds` seconds later.
    #[must_use]
    pub const fn plus_s(self, seconds: i64) -> Self {
        self.plus_ms(seconds.saturating_mul(1_000))
    }

    /// Milliseconds from `earlier` to this instant; negative if `earlier` is later.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The civil date and time in China (UTC+8, no summer time since 1991).
    #[must_use]
    pub fn in_china(self) -> DateTime {
        self.at(Offset::constant(8)).unwrap_or_default()
    }

    /// The civil date in China.
    #[must_use]
    pub fn date_in_china(self) -> Date {
        self.in_china().date()
    }

    /// The instant at which a day begins in China.
    #[must_use]
    pub fn of_day_in_china(day: Date) -> Self {
        let begin = Offset::constant(8).to_timestamp(DateTime::from_parts(day, Time::midnight()));
        begin.map(|at| Self(at.as_millisecond())).unwrap_or_default()
    }

    fn at(self, offset: Offset) -> Option<DateTime> {
        jiff::Timestamp::from_millisecond(self.0).ok().map(|at| offset.to_datetime(at))
    }
}

/// Why a text is no [`Timestamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an instant as RFC 3339 writes it")]
pub struct NotAnInstant;

// The calendar's own reader and writer know so many forms that they would be a tenth of the app in
// the browser; ours is one.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(at) = self.at(Offset::UTC) else { return write!(f, "{}ms", self.0) };
        let (date, time) = (at.date(), at.time());
        write!(f, "{:04}-{:02}-{:02}T", date.year(), date.month(), date.day())?;
        write!(f, "{:02}:{:02}:{:02}.{:03}Z", time.hour(), time.minute(), time.second(), time.millisecond())
    }
}

impl std::str::FromStr for Timestamp {
    type Err = NotAnInstant;

    /// Reads RFC 3339: `2026-11-23T09:00:00Z`, with or without a fraction, at any offset. What is
    /// shorter than a millisecond is cut off.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read_rfc_3339(text).ok_or(NotAnInstant)
    }
}

fn read_rfc_3339(text: &str) -> Option<Timestamp> {
    let (civil, rest) = text.split_at_checked("2026-11-23T09:00:00".len())?;
    let marks = [10, 13, 16].map(|at| civil.as_bytes()[at]);
    if !matches!(marks, [b'T' | b't' | b' ', b':', b':']) {
        return None;
    }
    let part = |at: usize| two_digits(civil, at);
    let date = read_date(civil.get(..10)?)?;
    let time = Time::new(part(11)?, part(14)?, part(17)?, 0).ok()?;
    let (fraction, offset) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|letter: char| !letter.is_ascii_digit()).filter(|length| *length > 0)?),
        None => ("", rest),
    };
    let millis = fraction.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let at = Offset::UTC.to_timestamp(DateTime::from_parts(date, time)).ok()?;
    Some(Timestamp(at.as_millisecond() + millis - offset_ms(offset)?))
}

/// A civil day as ISO 8601 writes it, `1985-03-14`, in this form alone.
#[must_use]
pub fn read_date(text: &str) -> Option<Date> {
    let has_form = text.len() == "1985-03-14".len() && [4, 7].into_iter().all(|at| text.as_bytes()[at] == b'-');
    let year = i16::try_from(digits(text.get(..4).filter(|_| has_form)?)?).ok()?;
    Date::new(year, two_digits(text, 5)?, two_digits(text, 8)?).ok()
}

/// What is said of a text that is no day.
const NO_DAY: &str = "not a day such as 1985-03-14";

/// A civil day as [`read_date`] reads it.
#[must_use]
pub fn write_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// A civil day on the wire: `#[serde(with = "civil_date")]`.
pub mod civil_date {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes `1985-03-14`.
    ///
    /// # Errors
    /// As the serialiser fails.
    pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&super::write_date(*date))
    }

    /// Reads `1985-03-14`.
    ///
    /// # Errors
    /// If the text is no day in this form.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        super::read_date(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom(super::NO_DAY))
    }
}

/// A civil day on the wire, where there may be none: `#[serde(default, with = "optional_date")]`.
pub mod optional_date {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes `1985-03-14`, or null.
    ///
    /// # Errors
    /// As the serialiser fails.
    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => super::civil_date::serialize(date, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads `1985-03-14`, or null.
    ///
    /// # Errors
    /// If the text is no day in this form.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| super::read_date(&text).ok_or_else(|| D::Error::custom(super::NO_DAY));
        text.map(read).transpose()
    }
}

fn two_digits(text: &str, at: usize) -> Option<i8> {
    digits(text.get(at..at + 2)?).and_then(|number| i8::try_from(number).ok())
}

/// `Z`, `+08:00` or `-00:30`.
fn offset_ms(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = if let Some(rest) = text.strip_prefix('+') { (1, rest) } else { (-1, text.strip_prefix('-')?) };
    let (hours, minutes) = rest.split_once(':').filter(|(hours, minutes)| (hours.len(), minutes.len()) == (2, 2))?;
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (i64::from(hours) * 60 + i64::from(minutes)) * 60_000)
}

fn digits(text: &str) -> Option<u16> {
    text.bytes().all(|letter| letter.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NINE: Timestamp = Timestamp(1_795_424_400_000);

    #[test]
    fn an_instant_is_written_in_utc_with_milliseconds() {
        assert_eq!(NINE.plus_ms(70).to_string(), "2026-11-23T09:00:00.070Z");
        assert_eq!(Timestamp(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Timestamp(i64::MAX).to_string(), format!("{}ms", i64::MAX));
    }

    #[test]
    fn every_form_of_the_standard_is_read() {
        for (text, expected) in [
            ("2026-11-23T09:00:00Z", NINE),
            ("2026-11-23t09:00:00z", NINE),
            ("2026-11-23 17:00:00+08:00", NINE),
            ("2026-11-23T08:30:00-00:30", NINE),
            ("2026-11-23T09:00:00.5Z", NINE.plus_ms(500)),
            ("2026-11-23T09:00:00.0709999Z", NINE.plus_ms(70)),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_one_form() {
        assert_eq!(read_date("1985-03-14"), Some(jiff::civil::date(1985, 3, 14)));
        for text in ["", "1985-3-14", "19850314", "1985-02-30", "1985-03-14T", "+985-03-14", "1985\u{2010}3-14"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let day = jiff::civil::date(2026, 11, 23);
        let begin = Timestamp::of_day_in_china(day);
        assert_eq!("2026-11-22T16:00:00Z".parse(), Ok(begin));
        assert_eq!((begin.date_in_china(), begin.plus_ms(-1).date_in_china()), (day, jiff::civil::date(2026, 11, 22)));
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T09:00:00",
            "2026-11-23T09:00:00.Z",
            "2026-11-23T09:00:00+0800",
            "2026-11-23T09:00:00+24:00",
            "2026-02-30T09:00:00Z",
            "2026-11-23T24:00:00Z",
            "+026-11-23T09:00:00Z",
            "2026-11-23T09:00:00Zz",
            "2026-11-2\u{5929}09:00:00Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(NotAnInstant), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(millis in -62_167_219_200_000_i64..253_402_207_200_000) {
            prop_assert_eq!(Timestamp(millis).to_string().parse(), Ok(Timestamp(millis)));
        }
    }
}
