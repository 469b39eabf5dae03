//! Exam rooms on the day of a test: who watches which, what is done there, and what devices and consoles learn of it.

mod answer_files;
mod late;
mod live;
mod papers;
mod safe_browser;
mod spoken_keys;
mod time;
mod watching;

use crate::{
    exam_world::{STARTS_AFTER_S, World},
    seat_plans::{COUNTY, Site, confirm, draw, wanted, with_sites},
    support::{Client, Reply, TestApp},
};
use backend::identity;
use serde_json::{Value, json};
use shared::rights::Role;

/// A test whose candidates sit in one room, with those who are there.
pub(crate) struct Day {
    pub(crate) world: World,
    pub(crate) site: Site,
    /// The head of the site.
    pub(crate) head: Client,
    /// Who watches the room.
    pub(crate) invigilator: Client,
    /// The path of the room.
    pub(crate) room: String,
}

impl Day {
    /// The key is armed, seats are planned, and the room has an invigilator.
    pub(crate) async fn armed(app: &TestApp, candidates: usize) -> Self {
        let (world, [site, _]) = with_sites(app, candidates).await;
        let plan = draw(&world, &wanted(&[(&site, COUNTY)])).await.expect(201);
        confirm(&world, &plan).await.expect(200);
        world.step("arm", 0).await.expect(200);
        world.step("arm", 1).await.expect(200);
        let head = app.staff("zhukao", Role::SiteHead, COUNTY).await;
        let invigilator = app.staff("jiankao", Role::Invigilator, COUNTY).await;
        let room = format!("/api/v1/exam_sessions/{}/rooms/{}", world.exam_session_id, site.room.as_str().unwrap());
        let day = Self { world, site, head, invigilator, room };
        day.assign(app, &day.head, &["jiankao"]).await.expect(200);
        day
    }

    /// The same once the test has begun.
    pub(crate) async fn started(app: &TestApp, candidates: usize) -> Self {
        let mut day = Self::armed(app, candidates).await;
        day.world.later(app, STARTS_AFTER_S).await;
        day
    }

    /// Says who watches the room.
    pub(crate) async fn assign(&self, app: &TestApp, by: &Client, names: &[&str]) -> Reply {
        let mut ids = Vec::new();
        for name in names {
            ids.push(identity::find_by_name(&app.cx, name).await.unwrap().unwrap());
        }
        by.post(&format!("{}/invigilators", self.room), &json!({ "account_ids": ids })).await
    }

    /// Does something in the room.
    pub(crate) async fn act(&self, by: &Client, act: &Value) -> Reply {
        by.post(&format!("{}/acts", self.room), act).await
    }

    /// The room as the invigilator sees it.
    pub(crate) async fn seen(&self) -> Value {
        self.invigilator.get(&self.room).await.expect(200)
    }

    /// The seat of a candidate, as the invigilator sees it.
    pub(crate) async fn seat(&self, candidate: usize) -> Value {
        seat_of(&self.seen().await, &self.world, candidate)
    }

    /// The ticket number of a candidate.
    pub(crate) async fn ticket(&self, candidate: usize) -> Value {
        self.world.view(candidate).await["ticket_number"].clone()
    }

    /// Gives time back over the whole test.
    pub(crate) async fn extend(&self, extension: &Value) -> Reply {
        let path = format!("/api/v1/exam_sessions/{}/extensions", self.world.exam_session_id);
        self.world.administrators[0].post(&path, extension).await
    }

    /// What a candidate's device tells, and learns.
    pub(crate) async fn beat(&self, candidate: usize, heartbeat: &Value) -> Reply {
        self.world.candidates[candidate].client.post(&self.world.path(candidate, "heartbeat"), heartbeat).await
    }
}

/// A seat in a room that is shown.
pub(crate) fn seat_of(room: &Value, world: &World, candidate: usize) -> Value {
    let id = json!(world.sitting(candidate));
    room["seats"].as_array().unwrap().iter().find(|seat| seat["sitting_id"] == id).unwrap().clone()
}

/// A heartbeat of a device that has heard so much, and does not wait.
pub(crate) fn heartbeat(heard: u64) -> Value {
    json!({ "visit": uuid::Uuid::from_u128(5), "is_ready": true, "unsent": 0, "focus_losses": 0, "focus_lost_s": 0,
        "heard": heard, "wait_s": 0 })
}
