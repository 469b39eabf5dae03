//! A person's name, birth date or sex was corrected: what repeats it follows, record, roster and account alike.

use super::store;
use crate::{
    access::{JobName, Permit, actions},
    identity, people,
    platform::{
        Services,
        error::AppResult,
        jobs::{Run, Step, Work},
    },
    roster,
};
use serde::{Deserialize, Serialize};
use shared::ids::PersonId;

actions! {
    /// Let what repeats a person's name, birth date and sex follow them.
    FollowPerson(PersonId) = KeepPeople;
}

/// Brings what was corrected to where it is repeated.
pub struct FollowName;

/// What [`FollowName`] is about: the payload of [`people::PERSON_RENAMED`].
#[derive(Serialize, Deserialize)]
pub struct RenamedPerson {
    person_id: PersonId,
}

impl Work for FollowName {
    type Input = RenamedPerson;
    const KIND: &'static str = "follow_name";

    async fn run(cx: Services, _: Run, RenamedPerson { person_id }: RenamedPerson) -> AppResult<Step> {
        let Some(person) = people::facts(&cx, person_id).await? else { return Ok(Step::Done) };
        let permit = Permit::<FollowPerson>::for_job(JobName::FollowName, person_id);
        cx.db
            .write(&permit, async |tx| {
                roster::describe(tx, &person).await?;
                store::rename_records(tx.conn(), person_id, &person.name).await?;
                let records = store::list_of_person(tx.conn(), person_id).await?;
                for account in records.into_iter().filter_map(|record| record.account_id) {
                    identity::rename(tx, account, &person.name).await?;
                }
                Ok(())
            })
            .await?;
        Ok(Step::Done)
    }
}
