//! Parts of the paper that close before its end: nothing is written there that could not prove when it was written, and
//! where device and server differ what the server has counts.

use super::*;

impl PlayerState {
    /// When the part of the paper closes that the item stands in, by what the server said last; `None` if it stays open
    /// until working time ends.
    #[must_use]
    pub fn part_closes_at(&self, item_id: ItemId) -> Option<Timestamp> {
        self.parts.closes_at(item_id, self.deadline)
    }

    /// Whether an entry that is written now, so long after the epoch began, would prove that its part is open.
    pub(super) fn may_write(&self, item_id: ItemId, monotonic_ms: u64) -> bool {
        self.parts.is_open_for(item_id, self.last_monotonic_ms.max(monotonic_ms), self.deadline)
    }

    /// Gives an answer another number, as long as its part is open.
    pub(super) fn write_again(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) {
        if self.may_write(item_id, monotonic_ms) {
            self.append(item_id, response, monotonic_ms);
        } else {
            self.take_from_server(item_id);
        }
    }

    /// The entry never gets through: it stays on the disk as evidence, and the candidate sees what counts.
    pub(super) fn part_closed(&mut self, seq: u64) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        if let Some(Unacked { entry, .. }) = self.unacked.remove(&seq) {
            if self.answers.iter().any(|held| *held == AnswerInForce::of_entry(&entry)) {
                self.take_from_server(entry.item_id);
            }
            self.left_behind.push(entry);
        }
        self.back_off()
    }

    /// Shows the answer to an item as the server has it, if it said.
    fn take_from_server(&mut self, item_id: ItemId) {
        if let Some(at_server) = &self.at_server {
            self.answers.take_from(at_server, item_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::WorkingTime;
    use uuid::Uuid;

    const SITTING: SittingId = SittingId(Uuid::from_u128(1));
    const TIMED: ItemId = ItemId(Uuid::from_u128(101));
    const FREE: ItemId = ItemId(Uuid::from_u128(102));
    const START: Timestamp = Timestamp(0);

    /// An opening of a test of an hour, in the second epoch.
    fn opened(answers: Vec<AnswerInForce>) -> OpenedSitting {
        let deadline = START.plus_s(3_600);
        OpenedSitting { epoch: 2, server_time: START, deadline, acked_through: 0, answers }
    }

    /// Its first part closes after twenty minutes; the epoch began so many seconds after the test.
    fn resumed(began_s: i64, answers: Vec<AnswerInForce>, stored: Vec<JournalEntry>) -> PlayerState {
        let working_time = WorkingTime { duration_min: 60, extra_min: 0 };
        let times = PartTimes::new([(TIMED, Some(20)), (FREE, None)], working_time, START.plus_s(began_s));
        PlayerState::resume_in_parts((SITTING, times), &opened(answers), vec![TIMED, FREE], stored)
    }

    fn answer(player: &mut PlayerState, item_id: ItemId, choice: u16, monotonic_ms: u64) {
        player.handle(Event::Answered { item_id, response: Response::Single(choice), monotonic_ms });
    }

    /// What the first epoch left.
    fn earlier(item_id: ItemId, seq: u64, choice: u16) -> AnswerInForce {
        AnswerInForce { item_id, epoch: 1, seq, response: Response::Single(choice) }
    }

    fn shown(player: &PlayerState) -> [Option<&Response>; 2] {
        [TIMED, FREE].map(|item_id| player.answers().response(item_id))
    }

    #[test]
    fn nothing_is_written_into_a_closed_part_until_time_is_given_back() {
        let mut player = resumed(0, Vec::new(), Vec::new());
        assert_eq!(player.part_closes_at(TIMED), Some(START.plus_s(1_200)));
        answer(&mut player, TIMED, 1, 1_200_000);
        answer(&mut player, TIMED, 2, 1_200_001);
        answer(&mut player, FREE, 3, 1_200_001);
        assert_eq!(shown(&player), [Some(&Response::Single(1)), Some(&Response::Single(3))]);
        let news = News { epoch: 2, server_time: START.plus_s(1_300), deadline: START.plus_s(3_900), receipt: None };
        player.handle(Event::Heard(news));
        answer(&mut player, TIMED, 2, 1_300_000);
        assert_eq!(shown(&player)[0], Some(&Response::Single(2)));
    }

    #[test]
    fn who_is_told_that_a_part_is_closed_sees_what_counts() {
        let mut player = resumed(0, vec![earlier(TIMED, 5, 0)], Vec::new());
        answer(&mut player, TIMED, 1, 10);
        player.handle(Event::OpenedAgain(opened(vec![earlier(TIMED, 5, 0)])));
        let effects = player.handle(Event::PartClosed { seq: 1 });
        assert!(matches!(effects[..], [Effect::SetTimer { .. }]));
        assert_eq!(shown(&player)[0], Some(&Response::Single(0)));
        assert_eq!((player.unsent(), player.only_here()), (0, 1), "it stays on the device as evidence");
    }

    #[test]
    fn what_was_left_behind_in_a_closed_part_is_not_written_anew() {
        let entry = |seq, item_id| JournalEntry {
            epoch: 1,
            seq,
            item_id,
            response: Response::Single(1),
            monotonic_ms: seq,
            previous_hash: String::new(),
        };
        let brought = |began_s| resumed(began_s, Vec::new(), vec![entry(1, TIMED), entry(2, FREE)]);
        assert_eq!([brought(1_200), brought(1_201)].map(|player| player.unsent()), [2, 1]);
        assert_eq!(shown(&brought(1_201)), [None, Some(&Response::Single(1))]);
    }

    #[test]
    fn where_the_server_differs_closed_parts_go_by_it_and_open_ones_are_written_anew() {
        let mut player = resumed(0, vec![earlier(TIMED, 5, 0), earlier(FREE, 6, 0)], Vec::new());
        player.handle(Event::SubmitPressed);
        player.handle(Event::OpenedAgain(opened(vec![earlier(TIMED, 7, 2), earlier(FREE, 8, 2)])));
        player.handle(Event::AnswersMissing { monotonic_ms: 1_800_000 });
        assert_eq!(shown(&player), [Some(&Response::Single(2)), Some(&Response::Single(0))]);
        assert_eq!(player.unsent(), 1);
    }
}
