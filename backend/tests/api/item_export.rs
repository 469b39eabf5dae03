//! Items with their keys as files of other systems: for whom, what is told, and that the import takes them again.

use crate::{
    blueprints::{descriptor, descriptor_of, put},
    exam_world::World,
    exports::column,
    people::audited,
    support::{Client, Reply, Sheet, TestApp, db_tests, execute, send, sheets, unpacked},
};
use futures::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ItemId, rights::Role};

const EXPORTS: &str = "/api/v1/items/exports";
const PREVIEW: &str = "/api/v1/items/exports/preview";
const ORDERING: &str = "1.（排序题）按时间先后排好。\n答案：\n辛亥革命\n五四运动\n中华人民共和国成立";

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

/// Who reviews items, once candidates have sat what stands in the world's sealed paper.
async fn reviewer(app: &TestApp) -> Client {
    execute(app, "UPDATE item SET frozen_version = NULL").await;
    app.staff("wei", Role::ItemReviewer, "33").await
}

/// What is asked for: these items of the world's course in a format.
fn of(world: &World, format: &str, only: &[ItemId]) -> Value {
    json!({ "course_id": world.course_id, "format": format, "only": only })
}

async fn import(author: &Client, world: &World, format: &str, text: &str, dry_run: bool) -> Value {
    let body = json!({ "course_id": world.course_id, "format": format, "text": text, "dry_run": dry_run });
    author.post("/api/v1/items/import", &body).await.expect(200)
}

/// The item as who may see its key sees it.
async fn seen(reader: &Client, id: ItemId) -> Value {
    reader.post(&format!("/api/v1/items/{id}/views"), &json!({})).await.expect(200)["item"].clone()
}

#[track_caller]
fn file(reply: Reply, rows: &str) -> Vec<u8> {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.bytes));
    let header = |name: &str| reply.headers[name].to_str().unwrap().to_owned();
    assert_eq!((header("cache-control").as_str(), header("x-rows").as_str()), ("no-store", rows));
    reply.bytes
}

/// The exports that the audit log holds.
async fn exported(app: &TestApp, right: &str) -> Vec<Value> {
    audited(app, right).await.into_iter().filter(|detail| detail["exported"] == "items").collect()
}

#[track_caller]
fn assert_wrong(reply: Reply, pointer: &str, code: &str) {
    let error = reply.expect(422)["errors"][0].clone();
    assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
}

