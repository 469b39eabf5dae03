//! The townsfolk: persons whom the townships keep, and one who is on the way from one to another.

use super::Stage;
use crate::{
    access::{Actor, JobName, Permit, actions},
    people::{self, Added},
    platform::{
        clock::Clock,
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
};
use serde::Deserialize;
use shared::{
    ids::PersonId,
    people::{NewPerson, ProposeTransfer},
};
use std::collections::HashMap;

/// When the townships entered them, in days before today.
const ENTERED: i64 = 20;
/// When they entered those whose accounts are offered.
const ENTERED_FIRST: i64 = 99;
/// When somebody moved.
const MOVED: i64 = 2;

actions! {
    /// Enter the townsfolk of the demo province.
    SeedTownsfolk(String) = KeepPeople;
}

#[derive(Deserialize)]
struct Townsfolk {
    townsfolk: Vec<NewPerson>,
    /// Those whose accounts are offered.
    learners: Vec<NewPerson>,
    transfer: Transfer,
}

fn told() -> AppResult<Townsfolk> {
    toml::from_str(include_str!("../../demo/townsfolk.toml")).map_err(AppError::internal)
}

/// One of the townsfolk.
pub(super) struct Townsman {
    pub(super) id: PersonId,
    pub(super) phone: String,
}

/// A transfer that waits for its answer.
#[derive(Deserialize)]
struct Transfer {
    /// The name of who moves.
    name: String,
    /// The office that proposes it, by its account name.
    proposed_by: String,
    /// The township that is to answer.
    to: String,
    reason: String,
}

impl Stage<'_> {
    /// The townships enter their people, and one of them moves. All of them, by name.
    pub(super) async fn townsfolk(&self) -> AppResult<HashMap<String, Townsman>> {
        let Townsfolk { townsfolk, transfer, .. } = told()?;
        self.days_ago(ENTERED);
        let entered = self.enter_all(&townsfolk).await?;
        self.days_ago(MOVED);
        let moves = entered.get(&transfer.name);
        let id = moves.ok_or_else(|| AppError::internal(format!("nobody is called {}", transfer.name)))?.id;
        self.propose(id, self.cast.actor(&transfer.proposed_by)?, transfer).await?;
        Ok(entered)
    }

    /// A township enters those whose accounts are offered, before they enrol. Both, by name.
    pub(super) async fn first_townsfolk(&self) -> AppResult<HashMap<String, Townsman>> {
        self.days_ago(ENTERED_FIRST);
        self.enter_all(&told()?.learners).await
    }

    async fn enter_all(&self, people: &[NewPerson]) -> AppResult<HashMap<String, Townsman>> {
        let mut entered = HashMap::new();
        for new in people {
            let phone = new.phone.clone().unwrap_or_default();
            entered.insert(new.name.clone(), Townsman { id: self.enter(new).await?, phone });
        }
        Ok(entered)
    }

    async fn enter(&self, new: &NewPerson) -> AppResult<PersonId> {
        let now = self.clock.now();
        let checked = new.check(now.date_in_china()).map_err(AppError::Invalid)?;
        let place = people::place_of_new(self.cx, &checked.residence_division, new.provider_id).await?;
        let sealed = people::seal(self.cx, &checked, &place, None, now)?;
        let permit = Permit::<SeedTownsfolk>::for_job(JobName::SeedDemo, checked.residence_division);
        let added = self.cx.db.write(&permit, async |tx| people::add(tx, &[&sealed], |_| true).await).await?;
        match added.as_slice() {
            [Added::New(id)] => Ok(*id),
            _ => Err(AppError::internal("two of the townsfolk have one document")),
        }
    }

    async fn propose(&self, id: PersonId, office: &Actor, transfer: Transfer) -> AppResult<()> {
        let proposal = ProposeTransfer { division: transfer.to, provider_id: None, reason: transfer.reason };
        let permit = people::permit(self.cx, office, id).await?;
        people::propose(self.cx, &permit, &IdempotencyKey(None), &proposal).await.map(drop)
    }
}
