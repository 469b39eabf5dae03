use super::*;
use proptest::prelude::*;

const RULES: ClaimRules = ClaimRules { lease_s: 20, at_once: 3 };
const NOW: Timestamp = Timestamp(100_000);

fn marker(n: u8) -> AccountId {
    AccountId(Uuid::from_u128(u128::from(n)))
}

fn free(n: u128) -> OpenResponse {
    OpenResponse { id: Uuid::from_u128(n), is_own: false, claim: None }
}

fn held(n: u128, by: u8, until: Timestamp) -> OpenResponse {
    OpenResponse { claim: Some(Claim { marker: marker(by), until }), ..free(n) }
}

/// Marker 1 asks.
#[track_caller]
fn check(open: &[OpenResponse], expected: &[u128]) {
    let expected: Vec<_> = expected.iter().copied().map(Uuid::from_u128).collect();
    assert_eq!(share_out(open, marker(1), NOW, &RULES), expected);
}

#[test]
fn a_marker_gets_what_nobody_has_in_order_and_not_more_than_the_rules_give() {
    check(&[], &[]);
    check(&[free(1), free(2)], &[1, 2]);
    check(&[free(1), free(2), free(3), free(4)], &[1, 2, 3]);
}

#[test]
fn what_a_marker_has_comes_first_and_is_not_added_to() {
    check(&[free(1), held(2, 1, NOW.plus_s(5)), free(3), held(4, 1, NOW.plus_s(-5))], &[2, 4, 1]);
}

#[test]
fn what_another_has_is_taken_from_the_end_of_the_claim_on_and_not_sooner() {
    check(&[held(1, 2, NOW.plus_ms(1)), free(2)], &[2]);
    check(&[held(1, 2, NOW), free(2)], &[1, 2]);
}

#[test]
fn nobody_gets_their_own_response() {
    check(&[OpenResponse { is_own: true, ..free(1) }, free(2)], &[2]);
    check(&[OpenResponse { is_own: true, ..held(1, 1, NOW.plus_s(5)) }], &[]);
}

/// Marker 1 gives two points.
#[track_caller]
fn check_mark(marked: Option<(i32, u8)>, claim: Option<(u8, Timestamp)>, expected: Result<MarkVerdict, MarkRefusal>) {
    let response = ResponseFacts {
        points: marked.map(|(points, _)| Points(points)),
        marked_by: marked.map(|(_, by)| marker(by)),
        claim: claim.map(|(by, until)| Claim { marker: marker(by), until }),
    };
    assert_eq!(judge_mark(&response, marker(1), Points(200)), expected);
}

#[test]
fn who_holds_a_response_marks_it_and_nobody_else() {
    check_mark(None, Some((1, NOW)), Ok(MarkVerdict::Store));
    check_mark(None, Some((2, NOW)), Err(MarkRefusal::ClaimedByAnother));
    check_mark(None, None, Err(MarkRefusal::NotClaimed));
}

#[test]
fn a_repeat_of_the_same_mark_is_harmless_and_another_mark_is_refused() {
    check_mark(Some((200, 1)), None, Ok(MarkVerdict::Repeated));
    check_mark(Some((150, 1)), None, Err(MarkRefusal::AlreadyMarked));
    check_mark(Some((200, 2)), None, Err(MarkRefusal::AlreadyMarked));
}

#[test]
fn what_a_rule_scored_is_marked() {
    let scored = ResponseFacts { points: Some(Points(200)), marked_by: None, claim: None };
    assert_eq!(judge_mark(&scored, marker(1), Points(200)), Err(MarkRefusal::AlreadyMarked));
}

/// What happens in a room of markers.
#[derive(Clone, Debug)]
enum Event {
    /// Time passes.
    Pass { seconds: i64 },
    /// A marker asks for work.
    Ask { by: u8 },
    /// A marker gives points to a response, whether or not they should.
    Mark { by: u8, response: usize },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0_i64..30).prop_map(|seconds| Event::Pass { seconds }),
        (1_u8..4).prop_map(|by| Event::Ask { by }),
        (1_u8..4, 0_usize..8).prop_map(|(by, response)| Event::Mark { by, response }),
    ]
}

/// A room: eight responses, their claims, and who marked them. Candidate `n` is marker `n`, too.
struct Room {
    now: Timestamp,
    claims: Vec<Option<Claim>>,
    marked_by: Vec<Option<AccountId>>,
}

impl Room {
    fn open_for(&self, by: u8) -> Vec<OpenResponse> {
        let open = (0..self.claims.len()).filter(|at| self.marked_by[*at].is_none());
        open.map(|at| OpenResponse {
            id: Uuid::from_u128(at as u128),
            is_own: at == usize::from(by),
            claim: self.claims[at],
        })
        .collect()
    }

    fn ask(&mut self, by: u8) -> Result<(), TestCaseError> {
        let open = self.open_for(by);
        let claimed = share_out(&open, marker(by), self.now, &RULES);
        prop_assert!(claimed.len() <= usize::from(RULES.at_once));
        for id in &claimed {
            let at = usize::try_from(id.as_u128()).unwrap_or_default();
            let is_taken = self.claims[at].is_some_and(|claim| claim.marker != marker(by) && self.now < claim.until);
            prop_assert!(!is_taken, "two live claims for one response");
            prop_assert_ne!(at, usize::from(by), "somebody's own response");
            self.claims[at] = Some(Claim::renewed(marker(by), self.now, &RULES));
        }
        let is_with_others = |response: &OpenResponse| {
            response.is_own || response.claim.is_some_and(|claim| claim.marker != marker(by) && self.now < claim.until)
        };
        prop_assert!(!claimed.is_empty() || open.iter().all(is_with_others), "somebody waits while there is work");
        Ok(())
    }

    fn mark(&mut self, by: u8, at: usize) -> Result<(), TestCaseError> {
        let points = self.marked_by[at].map(|_| Points(200));
        let response = ResponseFacts { points, marked_by: self.marked_by[at], claim: self.claims[at] };
        match judge_mark(&response, marker(by), Points(200)) {
            Ok(MarkVerdict::Store) => {
                prop_assert_eq!(self.marked_by[at], None, "marked twice");
                (self.marked_by[at], self.claims[at]) = (Some(marker(by)), None);
            }
            Ok(MarkVerdict::Repeated) => prop_assert_eq!(self.marked_by[at], Some(marker(by))),
            Err(_) => {
                let has_claim = self.claims[at].is_some_and(|claim| claim.marker == marker(by));
                prop_assert!(self.marked_by[at].is_some() || !has_claim, "who holds it was refused");
            }
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn no_response_has_two_markers_and_nobody_waits_while_there_is_work(
        events in proptest::collection::vec(event(), 1..60)
    ) {
        let mut room = Room { now: NOW, claims: vec![None; 8], marked_by: vec![None; 8] };
        for event in events {
            match event {
                Event::Pass { seconds } => room.now = room.now.plus_s(seconds),
                Event::Ask { by } => room.ask(by)?,
                Event::Mark { by, response } => room.mark(by, response)?,
            }
        }
    }
}