db_tests! {
    async fn what_is_taken_away_comes_in_again_and_each_file_is_noted(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let choices = &world.items[..3];
        for format in ["gift", "moodle_xml"] {
            let reply = reviewer.post(EXPORTS, &of(&world, format, choices)).await;
            let text = String::from_utf8(file(reply, "3")).unwrap();
            let read = import(&author, &world, format, &text, true).await;
            assert_eq!((&read["errors"], read["items"].as_array().unwrap().len()), (&json!([]), 3));
            for (at, id) in choices.iter().enumerate() {
                assert_eq!(read["items"][at], seen(&reviewer, *id).await, "{format}");
            }
        }
        let noted = exported(&app, "read_item").await;
        let of_format = |format: &str| {
            json!({ "exported": "items", "format": format, "rows": 3, "losses": 0, "items": choices })
        };
        assert_eq!(noted, [of_format("gift"), of_format("moodle_xml")]);
    }

    async fn a_package_comes_in_again_without_what_was_told_to_be_lost(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        for format in ["qti22", "qti30"] {
            let asked = of(&world, format, &world.items);
            let told = reviewer.post(PREVIEW, &asked).await.expect(200);
            assert_eq!((&told["items"], &told["left_out"]), (&json!(4), &json!(0)));
            let losses = told["losses"].as_array().unwrap();
            assert!(losses.iter().all(|loss| loss["code"] == "explanation_not_read_back"), "{losses:?}");
            assert!(losses[0]["detail"].as_str().unwrap().contains("解析"), "{losses:?}");
            let package = file(reviewer.post(EXPORTS, &asked).await, "4");
            let path = format!("/api/v1/courses/{}/item_packages?dry_run=true", world.course_id);
            let request = author.request(Method::POST, &path).header("idempotency-key", format).body(package);
            let read = send(request).await.expect(200);
            assert_eq!((&read["errors"], read["items"].as_array().unwrap().len()), (&json!([]), 4));
            for (at, id) in world.items.iter().enumerate() {
                let item = seen(&reviewer, *id).await;
                assert_eq!((&read["items"][at]["stem"], &read["items"][at]["body"]), (&item["stem"], &item["body"]));
            }
        }
    }

    async fn what_a_format_does_not_know_is_told_before_and_is_not_in_the_file(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let stored = import(&author, &world, "chinese_text", ORDERING, false).await["stored"][0].clone();
        let only: [ItemId; 1] = [stored.as_str().unwrap().parse().unwrap()];
        let told = author.post(PREVIEW, &of(&world, "gift", &only)).await.expect(200);
        assert_eq!((&told["items"], &told["left_out"]), (&json!(0), &json!(1)));
        let loss = &told["losses"][0];
        assert_eq!((&loss["code"], &loss["place"], &loss["item_id"]), (&json!("kind_left_out"), &json!(1), &stored));
        assert_wrong(author.post(EXPORTS, &of(&world, "gift", &only)).await, "/format", "no-items");
        let package = file(author.post(EXPORTS, &of(&world, "qti30", &only)).await, "1");
        assert!(unpacked(&package).contains("qti-order-interaction"));
        assert_eq!(exported(&app, "author_item").await.len(), 1, "a look at what would be lost is no file");
    }

    async fn our_own_format_comes_in_again_byte_by_byte(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let taken = file(reviewer.post(EXPORTS, &of(&world, "own", &world.items)).await, "4");
        let text = String::from_utf8(taken.clone()).unwrap();
        let stored: Vec<ItemId> =
            serde_json::from_value(import(&author, &world, "own", &text, false).await["stored"].clone()).unwrap();
        assert_eq!(stored.len(), 4);
        assert_eq!(file(author.post(EXPORTS, &of(&world, "own", &stored)).await, "4"), taken);
    }

    async fn a_workbook_that_was_taken_away_comes_in_again(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let stored = import(&author, &world, "chinese_text", ORDERING, false).await["stored"][0].clone();
        let items = [world.items.as_slice(), &[stored.as_str().unwrap().parse().unwrap()]].concat();
        let workbook = file(reviewer.post(EXPORTS, &of(&world, "workbook", &items)).await, "5");
        let path = format!("/api/v1/courses/{}/item_packages?dry_run=true", world.course_id);
        let read = send(author.request(Method::POST, &path).header("idempotency-key", "w").body(workbook)).await.expect(200);
        assert_eq!(read["errors"], json!([]));
        for (at, id) in items.iter().enumerate() {
            assert_eq!(read["items"][at], seen(&reviewer, *id).await);
        }
    }

    async fn items_are_printed_with_their_keys_and_that_is_noted(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let author = author(&app).await;
        let stored = import(&author, &world, "chinese_text", ORDERING, false).await["stored"][0].clone();
        let lines: ItemId = stored.as_str().unwrap().parse().unwrap();
        put(&author, &descriptor_of(lines), 1, &descriptor("近代史", 650)).await.expect(200);
        let items = [world.items.as_slice(), &[lines]].concat();
        let told = reviewer.post(PREVIEW, &of(&world, "pdf", &items)).await.expect(200);
        assert_eq!((&told["items"], &told["left_out"], &told["losses"]), (&json!(5), &json!(0), &json!([])));
        let printed = reviewer.post(EXPORTS, &of(&world, "pdf", &items)).await;
        assert_eq!(printed.headers["content-type"], "application/pdf");
        assert!(file(printed, "5").starts_with(b"%PDF"));
        let expected = json!({ "exported": "items", "format": "pdf", "rows": 5, "losses": 0, "items": items });
        assert_eq!(exported(&app, "read_item").await, [expected]);
    }

    async fn that_not_all_is_taken_along_that_is_said_of_an_item_is_told(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let item = world.items[1];
        let said = descriptor("集合", 500);
        put(&reviewer, &descriptor_of(item), 1, &said).await.expect(200);
        for format in ["workbook", "gift", "moodle_xml"] {
            let told = reviewer.post(PREVIEW, &of(&world, format, &world.items[..3])).await.expect(200);
            let losses = told["losses"].as_array().unwrap();
            let codes: Vec<_> = losses.iter().map(|loss| (&loss["code"], &loss["place"])).collect();
            assert_eq!(codes, [(&json!("descriptor_left_out"), &json!(2))], "{format}");
        }
        let workbook = file(reviewer.post(EXPORTS, &of(&world, "workbook", &world.items[..3])).await, "3");
        let path = format!("/api/v1/courses/{}/item_packages?dry_run=true", world.course_id);
        let request = author(&app).await.request(Method::POST, &path).header("idempotency-key", "workbook");
        let read = send(request.body(workbook)).await.expect(200);
        let mut taken = said;
        taken["ability"] = json!("comprehend");
        assert_eq!(read["descriptors"], json!([{ "place": 1, "descriptor": taken }]), "the sheet says no ability");
        assert_eq!(read["losses"][0]["code"], "ability_assumed");
    }

    async fn who_asks_while_many_do_waits_for_a_turn(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let asked = ["workbook", "qti22", "moodle_xml"].map(|format| of(&world, format, &world.items));
        let files = join_all(asked.iter().map(|asked| reviewer.post(EXPORTS, asked)));
        let looks = join_all(asked.iter().map(|asked| reviewer.post(PREVIEW, asked)));
        let (files, looks) = join(files, looks).await;
        assert_eq!(files.iter().chain(&looks).map(|reply| reply.status).collect::<Vec<_>>(), [200; 6]);
    }

    async fn a_workbook_has_the_columns_of_the_template(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let workbook = file(reviewer.post(EXPORTS, &of(&world, "workbook", &world.items)).await, "4");
        let [list, _]: [Sheet; 2] = sheets(&workbook).try_into().ok().unwrap();
        assert_eq!(column(&list, "题型"), ["单选题", "单选题", "单选题", "简答题"]);
        assert_eq!((column(&list, "选项A")[0], column(&list, "选项D")[0], column(&list, "答案")[0]), ("a", "d", "A"));
        assert_eq!(column(&list, "课程"), ["Course"; 4]);
        let noted = exported(&app, "read_item").await.remove(0);
        assert_eq!((&noted["rows"], &noted["filter"]["items"]), (&json!(4), &json!(world.items)));
        let asked = json!({ "course_id": world.course_id, "format": "workbook", "state": "approved" });
        let workbook = file(reviewer.post(EXPORTS, &asked).await, "4");
        assert!(unpacked(&workbook).contains("审核通过"), "the file says what the list was narrowed down by");
        assert_eq!(exported(&app, "read_item").await[1]["filter"]["state"], "approved");
        import(&author(&app).await, &world, "chinese_text", ORDERING, false).await;
        let asked = json!({ "course_id": world.course_id, "format": "workbook", "text": "按时间先后" });
        assert!(unpacked(&file(reviewer.post(EXPORTS, &asked).await, "1")).contains("按时间先后"));
        assert_eq!(exported(&app, "read_item").await[2]["filter"]["text"], "按时间先后");
    }

    async fn the_filter_of_the_list_chooses_as_the_list_does(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let asked = |more: Value| {
            let mut asked = json!({ "course_id": world.course_id, "format": "moodle_xml" });
            asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            asked
        };
        file(reviewer.post(EXPORTS, &asked(json!({}))).await, "4");
        assert_wrong(reviewer.post(EXPORTS, &asked(json!({ "module": "M" }))).await, "/course_id", "no-items");
        assert_wrong(reviewer.post(EXPORTS, &asked(json!({ "module": "M".repeat(61) }))).await, "/module", "too-long");
        assert_wrong(reviewer.post(EXPORTS, &asked(json!({ "only": [] }))).await, "/only", "required");
        let twice = [world.items[0], world.items[0]];
        assert_wrong(reviewer.post(EXPORTS, &of(&world, "gift", &twice)).await, "/only", "duplicate");
    }

    async fn who_only_writes_items_takes_their_own_and_who_does_neither_none(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let stored = import(&author, &world, "chinese_text", ORDERING, false).await["stored"][0].clone();
        let own: ItemId = stored.as_str().unwrap().parse().unwrap();
        for path in [EXPORTS, PREVIEW] {
            assert_eq!(author.post(path, &of(&world, "qti22", &[own])).await.status, 200);
            let others = author.post(path, &of(&world, "qti22", &[own, world.items[0]])).await;
            assert_eq!(others.expect_problem(404), "not-found");
            let teacher = app.staff(&format!("shi{}", path.len()), Role::Teacher, "33").await;
            assert_eq!(teacher.post(path, &of(&world, "qti22", &world.items)).await.expect_problem(403), "forbidden");
        }
        let all = json!({ "course_id": world.course_id, "format": "qti22" });
        file(author.post(EXPORTS, &all).await, "1");
    }
}
