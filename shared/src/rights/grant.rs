//! How somebody gets a role and loses it: one person grants, for the powerful ones a second confirms.

use super::{Apart, Place, Role, RoleAt, may_hold_together, needs_second_person, text_enum};
use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
};

text_enum! {
    /// Where a grant stands.
    GrantState {
        /// A second person has to confirm it; the role gives nothing yet.
        Proposed = "proposed",
        /// The role is held.
        InForce = "in_force",
        /// The role has been taken back, or was never confirmed.
        Ended = "ended",
    }
}

/// What somebody wants to do with a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantStep {
    /// Be the second person.
    Confirm,
    /// Take the role back.
    End,
}

/// Whom a grant concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantParties {
    /// Who holds the role, or is to.
    pub holder: AccountId,
    /// Who granted it; nobody if it came with the system.
    pub granted_by: Option<AccountId>,
}

/// Why a role is not granted, confirmed or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefusal {
    /// Nobody changes their own roles.
    #[error("it is the actor's own role")]
    OwnRole,
    /// Who granted it does not confirm it.
    #[error("the second person is somebody else")]
    SecondPersonNeeded,
    /// It is not in the state that this step needs.
    #[error("the grant is {state}")]
    WrongState {
        /// The state it is in.
        state: GrantState,
    },
    /// The holder has a role that does not go with this one.
    #[error("held with {with}: {reason:?}")]
    NotTogether {
        /// The role that is held.
        with: Role,
        /// What keeps them apart.
        reason: Apart,
    },
    /// The holder has this role here already, or will when a second person confirms it.
    #[error("held already")]
    AlreadyHeld,
    /// This role is not held at such a place.
    #[error("{role} is not held at such a place")]
    NotHeldThere {
        /// The role.
        role: Role,
    },
}

impl Refusal for GrantRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::OwnRole | Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            Self::WrongState { .. } | Self::NotTogether { .. } | Self::AlreadyHeld => ProblemCode::WrongState,
            Self::NotHeldThere { .. } => ProblemCode::Invalid,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::OwnRole => "second-person-needed.own-role",
            Self::SecondPersonNeeded => "second-person-needed.grant",
            Self::WrongState { .. } => "wrong-state.grant",
            Self::AlreadyHeld => "wrong-state.role-held",
            Self::NotHeldThere { .. } => self.code().as_str(),
            Self::NotTogether { reason, .. } => match reason {
                Apart::Administrators => "wrong-state.administrators-apart",
                Apart::AuditAndScores => "wrong-state.audit-and-scores-apart",
                Apart::TeachingAndPapers => "wrong-state.teaching-and-papers-apart",
                Apart::WatchingAndAnswers => "wrong-state.watching-and-answers-apart",
            },
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::NotTogether { with, .. } => serde_json::json!({ "with": with }),
            Self::NotHeldThere { role } => serde_json::json!({ "role": role }),
            Self::WrongState { state } => serde_json::json!({ "state": state }),
            Self::OwnRole | Self::SecondPersonNeeded | Self::AlreadyHeld => serde_json::Value::Null,
        }
    }
}

/// Whether a role may be held at such a place. A learner's comes with the enrolment.
#[must_use]
pub fn may_be_held_at(role: Role, place: &Place) -> bool {
    let digits = match place {
        Place::Division { code } => code.len(),
        Place::Provider { .. } => {
            return matches!(role, Role::SchoolOffice | Role::Teacher | Role::ClassTutor | Role::Surveyor);
        }
        Place::Class { .. } => return matches!(role, Role::Teacher | Role::ClassTutor),
        Place::ServicePoint { .. } => return role == Role::ServicePointClerk,
        // Who composes papers or marks does so for a place; who writes items, or finds them right, may do so for courses.
        Place::Course { .. } => return matches!(role, Role::ItemAuthor | Role::ItemReviewer),
        Place::Own { .. } => return false,
    };
    match role {
        Role::Learner | Role::ClassTutor | Role::ServicePointClerk => false,
        Role::ProvinceOffice | Role::PaperHead => digits == 2,
        Role::CityAuditor => digits == 4,
        Role::CountyBureau => digits == 6,
        Role::SchoolOffice | Role::Surveyor => digits == 9,
        Role::SiteHead => digits >= 6,
        _ => true,
    }
}

