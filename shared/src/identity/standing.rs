//! Whether somebody who knows the password of an account comes in, and what they must do first.

use crate::{
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde_json::json;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// What is known of an account whose password was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    /// Whether its owner has any role but that of a learner.
    pub is_staff: bool,
    /// Whether its owner has another since two records of theirs became one.
    pub is_closed: bool,
    /// Until when the password that somebody else gave can be used, if it is such a one.
    pub first_password_until: Option<Timestamp>,
    /// Since when it has this password.
    pub password_set_at: Timestamp,
    /// When a log-in of it was used the last time.
    pub last_used_at: Option<Timestamp>,
}

/// What holds for accounts of staff. Those of learners neither fall asleep nor get old: see ADR 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffAccountRules {
    /// After so many days a password is to be replaced; 0 is never.
    pub password_days: u32,
    /// After so many days without use nobody logs in any more; 0 is never.
    pub dormant_days: u32,
}

/// Why nobody logs in to an account, although the password is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// The person has another account since two records of theirs became one.
    #[error("the account is closed")]
    Closed,
    /// The password was given by somebody else, and is too old.
    #[error("the first password has expired")]
    FirstPasswordExpired,
    /// Nobody used the account of a member of staff for so many days.
    #[error("the account was not used for {days} days")]
    Dormant {
        /// The days after which it is so.
        days: u32,
    },
}

impl Refusal for AccountRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongCredentials
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Closed => "wrong-credentials.account-closed",
            Self::FirstPasswordExpired => "wrong-credentials.first-password-expired",
            Self::Dormant { .. } => "wrong-credentials.account-dormant",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Dormant { days } => json!({ "days": days }),
            Self::Closed | Self::FirstPasswordExpired => serde_json::Value::Null,
        }
    }
}

/// Whether somebody who knows the password comes in. A new password wakes an account.
///
/// # Errors
/// [`AccountRefusal`] says why not.
pub fn judge_account(facts: &AccountFacts, rules: &StaffAccountRules, now: Timestamp) -> Result<(), AccountRefusal> {
    if facts.is_closed {
        return Err(AccountRefusal::Closed);
    }
    if facts.first_password_until.is_some_and(|until| until < now) {
        return Err(AccountRefusal::FirstPasswordExpired);
    }
    let seen_at = facts.last_used_at.map_or(facts.password_set_at, |used_at| used_at.max(facts.password_set_at));
    if facts.is_staff && is_past(seen_at, rules.dormant_days, now) {
        return Err(AccountRefusal::Dormant { days: rules.dormant_days });
    }
    Ok(())
}

/// Whether a new password is to be chosen before anything else: somebody else gave this one, or it is old.
#[must_use]
pub fn needs_new_password(facts: &AccountFacts, rules: &StaffAccountRules, now: Timestamp) -> bool {
    let is_old = facts.is_staff && is_past(facts.password_set_at, rules.password_days, now);
    facts.first_password_until.is_some() || is_old
}

fn is_past(since: Timestamp, days: u32, now: Timestamp) -> bool {
    days > 0 && now.ms_since(since) > i64::from(days) * DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: StaffAccountRules = StaffAccountRules { password_days: 90, dormant_days: 90 };
    const OFF: StaffAccountRules = StaffAccountRules { password_days: 0, dormant_days: 0 };

    fn day(days: i64) -> Timestamp {
        Timestamp(days * DAY_MS)
    }

    /// Staff whose password is from day 0, and who was last here on this day.
    fn staff(last_used_on: Option<i64>) -> AccountFacts {
        AccountFacts {
            is_staff: true,
            is_closed: false,
            first_password_until: None,
            password_set_at: day(0),
            last_used_at: last_used_on.map(day),
        }
    }

    #[track_caller]
    fn check(facts: &AccountFacts, now: Timestamp, expected: Result<(), AccountRefusal>) {
        assert_eq!(judge_account(facts, &RULES, now), expected);
    }

    #[test]
    fn an_account_of_staff_that_nobody_uses_falls_asleep() {
        let asleep = Err(AccountRefusal::Dormant { days: 90 });
        check(&staff(None), day(90), Ok(()));
        check(&staff(None), day(90).plus_ms(1), asleep);
        check(&staff(Some(60)), day(150), Ok(()));
        check(&staff(Some(60)), day(151), asleep);
        check(&AccountFacts { is_staff: false, ..staff(None) }, day(1_000), Ok(()));
        assert_eq!(judge_account(&staff(None), &OFF, day(1_000)), Ok(()));
    }

    #[test]
    fn a_new_password_wakes_an_account() {
        let given_anew =
            AccountFacts { password_set_at: day(151), first_password_until: Some(day(158)), ..staff(Some(60)) };
        check(&given_anew, day(152), Ok(()));
        check(&given_anew, day(158), Ok(()));
        check(&given_anew, day(159), Err(AccountRefusal::FirstPasswordExpired));
    }

    #[test]
    fn nobody_comes_in_by_a_closed_account() {
        let closed = AccountFacts { is_closed: true, is_staff: false, ..staff(Some(1)) };
        check(&closed, day(1), Err(AccountRefusal::Closed));
    }

    #[test]
    fn staff_replace_an_old_password_and_learners_do_not() {
        let needs = |facts: &AccountFacts, rules, now| needs_new_password(facts, rules, now);
        assert!(!needs(&staff(Some(89)), &RULES, day(90)));
        assert!(needs(&staff(Some(89)), &RULES, day(91)));
        assert!(!needs(&staff(Some(89)), &OFF, day(1_000)));
        assert!(!needs(&AccountFacts { is_staff: false, ..staff(None) }, &RULES, day(1_000)));
        let given = AccountFacts { first_password_until: Some(day(7)), is_staff: false, ..staff(None) };
        assert!(needs(&given, &RULES, day(1)));
    }

    #[test]
    fn every_refusal_has_its_texts() {
        let refusals =
            [AccountRefusal::Closed, AccountRefusal::FirstPasswordExpired, AccountRefusal::Dormant { days: 90 }];
        for refusal in refusals {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }
}
