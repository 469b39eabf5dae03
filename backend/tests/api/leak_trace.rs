//! A leaked photo: the orders in it name a candidate by their number, to who runs the tests, once the test has begun.

use crate::{
    exam_world::{SECRET, STEM, World},
    people::audited,
    support::{Client, db_tests},
};
use serde_json::{Value, json};
use shared::{
    delivery::{item_order, option_order},
    rights::{Place, Role, RoleAt},
};

/// Items of the paper; the last has no options.
const ITEMS: usize = 4;
const OPTIONS: usize = 4;

fn path(world: &World, verb: &str) -> String {
    format!("/api/v1/exam_sessions/{}/{verb}", world.exam_session_id)
}

/// What a photo of this candidate's whole screen shows.
async fn photo(world: &World, candidate: usize) -> Vec<Value> {
    let seed = world.view(candidate).await["seed"].as_u64().unwrap();
    let order = item_order(seed, ITEMS);
    let read = |item: usize| {
        let place = order.iter().position(|shown| *shown == item).unwrap();
        let options = if item + 1 == ITEMS { Vec::new() } else { option_order(seed, item, OPTIONS) };
        json!({ "paper_number": item + 1, "shown_number": place + 1, "options": options })
    };
    (0..ITEMS).map(read).collect()
}

fn trace_of(items: &[Value]) -> Value {
    json!({ "reason": "网上流传的照片", "items": items })
}

async fn trace(client: &Client, world: &World, items: &[Value]) -> Value {
    client.post(&path(world, "leak_traces"), &trace_of(items)).await.expect(200)
}

db_tests! {
    async fn the_orders_of_a_photo_name_a_candidate_by_their_number(app) {
        let world = World::armed(&app, 3).await.started(&app).await;
        let [office, _] = &world.administrators;
        let items = office.get(&path(&world, "trace_items")).await.expect(200);
        assert_eq!(items.as_array().unwrap().len(), ITEMS);
        assert!(items[0]["stem_html"].as_str().unwrap().contains(STEM), "{items}");
        assert_eq!((items[0]["options_html"].as_array().unwrap().len(), &items[3]["options_html"]), (OPTIONS, &json!([])));
        assert!(!items.to_string().contains(SECRET), "{items}");

        let reply = office.post(&path(&world, "leak_traces"), &trace_of(&photo(&world, 1).await)).await;
        assert_eq!(reply.headers["cache-control"], "no-store");
        let traced = reply.expect(200);
        assert_eq!((&traced["verdict"], &traced["sittings"], &traced["clues"]), (&json!("one_fits"), &json!(3), &json!(7)));
        let [candidate] = traced["candidates"].as_array().unwrap().as_slice() else { panic!("{traced}") };
        assert_eq!(candidate["ticket_number"], world.view(1).await["ticket_number"]);
        assert_eq!((&candidate["candidate_name"], &candidate["agreeing"]), (&Value::Null, &json!(7)));
        assert!((990_000..1_000_000).contains(&candidate["certainty_ppm"].as_u64().unwrap()), "{candidate}");

        let audit = audited(&app, "trace_leak").await;
        let [entry] = audit.as_slice() else { panic!("{audit:?}") };
        assert_eq!((&entry["reason"], &entry["verdict"]), (&json!("网上流传的照片"), &json!("one_fits")));
        assert_eq!(entry["sittings_told"], json!([world.sitting(1)]));
    }

    async fn who_may_see_persons_there_is_told_the_name(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let roles = [Role::ExamAdministrator, Role::ProvinceOffice];
        let both = app.person("both", &roles.map(|role| RoleAt { role, place: Place::division("33") })).await;
        let traced = trace(&both, &world, &photo(&world, 0).await).await;
        assert_eq!(traced["candidates"][0]["candidate_name"], "learner-0");
    }

    async fn one_order_decides_nothing_and_one_misread_costs_little(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let [office, _] = &world.administrators;
        let mut seen = photo(&world, 0).await;
        let alone = json!({ "paper_number": 1, "shown_number": null, "options": seen[0]["options"] });
        let traced = trace(office, &world, &[alone]).await;
        assert_eq!((&traced["verdict"], &traced["clues"]), (&json!("undecided"), &json!(1)));
        let options = seen[0]["options"].as_array_mut().unwrap();
        options.reverse();
        let traced = trace(office, &world, &seen).await;
        let best = &traced["candidates"][0];
        assert_eq!((&best["ticket_number"], &best["agreeing"]), (&world.view(0).await["ticket_number"], &json!(6)));
    }

    async fn nothing_is_traced_before_the_test_has_begun_or_when_it_was_called_off(app) {
        let world = World::armed(&app, 1).await;
        let [office, _] = &world.administrators;
        let body = trace_of(&photo(&world, 0).await);
        let problem = office.post(&path(&world, "leak_traces"), &body).await.expect(409);
        assert_eq!((&problem["code"], &problem["detail"]), (&json!("wrong-state"), &json!("还没有开考，开考以后才能办理。")));
        assert_eq!(office.get(&path(&world, "trace_items")).await.expect_problem(409), "wrong-state");
        office.post(&path(&world, "cancel"), &json!({ "reason": "台风停考" })).await.expect(200);
        assert_eq!(office.post(&path(&world, "leak_traces"), &body).await.expect_problem(409), "exam-cancelled");
        assert_eq!(office.get(&path(&world, "trace_items")).await.expect_problem(409), "exam-cancelled");
        assert_eq!(audited(&app, "trace_leak").await, [] as [Value; 0]);
    }

    async fn what_was_read_wrongly_is_told_by_its_place(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let [office, _] = &world.administrators;
        let read = |number: Value, shown: Value, options: Value| {
            json!({ "paper_number": number, "shown_number": shown, "options": options })
        };
        for (item, pointer, code) in [
            (read(json!(5), json!(1), json!([])), "/items/0/paper_number", "out-of-range"),
            (read(json!(1), json!(5), json!([])), "/items/0/shown_number", "out-of-range"),
            (read(json!(1), Value::Null, json!([4])), "/items/0/options", "out-of-range"),
            (read(json!(1), Value::Null, json!([0, 0])), "/items/0/options", "duplicate"),
            (read(json!(1), Value::Null, json!([])), "/items/0/options", "required"),
        ] {
            let problem = office.post(&path(&world, "leak_traces"), &trace_of(&[item])).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
        }
        let unsaid = json!({ "reason": " ", "items": photo(&world, 0).await });
        let problem = office.post(&path(&world, "leak_traces"), &unsaid).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/reason");
    }

    async fn nobody_else_traces_and_nobody_without_end(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let seen = photo(&world, 0).await;
        let head = app.staff("zhukao", Role::SiteHead, "330502").await;
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for (client, status) in [(&world.marker, 403), (&world.candidates[0].client, 404), (&head, 404), (&elsewhere, 404)] {
            client.post(&path(&world, "leak_traces"), &trace_of(&seen)).await.expect_problem(status);
            client.get(&path(&world, "trace_items")).await.expect_problem(status);
        }
        let [office, other] = &world.administrators;
        for _ in 0..30 {
            trace(office, &world, &seen).await;
        }
        assert_eq!(office.post(&path(&world, "leak_traces"), &trace_of(&seen)).await.expect_problem(429), "too-many");
        trace(other, &world, &seen).await;
    }
}
