//! What others are told of how far a person has come.

use super::{entity::student_record, rows::links};
use crate::{
    people,
    platform::{Services, db::Tx, error::AppResult},
    roster,
};
use shared::{ids::PersonId, people::PersonState};

/// Within the write that moves one of a person's records, with all of them: the list of persons and the states on
/// rosters follow.
pub(super) async fn tell(
    cx: &Services,
    tx: &Tx,
    person_id: PersonId,
    records: &[student_record::Model],
) -> AppResult<()> {
    let links = links(records)?;
    let furthest = links.iter().map(|link| link.stage).max();
    people::note_state(tx, person_id, PersonState::from(furthest)).await?;
    roster::note_learner(cx, tx, person_id, &links).await
}
