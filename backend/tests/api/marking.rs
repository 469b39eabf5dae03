//! Markers and their claims: shared out, renewed, taken over.

use crate::{
    exam_world::{DURATION_MIN, Device, SECRET, World},
    people::audited,
    support::{Client, Reply, TestApp, db_tests, send},
    work::waiting,
};
use backend::{
    access::{Action, JobName, Permit},
    identity, sittings,
};
use futures::future::{join, join_all};
use serde_json::{Value, json};
use shared::{
    ids::AccountId,
    item_bank::Response,
    marking::ClaimRules,
    rights::{Place, Right, Role, RoleAt},
};
use std::collections::BTreeSet;

const RULES: ClaimRules = ClaimRules::zhejiang_2026();
const AT_ONCE: usize = RULES.at_once as usize;

struct SetUp;

impl Action for SetUp {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

/// A test that is being marked: so many responses wait.
async fn in_marking(app: &TestApp, responses: usize) -> World {
    let mut world = World::armed(app, 1).await.started(app).await;
    let mut device = Device::open(&world, 0, 1, false).await;
    let entry = device.write(world.items[3], Response::Text("because".to_owned()), 9_000);
    device.send(&world, &[entry]).await.expect(200);
    device.submit(&world).await.expect(200);
    world.later(app, i64::from(DURATION_MIN) * 60 + 31).await;
    world.settle(app).await;
    world.later(app, 600).await;
    world.settle(app).await;
    world.add_crowd(app, responses - 1).await;
    world
}

fn claims_of(world: &World) -> String {
    format!("/api/v1/exam_sessions/{}/marking_claims", world.exam_session_id)
}

/// What a marker gets who asks for work.
async fn ask(world: &World, marker: &Client) -> Value {
    marker.post(&claims_of(world), &json!({})).await.expect(200)
}

fn tasks(work: &Value) -> BTreeSet<String> {
    work["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned()).collect()
}

fn counts(work: &Value) -> (u64, u64, u64) {
    let number = |name: &str| work[name].as_u64().unwrap();
    (work["tasks"].as_array().unwrap().len() as u64, number("left"), number("with_others"))
}

fn path_of_mark(task: &str) -> String {
    format!("/api/v1/marking_tasks/{task}/mark")
}

async fn mark(marker: &Client, task: &str, points: i32) -> Reply {
    marker.post(&path_of_mark(task), &json!({ "points": points })).await
}

async fn second(app: &TestApp) -> Client {
    app.staff("yuejuan-two", Role::Marker, "33").await
}

db_tests! {
    async fn what_waits_for_markers_is_counted(app) {
        let world = in_marking(&app, 3).await;
        assert_eq!(crate::work::work(&world.marker).await, [("responses_to_mark".to_owned(), 3)]);
        let listed = world.marker.get("/api/v1/exam_sessions?waits=mark").await.expect(200);
        assert_eq!(listed["items"][0]["counts"]["to_mark"], 3);
        let advance = world.administrators[0].get("/api/v1/exam_sessions?waits=advance").await.expect(200);
        assert_eq!(advance["items"], json!([]), "nothing is released before it is marked");
    }

    async fn what_waits_is_listed_where_it_is_counted(app) {
        let _world = in_marking(&app, 1).await;
        let roles = |led: &str| {
            let at = |role: Role, division: &str| RoleAt { role, place: Place::division(division) };
            [at(Role::Marker, "33"), at(Role::MarkingHead, led)]
        };
        let here = app.person("leads-here", &roles("33")).await;
        let elsewhere = app.person("leads-elsewhere", &roles("3301")).await;
        for (client, led) in [(&here, 1), (&elsewhere, 0)] {
            let listed = client.get("/api/v1/exam_sessions?waits=lead").await.expect(200);
            assert_eq!(listed["items"].as_array().unwrap().len(), led);
            assert_eq!(waiting(client, "markings_to_lead").await, led as u64);
            assert_eq!(waiting(client, "responses_to_mark").await, 1);
            let listed = client.get("/api/v1/exam_sessions?waits=confirm").await.expect(200);
            assert_eq!(listed["items"], json!([]), "who arms nothing has nothing to confirm");
        }
    }

    async fn markers_who_ask_at_once_get_different_responses(app) {
        let world = in_marking(&app, 2 * AT_ONCE + 2).await;
        let (two, three) = (second(&app).await, app.staff("yuejuan-three", Role::Marker, "33").await);
        let given = join_all([&world.marker, &two, &three].map(|marker| ask(&world, marker))).await;
        let mut sizes: Vec<_> = given.iter().map(|work| tasks(work).len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [2, AT_ONCE, AT_ONCE], "nobody waits while there is work");
        let all: BTreeSet<_> = given.iter().flat_map(tasks).collect();
        assert_eq!(all.len(), 2 * AT_ONCE + 2, "no response is with two markers");

        let late = app.staff("yuejuan-four", Role::Marker, "33").await;
        assert_eq!(counts(&ask(&world, &late).await), (0, 22, 22));
    }

    async fn one_response_goes_to_one_of_two_who_ask_at_the_same_moment(app) {
        let world = in_marking(&app, 1).await;
        let two = second(&app).await;
        let (one, other) = join(ask(&world, &world.marker), ask(&world, &two)).await;
        let mut given = [counts(&one), counts(&other)];
        given.sort_unstable();
        assert_eq!(given, [(0, 1, 1), (1, 1, 0)]);
    }

    async fn of_two_marks_for_one_response_at_the_same_moment_one_counts(app) {
        let world = in_marking(&app, 1).await;
        let task = tasks(&ask(&world, &world.marker).await).pop_first().unwrap();
        let laptop = app.log_in("yuejuan").await;
        let (one, other) = join(mark(&world.marker, &task, 100), mark(&laptop, &task, 200)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
        let kept = if one.status == 204 { [100, 200] } else { [200, 100] };
        mark(&laptop, &task, kept[0]).await.expect(204);
        assert_eq!(mark(&world.marker, &task, kept[1]).await.expect_problem(409), "wrong-state");
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 0);
    }

    async fn a_response_that_is_marked_while_another_takes_it_over_is_marked_once(app) {
        let world = in_marking(&app, 1).await;
        let task = tasks(&ask(&world, &world.marker).await).pop_first().unwrap();
        app.clock.advance_s(RULES.lease_s);
        let (one, two) = (app.log_in("yuejuan").await, second(&app).await);
        let (marked, asked) = join(mark(&one, &task, 100), two.post(&claims_of(&world), &json!({}))).await;
        if marked.status == 204 {
            assert_eq!(mark(&two, &task, 200).await.status, 409, "it is marked already");
        } else {
            assert_eq!((marked.expect_problem(409), tasks(&asked.expect(200)).pop_first()), ("not-claimed".to_owned(), Some(task.clone())));
            mark(&two, &task, 200).await.expect(204);
        }
        let administrator = app.log_in("kaowu-one").await;
        let seen = administrator.get(&format!("/api/v1/exam_sessions/{}", world.exam_session_id)).await.expect(200);
        assert_eq!(seen["counts"]["to_mark"], 0);
    }

    async fn who_asks_again_has_the_same_responses_and_new_ones_for_those_that_are_marked(app) {
        let world = in_marking(&app, AT_ONCE + 3).await;
        let first = ask(&world, &world.marker).await;
        assert_eq!(counts(&first), (10, 13, 0));
        let again = join_all((0..3).map(|_| ask(&world, &world.marker))).await;
        assert!(again.iter().all(|work| *work == first), "a reply that was lost");

        let done: Vec<_> = tasks(&first).into_iter().take(2).collect();
        for task in &done {
            mark(&world.marker, task, 100).await.expect(204);
        }
        let next = ask(&world, &world.marker).await;
        assert_eq!(counts(&next), (10, 11, 0));
        assert_eq!(tasks(&next).intersection(&tasks(&first)).count(), 8);
        assert!(done.iter().all(|task| !tasks(&next).contains(task)));
        assert_eq!(counts(&ask(&world, &second(&app).await).await), (1, 11, 10));
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 11);
    }

    async fn a_claim_that_ran_out_goes_to_the_next_who_asks(app) {
        let world = in_marking(&app, 3).await;
        let first = tasks(&ask(&world, &world.marker).await);
        app.clock.advance_s(RULES.lease_s - 1);
        let two = second(&app).await;
        assert_eq!(counts(&ask(&world, &two).await), (0, 3, 3), "the claim holds to its last second");
        app.clock.advance_s(1);
        assert_eq!(tasks(&ask(&world, &two).await), first);

        let one = app.log_in("yuejuan").await;
        let task = first.first().unwrap();
        let refused = mark(&one, task, 100).await.expect(409);
        assert_eq!(refused["code"], "not-claimed");
        assert_eq!(refused["detail"], "领取的时间已过，这份答案已转给另一位老师，请领取下一份。");
        assert!(!refused.to_string().contains("yuejuan"), "a marker does not learn who the other is");
        let request = one.request(reqwest::Method::POST, &path_of_mark(task)).header("accept-language", "en");
        let refused = send(request.json(&json!({ "points": 100 }))).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("another marker"), "{refused}");
        assert_eq!(counts(&ask(&world, &one).await), (0, 3, 3));
        mark(&two, task, 100).await.expect(204);
        assert_eq!(mark(&one, task, 100).await.expect_problem(409), "wrong-state");
    }

