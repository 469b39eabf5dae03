//! The privacy notice, and separate consents (PIPL art. 14–17, 23, 29).

use crate::{problem::FieldError, rights::text_enum, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The version of the notice that is in force: the last one in `shared/notices`. It counts one further with every
/// change of meaning, and everybody is asked anew. What an older version says stays readable.
pub const NOTICE_VERSION: u16 = 1;

/// One version of the notice: `GET /privacy_notices/{version}` and `GET /privacy_notices/current`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivacyNotice {
    /// Which one.
    pub version: u16,
    /// Whether it is the one in force.
    pub is_current: bool,
    /// What it says, in the language that was asked for.
    pub paragraphs: Vec<String>,
}

text_enum! {
    /// What somebody agrees to, each for itself.
    ConsentPurpose {
        /// That the notice has been read, and data are used as it says.
        General = "general",
        /// The use of sensitive data: document numbers and their pictures.
        Sensitive = "sensitive",
        /// That certificates are shared with the credit bank.
        CreditBank = "credit_bank",
    }
}

impl ConsentPurpose {
    /// Whether nobody can be served without it. Every other purpose may be declined at no cost.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::General)
    }
}

/// Where one consent stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentView {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Whether it is given; never before somebody gave it.
    pub is_given: bool,
    /// The version of the notice that was shown then.
    pub notice_version: Option<u16>,
    /// When it was given or withdrawn.
    pub at: Option<Timestamp>,
}

/// One's own consents: `GET /me/consents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivacyView {
    /// The version of the notice now.
    pub notice_version: u16,
    /// Every purpose, in order.
    pub consents: Vec<ConsentView>,
}

/// Body of `POST /me/consents`. A withdrawal is an entry too: nothing is erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StateConsent {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Given, or withdrawn.
    pub is_given: bool,
    /// The version of the notice that was shown.
    pub notice_version: u16,
}

impl StateConsent {
    /// Whether it is about the notice of now: nobody agrees to what they did not see.
    ///
    /// # Errors
    /// The field `/notice_version`. What was agreed to may be withdrawn at any time.
    pub fn check(&self) -> Result<(), FieldError> {
        if self.is_given && self.notice_version != NOTICE_VERSION {
            return Err(FieldError::new("/notice_version", "unknown-version"));
        }
        Ok(())
    }
}

/// Where each consent stands after these entries, the oldest first.
#[must_use]
pub fn consents_of(entries: &[ConsentView]) -> Vec<ConsentView> {
    let latest = |purpose: ConsentPurpose| entries.iter().rev().find(|entry| entry.purpose == purpose).cloned();
    let never = |purpose| ConsentView { purpose, is_given: false, notice_version: None, at: None };
    ConsentPurpose::ALL.iter().map(|purpose| latest(*purpose).unwrap_or_else(|| never(*purpose))).collect()
}

/// Whether somebody is still to be shown the notice in force, given where their consents stand: until they have
/// agreed, under it, to everything that is needed.
#[must_use]
pub fn is_notice_due(consents: &[ConsentView]) -> bool {
    let is_agreed = |purpose: ConsentPurpose| {
        let agrees = |consent: &ConsentView| consent.is_given && consent.notice_version == Some(NOTICE_VERSION);
        consents.iter().any(|consent| consent.purpose == purpose && agrees(consent))
    };
    ConsentPurpose::ALL.iter().any(|purpose| purpose.is_needed() && !is_agreed(*purpose))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConsentPurpose::{CreditBank, General, Sensitive};

    fn entry(purpose: ConsentPurpose, is_given: bool, at: i64) -> ConsentView {
        ConsentView { purpose, is_given, notice_version: Some(NOTICE_VERSION), at: Some(Timestamp(at)) }
    }

    #[test]
    fn nothing_is_agreed_to_before_somebody_agrees() {
        assert!(consents_of(&[]).iter().all(|consent| !consent.is_given && consent.at.is_none()));
        assert_eq!(consents_of(&[]).len(), 3);
    }

    #[test]
    fn the_last_word_of_each_purpose_counts() {
        let entries = [entry(General, true, 1), entry(CreditBank, true, 2), entry(CreditBank, false, 3)];
        let given: Vec<_> = consents_of(&entries).iter().map(|consent| (consent.purpose, consent.is_given)).collect();
        assert_eq!(given, [(General, true), (Sensitive, false), (CreditBank, false)]);
    }

    #[test]
    fn the_notice_is_due_until_what_is_needed_is_agreed_to_under_it() {
        let due = |entries: &[ConsentView]| is_notice_due(&consents_of(entries));
        assert!(due(&[]));
        assert!(due(&[entry(Sensitive, true, 1), entry(CreditBank, true, 2)]), "what may be declined is not enough");
        assert!(!due(&[entry(General, true, 1)]), "and is not needed");
        assert!(due(&[entry(General, true, 1), entry(General, false, 2)]), "who takes it back is asked again");
        let former = ConsentView { notice_version: Some(NOTICE_VERSION - 1), ..entry(General, true, 1) };
        assert!(due(&[former]), "a new version asks everybody anew");
    }

    #[test]
    fn nobody_agrees_to_another_notice_and_everybody_may_withdraw() {
        let state = |is_given, notice_version| StateConsent { purpose: General, is_given, notice_version }.check();
        assert_eq!(state(true, NOTICE_VERSION), Ok(()));
        assert!(state(true, NOTICE_VERSION + 1).is_err());
        assert_eq!(state(false, NOTICE_VERSION + 1), Ok(()));
    }
}
