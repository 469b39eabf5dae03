//! 花名册: lists come in whole, whatever is wrong with some of their rows.

mod by_hand;
mod checks;
mod filters;
pub(crate) mod moves;
mod parts;
mod rounds;
mod steps;
mod sums;
pub(crate) mod visits;

use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, audited, canary::dump, keys::rotate_away, number, office, person, texts, towns},
    support::{Client, NO_ID, Reply, Store, TestApp, db_tests, is_whole_run, send},
    work::waiting,
};
use backend::{app, exports, platform::jobs::Jobs};
use encoding_rs::GB18030;
use futures::future::{Either, join_all, select, try_join_all};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{
    fmt::Write,
    io::{self, Cursor},
    pin::pin,
};

const BATCHES: &str = "/api/v1/roster/batches";
const HEADERS: &str = "序号,姓名,身份证号,性别,手机,所在乡镇,文化程度,学历提升意愿,备注";

/// A list with a title, its headers in the third row, and something wrong with most of its rows.
fn messy() -> String {
    let rows = [
        format!("1,张秀英,{},女,19900009137,,初中毕业,高中,晚上有空", number(2)),
        "2,李四,330199198503140023,女,,,,,=1+1".to_owned(),
        "3,王五,3.30199E+17,男,,,,,".to_owned(),
        format!("4,张秀英,{},女,,,,,", number(2)),
        format!("5,,{},女,,,,,", number(4)),
        format!("6,赵六,{},女,,{NEXT_DOOR},,,", number(6)),
        format!("7,孙七,{},男,12345,,,,", number(8)),
        format!("8,周八,{},女,,,,不愿,身份证{}电话19900009138", number(10), number(12)),
        format!("9,吴九,{},女,,,,,", number(20)),
    ];
    format!("某某街道排摸表,,,,,,,,\r\n,,,,,,,,\r\n{HEADERS}\r\n{}\r\n", rows.join("\r\n"))
}

/// So many rows after the headers; of each hundred the last has a wrong number.
fn long_list(rows: u32) -> String {
    let mut list = format!("{HEADERS}\r\n");
    for n in 0..rows {
        let wrong = if n % 100 == 99 { "1" } else { "" };
        let (body, year) = (n % 1000, 1950 + n / 1000 % 50);
        let day = 1 + n / 50_000;
        let number = numbered(&format!("330199{year}03{day:02}{body:03}"));
        writeln!(list, "{n},张秀英,{number}{wrong},,,,初中毕业,,").unwrap();
    }
    list
}

