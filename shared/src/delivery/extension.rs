//! Time that who runs the day of a test gives back to one candidate, a room, a site or everybody (DOMAIN §4.7). Half an hour
//! is given by one person; what goes beyond it is proposed by one and confirmed by another.

use super::{RoomRefusal, room_act::said};
use crate::{
    ids::{AccountId, ExamRoomId, ExamSiteId, ExtensionProposalId},
    people::check_reason,
    problem::FieldError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Minutes that one person may give back at once.
pub const ALONE_MIN: u16 = 30;
/// Most time that two persons give one candidate beside what one person may give back, in seconds.
pub const MAX_EXTENDED_S: u32 = 2 * 3_600;
/// Minutes that one extension may give.
const MINUTES: std::ops::RangeInclusive<u16> = 1..=120;

/// Body of `POST /exam_sessions/{id}/extensions`: time for one candidate, one room, one site, or all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewExtension {
    /// For one candidate.
    pub ticket_number: Option<String>,
    /// For who sits in one room.
    pub exam_room_id: Option<ExamRoomId>,
    /// For who sits at one site.
    pub exam_site_id: Option<ExamSiteId>,
    /// Minutes that are given back.
    pub minutes: u16,
    /// Why.
    pub reason: String,
    /// Whether it is beyond the half hour that one person gives in all: such time, too, waits for a second person.
    #[serde(default)]
    pub is_beyond: bool,
}

impl NewExtension {
    /// The extension in the form in which it is kept: for one of candidate, room and site, or for all.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let ticket_number = said(self.ticket_number.as_deref());
        if ticket_number.is_some() && (self.exam_room_id.is_some() || self.exam_site_id.is_some()) {
            errors.push(FieldError::new("/ticket_number", "not-both"));
        }
        if self.exam_room_id.is_some() && self.exam_site_id.is_some() {
            errors.push(FieldError::new("/exam_room_id", "not-both"));
        }
        if !MINUTES.contains(&self.minutes) {
            errors.push(FieldError::new("/minutes", "out-of-range"));
        }
        let reason = check_reason(&self.reason, "/reason").unwrap_or_else(|error| {
            errors.push(error);
            String::new()
        });
        if errors.is_empty() { Ok(Self { ticket_number, reason, ..self.clone() }) } else { Err(errors) }
    }

    /// Whether nothing is given before a second person has confirmed it.
    #[must_use]
    pub const fn needs_second_person(&self) -> bool {
        self.is_beyond || self.minutes > ALONE_MIN
    }
}

/// What came of an extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionOutcome {
    /// Candidates whose working time ends later.
    pub extended: u32,
    /// Candidates whose sitting is over, or who have got all that may be given back.
    pub passed_over: u32,
    /// Whether it waits for a second person: nobody has got anything yet.
    #[serde(default)]
    pub is_waiting: bool,
}

/// Body of `POST /exam_sessions/{id}/extension_decisions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideExtension {
    /// Which one.
    pub extension_id: ExtensionProposalId,
    /// Whether the time is given; if not, nothing comes of it.
    pub is_confirmed: bool,
}

/// Time that waits for a second person, as the console of the day shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingExtension {
    /// Which one.
    pub id: ExtensionProposalId,
    /// The name of the site, unless it is for everybody.
    pub site_name: Option<String>,
    /// The number of the room, if it is for one, or for somebody who sits there.
    pub room_number: Option<u16>,
    /// The ticket number, if it is for one candidate.
    pub ticket_number: Option<String>,
    /// Minutes that would be given.
    pub minutes: u16,
    /// Why.
    pub reason: String,
    /// Who proposed it: the second person is another one.
    pub proposed_by: AccountId,
    /// Their name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
}

/// A proposal to give time, and what somebody decided of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtensionProposal {
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Who decided, and whether the time was given.
    pub decided: Option<(AccountId, bool)>,
}