    async fn of_two_who_take_over_at_once_each_gets_others(app) {
        let world = in_marking(&app, AT_ONCE + 4).await;
        let lost = tasks(&ask(&world, &world.marker).await);
        app.clock.advance_s(RULES.lease_s);
        let (two, three) = (second(&app).await, app.staff("yuejuan-three", Role::Marker, "33").await);
        let (two, three) = join(ask(&world, &two), ask(&world, &three)).await;
        assert_eq!(tasks(&two).intersection(&tasks(&three)).count(), 0);
        assert_eq!(tasks(&two).len() + tasks(&three).len(), AT_ONCE + 4);
        assert!(lost.iter().all(|task| tasks(&two).contains(task) || tasks(&three).contains(task)));
    }

    async fn who_works_keeps_what_they_have(app) {
        let world = in_marking(&app, 4).await;
        let held: Vec<_> = tasks(&ask(&world, &world.marker).await).into_iter().collect();
        app.clock.advance_s(RULES.lease_s - 1);
        let one = app.log_in("yuejuan").await;
        mark(&one, &held[0], 100).await.expect(204);
        app.clock.advance_s(RULES.lease_s - 1);
        assert_eq!(counts(&ask(&world, &second(&app).await).await), (0, 3, 3), "a mark renews the other claims");
        ask(&world, &app.log_in("yuejuan").await).await;
        app.clock.advance_s(RULES.lease_s - 1);
        let two = app.log_in("yuejuan-two").await;
        assert_eq!(counts(&ask(&world, &two).await), (0, 3, 3), "and so does asking");

        // Nobody took them over: the marker who was away goes on.
        app.clock.advance_s(10 * RULES.lease_s);
        let one = app.log_in("yuejuan").await;
        mark(&one, &held[1], 100).await.expect(204);
    }

