//! What who keeps or teaches a class does for its learners beside the lessons.

mod announcements;
mod discussions;
mod gradebook;
mod lrs;
mod quizzes;
mod reminders;
mod statements;
mod study;
mod units;

use crate::support::{Client, TestApp};
use backend::learning;
use serde_json::Value;
use shared::{
    ids::{AccountId, ClassId, CourseId, ProviderId},
    rights::{Place, Role, RoleAt},
};

const DAY_S: i64 = 86_400;

/// A class with its tutor.
struct Class {
    id: ClassId,
    provider: ProviderId,
    tutor: Client,
}

impl Class {
    /// The class in which a learner studies.
    async fn of(app: &TestApp, learner: &Client) -> Self {
        let account: AccountId = parsed(&learner.get("/api/v1/me").await.expect(200)["account_id"]);
        let mine = learner.get("/api/v1/me/courses").await.expect(200);
        let course: CourseId = parsed(&mine[0]["course"]["id"]);
        let id: ClassId = parsed(&mine[0]["class_id"]);
        let provider = learning::provider_of(&app.cx, account, course).await.unwrap().unwrap();
        let tutor = keeper(app, "tutor", Role::ClassTutor, &class_place(id, provider)).await;
        Self { id, provider, tutor }
    }

    fn path(&self, part: &str) -> String {
        format!("/api/v1/classes/{}/{part}", self.id)
    }

    fn school(&self) -> Place {
        Place::Provider { id: self.provider, division: "330502".to_owned() }
    }

    /// Lets days pass, and logs the tutor in again.
    async fn later(&mut self, app: &TestApp, days: i64) {
        app.clock.advance_s(days * DAY_S);
        self.tutor = app.log_in("tutor").await;
    }

    /// Everybody who has nothing to do with the class: of a class beside, of another city, of the county, a learner.
    async fn strangers(&self, app: &TestApp) -> Vec<Client> {
        let beside = class_place(app.cx.ids.new_id(), self.provider);
        vec![
            keeper(app, "beside", Role::ClassTutor, &beside).await,
            app.staff("author", Role::Teacher, "33").await,
            app.staff("elsewhere", Role::SchoolOffice, "3301").await,
            app.learner("outsider").await.1,
        ]
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

fn class_place(id: ClassId, provider: ProviderId) -> Place {
    Place::Class { id, provider, division: "330502".to_owned() }
}

async fn keeper(app: &TestApp, name: &str, role: Role, place: &Place) -> Client {
    app.person(name, &[RoleAt { role, place: place.clone() }]).await
}
