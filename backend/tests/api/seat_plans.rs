//! Plans of seats: who draws them and for whom, and which of them holds.

use crate::{
    accommodations::{Bureaus, needs},
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::{identity, organisation};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ExamSessionId},
    rights::Role,
};

/// Where the class of the world lies.
pub(crate) const COUNTY: &str = "330502";
const NEXT_DOOR: &str = "330503";

/// A site with one room.
pub(crate) struct Site {
    pub(crate) id: Value,
    pub(crate) room: Value,
}

/// What is entered of a room.
fn room(capacity: u8) -> Value {
    json!({ "number": 1, "name": "A101", "rows": 2, "columns": 3, "capacity": capacity, "accessible_seats": [6],
        "has_extra_time": false, "state": "open" })
}

async fn site(client: &Client, division: &str, capacity: u8) -> Site {
    let entry = json!({ "name": format!("考点{division}"), "division": division, "address": "1 号", "capacity": 120,
        "is_accessible": true, "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" });
    let id = client.post("/api/v1/exam_sites", &entry).await.expect(201)["id"].clone();
    let rooms = format!("/api/v1/exam_sites/{}/rooms", id.as_str().unwrap());
    let room = client.post(&rooms, &room(capacity)).await.expect(201)["id"].clone();
    Site { id, room }
}

/// The world with candidates, and a site in their county and one next door.
pub(crate) async fn with_sites(app: &TestApp, candidates: usize) -> (World, [Site; 2]) {
    let world = World::arranged(app, candidates).await;
    organisation::load_divisions(&app.cx).await.unwrap();
    let administrator = &world.administrators[0];
    let sites = [site(administrator, COUNTY, 4).await, site(administrator, NEXT_DOOR, 6).await];
    (world, sites)
}

/// A plan that is wanted: each site with the division that it serves.
pub(crate) fn wanted(sites: &[(&Site, &str)]) -> Value {
    let sites = sites.iter().map(|(site, serves)| json!({ "exam_site_id": site.id, "serves": [serves] }));
    json!({ "sites": sites.collect::<Vec<_>>(), "accessible": [], "seed": 7 })
}

pub(crate) async fn draw(world: &World, wanted: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
    world.administrators[0].post(&path, wanted).await
}

fn confirm_path(plan: &Value) -> String {
    format!("/api/v1/seat_plans/{}/confirm", plan["id"].as_str().unwrap())
}

pub(crate) async fn confirm(world: &World, plan: &Value) -> Reply {
    world.administrators[0].post(&confirm_path(plan), &json!({})).await
}

/// Another test of the same candidates, which starts so long after the world. Who registers sits nothing else at that
/// time: it is moved there afterwards.
async fn another_test(app: &TestApp, world: &World, starts_after_s: i64) -> ExamSessionId {
    const FAR_S: i64 = 30 * 24 * 60 * 60;
    let id = world.another_test(app, FAR_S).await;
    let path = |verb: &str| format!("/api/v1/exam_sessions/{id}/{verb}");
    for candidate in &world.candidates {
        candidate.client.post(&path("registrations"), &json!({})).await.expect(200);
    }
    world.administrators[0].post(&path("arrange"), &json!({})).await.expect(200);
    let [far, near] = [FAR_S, starts_after_s].map(|seconds| app.began.plus_s(seconds).0);
    execute(app, &format!("UPDATE exam_session SET starts_at = {near} WHERE starts_at = {far}")).await;
    id
}

/// Who sits where: room, seat and sitting.
fn seats(plan: &Value) -> Vec<(Value, u64, String)> {
    let rooms = plan["outcome"]["sites"].as_array().unwrap().iter().flat_map(|site| site["rooms"].as_array().unwrap());
    let seats = rooms.flat_map(|room| room["seats"].as_array().unwrap());
    let seat = |seat: &Value| {
        let sitting = seat["sitting_id"].as_str().unwrap().to_owned();
        (seat["room_id"].clone(), seat["seat"].as_u64().unwrap(), sitting)
    };
    seats.map(seat).collect()
}

/// The ticket number of a candidate.
async fn ticket(world: &World, candidate: usize) -> Value {
    let exams = world.candidates[candidate].client.get("/api/v1/me/exams").await.expect(200);
    exams[0]["sitting"]["ticket_number"].clone()
}

/// What the first candidate is told of their seat.
async fn own_seat(world: &World) -> Value {
    let exams = world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
    exams[0]["sitting"]["seat"].clone()
}

