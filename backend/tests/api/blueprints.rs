//! What items are about, blueprints, and the parallel forms that are drawn by them.

use crate::{
    exam_world::{World, approve, seal},
    support::{Client, Reply, TestApp, db_tests, execute, run, send},
};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::ItemId,
    papers::{DrawRecord, check_draw},
    rights::{Place, Role, RoleAt},
};

const BLUEPRINTS: &str = "/api/v1/blueprints";
/// Items that are described for the tests.
const ITEMS: usize = 8;

pub(crate) async fn put(client: &Client, path: &str, seen: i32, body: &Value) -> Reply {
    send(client.request(Method::PUT, path).header("if-match", format!("\"{seen}\"")).json(body)).await
}

pub(crate) fn descriptor(module: &str, difficulty: usize) -> Value {
    json!({ "module": module, "knowledge_point": "", "ability": "recall", "difficulty": difficulty, "enemies": "" })
}

pub(crate) fn descriptor_of(item: ItemId) -> String {
    format!("/api/v1/items/{item}/descriptor")
}

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

/// True or false, eight times, from somewhat hard to somewhat easy; their author has described them.
async fn bank(app: &TestApp, author: &Client, world: &World) -> Vec<ItemId> {
    let text: Vec<_> = (1..=ITEMS).map(|n| format!("{n}. （判断）说法{n}成立。\n答案：正确")).collect();
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text.join("\n\n"),
        "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    let stored = report["stored"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().parse().unwrap());
    let items: Vec<ItemId> = stored.collect();
    approve(app, &items).await;
    for (at, item) in items.iter().enumerate() {
        put(author, &descriptor_of(*item), 1, &descriptor("集合", 565 + 10 * at)).await.expect(200);
    }
    items
}

pub(crate) fn blueprint(world: &World, count: usize) -> Value {
    let row = json!({ "module": "集合", "ability": "recall", "kind": "true_false", "count": count, "points": 200 });
    let blueprint = json!({ "rows": [row], "total": 200 * count, "mandatory": [], "excluded": [], "forms": 2,
        "has_spare": true, "shared_limit": 0, "recent_limit": 0, "exposure_cap": null, "difficulty": 600,
        "tolerance": 20 });
    json!({ "course_id": world.course_id, "title": "期末卷", "blueprint": blueprint })
}

pub(crate) async fn write(composer: &Client, draft: &Value) -> String {
    let made = composer.post(BLUEPRINTS, draft).await.expect(201);
    format!("{BLUEPRINTS}/{}", made["id"].as_str().unwrap())
}

pub(crate) async fn draw(composer: &Client, blueprint: &str, seen: i32, seed: u32) -> Reply {
    let request = composer.request(Method::POST, &format!("{blueprint}/assemblies"));
    send(request.header("if-match", format!("\"{seen}\"")).json(&json!({ "seed": seed }))).await
}

/// The items of every form.
fn drawn(assembly: &Value) -> Vec<Vec<&str>> {
    assembly["forms"].as_array().unwrap().iter().map(items_of).collect()
}

fn items_of(form: &Value) -> Vec<&str> {
    form["items"].as_array().unwrap().iter().map(|item| item["item"]["item_id"].as_str().unwrap()).collect()
}

/// What is to become of the forms as they were drawn.
fn as_drawn(assembly: &Value) -> Value {
    let forms = drawn(assembly).into_iter().enumerate().map(|(at, items)| {
        let items: Vec<_> = items.iter().map(|item| json!({ "item_id": item, "points": 200 })).collect();
        json!({ "title": format!("期末卷 {at}"), "items": items })
    });
    json!({ "forms": forms.collect::<Vec<_>>() })
}

