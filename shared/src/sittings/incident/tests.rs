use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const RECORDER: AccountId = AccountId(Uuid::from_u128(1));
const SIGNER: AccountId = AccountId(Uuid::from_u128(2));
const OFFICE: AccountId = AccountId(Uuid::from_u128(3));
const ABOVE: AccountId = AccountId(Uuid::from_u128(4));
const CANDIDATE: AccountId = AccountId(Uuid::from_u128(5));
const PERSONS: &[AccountId] = &[RECORDER, SIGNER, OFFICE, ABOVE, CANDIDATE];
/// 2026-11-23, 09:00 in China.
const NOW: Timestamp = Timestamp(1_795_395_600_000);

fn recorded(kind: IncidentKind) -> IncidentFacts {
    let state = IncidentState::Recorded;
    IncidentFacts { state, kind, candidate: CANDIDATE, recorded_by: RECORDER, signed_by: None, upheld: None }
}

fn at(state: IncidentState, kind: IncidentKind) -> IncidentFacts {
    IncidentFacts { state, signed_by: Some(SIGNER), upheld: Some((OFFICE, NOW)), ..recorded(kind) }
}

#[track_caller]
fn check(
    facts: IncidentFacts,
    step: IncidentStep,
    person: AccountId,
    expected: Result<IncidentState, IncidentRefusal>,
) {
    assert_eq!(judge_step(&facts, step, (person, "33"), NOW), expected, "{step} of {facts:?}");
}

#[test]
fn the_kinds_are_the_items_of_two_articles() {
    let articles: Vec<_> = IncidentKind::ALL.iter().map(|kind| kind.article()).collect();
    let expected: Vec<_> = [5, 6].into_iter().flat_map(|article| (1..=9).map(move |item| (article, item))).collect();
    assert_eq!(articles, expected);
    for kind in IncidentKind::ALL {
        assert_eq!(kind.breach() == Breach::Infraction, kind.article().0 == 5, "{kind}");
    }
}

#[test]
fn one_subject_is_void_for_an_infraction_and_all_are_for_cheating() {
    assert_eq!(Breach::Infraction.consequence(), IncidentConsequence::SubjectVoid);
    assert_eq!(Breach::Cheating.consequence(), IncidentConsequence::AllVoid);
}

#[test]
fn an_incident_takes_its_steps_in_order() {
    use IncidentStep::{Appeal, Confirm, Hear, Sign, Uphold};
    let mut facts = recorded(IncidentKind::Whispering);
    for (step, person) in [(Sign, SIGNER), (Hear, RECORDER), (Uphold, OFFICE), (Appeal, CANDIDATE), (Confirm, ABOVE)] {
        facts.state = judge_step(&facts, step, (person, "33"), NOW).unwrap();
    }
    assert_eq!(facts.state, IncidentState::Confirmed);
}

#[test]
fn two_different_persons_sign_and_a_third_decides() {
    let facts = recorded(IncidentKind::Copying);
    check(facts, IncidentStep::Sign, RECORDER, Err(IncidentRefusal::SomebodyElseNeeded));
    check(facts, IncidentStep::Sign, SIGNER, Ok(IncidentState::Signed));
    let heard = at(IncidentState::Heard, IncidentKind::Copying);
    for party in [RECORDER, SIGNER] {
        check(heard, IncidentStep::Uphold, party, Err(IncidentRefusal::SomebodyElseNeeded));
        check(heard, IncidentStep::Dismiss, party, Err(IncidentRefusal::SomebodyElseNeeded));
    }
    check(heard, IncidentStep::Uphold, OFFICE, Ok(IncidentState::Upheld));
}

#[test]
fn nobody_looks_again_at_what_they_had_a_hand_in() {
    let appealed = at(IncidentState::Appealed, IncidentKind::Copying);
    for step in [IncidentStep::Confirm, IncidentStep::Lift] {
        for person in [RECORDER, SIGNER, OFFICE] {
            check(appealed, step, person, Err(IncidentRefusal::SomebodyElseNeeded));
        }
    }
    check(appealed, IncidentStep::Lift, ABOVE, Ok(IncidentState::Lifted));
}

#[test]
fn of_oneself_nobody_settles_anything() {
    use IncidentStep::{Appeal, Confirm, Dismiss, Hear, Lift, Sign, Uphold};
    for (state, steps) in [
        (IncidentState::Recorded, &[Sign, Dismiss][..]),
        (IncidentState::Signed, &[Hear, Dismiss][..]),
        (IncidentState::Heard, &[Uphold, Dismiss][..]),
        (IncidentState::Appealed, &[Confirm, Lift][..]),
    ] {
        for step in steps {
            let facts = at(state, IncidentKind::Copying);
            check(facts, *step, CANDIDATE, Err(IncidentRefusal::SomebodyElseNeeded));
        }
    }
    check(at(IncidentState::Upheld, IncidentKind::Copying), Appeal, CANDIDATE, Ok(IncidentState::Appealed));
}

#[test]
fn nothing_is_upheld_of_whom_nobody_heard() {
    let step = IncidentStep::Uphold;
    for state in [IncidentState::Recorded, IncidentState::Signed] {
        check(at(state, IncidentKind::Copying), step, OFFICE, Err(IncidentRefusal::WrongState { state, step }));
        check(at(state, IncidentKind::Copying), IncidentStep::Dismiss, OFFICE, Ok(IncidentState::Dismissed));
    }
}

