//! How a certificate moves between its states, and how its holder's name is masked.

use super::CertificateState;
use crate::problem::{ProblemCode, Refusal};

/// What somebody wants to do with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateStep {
    /// The credit bank submits it to the city.
    Submit,
    /// The city approves it.
    Approve,
    /// The city returns it.
    Return,
    /// It becomes void.
    Revoke,
    /// The credit bank issues another in its place: 换发.
    Reissue,
    /// The other one was approved.
    Supersede,
}

/// Every step.
const STEPS: [CertificateStep; 6] = [
    CertificateStep::Submit,
    CertificateStep::Approve,
    CertificateStep::Return,
    CertificateStep::Revoke,
    CertificateStep::Reissue,
    CertificateStep::Supersede,
];

/// The state does not allow the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("certificate is {state}")]
pub struct CertificateStateRefusal {
    /// Where the certificate stands.
    pub state: CertificateState,
}

impl Refusal for CertificateStateRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn params(&self) -> serde_json::Value {
        serde_json::json!({ "state": self.state })
    }
}

/// The state after `step`.
///
/// A certificate that was issued anew keeps its force until the new one is approved: no learner
/// loses a grade that counts because a name is being corrected. One that never counted is out at
/// once, one that is void stays void, and one that the city is looking at must wait for the city.
///
/// # Errors
/// [`CertificateStateRefusal`] if the state does not allow the step.
pub const fn next_state(
    state: CertificateState,
    step: CertificateStep,
) -> Result<CertificateState, CertificateStateRefusal> {
    use CertificateState::{Approved, Issued, Returned, Revoked, Submitted, Superseded};
    match (state, step) {
        (Issued | Returned, CertificateStep::Submit) => Ok(Submitted),
        (Submitted, CertificateStep::Approve) => Ok(Approved),
        (Submitted, CertificateStep::Return) => Ok(Returned),
        (Issued | Submitted | Approved | Returned, CertificateStep::Revoke) => Ok(Revoked),
        (Issued | Returned, CertificateStep::Reissue) | (Approved, CertificateStep::Supersede) => Ok(Superseded),
        (Approved | Revoked, CertificateStep::Reissue) => Ok(state),
        _ => Err(CertificateStateRefusal { state }),
    }
}

/// Where steps lead, in the order of a way: to the city and back, and only then to where nothing leads back from.
const ONWARD: [CertificateState; 5] = [
    CertificateState::Submitted,
    CertificateState::Returned,
    CertificateState::Approved,
    CertificateState::Revoked,
    CertificateState::Superseded,
];

/// Whether the states that were noted of a certificate, in whatever order, make up a way from its issue to the state
/// that it is said to be in: each by a step from the one before.
///
/// The order is not asked for, because the nodes that note have clocks of their own, and nothing is lost by that: no two
/// ways go through the same states equally often. While a submission or a return is left, the certificate has not gone
/// on to where it is approved or ends: nothing leads back from there.
#[must_use]
pub fn lead_to(noted: &[CertificateState], state: CertificateState) -> bool {
    let mut left = noted.to_vec();
    let Some(mut here) = take(&mut left, CertificateState::Issued) else { return false };
    while let Some(next) = take_next(&mut left, here) {
        here = next;
    }
    left.is_empty() && here == state
}

/// Takes the state that comes after this one out of those that are left, if one of them can.
fn take_next(left: &mut Vec<CertificateState>, here: CertificateState) -> Option<CertificateState> {
    ONWARD.into_iter().filter(|to| is_a_step(here, *to)).find_map(|to| take(left, to))
}

fn take(left: &mut Vec<CertificateState>, wanted: CertificateState) -> Option<CertificateState> {
    let at = left.iter().position(|state| *state == wanted)?;
    Some(left.swap_remove(at))
}

/// Whether a certificate goes from one state to the other by one step.
fn is_a_step(from: CertificateState, to: CertificateState) -> bool {
    from != to && STEPS.iter().any(|step| next_state(from, *step) == Ok(to))
}

/// Whether a certificate stays in this state for good: no step leads out of it.
#[must_use]
pub const fn is_for_good(state: CertificateState) -> bool {
    matches!(state, CertificateState::Revoked | CertificateState::Superseded)
}

