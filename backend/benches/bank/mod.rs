//! The figures of the item bank, one `name value unit` a line: `make bench ONLY=bank`.
//!
//! The server is the real program in a process of its own; texts of items go to it over HTTP as an author sends them.

mod items;

use crate::{
    now, print,
    support::{Client, Cluster, Program, Store, TestApp, send},
};
use backend::{
    access::{Action, JobName, Permit},
    learning,
    platform::clock::{Clock, SystemClock},
};
use serde_json::json;
use shared::{
    ids::{AccountId, CourseId},
    learning::{CourseKind, CourseLevel, CourseRole, NewCourse},
    rights::{Right, Role},
};

/// Items that one text brings in.
const AT_ONCE: u32 = 5_000;
/// Items of the bank.
const ITEMS: u32 = 100_000;
/// How often each text is looked for.
const ASKED: usize = 50;

struct SetUp;

impl Action for SetUp {
    type Target = AccountId;
    const RIGHT: Right = Right::AuthorCourse;
}

pub(crate) fn run() {
    actix_web::rt::System::new().block_on(async {
        let sqlite = bank("sqlite", Store::sqlite().await).await;
        let cluster = Cluster::start();
        let postgres = bank("postgres", Store::on(&cluster).await).await;
        print("item_import_per_s", sqlite.0.min(postgres.0), "1/s");
        print("bank_search_p99_ms", sqlite.1.max(postgres.1), "ms");
    });
}

/// Fills a bank and searches it: the items that came in in a second, and the delay of all but the slowest hundredth of
/// searches.
async fn bank(store: &str, place: Store) -> (f64, f64) {
    let bench = TestApp::start_at(place, SystemClock.now()).await;
    let course_id = course(&bench).await;
    let program = Program::start(&bench.store).await;
    let author = bench.staff("zhou", Role::ItemAuthor, "33").await.at(program.address);
    let begin = now();
    for first in (0..ITEMS).step_by(AT_ONCE as usize) {
        let text = items::text(first + 1, AT_ONCE);
        let body = json!({ "course_id": course_id, "format": "chinese_text", "text": text, "dry_run": false });
        let report = author.post("/api/v1/items/import", &body).await.expect(200);
        assert_eq!(report["stored"].as_array().unwrap().len(), AT_ONCE as usize, "{}", report["errors"]);
    }
    let per_s = f64::from(ITEMS) / begin.elapsed().as_secs_f64();
    print(&format!("item_import_{store}_per_s"), per_s, "1/s");
    let reviewer = bench.staff("wei", Role::ItemReviewer, "33").await.at(program.address);
    let mut worst = (0.0, 0.0);
    for text in items::SOUGHT {
        let (half, most) = delays(&reviewer, course_id, text).await;
        worst = (f64::max(worst.0, half), f64::max(worst.1, most));
    }
    print(&format!("bank_search_{store}_p50_ms"), worst.0, "ms");
    print(&format!("bank_search_{store}_p99_ms"), worst.1, "ms");
    (per_s, worst.1)
}

/// Half and the slowest hundredth of the delays of a search.
async fn delays(reviewer: &Client, course_id: CourseId, text: &str) -> (f64, f64) {
    let mut delays = Vec::new();
    for _ in 0..ASKED {
        let request = reviewer.request(reqwest::Method::GET, "/api/v1/items");
        let begin = now();
        send(request.query(&[("course_id", course_id.to_string().as_str()), ("text", text)])).await.expect(200);
        delays.push(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    delays.sort_by(f64::total_cmp);
    (delays[delays.len() / 2], delays[delays.len() * 99 / 100])
}

/// The course whose bank it is.
async fn course(bench: &TestApp) -> CourseId {
    let (cx, author) = (&bench.cx, bench.cx.ids.new_id());
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, author);
    let new = || NewCourse {
        code: "GSX01".to_owned(),
        title: "Course".to_owned(),
        level: CourseLevel::Senior,
        role: CourseRole::Required,
        kind: CourseKind::Culture,
        class_hours: 100,
        face_to_face_hours: 10,
        summary: "Summary".to_owned(),
    };
    cx.db.write(&permit, async |tx| learning::create_course(cx, tx, author, new()).await).await.unwrap()
}