db_tests! {
    async fn what_is_said_of_an_item_stands_beside_it_in_versions(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = bank(&app, &author, &world).await[0];
        let path = descriptor_of(item);
        assert_eq!(put(&author, &path, 1, &descriptor("函数", 500)).await.expect_problem(412), "stale");
        let row = put(&author, &path, 2, &descriptor(" 函数 ", 500)).await.expect(200);
        assert_eq!((&row["descriptor"]["module"], &row["descriptor_version"]), (&json!("函数"), &json!(3)));
        assert_eq!(row["version"], 1, "the item itself is the same");
        let again = put(&author, &path, 3, &descriptor("函数", 500)).await.expect(200);
        assert_eq!(again["descriptor_version"], 3, "nothing is new in it");
        let problem = put(&author, &path, 3, &descriptor("", 1_001)).await.expect(422);
        let errors = problem["errors"].as_array().unwrap().iter();
        let fields: Vec<_> = errors.map(|error| error["pointer"].clone()).collect();
        assert_eq!(fields, [json!("/module"), json!("/difficulty")]);

        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        put(&reviewer, &path, 3, &descriptor("映射", 500)).await.expect(200);
        let another = app.staff("li", Role::ItemAuthor, "33").await;
        assert_eq!(put(&another, &path, 4, &descriptor("集合", 500)).await.expect_problem(404), "not-found");
        let composer = &world.administrators[0];
        assert_eq!(put(composer, &path, 4, &descriptor("集合", 500)).await.expect_problem(403), "forbidden");

        let listed = async |query: &str| {
            let page = composer.get(&format!("/api/v1/items?course_id={}{query}", world.course_id)).await.expect(200);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(listed("&module=映射").await, 1, "what was said before does not count");
        assert_eq!(listed("&module=函数").await, 0);
        assert_eq!(listed("&module=集合&ability=recall").await, ITEMS - 1);
        assert_eq!(listed("&ability=apply").await, 0);
        author.post(&format!("/api/v1/items/{item}/retire"), &json!({ "reason": "超出大纲" })).await.expect(200);
        assert_eq!(put(&author, &path, 4, &descriptor("集合", 500)).await.expect_problem(409), "wrong-state");
    }

    async fn forms_are_drawn_alike_by_one_seed_and_become_papers(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let composer = &world.administrators[0];
        let path = write(composer, &blueprint(&world, 2)).await;
        let seen = composer.get(&path).await.expect(200);
        assert_eq!(seen["bank"]["cells"][0]["by_exposure"], json!([ITEMS]));

        let first = draw(composer, &path, 1, 7).await.expect(201);
        let again = draw(composer, &path, 1, 7).await.expect(201);
        assert_eq!((drawn(&first), &first["bank_sha256"]), (drawn(&again), &again["bank_sha256"]));
        let mut all = drawn(&first).concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!((drawn(&first).len(), all.len()), (3, 6), "two forms and a spare, without an item twice");
        assert_eq!(first["titles"].as_array().unwrap().len(), 6);

        let assembly = format!("/api/v1/assemblies/{}", first["id"].as_str().unwrap());
        let free = composer.get(&format!("{assembly}/substitutes?instead={}", drawn(&first)[0][0])).await.expect(200);
        let free = free.as_array().unwrap();
        assert_eq!((free.len(), free.iter().filter(|item| item["was_drawn"] == false).count()), (ITEMS, ITEMS - 6));
        let back = free.iter().find(|offered| offered["item"]["item_id"] == drawn(&first)[0][0]).unwrap();
        assert_eq!(back["was_drawn"], true, "an exchange can be undone");
        let missing = format!("{assembly}/substitutes?instead={}", world.items[0]);
        assert_eq!(composer.get(&missing).await.expect_problem(404), "not-found");

        let mut forms = as_drawn(&first);
        forms["forms"][1]["title"] = json!(" ");
        let problem = composer.post(&format!("{assembly}/papers"), &forms).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/forms/1/title");
        let forms = as_drawn(&first);
        let made = composer.post(&format!("{assembly}/papers"), &forms).await.expect(201);
        assert_eq!(made["papers"].as_array().unwrap().len(), 3);
        assert_eq!((&made["forms"], &made["titles"]), (&json!([]), &json!([])), "what papers hold is told no more");
        assert_eq!(composer.get(&assembly).await.expect(200)["forms"], json!([]));
        let instead = format!("{assembly}/substitutes?instead={}", drawn(&first)[0][0]);
        assert_eq!(composer.get(&instead).await.expect_problem(409), "wrong-state");
        let twice = composer.post(&format!("{assembly}/papers"), &forms).await;
        assert_eq!(twice.expect_problem(409), "wrong-state");
        let paper = made["papers"][0].as_str().unwrap();
        seal(&world.administrators, &format!("/api/v1/papers/{paper}")).await;

        let seen = composer.get(&path).await.expect(200);
        assert_eq!(seen["bank"]["cells"][0]["by_exposure"], json!([ITEMS - 2, 2]), "what was sealed is known better");
        let lines = seen["assemblies"].as_array().unwrap().iter();
        let has_papers: Vec<_> = lines.map(|line| &line["has_papers"]).collect();
        assert_eq!(has_papers, [&json!(false), &json!(true)]);
    }

    async fn a_mix_of_difficulties_is_whole_and_kept_or_its_row_is_named(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let composer = &world.administrators[0];
        let with = |hard: u16, medium: u16| {
            let mut draft = blueprint(&world, 2);
            draft["blueprint"]["mix"] = json!({ "hard": hard, "medium": medium, "easy": 0 });
            draft
        };
        let refused = composer.post(BLUEPRINTS, &with(50, 51)).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/blueprint/mix");
        let path = write(composer, &with(0, 100)).await;
        let drawn = draw(composer, &path, 1, 7).await.expect(201);
        assert_eq!((drawn["forms"].as_array().unwrap().len(), &drawn["algorithm"]), (3, &json!(2)));
        let path = write(composer, &with(50, 50)).await;
        let none = draw(composer, &path, 1, 7).await.expect(201);
        let because = &none["because"][0];
        assert_eq!((&because["row"], &because["kind"]), (&json!(0), &json!("mix_out_of_reach")));
    }

    async fn who_wrote_items_draws_none_of_them_and_sees_no_form_with_one(app) {
        let world = World::draft(&app, 1).await;
        let roles = [Role::ItemAuthor, Role::PaperHead].map(|role| RoleAt { role, place: Place::division("33") });
        let both = app.person("shuang", &roles).await;
        bank(&app, &both, &world).await;
        let composer = &world.administrators[0];
        let path = write(composer, &blueprint(&world, 1)).await;
        assert_eq!(draw(&both, &path, 1, 7).await.expect(201)["forms"], json!([]), "there is nothing else in the bank");
        let assembly = draw(composer, &path, 1, 7).await.expect(201);
        let seen = format!("/api/v1/assemblies/{}", assembly["id"].as_str().unwrap());
        let instead = format!("{seen}/substitutes?instead={}", drawn(&assembly)[0][0]);
        for address in [&seen, &instead] {
            assert_eq!(both.get(address).await.expect_problem(409), "second-person-needed");
            composer.get(address).await.expect(200);
        }
    }

    async fn a_repeat_draws_once_and_papers_are_made_once(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let [composer, other] = &world.administrators;
        let path = write(composer, &blueprint(&world, 2)).await;
        let mut drawn = Vec::new();
        for _ in 0..2 {
            let request = composer.request(Method::POST, &format!("{path}/assemblies")).header("if-match", "\"1\"");
            let request = request.header("idempotency-key", "k").json(&json!({ "seed": null }));
            drawn.push(send(request).await.expect(201));
        }
        assert_eq!((&drawn[0]["id"], &drawn[0]["seed"]), (&drawn[1]["id"], &drawn[1]["seed"]));
        assert_eq!(composer.get(&path).await.expect(200)["assemblies"].as_array().unwrap().len(), 1);

        let papers = format!("/api/v1/assemblies/{}/papers", drawn[0]["id"].as_str().unwrap());
        let forms = as_drawn(&drawn[0]);
        let replies = join_all([composer, other].map(|client| client.post(&papers, &forms))).await;
        let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "of two at once, one makes them");
        let listed = composer.get(&format!("/api/v1/papers?course_id={}&state=open", world.course_id)).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    }

    async fn a_repeat_is_answered_though_the_blueprint_was_written_anew(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let composer = &world.administrators[0];
        let path = write(composer, &blueprint(&world, 2)).await;
        let draw = async || {
            let request = composer.request(Method::POST, &format!("{path}/assemblies")).header("if-match", "\"1\"");
            send(request.header("idempotency-key", "k").json(&json!({ "seed": 7 }))).await.expect(201)["id"].clone()
        };
        let first = draw().await;
        put(composer, &path, 1, &blueprint(&world, 1)).await.expect(200);
        assert_eq!(draw().await, first);
    }

    async fn blueprints_come_page_by_page_and_none_twice_though_newer_ones_come(app) {
        let world = World::draft(&app, 1).await;
        let composer = &world.administrators[0];
        let mut written = Vec::new();
        for _ in 0..5 {
            written.insert(0, write(composer, &blueprint(&world, 2)).await);
        }
        let path = |line: &Value| format!("{BLUEPRINTS}/{}", line["id"].as_str().unwrap());
        let paths = |lines: &[Value]| lines.iter().map(path).collect::<Vec<_>>();
        assert_eq!(paths(&composer.all(BLUEPRINTS, 2).await), written);
        let of_course = format!("{BLUEPRINTS}?course_id={}", world.course_id);
        let first = composer.get(&format!("{of_course}&limit=3")).await.expect(200);
        write(composer, &blueprint(&world, 2)).await;
        let next = format!("{of_course}&limit=3&cursor={}", first["next_cursor"].as_str().unwrap());
        let rest = composer.get(&next).await.expect(200);
        assert_eq!((paths(rest["items"].as_array().unwrap()), &rest["next_cursor"]), (written[3..].to_vec(), &Value::Null));
        assert_eq!(composer.get(&format!("{BLUEPRINTS}?cursor=none")).await.expect_problem(422), "invalid");
    }

    async fn what_changed_since_it_was_drawn_becomes_no_paper(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let composer = &world.administrators[0];
        let path = write(composer, &blueprint(&world, 2)).await;
        let assembly = draw(composer, &path, 1, 7).await.expect(201);
        let item = drawn(&assembly)[1][1].parse().unwrap();
        put(&author, &descriptor_of(item), 2, &descriptor("集合", 900)).await.expect(200);
        let papers = format!("/api/v1/assemblies/{}/papers", assembly["id"].as_str().unwrap());
        let problem = composer.post(&papers, &as_drawn(&assembly)).await.expect(422);
        let errors = problem["errors"].as_array().unwrap().iter();
        let told: Vec<_> = errors.map(|error| (&error["pointer"], &error["code"])).collect();
        assert_eq!(told, [(&json!("/forms/1/items/1/item_id"), &json!("changed-since"))]);
    }

    async fn the_rows_that_cannot_be_met_are_named(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let composer = &world.administrators[0];
        let path = write(composer, &blueprint(&world, 3)).await;
        let none = draw(composer, &path, 1, 7).await.expect(201);
        assert_eq!((&none["forms"], &none["is_proven"]), (&json!([]), &json!(true)));
        let wanted = json!([{ "row": 0, "kind": "too_few_items", "wanted": 9, "there": ITEMS }]);
        assert_eq!(none["because"], wanted);
        let assembly = format!("/api/v1/assemblies/{}/papers", none["id"].as_str().unwrap());
        let problem = composer.post(&assembly, &json!({ "forms": [] })).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/forms");

        assert_eq!(put(composer, &path, 2, &blueprint(&world, 2)).await.expect_problem(412), "stale");
        let mut wrong = blueprint(&world, 2);
        wrong["blueprint"]["rows"][0]["module"] = json!("");
        let problem = put(composer, &path, 1, &wrong).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/blueprint/rows/0/module");
        let written = put(composer, &path, 1, &blueprint(&world, 2)).await.expect(200);
        assert_eq!(written["version"], 2);
        assert_eq!(draw(composer, &path, 1, 7).await.expect_problem(412), "stale");
        let drawn = draw(composer, &path, 2, 7).await.expect(201);
        assert_eq!(drawn["forms"].as_array().unwrap().len(), 3);
        let lines = composer.get(&path).await.expect(200)["assemblies"].clone();
        let versions: Vec<_> = lines.as_array().unwrap().iter().map(|line| &line["blueprint_version"]).collect();
        assert_eq!(versions, [&json!(2), &json!(1)], "each is drawn by what stood then");
    }

    async fn items_of_the_last_sessions_and_those_that_are_too_well_known_are_left_out(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        for item in &world.items[..3] {
            put(&reviewer, &descriptor_of(*item), 1, &descriptor("集合", 600)).await.expect(200);
        }
        let composer = &world.administrators[0];
        let mut wanted = blueprint(&world, 1);
        wanted["blueprint"]["rows"][0]["kind"] = json!("single_choice");
        let path = write(composer, &wanted).await;
        let none = draw(composer, &path, 1, 1).await.expect(201);
        assert_eq!(none["because"][0]["kind"], "too_many_recent", "they stand in the paper of a test that is planned");
        let author = author(&app).await;
        let practised = bank(&app, &author, &world).await[0];
        let paper = json!({ "course_id": world.course_id, "title": "Mock", "items": [{ "item_id": practised, "points": 200 }] });
        let paper = composer.post("/api/v1/papers", &paper).await.expect(201)["id"].clone();
        seal(&world.administrators, &format!("/api/v1/papers/{}", paper.as_str().unwrap())).await;
        let (starts_at, closes_at) = (app.began.plus_s(600), app.began.plus_s(10_000));
        for _ in 0..3 {
            let mock = json!({ "title": "Mock", "kind": "mock", "course_id": world.course_id, "paper_id": paper,
                "starts_at": starts_at, "duration_min": 60, "closes_at": closes_at });
            composer.post("/api/v1/exam_sessions", &mock).await.expect(201);
        }
        let none = draw(composer, &path, 1, 2).await.expect(201);
        assert_eq!(none["because"][0]["kind"], "too_many_recent", "mock tests are not the last sessions");
        wanted["blueprint"]["recent_limit"] = json!(1);
        put(composer, &path, 1, &wanted).await.expect(200);
        let some = draw(composer, &path, 2, 1).await.expect(201);
        assert_eq!(some["forms"].as_array().unwrap().len(), 3);
        wanted["blueprint"]["exposure_cap"] = json!(1);
        put(composer, &path, 2, &wanted).await.expect(200);
        let none = draw(composer, &path, 3, 1).await.expect(201);
        assert_eq!(none["because"][0]["kind"], "too_few_items", "each stands in a sealed paper");
    }

    async fn a_drawing_is_bound_for_everybody_and_told_once_its_papers_were_sat(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let (composer, stranger) = (&world.administrators[0], app.stranger());
        let path = write(composer, &blueprint(&world, 2)).await;
        let assembly = draw(composer, &path, 1, 7).await.expect(201);
        let commitment = assembly["commitment"].as_str().unwrap();
        let listed = stranger.get("/api/v1/public/draws").await.expect(200);
        let line = &listed["items"][0];
        assert_eq!((&line["id"], &line["commitment"]), (&assembly["id"], &json!(commitment)));
        let told = [&line["is_seed_chosen"], &line["has_papers"], &line["disclosed_at"]];
        assert_eq!(told, [&json!(true), &json!(false), &Value::Null]);
        assert!(drawn(&assembly).concat().iter().all(|item| !listed.to_string().contains(*item)), "{listed}");

        let id = assembly["id"].as_str().unwrap();
        let (record, assembly_path) = (format!("/api/v1/public/draws/{id}"), format!("/api/v1/assemblies/{id}"));
        let disclose = async || composer.post(&format!("{assembly_path}/disclose"), &json!({})).await;
        assert_eq!(disclose().await.expect_problem(409), "wrong-state", "no papers were made of it");
        let made = composer.post(&format!("{assembly_path}/papers"), &as_drawn(&assembly)).await.expect(201);
        for paper in &made["papers"].as_array().unwrap()[..2] {
            seal(&world.administrators, &format!("/api/v1/papers/{}", paper.as_str().unwrap())).await;
        }
        assert_eq!(disclose().await.expect_problem(409), "wrong-state", "candidates are yet to sit them");
        assert_eq!(stranger.get(&record).await.expect_problem(404), "not-found");
        execute(&app, "UPDATE item SET frozen_version = NULL").await;
        for _ in 0..2 {
            assert!(disclose().await.expect(200)["disclosed_at"].is_string(), "a repeat changes nothing");
        }

        let told = stranger.get(&record).await.expect(200);
        let drawing: DrawRecord = serde_json::from_value(told.clone()).unwrap();
        let check = check_draw(&drawing);
        assert_eq!((check.commitment.as_str(), check.is_same, check.replaced), (commitment, true, vec![0; 3]));
        let file = app.store.folder().join("draw.json");
        std::fs::write(&file, told.to_string()).unwrap();
        let checked = |commitment: &str| run(&app.store, &["check-draw", file.to_str().unwrap(), "--commitment", commitment]);
        assert_eq!(checked(commitment).code, Some(0));
        assert_eq!(checked(&"0".repeat(64)).code, Some(1), "something else was published");
    }

    async fn who_composes_no_papers_learns_nothing_of_forms(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        bank(&app, &author, &world).await;
        let path = write(&world.administrators[0], &blueprint(&world, 1)).await;
        let drawn = draw(&world.administrators[0], &path, 1, 1).await.expect(201);
        let assembly = format!("/api/v1/assemblies/{}", drawn["id"].as_str().unwrap());
        for stranger in [&author, &world.marker, &world.candidates[0].client] {
            for path in [BLUEPRINTS, &path, &assembly] {
                assert_eq!(stranger.get(path).await.expect_problem(403), "forbidden");
            }
            assert_eq!(draw(stranger, &path, 1, 1).await.expect_problem(403), "forbidden");
        }
    }
}
