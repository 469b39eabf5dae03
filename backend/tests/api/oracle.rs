//! The oracle of a test: what was acknowledged to devices, held against what is stored and what it is worth.

use crate::support::TestApp;
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use shared::{
    delivery::{AnswersInForce, JournalEntry, entry_hash},
    ids::{ItemId, SittingId},
    item_bank::Response,
};
use std::collections::BTreeMap;

/// What a single choice of the paper is worth, in hundredths; its first option is right.
const CHOICE_POINTS: i32 = 200;

/// What was acknowledged of one sitting: the hash of each entry, by epoch and number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acks(BTreeMap<(u32, u64), String>);

impl Acks {
    /// Notes those of the entries sent whose numbers were acknowledged.
    pub(crate) fn note<'a>(&mut self, sent: impl IntoIterator<Item = &'a JournalEntry>, acked: &[u64]) {
        let acked = sent.into_iter().filter(|entry| acked.contains(&entry.seq));
        self.0.extend(acked.map(|entry| ((entry.epoch, entry.seq), entry_hash(entry))));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// What is not as it must be: all of it is nought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Acknowledged entries that are not stored as they were sent; items that no score is of.
    pub(crate) missing: usize,
    /// Entries that are stored, and items that are scored, more than once.
    pub(crate) doubled: usize,
    /// Scores that are not what the answer in force is worth.
    pub(crate) wrong: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.missing += other.missing;
        self.doubled += other.doubled;
        self.wrong += other.wrong;
    }
}

/// What was acknowledged of a sitting, held against the rows of the store.
pub(crate) async fn stored(app: &TestApp, sitting: SittingId, acks: &Acks) -> Tally {
    let mut rows: BTreeMap<(u32, u64), Vec<String>> = BTreeMap::new();
    for row in rows_of(app, "SELECT epoch, seq, hash FROM answer_entry WHERE sitting_id = $1", sitting).await {
        let (epoch, seq, hash): (i32, i64, String) = row.try_get_many_by_index().unwrap();
        let key = (u32::try_from(epoch).unwrap(), u64::try_from(seq).unwrap());
        rows.entry(key).or_default().push(hash);
    }
    let is_stored = |(key, hash): &(&(u32, u64), &String)| rows.get(*key).is_some_and(|rows| rows.contains(*hash));
    let missing = acks.0.iter().filter(|ack| !is_stored(ack)).count();
    let doubled = rows.values().filter(|rows| rows.len() > 1).count();
    Tally { missing, doubled, wrong: 0 }
}

/// What the answers in force on a device are worth, held against the computed scores of a test that is over.
pub(crate) async fn scored(app: &TestApp, sitting: SittingId, choices: &[ItemId], answers: &AnswersInForce) -> Tally {
    let mut scores: BTreeMap<ItemId, Vec<Option<i32>>> = BTreeMap::new();
    for row in rows_of(app, "SELECT item_id, points FROM scored_response WHERE sitting_id = $1", sitting).await {
        let (item, points): (uuid::Uuid, Option<i32>) = row.try_get_many_by_index().unwrap();
        scores.entry(ItemId(item)).or_default().push(points);
    }
    let mut tally = Tally::default();
    for item in choices {
        let is_right = answers.response(*item) == Some(&Response::Single(0));
        let worth = if is_right { CHOICE_POINTS } else { 0 };
        match scores.get(item).map_or(&[][..], Vec::as_slice) {
            [] => tally.missing += 1,
            [points] => tally.wrong += usize::from(*points != Some(worth)),
            _ => tally.doubled += 1,
        }
    }
    tally
}

async fn rows_of(app: &TestApp, sql: &str, sitting: SittingId) -> Vec<QueryResult> {
    let conn = app.cx.db.read();
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [sitting.0.into()]);
    conn.query_all_raw(statement).await.unwrap()
}
