//! What a sealed paper asks: it lies open nowhere in the store, and until candidates have sat it only its authors see it in
//! the bank.

use crate::{
    exam_world::{DURATION_MIN, Device, SECRET, STEM, World, approve, seal},
    people::{audited, texts},
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::{
    access::{Action, JobName, Permit},
    item_bank::{OPEN_REMARKS, OPEN_VERSIONS},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{CourseId, ItemId},
    rights::{Right, Role},
};

const CAPITAL: &str = "1. 请问浙江省的省会城市是下面四个城市当中的哪一个（　）\nA. 宁波\nB. 杭州\n答案：B";
const CAPITAL_AGAIN: &str = "1. 请问，浙江省的省会城市是下面 4 个城市当中的哪一个？\nA. 杭州\nB. 温州\n答案：A";
/// Fewer tables and columns than this are not the whole store.
const COLUMNS: usize = 500;

struct AskForSeals;

impl Action for AskForSeals {
    type Target = CourseId;
    const RIGHT: Right = Right::AuthorItem;
}

/// Every value of every table, in hexadecimal where the store can say it so, else as text. Deleted rows, which a store may
/// keep on its pages for a while, are no part of it, as they are of no copy of its tables.
async fn values(app: &TestApp) -> String {
    let columns = if app.store.url().starts_with("sqlite") {
        "SELECT 'lower(hex(\"' || c.name || '\")) FROM \"' || m.name || '\"' FROM sqlite_master m \
         JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
    } else {
        "SELECT 'encode(convert_to(CAST(\"' || column_name || '\" AS text), ''UTF8''), ''hex'') FROM \"' || table_name \
         || '\"' FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let columns = texts(app, columns).await;
    assert!(columns.len() > COLUMNS, "{} columns", columns.len());
    let mut values = String::new();
    for column in columns {
        let (value, table) = column.split_once(" FROM ").unwrap();
        let rows = texts(app, &format!("SELECT COALESCE({value}, '') FROM {table}")).await;
        values.push_str(&rows.join("\n"));
    }
    values
}

/// Whether some words lie somewhere in these values, as they are or as bytes that are told in hexadecimal.
fn lie_in(values: &str, words: &str) -> bool {
    let once = hex::encode(words);
    values.contains(&once) || values.contains(&hex::encode(&once))
}

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn read(author: &Client, world: &World, text: &str, dry_run: bool) -> Value {
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": dry_run });
    author.post("/api/v1/items/import", &body).await.expect(200)
}

async fn stored(author: &Client, world: &World, text: &str) -> ItemId {
    read(author, world, text, false).await["stored"][0].as_str().unwrap().parse().unwrap()
}

/// The rows that are listed, the newest first; only those in which a text stands, if there is one.
async fn listed(client: &Client, world: &World, text: &str) -> Vec<Value> {
    let course = world.course_id.to_string();
    let query = [("course_id", course.as_str()), ("text", text)];
    let page = send(client.request(Method::GET, "/api/v1/items").query(&query)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

fn views(item: ItemId) -> String {
    format!("/api/v1/items/{item}/views")
}

fn comments(item: ItemId) -> String {
    format!("/api/v1/items/{item}/comments")
}

/// Sends the first version of an item back.
async fn send_back(reviewer: &Client, item: ItemId, reason: &str) {
    let request = reviewer.request(Method::POST, &format!("/api/v1/items/{item}/reviews")).header("if-match", "\"1\"");
    send(request.json(&json!({ "decision": "return", "reason": reason }))).await.expect(200);
}

/// The author of an item explains its key anew, and changes nothing else.
async fn explain(author: &Client, item: ItemId, explanation: &str) {
    let mut new = author.post(&views(item), &json!({})).await.expect(200)["item"].clone();
    new["explanation"] = json!(explanation);
    let request = author.request(Method::PUT, &format!("/api/v1/items/{item}")).header("if-match", "\"1\"");
    send(request.json(&new)).await.expect(200);
}

async fn approve_version(reviewer: &Client, item: ItemId, version: i32) -> Reply {
    let request = reviewer.request(Method::POST, &format!("/api/v1/items/{item}/reviews"));
    let request = request.header("if-match", format!("\"{version}\""));
    send(request.json(&json!({ "decision": "approve" }))).await
}

db_tests! {
    async fn nothing_of_a_sealed_paper_lies_open_in_the_store(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, CAPITAL).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let quoting = json!({ "text": format!("{STEM}: {SECRET}") });
        reviewer.post(&comments(world.items[0]), &quoting).await.expect(201);
        send_back(&reviewer, item, &format!("{STEM}: {SECRET}")).await;
        let values = values(&app).await;
        assert!(lie_in(&values, "kaowu-one"), "what was written is among the values");
        assert!(lie_in(&values, "省会城市"), "what is in no paper is found by its words");
        for words in [STEM, SECRET] {
            assert!(!lie_in(&values, words), "{words}");
        }
    }

    async fn who_only_reads_items_sees_nothing_of_a_sealed_paper(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let rows = listed(&reviewer, &world, "").await;
        assert_eq!(rows.iter().map(|row| row["title"].clone()).collect::<Vec<_>>(), [(); 4].map(|()| json!("")));
        assert_eq!(listed(&reviewer, &world, "stem-that").await, Vec::<Value>::new());
        let refused = reviewer.post(&views(world.items[0]), &json!({})).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("已封存的试卷"), "{refused}");
        let named = json!({ "course_id": world.course_id, "format": "own", "only": [world.items[0]] });
        let all = json!({ "course_id": world.course_id, "format": "own" });
        for path in ["/api/v1/items/exports", "/api/v1/items/exports/preview"] {
            assert_eq!(reviewer.post(path, &named).await.expect_problem(409), "wrong-state");
            assert_eq!(reviewer.post(path, &all).await.expect(422)["errors"][0]["code"], "no-items");
        }
        assert_eq!(audited(&app, "read_item").await, Vec::<Value>::new());
    }

    async fn what_is_said_of_a_sealed_version_is_closed_as_it_is(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, app.staff("wei", Role::ItemReviewer, "33").await);
        let item = stored(&author, &world, CAPITAL).await;
        approve(&app, &[item]).await;
        reviewer.post(&comments(item), &json!({ "text": "B 才是省会" })).await.expect(201);
        let seen = async |client: &Client| {
            let said = client.get(&comments(item)).await.expect(200);
            (said[0]["text"].clone(), said[0]["is_closed"].clone())
        };
        let open = (json!("B 才是省会"), json!(false));
        assert_eq!((seen(&author).await, seen(&reviewer).await), (open.clone(), open.clone()));
        let paper = json!({ "course_id": world.course_id, "title": "New", "items": [{ "item_id": item, "points": 100 }] });
        let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
        seal(&world.administrators, &format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())).await;
        let closed = (json!(""), json!(true));
        assert_eq!(seen(&author).await, open, "who wrote it learns nothing of the seal");
        assert_eq!(seen(&reviewer).await, closed);
        assert_eq!(seen(&world.administrators[0]).await, closed, "a list is noted nowhere");
    }

    async fn remarks_that_a_program_of_the_time_before_left_open_are_sealed(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, app.staff("wei", Role::ItemReviewer, "33").await);
        let item = stored(&author, &world, CAPITAL).await;
        reviewer.post(&comments(item), &json!({ "text": "选项相近" })).await.expect(201);
        send_back(&reviewer, item, "题干偏长").await;
        execute(&app, "UPDATE item_comment SET sealed = NULL, text = '选项太近'").await;
        execute(&app, "UPDATE item_review SET sealed = NULL, reason = '题干太长' WHERE state = 'returned'").await;
        let told = async || {
            let said = author.get(&comments(item)).await.expect(200)[0]["text"].clone();
            (said, listed(&author, &world, "").await[0]["returned_because"].clone())
        };
        let expected = (json!("选项太近"), json!("题干太长"));
        assert_eq!(told().await, expected);
        let permit = Permit::<AskForSeals>::for_job(JobName::SeedDemo, world.course_id);
        let asking = app.cx.db.write(&permit, async |tx| {
            tx.emit(OPEN_REMARKS, json!({}));
            Ok(())
        });
        asking.await.unwrap();
        world.settle(&app).await;
        let left = "SELECT text FROM item_comment WHERE text <> '' UNION ALL SELECT reason FROM item_review WHERE reason <> ''";
        assert_eq!(texts(&app, left).await, Vec::<String>::new());
        assert_eq!(told().await, expected);
    }

    async fn who_composes_papers_does_not_see_it_in_the_bank_either(app) {
        let world = World::draft(&app, 1).await;
        let composer = &world.administrators[0];
        assert_eq!(listed(composer, &world, "").await[0]["title"], "");
        let refused = composer.post(&views(world.items[0]), &json!({})).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("启封"), "{refused}");
        let asked = json!({ "course_id": world.course_id, "format": "gift", "only": world.items });
        for path in ["/api/v1/items/exports", "/api/v1/items/exports/preview"] {
            assert_eq!(composer.post(path, &asked).await.expect_problem(409), "wrong-state");
        }
        assert_eq!(audited(&app, "read_item").await, Vec::<Value>::new());
    }

    async fn once_candidates_have_sat_it_everything_is_as_before(app) {
        let mut world = World::armed(&app, 1).await;
        let (author, rewritten) = (author(&app).await, world.items[0]);
        execute(&app, "UPDATE item SET created_by = (SELECT id FROM account WHERE login_name = 'zhou')").await;
        explain(&author, rewritten, "said-anew").await;
        world = world.started(&app).await;
        app.staff("wei", Role::ItemReviewer, "33").await;
        Device::open(&world, 0, 1, false).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        let reviewer = app.log_in("wei").await;
        assert_eq!(listed(&reviewer, &world, "stem-that").await.len(), 4, "its words are found again");
        let seen = reviewer.post(&views(rewritten), &json!({})).await.expect(200);
        assert!(seen["row"]["title"].as_str().unwrap().contains(STEM), "{seen}");
        assert_eq!(seen["item"]["explanation"], "said-anew");
        assert_eq!(audited(&app, "read_item").await, [json!({ "version": 2 })]);
        approve_version(&reviewer, rewritten, 2).await.expect(200);
    }

    async fn who_wrote_an_item_does_not_learn_that_a_paper_holds_it(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, CAPITAL).await;
        stored(&author, &world, CAPITAL_AGAIN).await;
        approve(&app, &[item]).await;
        let told = async || {
            let look = author.post(&views(item), &json!({})).await.expect(200);
            let found = listed(&author, &world, "省会城市").await;
            let alike = author.get(&format!("/api/v1/items/{item}/alike")).await.expect(200);
            (look, found, listed(&author, &world, "").await, alike, read(&author, &world, CAPITAL, true).await)
        };
        let before = told().await;
        assert_eq!((before.1.len(), before.1[0]["alike"].clone()), (2, json!(1)));
        let paper = json!({ "course_id": world.course_id, "title": "New", "items": [{ "item_id": item, "points": 100 }] });
        let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
        seal(&world.administrators, &format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())).await;
        assert_eq!(told().await, before);
        let others = app.staff("wei", Role::ItemReviewer, "33").await;
        assert_eq!(listed(&others, &world, "宁波").await, Vec::<Value>::new(), "it is frozen all the same");
    }

    async fn what_is_written_after_the_seal_is_as_closed_as_what_is_sealed(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, CAPITAL).await;
        approve(&app, &[item]).await;
        let paper = json!({ "course_id": world.course_id, "title": "New", "items": [{ "item_id": item, "points": 100 }] });
        let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
        seal(&world.administrators, &format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())).await;
        explain(&author, item, "省会不是最大的城市").await;
        assert!(!lie_in(&values(&app).await, "省会城市"), "the stem is that of the paper");
        assert_eq!(listed(&author, &world, "省会城市").await[0]["state"], "draft", "its author works on as ever");
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        assert_eq!(listed(&reviewer, &world, "省会城市").await, Vec::<Value>::new());
        assert_eq!(listed(&reviewer, &world, "").await[0]["title"], "");
        let waiting = reviewer.get("/api/v1/items?waits=review").await.expect(200);
        assert_eq!(waiting["items"], json!([]), "nobody is asked to review what they may not see");
        assert_eq!(reviewer.post(&views(item), &json!({})).await.expect_problem(409), "wrong-state");
        let versions = json!({ "older": 1, "newer": 2 });
        let compared = reviewer.post(&format!("/api/v1/items/{item}/comparisons"), &versions).await;
        assert_eq!(compared.expect_problem(409), "wrong-state");
        assert_eq!(approve_version(&reviewer, item, 2).await.expect_problem(409), "wrong-state");
        let composer = &world.administrators[0];
        assert_eq!(composer.post(&views(item), &json!({})).await.expect_problem(409), "wrong-state");
    }

    async fn what_a_program_of_the_time_before_left_open_is_sealed(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, CAPITAL).await;
        let seen = author.post(&views(item), &json!({})).await.expect(200);
        let open = seen["item"].to_string().replace('\'', "''");
        execute(&app, &format!("UPDATE item_version SET sealed = NULL, title = 'T', content = '{open}'")).await;
        assert_eq!(author.post(&views(item), &json!({})).await.expect(200)["item"], seen["item"]);
        let permit = Permit::<AskForSeals>::for_job(JobName::SeedDemo, world.course_id);
        let asking = app.cx.db.write(&permit, async |tx| {
            tx.emit(OPEN_VERSIONS, json!({}));
            Ok(())
        });
        asking.await.unwrap();
        world.settle(&app).await;
        let left = "SELECT content || title FROM item_version WHERE sealed IS NULL OR content || title <> ''";
        assert_eq!(texts(&app, left).await, Vec::<String>::new());
        assert_eq!(author.post(&views(item), &json!({})).await.expect(200)["item"], seen["item"]);
    }
}
