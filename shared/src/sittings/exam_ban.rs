//! Bans (停考): who cheats gravely sits no test for some years (DOMAIN §4.6).
//!
//! A ban comes with the decision that it was so, and goes with it when the decision is taken back.

use super::{IncidentKind, IncidentState, ResultBar};
use crate::{
    problem::{FieldError, ProblemCode, Refusal},
    time::Timestamp,
};
use jiff::Span;

/// Years for which somebody may be banned.
pub const MAX_BAN_YEARS: u8 = 3;

/// Whether a ban may follow: devices that send or receive, a substitute, and what is organised or as grave.
#[must_use]
pub const fn may_be_banned(kind: IncidentKind) -> bool {
    matches!(kind, IncidentKind::SendingDevice | IncidentKind::Substitute | IncidentKind::OtherCheating)
}

/// Whether a decision may ban the candidate for so many years, if for any.
///
/// # Errors
/// The field `/ban_years`.
pub fn check_ban(kind: IncidentKind, is_upheld: bool, years: Option<u8>) -> Result<(), FieldError> {
    match years {
        None => Ok(()),
        Some(1..=MAX_BAN_YEARS) if is_upheld && may_be_banned(kind) => Ok(()),
        Some(_) => Err(FieldError::new("/ban_years", "out-of-range")),
    }
}

/// Until when a ban of so many years lasts, which was decided at `upheld_at`: the end of the same day of that year in
/// China.
#[must_use]
pub fn ban_end(upheld_at: Timestamp, years: u8) -> Timestamp {
    let day = upheld_at.date_in_china().saturating_add(Span::new().years(i64::from(years)).days(1));
    Timestamp::of_day_in_china(day)
}

/// Until when the candidate of an incident in this state is banned; `None` unless a decision that bans them is in force.
#[must_use]
pub fn banned_until(state: IncidentState, upheld_at: Option<Timestamp>, years: Option<u8>) -> Option<Timestamp> {
    let is_in_force = state.bar() == Some(ResultBar::Void);
    upheld_at.zip(years).filter(|_| is_in_force).map(|(upheld_at, years)| ban_end(upheld_at, years))
}

/// Why somebody does not begin a test for which they had registered before they were banned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the candidate is banned")]
pub struct BanRefusal;

impl Refusal for BanRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::Forbidden
    }

    fn message_key(&self) -> &'static str {
        "forbidden.banned"
    }
}

/// Whether somebody who is banned until then, if they are, may begin a test that begins at this moment.
///
/// # Errors
/// [`BanRefusal`].
pub fn may_sit(banned_until: Option<Timestamp>, starts_at: Timestamp) -> Result<(), BanRefusal> {
    if is_banned_at(banned_until, starts_at) { Err(BanRefusal) } else { Ok(()) }
}

/// Whether somebody who is banned until then does not sit a test that begins at this moment.
#[must_use]
pub fn is_banned_at(banned_until: Option<Timestamp>, starts_at: Timestamp) -> bool {
    banned_until.is_some_and(|until| starts_at < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_grave_cheating_that_was_upheld_bans_for_one_to_three_years() {
        for kind in IncidentKind::ALL {
            for years in [0, 1, 3, 4] {
                let may = may_be_banned(*kind) && (1..=3).contains(&years);
                assert_eq!(check_ban(*kind, true, Some(years)).is_ok(), may, "{kind} {years}");
                assert!(check_ban(*kind, false, Some(years)).is_err());
            }
            assert!(check_ban(*kind, true, None).is_ok() && check_ban(*kind, false, None).is_ok());
        }
    }

    #[test]
    fn a_ban_ends_with_the_same_day_of_its_last_year() {
        let upheld_at = Timestamp::of_day_in_china(date(2026, 11, 26)).plus_s(3_600);
        assert_eq!(ban_end(upheld_at, 2), Timestamp::of_day_in_china(date(2028, 11, 27)));
        let leap = Timestamp::of_day_in_china(date(2028, 2, 29));
        assert_eq!(ban_end(leap, 1), Timestamp::of_day_in_china(date(2029, 3, 1)));
    }

    #[test]
    fn a_ban_stands_and_falls_with_its_decision() {
        for state in IncidentState::ALL {
            let is_void = state.bar() == Some(ResultBar::Void);
            assert_eq!(banned_until(*state, Some(Timestamp(0)), Some(1)).is_some(), is_void, "{state}");
            assert_eq!(banned_until(*state, Some(Timestamp(0)), None), None);
        }
        let until = Some(Timestamp(10));
        assert!(is_banned_at(until, Timestamp(9)) && !is_banned_at(until, Timestamp(10)));
        assert!(!is_banned_at(None, Timestamp(0)));
    }

    #[test]
    fn who_is_banned_begins_nothing_before_the_ban_ends() {
        let until = Some(Timestamp(10));
        assert_eq!([9, 10].map(|at| may_sit(until, Timestamp(at))), [Err(BanRefusal), Ok(())]);
        assert_eq!(may_sit(None, Timestamp(0)), Ok(()));
        assert!(crate::problem::has_texts(&format!("{}.detail", BanRefusal.message_key())));
    }
}