/// A number with its check digit.
fn numbered(body: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

async fn upload(client: &Client, place: &str, bytes: impl Into<reqwest::Body>) -> Reply {
    let path = format!("{BATCHES}?division={place}&file_name=list.csv");
    send(client.request(Method::POST, &path).body(bytes)).await
}

fn batch_path(uploaded: &Value) -> String {
    format!("{BATCHES}/{}", uploaded["batch"]["id"].as_str().unwrap())
}

/// Imports an uploaded list by what was proposed; what that brought.
async fn import(app: &TestApp, client: &Client, uploaded: &Value) -> Value {
    let body = json!({ "mapping": uploaded["proposal"]["mapping"] });
    let asked = client.post(&format!("{}/import", batch_path(uploaded)), &body).await;
    app.finish_job(client, asked).await
}

/// Uploads a list for `HERE` and imports it.
pub(crate) async fn take(app: &TestApp, client: &Client, list: &str) -> (Value, Value) {
    let uploaded = upload(client, HERE, list.to_owned()).await.expect(201);
    let report = import(app, client, &uploaded).await;
    (uploaded, report)
}

/// The faults of a list: row, field, fault, column.
async fn faults(client: &Client, uploaded: &Value) -> Vec<(u64, String, String, Option<u64>)> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{}/faults?limit=4{cursor}", batch_path(uploaded))).await.expect(200);
        for row in page["items"].as_array().unwrap() {
            for fault in row["faults"].as_array().unwrap() {
                assert!(!fault["reason"].as_str().unwrap().starts_with("field."), "{fault}");
                let text = |name: &str| fault[name].as_str().unwrap().to_owned();
                found.push((row["row"].as_u64().unwrap(), text("field"), text("fault"), fault["column"].as_u64()));
            }
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

async fn count(app: &TestApp, table: &str) -> String {
    texts(app, &format!("SELECT CAST(COUNT(*) AS text) FROM {table}")).await.remove(0)
}

/// What [`messy`] brings.
fn messy_report(added: u32, already_there: u32) -> Value {
    json!({ "last_row": 12, "added": added, "already_there": already_there, "kept_elsewhere": 1, "faulty": 6 })
}

/// A person kept next door, whom the messy list names, too.
async fn neighbour_keeps_one(app: &TestApp) {
    let neighbour = office(app, "li", NEXT_DOOR).await;
    neighbour.post(PEOPLE, &person(20, NEXT_DOOR)).await.expect(201);
}

db_tests! {
    async fn a_list_whose_reply_was_lost_is_there_once(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let path = format!("{BATCHES}?division={HERE}&file_name=list.csv");
        let send_list = async |list: String| {
            send(office.request(Method::POST, &path).header("idempotency-key", "k").body(list)).await
        };
        let first = send_list(messy()).await.expect(201);
        assert_eq!(send_list(messy()).await.expect(201), first);
        assert_eq!(count(&app, "roster_batch").await, "1");
        assert_eq!(send_list(long_list(3)).await.expect_problem(422), "idempotency-conflict");
    }

    async fn a_messy_list_loses_no_good_row_and_tells_of_every_bad_one(app) {
        towns(&app).await;
        neighbour_keeps_one(&app).await;
        let office = office(&app, "wang", HERE).await;
        let uploaded = upload(&office, HERE, GB18030.encode(&messy()).0.into_owned()).await.expect(201);
        assert_eq!((&uploaded["header_row"], &uploaded["is_remembered"]), (&json!(3), &json!(false)));
        let proposal = &uploaded["proposal"];
        assert_eq!((&proposal["missing"], &proposal["ambiguous"], &proposal["mapping"]["name"]), (&json!([]), &json!([]), &json!(1)));
        assert_eq!(count(&app, "roster_entry").await, "0", "nothing is imported before somebody confirms");

        assert_eq!(import(&app, &office, &uploaded).await, messy_report(2, 0));
        let fault = |row, field: &str, fault: &str, column| (row, field.to_owned(), fault.to_owned(), Some(column));
        assert_eq!(faults(&office, &uploaded).await, [
            fault(5, "document_number", "document-wrong-check", 2),
            fault(6, "document_number", "document-destroyed", 2),
            fault(7, "document_number", "duplicate-in-file", 2),
            fault(8, "name", "required", 1),
            fault(9, "residence_division", "division-outside", 5),
            fault(10, "sex", "sex-differs", 3),
            fault(10, "phone", "phone-malformed", 4),
            fault(12, "document_number", "kept-elsewhere", 2),
        ]);
        let shown = office.get(&format!("{}/faults", batch_path(&uploaded))).await.expect(200);
        let duplicate = &shown["items"][2]["faults"][0];
        assert_eq!((&duplicate["fault"], &duplicate["earlier_row"]), (&json!("duplicate-in-file"), &json!(4)));
        assert!(duplicate["reason"].as_str().unwrap().contains("第 4 行"), "{duplicate}");
        let batch = office.get(&batch_path(&uploaded)).await.expect(200);
        assert_eq!((&batch["state"], &batch["report"]), (&json!("imported"), &messy_report(2, 0)));
        assert_eq!((count(&app, "roster_file_part").await, count(&app, "person").await), ("0".to_owned(), "3".to_owned()));
        let listed = office.get(BATCHES).await.expect(200);
        assert_eq!(listed["items"], json!([batch]));
    }

    async fn the_columns_of_a_list_that_waits_are_told_again(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let uploaded = upload(&office, HERE, messy()).await.expect(201);
        assert_eq!(office.get(&format!("{}/columns", batch_path(&uploaded))).await.expect(200), uploaded);
        import(&app, &office, &uploaded).await;
        let again = office.get(&format!("{}/columns", batch_path(&uploaded))).await.expect(200);
        assert_eq!((&again["is_remembered"], &again["headers"]), (&json!(true), &uploaded["headers"]));
        assert_eq!((&again["batch"]["state"], &again["batch"]["rows"]), (&json!("imported"), &json!(12)));
    }

    async fn the_template_is_a_list_without_persons(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let template = office.get("/api/v1/roster/template").await;
        assert_eq!(template.status, 200);
        let uploaded = upload(&office, HERE, template.bytes).await.expect(201);
        let proposal = &uploaded["proposal"];
        assert_eq!((&proposal["missing"], &proposal["guessed"], &proposal["not_understood"]), (&json!([]), &json!([]), &json!([])));
        let report = import(&app, &office, &uploaded).await;
        assert_eq!((&report["added"], &report["faulty"]), (&json!(0), &json!(0)));
        let teacher = app.staff("zhou", Role::Teacher, "33").await;
        assert_eq!(teacher.get("/api/v1/roster/template").await.expect_problem(403), "forbidden");
    }

    async fn a_list_waits_to_be_confirmed_and_then_to_be_corrected_until_a_newer_one_comes(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let waits = async |client: &Client| {
            let mut counts = [0; 2];
            for (at, wait) in ["confirm", "correct"].into_iter().enumerate() {
                counts[at] = waiting(client, &format!("lists_to_{wait}")).await;
                let listed = client.get(&format!("{BATCHES}?waits={wait}")).await.expect(200);
                assert_eq!(listed["items"].as_array().unwrap().len() as u64, counts[at], "{wait}");
            }
            counts
        };
        let uploaded = upload(&office, HERE, messy()).await.expect(201);
        assert_eq!(waits(&office).await, [1, 0]);
        import(&app, &office, &uploaded).await;
        assert_eq!((waits(&office).await, waiting(&office, "persons_to_assign").await), ([0, 1], 3));
        let neighbour = crate::people::office(&app, "li", NEXT_DOOR).await;
        assert_eq!(waits(&neighbour).await, [0, 0]);
        upload(&neighbour, NEXT_DOOR, messy()).await.expect(201);
        assert_eq!(waits(&office).await, [0, 1], "a list of another place corrects nothing");
        let right = format!("姓名,身份证号\n张三,{}\n", number(14));
        let corrected = upload(&office, HERE, right).await.expect(201);
        assert_eq!(waits(&office).await, [1, 0]);
        import(&app, &office, &corrected).await;
        assert_eq!(waits(&office).await, [0, 0]);
    }

    async fn importing_a_list_again_changes_nothing(app) {
        towns(&app).await;
        neighbour_keeps_one(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (first, _) = take(&app, &office, &messy()).await;
        let before = texts(&app, "SELECT name || state || version FROM roster_entry ORDER BY id").await;
        let again = office.post(&format!("{}/import", batch_path(&first)), &json!({ "mapping": {} })).await;
        assert_eq!(again.expect_problem(409), "wrong-state");
        let (second, report) = take(&app, &office, &messy()).await;
        assert_eq!((second["is_remembered"].clone(), report), (json!(true), messy_report(0, 2)));
        assert_eq!(texts(&app, "SELECT name || state || version FROM roster_entry ORDER BY id").await, before);
        assert_eq!(faults(&office, &second).await, faults(&office, &first).await);
    }

    async fn a_list_that_is_confirmed_on_two_devices_and_by_a_colleague_at_once_is_imported_once(app) {
        towns(&app).await;
        let (phone, colleague) = (office(&app, "wang", HERE).await, office(&app, "zhao", HERE).await);
        let laptop = app.log_in("wang").await;
        let uploaded = upload(&phone, HERE, long_list(300)).await.expect(201);
        let (path, body) = (batch_path(&uploaded), json!({ "mapping": uploaded["proposal"]["mapping"] }));
        let confirm = format!("{path}/import");
        let asked = join_all([&phone, &laptop, &colleague].map(|client| client.post(&confirm, &body))).await;
        let asked: Vec<_> = asked.into_iter().map(|reply| reply.expect(202)["id"].clone()).collect();
        assert_eq!(asked[0], asked[1], "whatever device one asks on, it is the same work");

        let nodes = [app::jobs(app.cx.clone()), app::jobs(app.cx.clone())];
        try_join_all(nodes.iter().map(Jobs::run_due)).await.unwrap();
        // Who was overtaken looks again, and finds it done.
        app.clock.advance_s(61);
        app.jobs.run_due().await.unwrap();
        for (client, job) in [&phone, &colleague].into_iter().zip([&asked[0], &asked[2]]) {
            let job = client.get(&format!("/api/v1/jobs/{}", job.as_str().unwrap())).await.expect(200);
            assert_eq!(job["state"], "done", "{job}");
        }
        let batch = phone.get(&path).await.expect(200);
        let report = json!({ "last_row": 301, "added": 297, "already_there": 0, "kept_elsewhere": 0, "faulty": 3 });
        assert_eq!((&batch["state"], &batch["report"]), (&json!("imported"), &report));
        let stored = [count(&app, "roster_entry").await, count(&app, "person").await, count(&app, "roster_faulty_row").await];
        assert_eq!(stored, ["297", "297", "3"]);
        assert_eq!(laptop.post(&confirm, &body).await.expect_problem(409), "wrong-state");
    }

    async fn a_document_that_is_recorded_under_another_name_ties_nobody_to_the_list(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for (n, name) in [(2, "阿依·古丽"), (4, "张秀英")] {
            let mut known = person(n, HERE);
            known["name"] = json!(name);
            office.post(PEOPLE, &known).await.expect(201);
        }
        let list = format!("姓名,身份证号\n 阿依•古丽 ,{}\n李四,{}\n", number(2), number(4));
        let (uploaded, report) = take(&app, &office, &list).await;
        assert_eq!(report, json!({ "last_row": 3, "added": 1, "already_there": 0, "kept_elsewhere": 0, "faulty": 1 }));
        assert_eq!(faults(&office, &uploaded).await, [(3, "name".to_owned(), "name-differs".to_owned(), Some(0))]);
        assert_eq!(texts(&app, "SELECT name FROM roster_entry").await, ["阿依·古丽"]);
        let shown = office.get(&format!("{}/faults", batch_path(&uploaded))).await.expect(200);
        assert_eq!(shown["items"][0]["faults"][0]["value"], "李四");
        let file = office.post(&format!("{}/correction_file", batch_path(&uploaded)), &json!({})).await;
        let file = String::from_utf8(file.bytes).unwrap();
        assert!(file.contains("李四") && file.contains("另一个名字"), "{file}");
        assert!(!file.contains("张秀英") && !shown.to_string().contains("张秀英"), "the other name is not told");
        assert_eq!(waiting(&office, "lists_to_correct").await, 1);
    }

    async fn the_correction_file_is_harmless_and_is_taken_in_again(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (uploaded, _) = take(&app, &office, &messy()).await;
        let reply = office.post(&format!("{}/correction_file", batch_path(&uploaded)), &json!({})).await;
        assert_eq!(reply.status, 200);
        let file = String::from_utf8(reply.bytes).unwrap();
        assert!(file.starts_with(&format!("\u{FEFF}{HEADERS},需要改正的地方\n")), "{file}");
        assert!(file.contains("'330199198503140023,女,,,,,'=1+1,证件号码有一位填错了"), "{file}");
        assert_eq!(file.lines().count(), 1 + 6);
        let notes = audited(&app, "import_roster").await;
        assert_eq!(notes.last(), Some(&json!({ "correction_file": 6 })));
        let corrected = file.replace("330199198503140023", &number(14));
        let (again, report) = take(&app, &office, &corrected).await;
        assert_eq!(again["is_remembered"], true, "its columns are those of the list that it corrects");
        assert_eq!((&report["added"], &report["already_there"], &report["faulty"]), (&json!(1), &json!(1), &json!(4)));
    }

    async fn a_newer_key_takes_over_lists_rows_and_what_was_said(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (taken, _) = take(&app, &office, &messy()).await;
        let waiting = upload(&office, HERE, messy()).await.expect(201);
        let before = faults(&office, &taken).await;
        rotate_away(&app).await;
        assert_eq!(faults(&office, &taken).await, before);
        let listed = office.get("/api/v1/roster?limit=1").await.expect(200);
        office.get(&format!("/api/v1/roster/{}", listed["items"][0]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(import(&app, &office, &waiting).await["already_there"], 3, "the file opens by the new key");
    }

    async fn an_import_that_breaks_off_goes_on_and_doubles_nothing(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let mut list = long_list(6500);
        // The first row once more, when the chunk with it is long stored.
        list.push_str(list.clone().lines().nth(1).unwrap());
        let uploaded = upload(&office, HERE, list).await.expect(201);
        let body = json!({ "mapping": uploaded["proposal"]["mapping"] });
        let job = office.post(&format!("{}/import", batch_path(&uploaded)), &body).await.expect(202);
        let progress = async || texts(&app, "SELECT CAST(last_row AS text) FROM roster_batch").await.remove(0);
        let chunk_is_stored = async { while progress().await == "1" {} };
        let is_over = {
            let import = pin!(app.jobs.run_due());
            let chunk_is_stored = pin!(chunk_is_stored);
            matches!(select(import, chunk_is_stored).await, Either::Left(_))
        };
        assert!(!is_over, "the import broke off in between");
        assert_ne!(count(&app, "roster_entry").await, "0");

        app.clock.advance_s(61);
        app::jobs(app.cx.clone()).run_due().await.unwrap();
        let done = office.get(&format!("/api/v1/jobs/{}", job["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(done["state"], "done");
        assert_eq!(done["result"], json!({ "last_row": 6502, "added": 6435, "already_there": 0, "kept_elsewhere": 0, "faulty": 66 }));
        assert_eq!((count(&app, "roster_entry").await, count(&app, "person").await), ("6435".to_owned(), "6435".to_owned()));
        let faults = faults(&office, &uploaded).await;
        assert_eq!((faults.len(), faults.last().unwrap().2.as_str()), (66, "duplicate-in-file"));
    }

    async fn no_number_of_a_list_lies_in_the_store(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (uploaded, _) = take(&app, &office, &messy()).await;
        // One that is uploaded and waits, and one whose columns are confounded.
        upload(&office, HERE, messy()).await.expect(201);
        let confounded = upload(&office, HERE, format!("身份证号,姓名\n张秀英,{}\n", number(16))).await.expect(201);
        let mapping = json!({ "mapping": { "name": 1, "document_number": 0 } });
        let asked = office.post(&format!("{}/import", batch_path(&confounded)), &mapping).await;
        assert_eq!(app.finish_job(&office, asked).await["faulty"], 1);
        let shown = office.get(&format!("{}/faults", batch_path(&uploaded))).await.expect(200);
        let dump = dump(&app).await;
        assert!(dump.contains("周八"), "the dump holds what was written");
        for secret in [2, 4, 6, 8, 10, 12, 16, 20].map(number).into_iter().chain(["19900009137".to_owned(), "19900009138".to_owned()]) {
            assert!(!dump.contains(&secret), "{secret} is in the store");
            assert!(!shown.to_string().contains(&secret), "{secret} is shown");
        }
    }

    async fn what_is_no_list_is_refused(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for (bytes, code) in [(&b"%PDF-1.7\0\0"[..], "not-a-sheet"), (b"PK\x03\x04", "not-a-sheet"), (b"a,b\n1,2\n", "no-header-row"), (b"", "no-header-row")] {
            let problem = upload(&office, HERE, bytes).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/file"), &json!(code)));
        }
        let uploaded = upload(&office, HERE, messy()).await.expect(201);
        for (mapping, pointer) in [(json!({ "name": 1 }), "/mapping/document_number"), (json!({ "name": 1, "document_number": 99 }), "/mapping/document_number")] {
            let problem = office.post(&format!("{}/import", batch_path(&uploaded)), &json!({ "mapping": mapping })).await.expect(422);
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
        assert_eq!(send(office.request(Method::POST, BATCHES).body("x")).await.expect_problem(422), "invalid");
        assert_eq!(upload(&office, "330502199", messy()).await.expect_problem(422), "invalid");
        assert_eq!(upload(&office, HERE, vec![b'a'; 32 * 1024 * 1024 + 1]).await.expect_problem(413), "too-large");
    }

    async fn lists_are_their_own_places_alone(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let (uploaded, _) = take(&app, &here, &messy()).await;
        let path = batch_path(&uploaded);
        let mapping = json!({ "mapping": { "name": 1, "document_number": 2 } });
        let next_door = office(&app, "li", NEXT_DOOR).await;
        assert_eq!(upload(&next_door, HERE, messy()).await.expect_problem(403), "forbidden");
        assert_eq!(next_door.get(BATCHES).await.expect(200)["items"], json!([]));
        for reply in [
            next_door.get(&path).await,
            next_door.get(&format!("{path}/faults")).await,
            next_door.get(&format!("{path}/columns")).await,
            next_door.post(&format!("{path}/import"), &mapping).await,
            next_door.post(&format!("{path}/correction_file"), &json!({})).await,
            here.get(&format!("{BATCHES}/{NO_ID}")).await,
        ] {
            assert_eq!(reply.expect_problem(404), "not-found");
        }
        for (name, role, place) in [("xian", Role::CountyBureau, "330502"), ("sheng", Role::ProvinceOffice, "33")] {
            let bureau = app.staff(name, role, place).await;
            assert_eq!(bureau.get(BATCHES).await.expect(200)["items"].as_array().unwrap().len(), 1);
            assert_eq!(upload(&bureau, HERE, messy()).await.expect_problem(403), "forbidden");
            assert_eq!(bureau.post(&format!("{path}/import"), &mapping).await.expect_problem(403), "forbidden");
            assert_eq!(bureau.post(&format!("{path}/correction_file"), &json!({})).await.expect_problem(403), "forbidden");
        }
        let teacher = app.staff("zhou", Role::Teacher, "33").await;
        assert_eq!(upload(&teacher, HERE, messy()).await.expect_problem(403), "forbidden");
        assert_eq!(teacher.get(BATCHES).await.expect_problem(403), "forbidden");
        assert_eq!(teacher.get(&path).await.expect_problem(404), "not-found");
    }
}

/// Rows of the longest list: a whole run reads as many as a county has on one.
fn longest() -> u32 {
    if is_whole_run() { 100_000 } else { 10_000 }
}

/// Looks at what the longest list brings: every good row, every fault at its place, and a correction file with the rows
/// that have one.
async fn long_list_is_imported(app: TestApp, list: impl Into<reqwest::Body>) {
    let (rows, faults) = (longest(), longest() / 100);
    towns(&app).await;
    let office = office(&app, "wang", HERE).await;
    let uploaded = upload(&office, HERE, list).await.expect(201);
    let report = import(&app, &office, &uploaded).await;
    assert_eq!(
        report,
        json!({
            "last_row": rows + 1, "added": rows - faults, "already_there": 0, "kept_elsewhere": 0, "faulty": faults,
        })
    );
    let (mut faulty, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = office.get(&format!("{}/faults?limit=200{cursor}", batch_path(&uploaded))).await.expect(200);
        faulty.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(u32::try_from(faulty.len()), Ok(faults));
    for (row, nth) in faulty.iter().zip(1..) {
        let [fault] = &row["faults"].as_array().unwrap()[..] else { panic!("{row}") };
        assert_eq!((&row["row"], &fault["column"]), (&json!(nth * 100 + 1), &json!(2)));
        assert_eq!((&fault["field"], &fault["fault"]), (&json!("document_number"), &json!("document-malformed")));
        assert!(!fault["reason"].as_str().unwrap().is_empty() && fault["value"].as_str().unwrap().contains('*'));
    }
    let file = office.post(&format!("{}/correction_file", batch_path(&uploaded)), &json!({})).await;
    let file = String::from_utf8(file.bytes).unwrap();
    let running: Vec<_> = file.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(running, (1..=faults).map(|nth| (nth * 100 - 1).to_string()).collect::<Vec<_>>());
    assert!(file.lines().skip(1).all(|line| line.split(',').next_back().is_some_and(|reason| !reason.is_empty())));
}

/// A list on the embedded store, and the same as a workbook on the other one: each once, for the time it takes.
#[actix_web::test]
async fn a_long_list_is_imported_with_its_faults() {
    long_list_is_imported(TestApp::start(Store::sqlite().await).await, long_list(longest())).await;
}

#[actix_web::test]
async fn a_long_workbook_is_imported_with_its_faults() {
    // As spreadsheet programs write them: cells name their texts by number.
    let (mut rows, mut texts, mut number) = (String::new(), String::new(), 0);
    for (line, row) in long_list(longest()).lines().zip(1..) {
        write!(rows, "<row r=\"{row}\">").unwrap();
        for cell in line.split(',') {
            write!(texts, "<si><t>{cell}</t></si>").unwrap();
            write!(rows, "<c t=\"s\"><v>{number}</v></c>").unwrap();
            number += 1;
        }
        rows.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    let packed = exports::pack(Cursor::new(Vec::new()), &[("Sheet1", sheet)]).unwrap();
    let workbook = with_part(packed, "xl/sharedStrings.xml", &format!("<sst xmlns=\"{main}\">{texts}</sst>"));
    long_list_is_imported(TestApp::start(Store::postgres().await).await, workbook).await;
}

/// A workbook with one more part.
fn with_part(packed: Cursor<Vec<u8>>, path: &str, content: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new_append(packed).unwrap();
    archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
    io::Write::write_all(&mut archive, content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}