/// The name with all but its first and last character hidden; of two characters the last is hidden.
/// The separator `·` stays.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let masked = |(at, letter): (usize, char)| {
        let is_shown = at == 0 && last > 0 || letter == '·' || (at == last && last > 1);
        if is_shown { letter } else { '*' }
    };
    name.chars().enumerate().map(masked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use CertificateState::{Approved, Issued, Returned, Revoked, Submitted, Superseded};
    use proptest::prelude::*;

    /// The states that a certificate goes through by these wishes; those that are refused change nothing.
    fn way(wishes: &[CertificateStep]) -> Vec<CertificateState> {
        let mut states = vec![Issued];
        for step in wishes {
            let state = states[states.len() - 1];
            states.push(next_state(state, *step).unwrap_or(state));
        }
        states
    }

    fn wishes() -> impl Strategy<Value = Vec<CertificateStep>> {
        proptest::collection::vec(proptest::sample::select(STEPS.to_vec()), 0..24)
    }

    fn any_state() -> impl Strategy<Value = CertificateState> {
        proptest::sample::select(CertificateState::ALL.to_vec())
    }

    /// Where a way ends, and the states that were noted on it, in any order.
    fn noted() -> impl Strategy<Value = (CertificateState, Vec<CertificateState>)> {
        wishes().prop_flat_map(|wishes| {
            let mut way = way(&wishes);
            way.dedup();
            (Just(way[way.len() - 1]), Just(way).prop_shuffle())
        })
    }

    /// Whether steps lead from `here` through all that is left, in some order, to `end`: every order is tried.
    fn some_order_leads(here: CertificateState, left: &[CertificateState], end: CertificateState) -> bool {
        let goes_on = |(at, next): (usize, &CertificateState)| {
            let rest = [&left[..at], &left[at + 1..]].concat();
            is_a_step(here, *next) && some_order_leads(*next, &rest, end)
        };
        if left.is_empty() { here == end } else { left.iter().enumerate().any(goes_on) }
    }

    #[test]
    fn only_the_citys_way_leads_to_approval() {
        assert_eq!(next_state(Issued, CertificateStep::Submit), Ok(Submitted));
        assert_eq!(next_state(Submitted, CertificateStep::Return), Ok(Returned));
        assert_eq!(next_state(Returned, CertificateStep::Submit), Ok(Submitted));
        for state in [Issued, Approved, Returned, Revoked] {
            assert_eq!(next_state(state, CertificateStep::Approve), Err(CertificateStateRefusal { state }));
        }
        assert!(next_state(Approved, CertificateStep::Revoke).is_ok());
        assert!(next_state(Revoked, CertificateStep::Revoke).is_err());
    }

    #[test]
    fn what_counts_keeps_counting_until_its_successor_does() {
        let reissue = |state| next_state(state, CertificateStep::Reissue);
        assert_eq!(reissue(Approved), Ok(Approved));
        assert_eq!(next_state(Approved, CertificateStep::Supersede), Ok(Superseded));
        assert_eq!((reissue(Issued), reissue(Returned)), (Ok(Superseded), Ok(Superseded)));
        assert_eq!(reissue(Revoked), Ok(Revoked));
        assert!(reissue(Submitted).is_err());
    }

    #[test]
    fn a_state_that_no_noted_step_led_to_is_none() {
        assert!(lead_to(&[Issued, Submitted, Approved], Approved));
        assert!(!lead_to(&[Issued, Submitted, Approved, Revoked], Approved), "what was revoked is not approved again");
        assert!(!lead_to(&[Issued, Submitted], Approved));
        assert!(!lead_to(&[Issued, Approved], Approved), "without having been with the city");
        assert!(!lead_to(&[Submitted, Approved], Approved), "without having been issued");
        assert!(!lead_to(&[Issued, Submitted, Approved, Approved], Approved), "nobody approves twice");
        assert!(!lead_to(&[], Issued));
    }

    #[test]
    fn clocks_that_differ_do_not_hide_the_way() {
        assert!(lead_to(&[Submitted, Issued], Submitted));
        assert!(lead_to(&[Approved, Submitted, Returned, Issued, Submitted], Approved));
        assert!(
            !lead_to(&[Approved, Submitted, Returned, Issued, Submitted], Returned),
            "the last one noted is not the end"
        );
        assert!(
            !lead_to(&[Approved, Returned, Issued, Submitted], Approved),
            "without having been with the city again"
        );
    }

    #[test]
    fn what_is_for_good_stays_and_all_else_may_change() {
        for state in CertificateState::ALL {
            let leads_on = STEPS.iter().any(|step| next_state(*state, *step).is_ok_and(|next| next != *state));
            assert_eq!(is_for_good(*state), !leads_on, "{state}");
        }
    }

    #[test]
    fn nothing_leads_out_of_superseded() {
        for step in STEPS {
            assert!(next_state(Superseded, step).is_err());
        }
    }

    #[test]
    fn names_are_masked_by_characters() {
        let names = ["张秀英", "李四", "𬱖", "阿依·古丽", ""];
        assert_eq!(names.map(mask_name), ["张*英", "李*", "*", "阿*·*丽", ""]);
    }

    #[test]
    fn a_refusal_names_the_state_as_it_is() {
        for state in CertificateState::ALL {
            for step in STEPS {
                if let Err(refusal) = next_state(*state, step) {
                    assert_eq!(refusal.state, *state);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn every_way_leads_to_its_end_and_nowhere_else((end, noted) in noted(), state in any_state()) {
            prop_assert_eq!(lead_to(&noted, state), state == end);
        }

        #[test]
        fn what_no_order_makes_a_way_leads_nowhere(
            noted in proptest::collection::vec(any_state(), 0..6),
            state in any_state(),
        ) {
            let all = [&[Issued][..], &noted].concat();
            prop_assert_eq!(lead_to(&all, state), some_order_leads(Issued, &noted, state));
        }

        #[test]
        fn nothing_counts_that_the_city_did_not_have_before_it(wishes in wishes()) {
            for pair in way(&wishes).windows(2) {
                let became = |state| pair[1] == state && pair[0] != state;
                prop_assert!(!became(Approved) || pair[0] == Submitted);
                prop_assert!(!became(Returned) || pair[0] == Submitted);
                prop_assert!(!became(Submitted) || matches!(pair[0], Issued | Returned));
                prop_assert!(!became(Issued), "nothing is issued twice");
            }
        }

        #[test]
        fn what_is_void_or_superseded_stays_so(wishes in wishes()) {
            for pair in way(&wishes).windows(2) {
                prop_assert!(!matches!(pair[0], Revoked | Superseded) || pair[0] == pair[1]);
            }
        }

        #[test]
        fn what_counts_is_ended_by_revocation_and_successor_alone(wishes in wishes()) {
            for (pair, step) in way(&wishes).windows(2).zip(&wishes) {
                if pair[0] == Approved && pair[1] != Approved {
                    prop_assert!(matches!(step, CertificateStep::Revoke | CertificateStep::Supersede));
                }
            }
        }
    }
}
