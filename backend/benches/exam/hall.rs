//! Many more candidates: copies of the first one, without what persons do before a test.

use crate::{
    crowd::{Copy, copy},
    exam_world::{Candidate, World},
    support::TestApp,
};
use backend::{
    access::{Action, JobName, Permit},
    sittings,
};
use shared::{ids::SittingId, rights::Right};

struct SetUp;

impl Action for SetUp {
    type Target = SittingId;
    const RIGHT: Right = Right::GrantRole;
}

impl World {
    /// Adds so many learners who are logged in and may sit the test, as the first candidate, who has not opened it.
    pub(crate) async fn add_candidates(&mut self, app: &TestApp, learners: usize) {
        let first = sittings::sitting_facts(&app.cx, self.sitting(0)).await.unwrap();
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, first.id);
        for _ in 0..learners {
            let name = format!("learner-{}", self.candidates.len());
            let (account, client) = app.learner(&name).await;
            let id: SittingId = app.cx.ids.new_id();
            let write = app.cx.db.write(&permit, async |tx| {
                let person = Copy { conn: tx.conn(), original: first.account_id.0, new: account.0 };
                person.sitting(first.id.0, id.0, &name).await;
                Ok(())
            });
            write.await.unwrap();
            self.candidates.push(Candidate { name, client, sitting_id: Some(id) });
        }
    }

    /// Adds so many learners who never come, each with the answers of a candidate, as a test of last year left them.
    pub(crate) async fn add_history(&self, app: &TestApp, candidate: usize, learners: usize) {
        let first = sittings::sitting_facts(&app.cx, self.sitting(candidate)).await.unwrap();
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, first.id);
        let answers = "epoch, seq, item_id, response, monotonic_ms, hash, verdict, received_at";
        let write = app.cx.db.write(&permit, async |tx| {
            for n in 0..learners {
                let (sitting, name) = (app.cx.ids.uuid(), format!("history-{n}"));
                let person = Copy { conn: tx.conn(), original: first.account_id.0, new: app.cx.ids.uuid() };
                person.account(&name).await;
                person.sitting(first.id.0, sitting, &name).await;
                let changed = [("sitting_id", sitting.into())];
                copy(tx.conn(), "answer_entry", &changed, answers, ("sitting_id", first.id.0)).await;
            }
            Ok(())
        });
        write.await.unwrap();
    }
}
