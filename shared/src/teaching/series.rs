//! How a meeting is held, on which days a series meets, and the usual series.

use crate::rights::text_enum;
use jiff::civil::Weekday;

text_enum! {
    /// How a meeting is held.
    MeetingMode {
        /// 线下.
        FaceToFace = "face_to_face",
        /// 直播.
        Live = "live",
        /// 录播.
        Recorded = "recorded",
        /// 实训.
        Practice = "practice",
    }
}

impl MeetingMode {
    /// How a meeting is held unless told: in its room, or live where it has none.
    #[must_use]
    pub const fn usual(has_room: bool) -> Self {
        if has_room { Self::FaceToFace } else { Self::Live }
    }

    /// Whether its hours are hours face to face (面授). Those of a broadcast or a recording are hours online, by
    /// which a town may replace what the rules ask for face to face (DOMAIN §8).
    #[must_use]
    pub const fn is_face_to_face(self) -> bool {
        match self {
            Self::FaceToFace | Self::Practice => true,
            Self::Live | Self::Recorded => false,
        }
    }
}

text_enum! {
    /// A day of the week on which a series meets.
    SeriesDay {
        /// 周一.
        Monday = "monday",
        /// 周二.
        Tuesday = "tuesday",
        /// 周三.
        Wednesday = "wednesday",
        /// 周四.
        Thursday = "thursday",
        /// 周五.
        Friday = "friday",
        /// 周六.
        Saturday = "saturday",
        /// 周日.
        Sunday = "sunday",
    }
}

impl SeriesDay {
    /// The same as the calendar says it.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }
}

text_enum! {
    /// A usual series, from which a school starts.
    SeriesTemplate {
        /// 晚间: three evenings from Monday to Friday.
        Evening = "evening",
        /// 周末: both days of the weekend, in the morning.
        Weekend = "weekend",
    }
}

impl SeriesTemplate {
    /// The days on which it meets.
    #[must_use]
    pub const fn days(self) -> &'static [SeriesDay] {
        match self {
            Self::Evening => &[SeriesDay::Monday, SeriesDay::Wednesday, SeriesDay::Friday],
            Self::Weekend => &[SeriesDay::Saturday, SeriesDay::Sunday],
        }
    }

    /// From when until when, in China.
    #[must_use]
    pub const fn hours(self) -> (&'static str, &'static str) {
        match self {
            Self::Evening => ("18:30", "20:00"),
            Self::Weekend => ("09:00", "11:15"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::are_named;

    #[test]
    fn every_mode_day_and_template_has_its_name() {
        let mut keys = Vec::new();
        keys.extend(MeetingMode::ALL.iter().map(|value| format!("mode_{value}")));
        keys.extend(SeriesDay::ALL.iter().map(|value| value.as_str().to_owned()));
        keys.extend(SeriesTemplate::ALL.iter().map(|value| format!("template_{value}")));
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
    }
}
