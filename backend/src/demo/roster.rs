//! A survey list: it comes in, surveyors are sent, and what they hear stands on the roster.

use super::Stage;
use crate::{
    platform::{
        clock::Clock,
        error::{AppError, AppResult},
        texts::Language,
    },
    roster,
};
use actix_web::web::Bytes;
use serde::Deserialize;
use shared::{
    ids::RosterEntryId,
    roster::{AssignSurveyor, SendVisits, SentVisit, Visit, VisitChannel, VisitOutcome, VisitReceipt},
};
use std::collections::HashMap;

/// When the list came in, in days before today.
const IMPORTED: i64 = 11;
/// When the surveyors were sent.
const SENT: i64 = 10;

#[derive(Deserialize)]
struct Told {
    /// Whose list it is, by its account name.
    office: String,
    division: String,
    file_name: String,
    list: String,
    assigned: Vec<Assigned>,
    visits: Vec<Visited>,
}

#[derive(Deserialize)]
struct Assigned {
    to: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Visited {
    name: String,
    by: String,
    days_ago: i64,
    channel: VisitChannel,
    outcome: VisitOutcome,
    note: String,
}

impl Stage<'_> {
    /// A township surveys one of its villages.
    pub(super) async fn roster(&self) -> AppResult<()> {
        let told: Told = toml::from_str(include_str!("../../demo/roster.toml")).map_err(AppError::internal)?;
        let office = self.cast.actor(&told.office)?;
        self.days_ago(IMPORTED);
        let list = Bytes::from(told.list.clone());
        roster::take_list(self.cx, office, &told.division, &told.file_name, list).await?;
        self.jobs.run_due().await?;
        let entries = roster::entries_by_name(self.cx, office, &told.division).await?;
        self.days_ago(SENT);
        for assigned in &told.assigned {
            let names = assigned.names.iter().map(|name| entry(&entries, name));
            let request = AssignSurveyor {
                surveyor_id: Some(self.cast.actor(&assigned.to)?.account_id),
                entries: names.collect::<AppResult<Vec<_>>>()?,
            };
            roster::assign_surveyor(self.cx, office, &request).await?;
        }
        for visited in &told.visits {
            self.visit(&entries, visited).await?;
        }
        Ok(())
    }

    async fn visit(&self, entries: &HashMap<String, RosterEntryId>, visited: &Visited) -> AppResult<()> {
        let visitor = self.cast.actor(&visited.by)?;
        self.days_ago(visited.days_ago);
        let visit = Visit {
            id: self.cx.ids.new_id(),
            visited_at: self.clock.now(),
            visitor: visitor.account_id,
            channel: visited.channel,
            outcome: visited.outcome.clone(),
            note: visited.note.clone(),
        };
        let sent = SendVisits { visits: vec![SentVisit { entry_id: entry(entries, &visited.name)?, visit }] };
        let acks = roster::record_visits(self.cx, visitor, &sent, Language::Chinese).await?;
        match acks.iter().all(|ack| ack.receipt == VisitReceipt::Recorded) {
            true => Ok(()),
            false => Err(AppError::internal(format!("a visit of the demo was refused: {acks:?}"))),
        }
    }
}

fn entry(entries: &HashMap<String, RosterEntryId>, name: &str) -> AppResult<RosterEntryId> {
    entries.get(name).copied().ok_or_else(|| AppError::internal(format!("nobody on the roster is called {name}")))
}