#[test]
fn a_city_decides_infractions_and_the_province_decides_all() {
    let decide =
        |kind, division| judge_step(&at(IncidentState::Heard, kind), IncidentStep::Uphold, (OFFICE, division), NOW);
    let above = |breach| Err(IncidentRefusal::DecidedAbove { breach });
    for (division, infraction, cheating) in [
        ("33", Ok(IncidentState::Upheld), Ok(IncidentState::Upheld)),
        ("3305", Ok(IncidentState::Upheld), above(Breach::Cheating)),
        ("330502", above(Breach::Infraction), above(Breach::Cheating)),
    ] {
        assert_eq!(decide(IncidentKind::WrongSeat, division), infraction, "{division}");
        assert_eq!(decide(IncidentKind::Substitute, division), cheating, "{division}");
    }
}

#[test]
fn a_decision_may_be_asked_again_until_the_end_of_the_fifteenth_day() {
    let until = appeal_until(NOW);
    assert_eq!("2026-12-08T16:00:00Z".parse(), Ok(until));
    let facts = at(IncidentState::Upheld, IncidentKind::Copying);
    let appeal = |now| judge_step(&facts, IncidentStep::Appeal, (OFFICE, ""), now);
    assert_eq!(appeal(until.plus_ms(-1)), Ok(IncidentState::Appealed));
    assert_eq!(appeal(until), Err(IncidentRefusal::TooLate { until }));
    assert_eq!("2026-12-23T16:00:00Z".parse(), Ok(answer_until(NOW)));
}

#[test]
fn an_open_incident_holds_a_result_and_an_upheld_one_voids_it() {
    use IncidentState::{Appealed, Dismissed, Heard, Lifted, Recorded, Upheld};
    for (states, expected) in [
        (&[][..], None),
        (&[Dismissed, Lifted][..], None),
        (&[Dismissed, Recorded][..], Some(ResultBar::Held)),
        (&[Heard, Upheld][..], Some(ResultBar::Void)),
        (&[Appealed][..], Some(ResultBar::Void)),
    ] {
        assert_eq!(gravest_bar(states), expected, "{states:?}");
    }
}

#[test]
fn the_subjects_of_a_round_are_sat_on_one_day_for_one_division() {
    for (division, hours, expected) in [("33", 5, true), ("33", 14, true), ("33", 15, false), ("3305", 0, false)] {
        let other = (division, NOW.plus_s(hours * 3_600));
        assert_eq!(is_same_round(("33", NOW), other), expected, "{division} after {hours} hours");
    }
}

#[test]
fn every_refusal_has_its_words() {
    let (state, breach) = (IncidentState::Recorded, Breach::Cheating);
    for refusal in [
        IncidentRefusal::WrongState { state, step: IncidentStep::Uphold },
        IncidentRefusal::WrongState { state, step: IncidentStep::Hear },
        IncidentRefusal::SomebodyElseNeeded,
        IncidentRefusal::DecidedAbove { breach },
        IncidentRefusal::DecidedAbove { breach: Breach::Infraction },
        IncidentRefusal::TooLate { until: NOW },
    ] {
        assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}

#[test]
fn who_comes_too_late_to_decide_is_not_told_to_hear_the_candidate() {
    let step = IncidentStep::Uphold;
    for (state, key) in [
        (IncidentState::Signed, "wrong-state.incident-not-heard"),
        (IncidentState::Upheld, "wrong-state.incident"),
        (IncidentState::Dismissed, "wrong-state.incident"),
    ] {
        assert_eq!(IncidentRefusal::WrongState { state, step }.message_key(), key, "{state}");
    }
}

/// A step that somebody tries.
fn tried() -> impl Strategy<Value = (IncidentStep, AccountId)> {
    (prop::sample::select(IncidentStep::ALL), prop::sample::select(PERSONS))
}

proptest! {
    #[test]
    fn however_it_is_tried_nobody_is_found_guilty_without_two_signatures_and_a_hearing(
        kind in prop::sample::select(IncidentKind::ALL),
        tries in prop::collection::vec(tried(), 0..20),
    ) {
        let (mut facts, mut taken) = (recorded(kind), Vec::new());
        for (step, person) in tries {
            let Ok(next) = judge_step(&facts, step, (person, "33"), NOW) else { continue };
            prop_assert_eq!(facts.state.after(step), Some(next));
            facts.state = next;
            match step {
                IncidentStep::Sign => facts.signed_by = Some(person),
                IncidentStep::Uphold => facts.upheld = Some((person, NOW)),
                _ => {}
            }
            taken.push((step, person));
        }
        let by = |wanted| taken.iter().find(|(step, _)| *step == wanted).map(|(_, person)| *person);
        if facts.state.bar() == Some(ResultBar::Void) {
            let (signer, decider) = (by(IncidentStep::Sign).unwrap(), by(IncidentStep::Uphold).unwrap());
            prop_assert!(signer != RECORDER && decider != RECORDER && decider != signer);
            prop_assert!(signer != CANDIDATE && decider != CANDIDATE);
            prop_assert!(by(IncidentStep::Hear).is_some());
            if let Some(confirmer) = by(IncidentStep::Confirm) {
                prop_assert!(![RECORDER, CANDIDATE, signer, decider].contains(&confirmer));
            }
        }
    }

    #[test]
    fn every_way_ends(steps in prop::collection::vec(prop::sample::select(IncidentStep::ALL), 0..40)) {
        let mut state = IncidentState::Recorded;
        let taken = steps.into_iter().filter_map(|step| state.after(step).inspect(|next| state = *next));
        prop_assert!(taken.count() <= 5);
    }
}