/// The plan that holds.
async fn in_force(world: &World) -> Option<Value> {
    let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
    let plans = world.administrators[1].get(&path).await.expect(200);
    let mut holding = plans.as_array().unwrap().iter().filter(|plan| plan["is_in_force"] == true);
    let found = holding.next().map(|plan| plan["id"].clone());
    assert!(holding.next().is_none(), "one plan holds at most");
    found
}

db_tests! {
    async fn a_plan_gives_everybody_a_seat_and_is_drawn_again_by_its_seed(app) {
        let (world, [here, _]) = with_sites(&app, 4).await;
        let mut wanted = wanted(&[(&here, COUNTY)]);
        wanted["accessible"] = json!([ticket(&world, 2).await]);
        let plan = draw(&world, &wanted).await.expect(201);
        let mut seated: Vec<_> = seats(&plan).into_iter().map(|(_, _, sitting)| sitting).collect();
        seated.sort_unstable();
        let mut all: Vec<_> = (0..4).map(|candidate| world.sitting(candidate).to_string()).collect();
        all.sort_unstable();
        assert_eq!((seated, &plan["outcome"]["unseated"]), (all, &json!([])));
        let of_third = world.sitting(2).to_string();
        assert!(seats(&plan).contains(&(here.room.clone(), 6, of_third)), "the seat that a wheelchair reaches: {plan}");
        assert_eq!(plan["candidates"].as_array().unwrap().len(), 4);
        let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
        let heads = world.administrators[1].get(&path).await.expect(200);
        assert_eq!(heads[0]["wanted"], wanted, "the next plan begins with it");

        let again = draw(&world, &wanted).await.expect(201);
        assert_ne!(again["id"], plan["id"]);
        assert_eq!(again["outcome"], plan["outcome"], "the same seed gives the same plan");
        let seen = world.administrators[1].get(&format!("/api/v1/seat_plans/{}", plan["id"].as_str().unwrap())).await;
        assert_eq!(seen.expect(200), plan);
    }

    async fn who_studies_in_a_factory_is_a_colleague_of_all_who_do(app) {
        let (world, [here, _]) = with_sites(&app, 4).await;
        let wanted = wanted(&[(&here, COUNTY)]);
        assert_eq!(draw(&world, &wanted).await.expect(201)["outcome"]["same_employer"], 0);
        execute(&app, "UPDATE class SET form = 'factory', partner = '织里童装厂'").await;
        let outcome = draw(&world, &wanted).await.expect(201)["outcome"].clone();
        assert_ne!(outcome["same_employer"], 0, "four on six seats sit side by side");
        assert_eq!(outcome["same_employer"], outcome["same_class"]);
    }

    async fn a_plan_knows_what_candidates_were_granted(app) {
        let (world, [here, beside]) = with_sites(&app, 2).await;
        let bureaus = Bureaus::of(&app, "learner-0").await;
        bureaus.give(&world.candidates[0].client, &needs(0, &["seat"])).await;
        let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let of_first = world.sitting(0).to_string();
        assert!(seats(&plan).contains(&(here.room.clone(), 6, of_first.clone())), "nobody typed their ticket: {plan}");
        bureaus.give(&world.candidates[0].client, &needs(0, &["room"])).await;
        let plan = draw(&world, &wanted(&[(&here, COUNTY), (&beside, NEXT_DOOR)])).await.expect(201);
        let without = &plan["outcome"]["unseated"];
        assert_eq!((&without[0]["sitting_id"], &without[0]["because"]), (&json!(of_first), &json!("no_extra_time_room")));
    }

    async fn a_plan_with_the_same_key_is_drawn_once(app) {
        let (world, [here, _]) = with_sites(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
        let request = || world.administrators[0].request(Method::POST, &path).header("idempotency-key", "once");
        let body = wanted(&[(&here, COUNTY)]);
        let first = send(request().json(&body)).await.expect(201);
        assert_eq!(send(request().json(&body)).await.expect(201)["id"], first["id"]);
        assert_eq!(world.administrators[0].get(&path).await.expect(200).as_array().unwrap().len(), 1);
        send(request().json(&wanted(&[(&here, "33")]))).await.expect(422);
    }

    async fn a_site_that_fails_is_planned_around_and_that_is_taken_back_by_one_action(app) {
        let (world, [here, beside]) = with_sites(&app, 4).await;
        assert_eq!(in_force(&world).await, None);
        let first = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        assert_eq!(in_force(&world).await, None, "what is only drawn holds nowhere");
        assert_eq!(own_seat(&world).await, Value::Null);
        assert_eq!(confirm(&world, &first).await.expect(200)["is_in_force"], true);
        confirm(&world, &first).await.expect(200);
        assert_eq!(in_force(&world).await, Some(first["id"].clone()), "a repeat changes nothing");
        let mut told = own_seat(&world).await;
        assert_eq!(told["has_changed"], false);
        assert_eq!((&told["site_name"], &told["address"]), (&json!("考点330502"), &json!("1 号")));
        assert_eq!((&told["room_number"], &told["room_name"]), (&json!(1), &json!("A101")));
        let own = world.sitting(0).to_string();
        let (_, seat, _) = seats(&first).into_iter().find(|(_, _, sitting)| *sitting == own).unwrap();
        assert_eq!(told["seat"], json!(seat));

        let instead = draw(&world, &wanted(&[(&beside, COUNTY)])).await.expect(201);
        assert!(seats(&instead).iter().all(|(room, _, _)| *room == beside.room));
        confirm(&world, &instead).await.expect(200);
        assert_eq!(in_force(&world).await, Some(instead["id"].clone()));
        let elsewhere = own_seat(&world).await;
        assert_eq!((&elsewhere["site_name"], &elsewhere["has_changed"]), (&json!("考点330503"), &json!(true)));
        confirm(&world, &first).await.expect(200);
        assert_eq!(in_force(&world).await, Some(first["id"].clone()), "the earlier plan holds again");
        told["has_changed"] = json!(true);
        assert_eq!(own_seat(&world).await, told, "the ticket may have been printed meanwhile");
    }

    async fn who_sits_where_they_did_by_another_plan_is_not_told_of_a_change(app) {
        let (world, [here, _]) = with_sites(&app, 1).await;
        for _ in 0..2 {
            let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
            confirm(&world, &plan).await.expect(200);
        }
        assert_eq!(own_seat(&world).await["has_changed"], false);
    }

    async fn tests_that_are_sat_at_one_time_share_no_room(app) {
        let (mut world, [here, beside]) = with_sites(&app, 2).await;
        let sites = wanted(&[(&here, COUNTY), (&beside, COUNTY)]);
        let at_once = another_test(&app, &world, STARTS_AFTER_S + 1).await;
        let afterwards = another_test(&app, &world, STARTS_AFTER_S + i64::from(DURATION_MIN) * 60).await;
        let first = draw(&world, &sites).await.expect(201);
        confirm(&world, &first).await.expect(200);
        let are_all_in = |plan: &Value, room: &Value| seats(plan).iter().all(|(used, _, _)| used == room);
        assert!(are_all_in(&first, &here.room));
        world.exam_session_id = at_once;
        let second = draw(&world, &sites).await.expect(201);
        assert!(are_all_in(&second, &beside.room), "{second}");
        confirm(&world, &second).await.expect(200);
        world.exam_session_id = afterwards;
        let third = draw(&world, &sites).await.expect(201);
        assert!(are_all_in(&third, &here.room), "the room is free again");
        confirm(&world, &third).await.expect(200);
    }

    async fn a_room_is_free_when_those_who_sit_there_are_through(app) {
        let (mut world, [here, beside]) = with_sites(&app, 2).await;
        execute(&app, "UPDATE exam_room SET has_extra_time = TRUE").await;
        let sites = wanted(&[(&here, COUNTY), (&beside, COUNTY)]);
        let [usual_s, most_s] = [60, 90].map(|seconds| i64::from(DURATION_MIN) * seconds);
        let next = another_test(&app, &world, STARTS_AFTER_S + usual_s).await;
        let later = another_test(&app, &world, STARTS_AFTER_S + most_s).await;
        let first = draw(&world, &sites).await.expect(201);
        confirm(&world, &first).await.expect(200);
        let are_all_in = |plan: &Value, room: &Value| seats(plan).iter().all(|(used, _, _)| used == room);
        assert!(are_all_in(&first, &here.room));
        world.exam_session_id = next;
        let second = draw(&world, &sites).await.expect(201);
        assert!(are_all_in(&second, &here.room), "nobody there has more time: {second}");
        confirm(&world, &second).await.expect(200);
        let crowded = async |world: &World| {
            let path = format!("/api/v1/exam_sessions/{}/check", world.exam_session_id);
            let check = world.administrators[0].get(&path).await.expect(200);
            check["findings"].as_array().unwrap().iter().any(|finding| finding["fault"] == "crowded")
        };
        assert!(!crowded(&world).await);

        let (bureaus, client) = (Bureaus::of(&app, "learner-0").await, &world.candidates[0].client);
        bureaus.give(client, &needs(50, &[])).await;
        assert!(crowded(&world).await, "somebody works there longer by now");
        let third = draw(&world, &sites).await.expect(201);
        assert!(are_all_in(&third, &beside.room), "{third}");
        confirm(&world, &third).await.expect(200);
        assert!(!crowded(&world).await);
        world.exam_session_id = later;
        let fourth = draw(&world, &sites).await.expect(201);
        assert!(are_all_in(&fourth, &here.room), "{fourth}");
    }

    async fn of_two_plans_for_one_room_at_one_time_one_holds(app) {
        let (mut world, [here, _]) = with_sites(&app, 1).await;
        let first = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        world.exam_session_id = another_test(&app, &world, STARTS_AFTER_S).await;
        let second = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let (one, other) = join(confirm(&world, &first), confirm(&world, &second)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    async fn a_plan_that_leaves_somebody_out_is_shown_and_does_not_hold(app) {
        let (world, [here, beside]) = with_sites(&app, 5).await;
        let short = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let unseated = short["outcome"]["unseated"].as_array().unwrap();
        assert_eq!((unseated.len(), &unseated[0]["because"]), (1, &json!("no_seat_left")));
        assert_eq!(confirm(&world, &short).await.expect_problem(409), "wrong-state");
        let nowhere = draw(&world, &wanted(&[(&here, NEXT_DOOR)])).await.expect(201);
        let reasons = nowhere["outcome"]["unseated"].as_array().unwrap().iter().map(|one| one["because"].clone());
        assert_eq!(reasons.collect::<Vec<_>>(), vec![json!("no_site"); 5]);
        let both = draw(&world, &wanted(&[(&here, COUNTY), (&beside, "3305")])).await.expect(201);
        confirm(&world, &both).await.expect(200);
        assert_eq!(in_force(&world).await, Some(both["id"].clone()));
    }

    async fn a_plan_for_a_room_that_has_changed_does_not_hold(app) {
        let (world, [here, _]) = with_sites(&app, 2).await;
        let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let path = format!("/api/v1/exam_rooms/{}", here.room.as_str().unwrap());
        let change = async |seen: &str, entry: &Value| {
            let request = world.administrators[0].request(Method::PUT, &path).header("if-match", seen);
            send(request.json(entry)).await.expect(200)
        };
        let is_outdated = async || {
            let path = format!("/api/v1/seat_plans/{}", plan["id"].as_str().unwrap());
            world.administrators[1].get(&path).await.expect(200)["is_outdated"].clone()
        };
        change("\"1\"", &room(1)).await;
        assert_eq!(confirm(&world, &plan).await.expect_problem(409), "wrong-state");
        assert_eq!(is_outdated().await, true);
        change("\"2\"", &room(4)).await;
        assert_eq!(confirm(&world, &plan).await.expect(200)["is_outdated"], false);
        let mut renamed = room(4);
        renamed["name"] = json!("B202");
        change("\"3\"", &renamed).await;
        assert_eq!(is_outdated().await, true, "who planned learns that what holds is not how things are");
        let mut again = plan["wanted"].clone();
        again["seed"] = plan["seed"].clone();
        let again = draw(&world, &again).await.expect(201);
        assert_eq!(seats(&again), seats(&plan), "only the words are new");
        confirm(&world, &again).await.expect(200);
        let told = own_seat(&world).await;
        assert_eq!((&told["room_name"], &told["has_changed"]), (&json!("B202"), &json!(true)));
    }

    async fn a_wrong_wish_is_refused_by_its_field(app) {
        let (world, [here, beside]) = with_sites(&app, 1).await;
        let unknown = json!("019ab000-0000-7000-8000-000000000001");
        let with = |field: &str, value: Value| {
            let mut wanted = wanted(&[(&here, COUNTY)]);
            wanted[field] = value;
            wanted
        };
        let site = |id: &Value| json!({ "exam_site_id": id, "serves": [] });
        for (field, value, pointer, code) in [
            ("sites", json!([]), "/sites", "required"),
            ("sites", json!([site(&unknown)]), "/sites/0/exam_site_id", "not-found"),
            ("sites", json!([site(&here.id), site(&here.id)]), "/sites/1/exam_site_id", "duplicate"),
            ("accessible", json!([ticket(&world, 0).await, "26010601012305"]), "/accessible/1", "not-found"),
        ] {
            let problem = draw(&world, &with(field, value)).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
        }
        let by_county = draw(&world, &with("sites", json!([site(&beside.id), site(&here.id)]))).await.expect(201);
        assert!(seats(&by_county).iter().all(|(room, _, _)| *room == here.room), "a site serves its own county");
    }

    async fn seats_are_planned_from_when_sittings_are_made_until_the_test_begins(app) {
        let draft = World::draft(&app, 1).await;
        organisation::load_divisions(&app.cx).await.unwrap();
        let here = site(&draft.administrators[0], COUNTY, 4).await;
        let wanted = wanted(&[(&here, COUNTY)]);
        assert_eq!(draw(&draft, &wanted).await.expect_problem(409), "wrong-state");
        let mut world = draft.into_armed().await;
        let first = draw(&world, &wanted).await.expect(201);
        confirm(&world, &first).await.expect(200);
        let second = draw(&world, &wanted).await.expect(201);
        world.later(&app, STARTS_AFTER_S).await;
        assert_eq!(draw(&world, &wanted).await.expect_problem(409), "wrong-state");
        assert_eq!(confirm(&world, &second).await.expect_problem(409), "wrong-state");
        confirm(&world, &first).await.expect(200);
        assert_eq!(in_force(&world).await, Some(first["id"].clone()), "what holds may be said again");
    }

    async fn the_sheets_of_the_plan_that_holds_are_printed_and_each_print_is_noted(app) {
        let (world, [here, beside]) = with_sites(&app, 2).await;
        let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let path = format!("/api/v1/seat_plans/{}/sheets", plan["id"].as_str().unwrap());
        let [administrator, _] = &world.administrators;
        let (of_here, of_next) = (json!({ "exam_site_id": here.id }), json!({ "exam_site_id": beside.id }));
        assert_eq!(administrator.post(&path, &of_here).await.expect_problem(409), "wrong-state", "it does not hold");
        confirm(&world, &plan).await.expect(200);
        let noted = audited(&app, "plan_exam_session").await.len();
        let print = administrator.post(&path, &of_here).await;
        assert_eq!((print.status, &print.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
        assert_eq!(print.headers["cache-control"], "no-store");
        assert!(print.bytes.starts_with(b"%PDF"), "no PDF");
        if let Some(folder) = std::option_env!("KEEP_PDF") {
            std::fs::write(format!("{folder}/seat-sheets.pdf"), &print.bytes).unwrap();
        }
        let elsewhere = administrator.post(&path, &of_next).await.expect(422);
        assert_eq!(elsewhere["errors"][0]["pointer"], "/exam_site_id", "nobody sits there");
        let after = audited(&app, "plan_exam_session").await;
        assert_eq!((after.len(), &after[noted]["printed"]), (noted + 1, &json!("seat_sheets")));
        assert_eq!(after[noted]["exam_site"], here.id);
        assert_eq!(world.marker.post(&path, &of_here).await.expect_problem(403), "forbidden");
        let instead = draw(&world, &wanted(&[(&beside, COUNTY)])).await.expect(201);
        confirm(&world, &instead).await.expect(200);
        administrator.post(&path, &of_here).await.expect_problem(409);
        let path = format!("/api/v1/seat_plans/{}/sheets", instead["id"].as_str().unwrap());
        administrator.post(&path, &of_next).await.expect(200);
        let cancel = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
        administrator.post(&cancel, &json!({ "reason": "考点停电，改期举行" })).await.expect(200);
        administrator.post(&path, &of_next).await.expect_problem(409);
    }

    async fn the_names_of_more_candidates_than_a_statement_can_ask_for_are_found(app) {
        let candidates: Vec<AccountId> = (0..70_000).map(|_| app.cx.ids.new_id()).collect();
        assert!(identity::names_of(&app.cx, &candidates).await.unwrap().is_empty());
    }

    async fn who_plans_no_tests_here_neither_sees_nor_confirms_a_plan(app) {
        let (world, [here, _]) = with_sites(&app, 1).await;
        let plan = draw(&world, &wanted(&[(&here, COUNTY)])).await.expect(201);
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        let one = format!("/api/v1/seat_plans/{}", plan["id"].as_str().unwrap());
        for (client, status) in [(&elsewhere, 404), (&world.candidates[0].client, 404), (&world.marker, 403)] {
            client.get(&one).await.expect_problem(status);
            client.post(&confirm_path(&plan), &json!({})).await.expect_problem(status);
        }
        assert_eq!(in_force(&world).await, None);
    }
}