/// Whether `person` carries out now what they decide of a proposal; `false` if they have, so that a repeat is harmless.
/// Who proposed it may take it back, and never confirms it.
///
/// # Errors
/// [`RoomRefusal::ExtensionDecided`] if it was decided otherwise or by somebody else; [`RoomRefusal::SecondPersonNeeded`]
/// for who proposed it.
pub fn judge_extension(
    proposal: &ExtensionProposal,
    person: AccountId,
    is_confirmed: bool,
) -> Result<bool, RoomRefusal> {
    match proposal.decided {
        Some(decided) if decided == (person, is_confirmed) => Ok(false),
        Some(_) => Err(RoomRefusal::ExtensionDecided),
        None if is_confirmed && proposal.proposed_by == person => Err(RoomRefusal::SecondPersonNeeded),
        None => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        delivery::{TimePlan, deadline},
        sittings::MAX_RETURNED_S,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const THIRD: AccountId = AccountId(Uuid::from_u128(3));

    fn for_all(minutes: u16) -> NewExtension {
        NewExtension {
            ticket_number: None,
            exam_room_id: None,
            exam_site_id: None,
            minutes,
            reason: "停电".to_owned(),
            is_beyond: false,
        }
    }

    #[test]
    fn an_extension_is_for_one_candidate_or_room_or_site_or_for_all() {
        let all = for_all(5);
        assert!(all.checked().is_ok());
        let (room, site) = (Some(ExamRoomId(Uuid::nil())), Some(ExamSiteId(Uuid::nil())));
        let both = NewExtension { exam_room_id: room, exam_site_id: site, ..all.clone() };
        assert_eq!(both.checked().unwrap_err()[0].pointer, "/exam_room_id");
        let both = NewExtension { ticket_number: Some("1".to_owned()), exam_site_id: site, ..all };
        assert_eq!(both.checked().unwrap_err()[0].pointer, "/ticket_number");
        for wrong in [0, 121] {
            assert_eq!(for_all(wrong).checked().unwrap_err()[0].pointer, "/minutes");
        }
    }

    #[test]
    fn half_an_hour_is_given_by_one_person_and_more_by_two() {
        assert_eq!([1, 30, 31, 120].map(|minutes| for_all(minutes).needs_second_person()), [false, false, true, true]);
        assert!(NewExtension { is_beyond: true, ..for_all(1) }.needs_second_person());
    }

    #[test]
    fn one_person_proposes_another_confirms_and_either_lets_it_be() {
        let waits = ExtensionProposal { proposed_by: ONE, decided: None };
        assert_eq!(judge_extension(&waits, ONE, true), Err(RoomRefusal::SecondPersonNeeded));
        assert_eq!(judge_extension(&waits, OTHER, true), Ok(true));
        assert_eq!([ONE, OTHER].map(|person| judge_extension(&waits, person, false)), [Ok(true), Ok(true)]);
        let given = ExtensionProposal { decided: Some((OTHER, true)), ..waits };
        assert_eq!(judge_extension(&given, OTHER, true), Ok(false), "a repeat gives it once");
        assert_eq!(judge_extension(&given, OTHER, false), Err(RoomRefusal::ExtensionDecided));
        assert_eq!(judge_extension(&given, THIRD, true), Err(RoomRefusal::ExtensionDecided));
    }

    proptest! {
        /// Whatever three persons do, time is given once, and never by who proposed it.
        #[test]
        fn nobody_gives_more_than_half_an_hour_alone(
            steps in prop::collection::vec((prop::sample::select(vec![ONE, OTHER, THIRD]), any::<bool>()), 1..20)
        ) {
            let (mut proposal, mut given) = (ExtensionProposal { proposed_by: ONE, decided: None }, 0);
            for (person, is_confirmed) in steps {
                if judge_extension(&proposal, person, is_confirmed) == Ok(true) {
                    proposal.decided = Some((person, is_confirmed));
                    given += u32::from(is_confirmed);
                }
            }
            prop_assert!(given <= 1);
            prop_assert!(given == 0 || proposal.decided.is_some_and(|(by, _)| by != ONE));
        }

        /// What two persons give comes on top of what one gives, whichever came first, and no end comes earlier by it.
        #[test]
        fn what_two_give_moves_the_end_on(returned_s in 0..=MAX_RETURNED_S, extended_s in 0..=MAX_EXTENDED_S) {
            let end = |returned_s| {
                deadline(&TimePlan { starts_at: Timestamp(0), duration_min: 60, extra_min: 0, returned_s })
            };
            prop_assert_eq!(end(returned_s + extended_s), end(returned_s).plus_s(i64::from(extended_s)));
        }
    }
}