    async fn a_mark_needs_a_claim_and_its_repeat_is_harmless(app) {
        let world = in_marking(&app, 2).await;
        let two = second(&app).await;
        let held: Vec<_> = tasks(&ask(&world, &world.marker).await).into_iter().collect();
        let refused = mark(&two, &held[0], 100).await.expect(409);
        assert_eq!(refused["code"], "not-claimed");
        let marks = join_all((0..4).map(|_| mark(&world.marker, &held[0], 100))).await;
        assert!(marks.iter().all(|reply| reply.status == 204), "the same mark, sent again and again");
        assert_eq!(mark(&world.marker, &held[0], 200).await.expect_problem(409), "wrong-state");
        assert_eq!(mark(&two, &held[0], 100).await.expect_problem(409), "wrong-state");
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 1);

        mark(&world.marker, &held[1], 100).await.expect(204);
        for administrator in 0..2 {
            world.step("release", administrator).await.expect(200);
        }
        mark(&world.marker, &held[1], 100).await.expect(204);
        assert_eq!(mark(&world.marker, &held[1], 200).await.expect_problem(409), "wrong-state");
    }

    async fn nobody_marks_what_nobody_claimed(app) {
        let world = in_marking(&app, AT_ONCE + 1).await;
        let two = second(&app).await;
        ask(&world, &world.marker).await;
        let left = tasks(&ask(&world, &two).await);
        let task = left.first().unwrap();
        crate::support::execute(&app, "DELETE FROM marking_claim").await;
        let refused = mark(&two, task, 100).await.expect(409);
        assert_eq!((refused["code"].clone(), refused["detail"].clone()), (json!("not-claimed"), json!("请先领取要阅的答案，再给分。")));
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 11);
    }

    async fn a_marker_who_sat_the_test_does_not_get_their_own_response(app) {
        let world = in_marking(&app, 2).await;
        let account_id = sittings::sitting_facts(&app.cx, world.sitting(0)).await.unwrap().account_id;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, account_id);
        let held = RoleAt { role: Role::Marker, place: Place::division("33") };
        app.cx.db.write(&permit, async |tx| identity::grant_role(&app.cx, tx, account_id, &held).await).await.unwrap();
        let both = app.log_in("learner-0").await;
        let work = ask(&world, &both).await;
        assert_eq!(counts(&work), (1, 2, 0));
        let own = tasks(&ask(&world, &world.marker).await);
        assert_eq!(own.len(), 1);
        assert_eq!(mark(&both, own.first().unwrap(), 400).await.expect_problem(409), "not-claimed");
        mark(&both, tasks(&work).first().unwrap(), 100).await.expect(204);
    }

    async fn who_is_no_marker_here_gets_no_work(app) {
        let world = in_marking(&app, 1).await;
        let path = claims_of(&world);
        assert_eq!(app.stranger().post(&path, &json!({})).await.expect_problem(401), "unauthenticated");
        assert_eq!(world.administrators[0].post(&path, &json!({})).await.expect_problem(403), "forbidden");
        assert_eq!(world.candidates[0].client.post(&path, &json!({})).await.expect_problem(404), "not-found");
        let elsewhere = app.staff("jiangsu", Role::Marker, "32").await;
        assert_eq!(elsewhere.post(&path, &json!({})).await.expect_problem(404), "not-found");
        let task = tasks(&ask(&world, &world.marker).await).pop_first().unwrap();
        for (client, status) in [(&elsewhere, 404), (&world.candidates[0].client, 404), (&world.administrators[0], 403)] {
            mark(client, &task, 100).await.expect_problem(status);
        }
    }

    async fn the_head_follows_the_marking_and_has_a_response_marked_again(app) {
        let world = in_marking(&app, 3).await;
        let head = app.staff("zuzhang", Role::MarkingHead, "33").await;
        let session = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        let progress = async || head.get(&format!("{session}/marking_progress")).await.expect(200);
        let marked = format!("{session}/marked_responses");
        assert_eq!(waiting(&head, "markings_to_lead").await, 1);
        let held: Vec<_> = tasks(&ask(&world, &world.marker).await).into_iter().collect();
        mark(&world.marker, &held[0], 300).await.expect(204);
        let told = progress().await;
        assert_eq!((&told["left"], &told["marked"], &told["reopened"]), (&json!(2), &json!(1), &json!(0)), "{told}");
        assert_eq!(told["markers"], json!([{ "marker_name": "yuejuan", "marked": 1, "held": 2 }]));
        let shown = head.get(&marked).await.expect(200);
        assert_eq!((&shown["items"][0]["task"]["id"], &shown["items"][0]["points"]), (&json!(held[0]), &json!(300)));
        assert!(!shown.to_string().contains("learner-0"), "nobody's identity is in it");

        let reopen = format!("/api/v1/marking_tasks/{}/reopen", held[0]);
        let because = json!({ "reason": "漏看了第二个要点" });
        assert_eq!(head.post(&reopen, &json!({ "reason": " " })).await.expect(422)["errors"][0]["pointer"], "/reason");
        for client in [&world.marker, &world.administrators[0]] {
            assert_eq!(client.post(&reopen, &because).await.expect_problem(403), "forbidden");
        }
        let elsewhere = app.staff("jiangsu", Role::MarkingHead, "32").await;
        assert_eq!(elsewhere.post(&reopen, &because).await.expect_problem(404), "not-found");
        head.post(&reopen, &because).await.expect(204);
        assert_eq!(head.post(&reopen, &because).await.expect_problem(409), "wrong-state");
        let told = progress().await;
        assert_eq!((&told["left"], &told["marked"], &told["reopened"]), (&json!(3), &json!(0), &json!(1)), "{told}");
        assert_eq!(world.exam_session().await["counts"]["to_mark"], 3);
        let again = ask(&world, &world.marker).await;
        assert!(tasks(&again).contains(&held[0]), "it waits for a marker again");
    }

    async fn who_leads_sees_what_markers_look_for_and_each_look_is_noted(app) {
        let world = in_marking(&app, 1).await;
        let head = app.staff("zuzhang", Role::MarkingHead, "33").await;
        let task = tasks(&ask(&world, &world.marker).await).pop_first().unwrap();
        assert_eq!(audited(&app, "mark_response").await.last().unwrap()["items"], json!([world.items[3]]));
        mark(&world.marker, &task, 300).await.expect(204);
        let listed = head.get(&format!("/api/v1/exam_sessions/{}/marked_responses", world.exam_session_id)).await.expect(200);
        assert_eq!(listed["items"][0]["task"]["rubric_html"], "");
        assert!(!listed.to_string().contains(SECRET));
        let path = format!("/api/v1/marking_tasks/{task}/rubric_views");
        for client in [&world.marker, &world.administrators[0]] {
            assert_eq!(client.post(&path, &json!({})).await.expect_problem(403), "forbidden");
        }
        let seen = head.post(&path, &json!({})).await.expect(200);
        assert!(seen["rubric_html"].as_str().unwrap().contains(SECRET));
        let looks = audited(&app, "lead_marking").await;
        assert_eq!(looks, [json!({ "item": world.items[3], "version": 1 })]);
    }

    async fn a_release_is_proposed_anew_after_points_were_taken_back(app) {
        let world = in_marking(&app, 1).await;
        let head = app.staff("zuzhang", Role::MarkingHead, "33").await;
        let task = tasks(&ask(&world, &world.marker).await).pop_first().unwrap();
        mark(&world.marker, &task, 300).await.expect(204);
        world.step("release", 0).await.expect(200);
        head.post(&format!("/api/v1/marking_tasks/{task}/reopen"), &json!({ "reason": "重阅" })).await.expect(204);
        assert_eq!(world.step("release", 1).await.expect_problem(409), "wrong-state");
        ask(&world, &world.marker).await;
        mark(&world.marker, &task, 200).await.expect(204);
        assert_eq!(world.step("release", 1).await.expect(200)["state"], "marking", "the first proposal does not count");
        assert_eq!(world.step("release", 0).await.expect(200)["state"], "published");
        let late = head.post(&format!("/api/v1/marking_tasks/{task}/reopen"), &json!({ "reason": "重阅" })).await;
        assert_eq!(late.expect_problem(409), "wrong-state");
    }

    async fn nobody_takes_back_their_own_mark_or_what_a_rule_scored(app) {
        let world = in_marking(&app, 1).await;
        let place = Place::division("33");
        let roles = [Role::Marker, Role::MarkingHead].map(|role| RoleAt { role, place: place.clone() });
        let both = app.person("shuang", &roles).await;
        let task = tasks(&ask(&world, &both).await).pop_first().unwrap();
        mark(&both, &task, 300).await.expect(204);
        let path = format!("/api/v1/marking_tasks/{task}/reopen");
        assert_eq!(both.post(&path, &json!({ "reason": "重阅" })).await.expect_problem(409), "second-person-needed");
        crate::support::execute(&app, "UPDATE scored_response SET marked_by = NULL").await;
        let head = app.staff("zuzhang", Role::MarkingHead, "33").await;
        assert_eq!(head.post(&path, &json!({ "reason": "重阅" })).await.expect_problem(409), "wrong-state");
    }

    async fn there_is_no_work_before_the_test_is_over(app) {
        let world = World::armed(&app, 1).await;
        assert_eq!(world.marker.post(&claims_of(&world), &json!({})).await.expect_problem(409), "wrong-state");
    }
}