/// What becomes of a role that `actor` grants, given every role that the holder has or is to have.
///
/// # Errors
/// [`GrantRefusal`] says why it is not granted.
pub fn judge_grant(
    new: &RoleAt,
    holder: AccountId,
    held: &[RoleAt],
    actor: AccountId,
) -> Result<GrantState, GrantRefusal> {
    if actor == holder {
        return Err(GrantRefusal::OwnRole);
    }
    if !may_be_held_at(new.role, &new.place) {
        return Err(GrantRefusal::NotHeldThere { role: new.role });
    }
    if held.contains(new) {
        return Err(GrantRefusal::AlreadyHeld);
    }
    for with in held.iter().map(|held| held.role) {
        may_hold_together(with, new.role).map_err(|reason| GrantRefusal::NotTogether { with, reason })?;
    }
    Ok(if needs_second_person(new.role) { GrantState::Proposed } else { GrantState::InForce })
}

/// Where a step leads.
///
/// # Errors
/// [`GrantRefusal::OwnRole`], [`GrantRefusal::SecondPersonNeeded`] or [`GrantRefusal::WrongState`].
pub fn next_grant_state(
    state: GrantState,
    step: GrantStep,
    parties: GrantParties,
    actor: AccountId,
) -> Result<GrantState, GrantRefusal> {
    if actor == parties.holder {
        return Err(GrantRefusal::OwnRole);
    }
    match (state, step) {
        (GrantState::Proposed, GrantStep::Confirm) if parties.granted_by == Some(actor) => {
            Err(GrantRefusal::SecondPersonNeeded)
        }
        (GrantState::Proposed, GrantStep::Confirm) => Ok(GrantState::InForce),
        (GrantState::Proposed | GrantState::InForce, GrantStep::End) => Ok(GrantState::Ended),
        (state, _) => Err(GrantRefusal::WrongState { state }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CourseId, ProviderId, ServicePointId};
    use GrantState::{Ended, InForce, Proposed};
    use GrantStep::{Confirm, End};
    use uuid::Uuid;

    const WANG: AccountId = AccountId(Uuid::from_u128(1));
    const LI: AccountId = AccountId(Uuid::from_u128(2));
    const ZHAO: AccountId = AccountId(Uuid::from_u128(3));
    /// Wang granted it to Li.
    const PARTIES: GrantParties = GrantParties { holder: LI, granted_by: Some(WANG) };

    fn at(role: Role, code: &str) -> RoleAt {
        RoleAt { role, place: Place::division(code) }
    }

    #[test]
    fn a_powerful_role_waits_for_a_second_person() {
        let grant = |role, code| judge_grant(&at(role, code), LI, &[], WANG);
        assert_eq!(grant(Role::SchoolOffice, "330502104"), Ok(InForce));
        assert_eq!(grant(Role::ExamAdministrator, "33"), Ok(Proposed));
    }

    #[test]
    fn nobody_changes_their_own_roles() {
        assert_eq!(judge_grant(&at(Role::Marker, "33"), WANG, &[], WANG), Err(GrantRefusal::OwnRole));
        for step in [Confirm, End] {
            assert_eq!(next_grant_state(Proposed, step, PARTIES, LI), Err(GrantRefusal::OwnRole));
        }
    }

    #[test]
    fn what_does_not_go_together_is_refused_with_its_reason() {
        let held = [at(Role::Teacher, "33"), at(Role::AuditAdministrator, "33")];
        let refused = judge_grant(&at(Role::SecurityAdministrator, "3305"), LI, &held, WANG);
        let expected = GrantRefusal::NotTogether { with: Role::AuditAdministrator, reason: Apart::Administrators };
        assert_eq!(refused, Err(expected));
        assert_eq!(judge_grant(&held[0], LI, &held, WANG), Err(GrantRefusal::AlreadyHeld));
        assert_eq!(judge_grant(&at(Role::Teacher, "3305"), LI, &held, WANG), Ok(InForce), "at another place");
    }

    #[test]
    fn the_second_person_is_neither_grantor_nor_holder() {
        assert_eq!(next_grant_state(Proposed, Confirm, PARTIES, WANG), Err(GrantRefusal::SecondPersonNeeded));
        assert_eq!(next_grant_state(Proposed, Confirm, PARTIES, ZHAO), Ok(InForce));
    }

    #[test]
    fn a_role_ends_once() {
        assert_eq!(next_grant_state(InForce, End, PARTIES, WANG), Ok(Ended), "who granted it may take it back");
        assert_eq!(next_grant_state(Proposed, End, PARTIES, ZHAO), Ok(Ended));
        for step in [Confirm, End] {
            assert_eq!(next_grant_state(Ended, step, PARTIES, ZHAO), Err(GrantRefusal::WrongState { state: Ended }));
        }
        assert_eq!(next_grant_state(InForce, Confirm, PARTIES, ZHAO), Err(GrantRefusal::WrongState { state: InForce }));
    }

    #[test]
    fn each_office_is_held_at_its_own_level() {
        for (role, code) in [
            (Role::ProvinceOffice, "33"),
            (Role::PaperHead, "33"),
            (Role::CityAuditor, "3305"),
            (Role::CountyBureau, "330502"),
            (Role::SchoolOffice, "330502104"),
            (Role::Surveyor, "330502104"),
        ] {
            for level in ["33", "3305", "330502", "330502104"] {
                assert_eq!(may_be_held_at(role, &Place::division(level)), level == code, "{role} at {level}");
            }
        }
        for (level, may) in [("33", false), ("3305", false), ("330502", true), ("330502104", true)] {
            assert_eq!(may_be_held_at(Role::SiteHead, &Place::division(level)), may, "a site head at {level}");
        }
        let point = Place::ServicePoint {
            id: ServicePointId(Uuid::from_u128(1)),
            provider: ProviderId(Uuid::from_u128(2)),
            serves: "330502".to_owned(),
        };
        for role in Role::ALL {
            assert_eq!(may_be_held_at(*role, &point), *role == Role::ServicePointClerk, "{role} at a service point");
        }
        for level in ["33", "3305", "330502", "330502104"] {
            assert!(!may_be_held_at(Role::ServicePointClerk, &Place::division(level)), "a clerk at {level}");
        }
        let course = Place::Course { id: CourseId(Uuid::from_u128(3)), division: "33".to_owned() };
        for role in Role::ALL {
            let may = matches!(role, Role::ItemAuthor | Role::ItemReviewer);
            assert_eq!(may_be_held_at(*role, &course), may, "{role} of a course");
        }
        let own = Place::Own { account: LI };
        assert!(Role::ALL.iter().all(|role| !may_be_held_at(*role, &own)), "one's own place is not granted");
    }

    #[test]
    fn every_refusal_has_its_words() {
        assert!(crate::problem::has_texts("field.role-place"));
        let apart = Apart::ALL.map(|reason| GrantRefusal::NotTogether { with: Role::Marker, reason });
        let others = [
            GrantRefusal::OwnRole,
            GrantRefusal::SecondPersonNeeded,
            GrantRefusal::WrongState { state: Ended },
            GrantRefusal::AlreadyHeld,
            GrantRefusal::NotHeldThere { role: Role::Marker },
        ];
        for refusal in apart.into_iter().chain(others) {
            let key = format!("{}.detail", refusal.message_key());
            assert!(crate::problem::has_texts(&key), "{key}");
        }
    }
}
