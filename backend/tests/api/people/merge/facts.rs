//! No fact is lost by a merge, none is invented, and its undoing gives each person exactly their own.

use super::{Offices, preview, propose, step, wealth::*};
use crate::{
    exam_world::{World, school},
    people::{HERE, add, enter},
    support::{PASSWORD, TestApp, db_tests},
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

const KINDS: [&str; 27] = [
    "announcement_reading",
    "assignment_hand_in",
    "assignment_photo",
    "certificate",
    "class_departure",
    "class_member",
    "class_reminder",
    "discussion_deed",
    "discussion_post",
    "discussion_reading",
    "exercise_answer",
    "inquiry",
    "person_document",
    "person_transfer",
    "quiz_attempt",
    "registration",
    "registration_withdrawal",
    "result",
    "roll_call_entry",
    "roster_entry",
    "sitting",
    "skill_certificate",
    "skill_training",
    "student_record",
    "study_interval",
    "study_note",
    "text_message",
];

/// What a merge of these makes of all facts: those of the one who goes are the survivor's, but `staying`.
fn moved(before: &Facts, pairs: &[(Uuid, Uuid)], staying: &[(&str, Uuid)]) -> Facts {
    let mut after = before.clone();
    for (&(table, _), rows) in &mut after {
        let go = |&(row, holder): &(Uuid, Uuid)| {
            let to = pairs.iter().find(|(from, _)| *from == holder).map(|(_, to)| *to);
            match to.filter(|_| !staying.contains(&(table, row))) {
                Some(to) => (row, to),
                None => (row, holder),
            }
        };
        *rows = rows.iter().map(go).collect();
    }
    after
}

/// The facts that are not in `before`.
fn since(before: &Facts, after: &Facts) -> Vec<(&'static str, Uuid, Uuid)> {
    let mut new = Vec::new();
    for (column, rows) in after {
        new.extend(rows.difference(&before[column]).map(|(row, holder)| (column.0, *row, *holder)));
    }
    new
}

/// Numbers that follow from a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

db_tests! {
    async fn every_fact_moves_and_goes_back(app) {
        let wealth = Wealth::build(&app).await;
        let [[survivor, account], [merged, closed]] = wealth.holders();
        let all = [survivor, account, merged, closed];
        let before = facts(&app).await;
        let kinds: BTreeSet<_> =
            count(&before, &[merged, closed]).into_iter().filter(|(_, facts)| *facts > 0).map(|((table, _), _)| table).collect();
        assert!(KINDS.iter().all(|kind| kinds.contains(kind)), "who goes has facts of every kind: {kinds:?}");
        let entries = [wealth.entry("张秀英2").await, wealth.entry("张秀英4").await].map(|entry| uuid(&entry["id"]));
        let told = preview(&wealth.offices.clerk, &wealth.kept, &wealth.ended).await.expect(200);
        assert_eq!((&told["obstacles"], &told["log_in"]), (&json!([]), &json!("closes")), "{told}");
        assert_eq!(told["suggested_survivor"], wealth.ended["id"], "who studies now");
        assert_eq!(told["facts"].as_array().unwrap().len(), KINDS.len());

        let done = wealth.offices.merge(&wealth.kept, &wealth.ended).await;
        let after = facts(&app).await;
        assert_eq!(count(&before, &all), count(&after, &all), "of both together there are as many");
        let class = after[&("class_member", "account_id")].iter().find(|(_, holder)| *holder == closed).unwrap().0;
        let pairs = [(merged, survivor), (closed, account), (entries[1], entries[0])];
        let staying = [("roster_entry", entries[1]), ("class_member", class)];
        assert_eq!(after, moved(&before, &pairs, &staying));
        let told_facts = |kind: &str, side: &str| {
            let found = told["facts"].as_array().unwrap().iter().find(|count| count["kind"] == kind).unwrap();
            found[side].as_u64().unwrap()
        };
        for kind in KINDS {
            let (table, holder) = *after.keys().find(|(table, _)| *table == kind).unwrap();
            let now = count(&after, &[survivor, account])[&(table, holder)] as u64;
            let foretold = told_facts(kind, "survivor") + told_facts(kind, "merged") - told_facts(kind, "staying");
            assert_eq!(now, foretold, "{kind}: the preview told the truth");
        }

        // What comes later is the survivor's.
        for kind in 0..SOME_KINDS {
            wealth.ground.learn(&app, account, kind).await;
        }
        let later = since(&after, &facts(&app).await);
        assert_eq!(later.len(), SOME_KINDS);
        step(&wealth.offices.first, &done, "undo").await.expect(200);
        let back = facts(&app).await;
        assert_eq!(since(&before, &back), later);
        assert_eq!(since(&back, &before), [], "and nothing is missing");
    }

    async fn what_is_shown_follows_the_facts(app) {
        let wealth = Wealth::build(&app).await;
        let clerk = &wealth.offices.clerk;
        assert_eq!(clerk.get("/api/v1/roster").await.expect(200)["items"].as_array().unwrap().len(), 2);
        let certificate = wealth.bank.learner().get("/api/v1/me/certificates").await.expect(200)[0].clone();
        let done = wealth.offices.merge(&wealth.kept, &wealth.ended).await;

        let listed = clerk.get("/api/v1/roster").await.expect(200)["items"].clone();
        assert_eq!((listed.as_array().unwrap().len(), &listed[0]["id"]), (1, &wealth.entry("张秀英2").await["id"]));
        assert_eq!(listed[0]["state"], "enrolled", "by the record that came");
        let entry = clerk.get(&format!("/api/v1/roster/{}", listed[0]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(entry["visits"].as_array().unwrap().len(), 1, "the visit came along");
        assert_eq!(clerk.get("/api/v1/roster/counts").await.expect(200)[0]["persons"], 1);
        let public = format!("/api/v1/public/certificates/{}", certificate["number"].as_str().unwrap());
        let shown = app.stranger().get(&public).await.expect(200);

        step(&wealth.offices.first, &done, "undo").await.expect(200);
        assert_eq!(app.stranger().get(&public).await.expect(200), shown, "what was signed stays as it is");
        assert_eq!(clerk.get("/api/v1/roster").await.expect(200)["items"].as_array().unwrap().len(), 2);
        let again = app.log_in("learner-0").await.get("/api/v1/me/certificates").await.expect(200);
        assert_eq!(again[0]["id"], certificate["id"]);
    }

    async fn the_account_of_who_goes_is_closed_until_it_is_undone(app) {
        let wealth = Wealth::build(&app).await;
        let learner = wealth.bank.learner().clone();
        learner.get("/api/v1/me").await.expect(200);
        let done = wealth.offices.merge(&wealth.kept, &wealth.ended).await;
        assert_eq!(learner.get("/api/v1/me").await.expect_problem(401), "unauthenticated");
        let log_in = json!({ "name": "learner-0", "password": PASSWORD });
        let closed = app.stranger().post("/api/v1/logins", &log_in).await.expect(401);
        assert!(closed["detail"].as_str().unwrap().contains("已经合并"), "{closed}");
        let wrong = json!({ "name": "learner-0", "password": "not-the-password" });
        let wrong = app.stranger().post("/api/v1/logins", &wrong).await.expect(401);
        assert!(!wrong["detail"].as_str().unwrap().contains("合并"), "who has not the password learns nothing");
        step(&wealth.offices.second, &done, "undo").await.expect(200);
        app.log_in("learner-0").await;
    }

    async fn an_account_goes_along_with_who_alone_has_one(app) {
        let offices = Offices::open(&app).await;
        let ground = ground(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let (account, learner) = app.learner("learner").await;
        ground.enrol(&app, uuid(&ended["id"]), Some(account.0)).await;
        ground.learn(&app, account.0, 0).await;
        let told = preview(&offices.clerk, &kept, &ended).await.expect(200);
        assert_eq!((&told["log_in"], &told["suggested_survivor"]), (&json!("goes_along"), &ended["id"]));
        let before = facts(&app).await;
        let done = offices.merge(&kept, &ended).await;
        let pairs = [(uuid(&ended["id"]), uuid(&kept["id"]))];
        assert_eq!(facts(&app).await, moved(&before, &pairs, &[]));
        assert_eq!(learner.get("/api/v1/me/enrolments").await.expect(200).as_array().unwrap().len(), 1, "and stays logged in");

        // The survivor learns on by it: then the two cannot be parted any more.
        ground.enrol(&app, uuid(&kept["id"]), Some(account.0)).await;
        super::refused(step(&offices.first, &done, "undo").await, "merge-built-upon");
        assert_eq!(offices.clerk.get(&super::path(&ended)).await.expect_problem(404), "not-found");
    }

    async fn whatever_facts_both_have_none_is_lost_and_each_comes_back(app) {
        let offices = Offices::open(&app).await;
        let ground = ground(&app).await;
        let mut draw = Draw(20_261_125);
        for n in 0..5 {
            let people = [add(&offices.clerk, 2 + 4 * n, HERE).await, add(&offices.clerk, 4 + 4 * n, HERE).await];
            let mut holders = Vec::new();
            for (side, person) in people.iter().enumerate() {
                let account = match draw.below(4) {
                    0 => None,
                    _ => Some(app.learner(&format!("learner-{n}-{side}")).await.0.0),
                };
                scatter(&app, &ground, &mut draw, (uuid(&person["id"]), account)).await;
                holders.extend([Some(uuid(&person["id"])), account].into_iter().flatten());
            }
            let before = facts(&app).await;
            let proposed = propose(&offices.clerk, &people[0], &people[1], "number_replaced").await.expect(201);
            let approved = step(&offices.first, &proposed, "approve").await.expect(200);
            let done = step(&offices.second, &approved, "approve").await.expect(200);
            let after = facts(&app).await;
            assert_eq!(count(&before, &holders), count(&after, &holders), "draw {n}");
            let rows = |facts: &Facts| facts.values().map(BTreeSet::len).sum::<usize>();
            assert_eq!(rows(&before), rows(&after), "draw {n}");
            step(&offices.first, &done, "undo").await.expect(200);
            assert_eq!(facts(&app).await, before, "draw {n}");
        }
    }
}

async fn ground(app: &TestApp) -> Ground {
    let course = World::draft(app, 1).await.course_id;
    Ground::lay(app, enter(app, &school("330502")).await, course.0).await
}

/// So many facts of each kind as are drawn.
async fn scatter(app: &TestApp, ground: &Ground, draw: &mut Draw, (person, account): (Uuid, Option<Uuid>)) {
    for _ in 0..draw.below(3) {
        ground.transfer(app, person).await;
        ground.text(app, person).await;
    }
    let Some(account) = account else { return };
    for _ in 0..=draw.below(2) {
        ground.enrol(app, person, Some(account)).await;
    }
    for kind in 0..SOME_KINDS {
        for _ in 0..draw.below(4) {
            ground.learn(app, account, kind).await;
        }
    }
    if draw.below(2) == 0 {
        ground.join(app, account, Some(2)).await;
    }
}
