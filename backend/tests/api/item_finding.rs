//! Items are found by their words, and those that ask nearly the same are told of.

use crate::{
    exam_world::World,
    people::texts,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::{
    access::{Action, JobName, Permit},
    item_bank::{ITEMS_WITHOUT_TEXT, TEXTS_AT_A_TIME},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::CourseId,
    rights::{Right, Role},
};

const CAPITAL: &str =
    "1. 请问浙江省的省会城市是下面四个城市当中的哪一个（　）\nA. 宁波\nB. 杭州\n答案：B\n解析：只在解析里的话";
const CAPITAL_AGAIN: &str = "1. 请问，浙江省的省会城市是下面 4 个城市当中的哪一个？\nA. 杭州\nB. 温州\n答案：A";
const OTHER: &str = "1. 一百元的 100% 是多少，请写出算式和结果，并说明理由（　）\nA. 一百元\nB. 一元\n答案：A";

struct AskForTexts;

impl Action for AskForTexts {
    type Target = CourseId;
    const RIGHT: Right = Right::AuthorItem;
}

async fn read(author: &Client, world: &World, text: &str, dry_run: bool) -> Value {
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": dry_run });
    author.post("/api/v1/items/import", &body).await.expect(200)
}

async fn stored(author: &Client, world: &World, text: &str) -> String {
    read(author, world, text, false).await["stored"][0].as_str().unwrap().to_owned()
}

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn reviewer(app: &TestApp) -> Client {
    app.staff("wei", Role::ItemReviewer, "33").await
}

async fn listed(client: &Client, query: &[(&str, &str)]) -> Reply {
    send(client.request(Method::GET, "/api/v1/items").query(query)).await
}

/// The items that are listed, in their order.
async fn found(client: &Client, query: &[(&str, &str)]) -> Vec<String> {
    let page = listed(client, query).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Forgets everything that items are found by.
async fn forget(app: &TestApp) {
    for table in ["item_text", "item_band", "item_alike"] {
        execute(app, &format!("DELETE FROM {table}")).await;
    }
}

/// Has it made anew.
async fn make_anew(app: &TestApp, world: &World) {
    let permit = Permit::<AskForTexts>::for_job(JobName::SeedDemo, world.course_id);
    let asking = app.cx.db.write(&permit, async |tx| {
        tx.emit(ITEMS_WITHOUT_TEXT, json!({}));
        Ok(())
    });
    asking.await.unwrap();
    world.settle(app).await;
}

async fn alike(client: &Client, item: &str) -> Value {
    client.get(&format!("/api/v1/items/{item}/alike")).await.expect(200)
}

db_tests! {
    async fn the_bank_is_narrowed_down_by_what_items_are_and_how_they_did(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let id = stored(&author, &world, CAPITAL).await;
        let change = json!({ "course_id": world.course_id, "module": "地理", "knowledge_point": "省会",
            "ability": "recall", "difficulty": 350,
            "items": [{ "item_id": id, "version": 1, "descriptor_version": 1 }] });
        reviewer.post("/api/v1/items/changes", &change).await.expect(200);
        let (one, all) = (vec![id.clone()], found(&reviewer, &[]).await);
        for query in [
            &[("knowledge_point", "省会")][..],
            &[("band", "hard")],
            &[("band", "hard"), ("source", "stated"), ("kind", "single_choice")],
        ] {
            assert_eq!(found(&reviewer, query).await, one, "{query:?}");
        }
        for query in [
            &[("knowledge_point", "省")][..],
            &[("band", "medium")],
            &[("band", "hard"), ("source", "measured")],
            &[("kind", "essay")],
            &[("usage", "used_once")],
            &[("usage", "used_often")],
            &[("own", "true")],
        ] {
            assert_eq!(found(&reviewer, query).await, Vec::<String>::new(), "{query:?}");
        }
        for query in [&[("usage", "unused")][..], &[("unused_since", "2020-01-01")], &[("own", "false")]] {
            assert_eq!(found(&reviewer, query).await, all, "{query:?}");
        }
        assert_eq!(found(&author, &[("own", "true")]).await, one);
        assert_eq!(found(&author, &[("own", "false")]).await, Vec::<String>::new());

        execute(&app, "UPDATE item SET measured_candidates = 100, measured_difficulty = 800").await;
        assert_eq!(found(&reviewer, &[("band", "hard")]).await, Vec::<String>::new());
        assert_eq!(found(&reviewer, &[("band", "hard"), ("source", "stated")]).await, one);
        assert_eq!(found(&reviewer, &[("band", "easy")]).await, all);
        let long = "长".repeat(101);
        let refused = listed(&reviewer, &[("knowledge_point", &long)]).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/knowledge_point");
        let asked = json!({ "course_id": world.course_id, "format": "gift", "traits": { "knowledge_point": "省会" } });
        let told = reviewer.post("/api/v1/items/exports/preview", &asked).await.expect(200);
        assert_eq!(told["items"], 1, "a file has what the list shows: {told}");
    }

    async fn items_are_found_by_the_words_that_a_candidate_reads(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let (capital, other) = (stored(&author, &world, CAPITAL).await, stored(&author, &world, OTHER).await);
        for (text, expected) in [
            ("省会城市", vec![&capital]),
            ("省会，城市 是", vec![&capital]),
            ("宁波", vec![&capital]),
            ("１００％", vec![&other]),
            ("100% 是", vec![&other]),
            ("哪一个宁波", vec![]),
            ("只在解析里的话", vec![]),
            ("%", vec![&other]),
            ("_", vec![&other, &capital]),
            ("", vec![&other, &capital]),
        ] {
            assert_eq!(found(&author, &[("text", text)]).await.iter().collect::<Vec<_>>(), expected, "{text}");
        }
        let long = "长".repeat(101);
        let refused = listed(&author, &[("text", long.as_str())]).await.expect(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/text"), &json!("too-long")));
        assert_eq!(found(&author, &[("text", "stem")]).await, Vec::<String>::new(), "others' stay unknown");
        assert_eq!(found(&reviewer(&app).await, &[("text", "省会城市")]).await, [capital]);
    }

    async fn a_list_tells_formulas_in_plain_letters(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, "1. 计算 $\\frac{1}{2}+x^2$ 的值（　）\nA. 甲\nB. 乙\n答案：A\n").await;
        let title = async || {
            let page = listed(&author, &[]).await.expect(200);
            let row = page["items"].as_array().unwrap().iter().find(|row| row["id"] == item.as_str()).unwrap().clone();
            row["title"].as_str().unwrap().to_owned()
        };
        assert!(title().await.starts_with("计算 1/2+x² 的值"), "{}", title().await);
    }

    async fn texts_of_many_items_are_made_some_at_a_time(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let questions = (1..=TEXTS_AT_A_TIME).map(|n| format!("{n}. 第{n}题是（　）\nA. 甲\nB. 乙\n答案：A\n"));
        let told = read(&author, &world, &questions.collect::<String>(), false).await;
        let more = "1. 还有一题是（　）\nA. 甲\nB. 乙\n答案：A\n";
        let all = told["stored"].as_array().unwrap().len() + 1;
        stored(&author, &world, more).await;
        forget(&app).await;
        make_anew(&app, &world).await;
        let made = async || u64::try_from(texts(&app, "SELECT text FROM item_text").await.len()).unwrap();
        assert_eq!(made().await, TEXTS_AT_A_TIME, "other work has its turn");
        app.clock.advance_s(1);
        world.settle(&app).await;
        assert_eq!(made().await, all as u64);
    }

    async fn an_item_is_found_as_its_newest_version_has_it(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let item = stored(&author, &world, CAPITAL).await;
        let new = json!({ "schema_version": 1, "stem": "哪座城市有西湖", "explanation": "",
            "body": { "kind": "single_choice", "options": ["宁波", "杭州"], "key": 1 } });
        let request = author.request(Method::PUT, &format!("/api/v1/items/{item}")).header("if-match", "\"1\"");
        send(request.json(&new)).await.expect(200);
        assert_eq!(found(&author, &[("text", "省会城市")]).await, Vec::<String>::new());
        assert_eq!(found(&author, &[("text", "西湖")]).await, [item]);
    }

    async fn what_asks_nearly_the_same_is_told_where_it_comes_in(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        assert_eq!(read(&author, &world, CAPITAL, true).await["alike"], json!([]));
        let capital = stored(&author, &world, CAPITAL).await;
        let both = format!("{}\n\n{}", OTHER, CAPITAL_AGAIN.replacen("1.", "2.", 1));
        for dry_run in [true, false] {
            let told = read(&author, &world, &both, dry_run).await["alike"].clone();
            assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
            assert_eq!((&told[0]["place"], &told[0]["other"]["item_id"]), (&json!(1), &json!(capital)));
            assert!(told[0]["other"]["resemblance"].as_u64().unwrap() >= 750, "{told}");
        }
        let twice = format!("{}\n\n{}", OTHER, OTHER.replacen("1.", "2.", 1));
        let told = read(&author, &world, &twice, true).await["alike"].clone();
        let within = told.as_array().unwrap().iter().find(|told| told["other"].is_null()).unwrap();
        assert_eq!((&within["place"], &within["other_place"]), (&json!(1), &json!(0)));
    }

    async fn who_only_writes_items_learns_that_another_is_alike_and_not_which(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let first = stored(&author, &world, CAPITAL).await;
        let other_author = app.staff("wu", Role::ItemAuthor, "33").await;
        let told = read(&other_author, &world, CAPITAL_AGAIN, true).await["alike"][0]["other"].clone();
        assert_eq!((&told["item_id"], &told["title"]), (&Value::Null, &json!("")));
        assert_eq!(told["resemblance"], 750, "nobody finds its words by trying");
        let second = stored(&other_author, &world, CAPITAL_AGAIN).await;
        assert_eq!(alike(&other_author, &second).await[0]["item_id"], Value::Null);
        other_author.get(&format!("/api/v1/items/{first}/alike")).await.expect(404);
        assert_eq!(alike(&reviewer, &second).await[0]["item_id"], json!(first));
        assert_eq!(alike(&reviewer, &first).await[0]["item_id"], json!(second), "each knows of the other");
    }

    async fn the_list_shows_what_is_alike_until_one_of_them_is_another_or_retired(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let first = stored(&author, &world, CAPITAL).await;
        stored(&author, &world, OTHER).await;
        assert_eq!(found(&author, &[("alike", "true")]).await, Vec::<String>::new());
        let second = stored(&author, &world, CAPITAL_AGAIN).await;
        assert_eq!(found(&author, &[("alike", "true")]).await, [second.clone(), first.clone()]);
        let row = listed(&author, &[("alike", "true")]).await.expect(200)["items"][0].clone();
        assert_eq!(row["alike"], 1);

        let reason = json!({ "reason": "重复" });
        reviewer.post(&format!("/api/v1/items/{second}/retire"), &reason).await.expect(200);
        assert_eq!(found(&author, &[("alike", "true")]).await, Vec::<String>::new());
        let told = read(&author, &world, CAPITAL_AGAIN, true).await["alike"].clone();
        let retired = told.as_array().unwrap().iter().find(|told| told["other"]["item_id"] == json!(second)).unwrap();
        assert_eq!(retired["other"]["is_retired"], true, "who brings it in again learns that it was taken away");

        let third = stored(&author, &world, CAPITAL_AGAIN).await;
        assert_eq!(alike(&author, &third).await.as_array().unwrap().len(), 1, "with the first, not with the retired");
        let new = json!({ "schema_version": 1, "stem": "哪座城市有西湖", "explanation": "",
            "body": { "kind": "single_choice", "options": ["宁波", "杭州"], "key": 1 } });
        let request = author.request(Method::PUT, &format!("/api/v1/items/{third}")).header("if-match", "\"1\"");
        assert_eq!(send(request.json(&new)).await.expect(200)["alike"], 0);
        assert_eq!(alike(&author, &first).await, json!([]));
    }

    async fn what_was_retired_is_alike_with_nothing_when_all_is_made_anew(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        // More than one is compared with: the oldest of them is not among those.
        let same: Vec<_> = (1..=51).map(|n| CAPITAL.replacen("1.", &format!("{n}."), 1)).collect();
        let stored = read(&author, &world, &same.join("\n\n"), false).await["stored"].clone();
        assert_eq!(stored.as_array().unwrap().len(), 51);
        let oldest = stored[0].as_str().unwrap();
        reviewer.post(&format!("/api/v1/items/{oldest}/retire"), &json!({ "reason": "重复" })).await.expect(200);
        forget(&app).await;
        make_anew(&app, &world).await;
        assert_eq!(alike(&reviewer, oldest).await, json!([]));
        assert_ne!(alike(&reviewer, stored[50].as_str().unwrap()).await, json!([]));
    }

    async fn items_that_came_in_before_get_their_words(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let capital = stored(&author, &world, CAPITAL).await;
        forget(&app).await;
        assert_eq!(found(&author, &[("text", "省会城市")]).await, Vec::<String>::new());
        make_anew(&app, &world).await;
        assert_eq!(found(&author, &[("text", "省会城市")]).await, std::slice::from_ref(&capital));
        stored(&author, &world, CAPITAL_AGAIN).await;
        assert_eq!(alike(&author, &capital).await.as_array().unwrap().len(), 1);
        let frozen = found(&reviewer(&app).await, &[("text", "stem-that")]).await;
        assert_eq!(frozen, Vec::<String>::new(), "what stands in a sealed paper gets none");
    }
}
