//! The figures of the roster, one `name value unit` a line: `make bench ONLY=roster`.
//!
//! The server is the real program in a process of its own; lists go to it over HTTP as a school's office
//! sends them.

mod lists;

use crate::{
    now, print,
    support::{Client, Cluster, NO_ID, Program, Store, TestApp, execute, send},
};
use backend::{
    organisation,
    platform::clock::{Clock, SystemClock},
};
use lists::{ROWS, list};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::time::Duration;

/// Lists that make up the large roster, each for a township of its own.
const LISTS: u32 = 10;
/// Rows of the small list, whose memory that of the large ones is compared with.
const FEW_ROWS: u32 = 10_000;
/// How often each page is asked for.
const ASKED: usize = 100;
/// How often the progress of an import is asked for.
const POLL: Duration = Duration::from_millis(200);

pub(crate) fn run() {
    actix_web::rt::System::new().block_on(async {
        let sqlite = imports("sqlite", Store::sqlite().await, 1).await;
        let cluster = Cluster::start();
        let postgres = imports("postgres", Store::on(&cluster).await, LISTS).await;
        print("roster_import_rows_per_s", sqlite.rows_per_s.min(postgres.rows_per_s), "1/s");
        print("roster_import_peak_mib", sqlite.peak_mib.max(postgres.peak_mib), "MiB");
        print("roster_import_growth_mib", sqlite.growth_mib.max(postgres.growth_mib), "MiB");
        pages(&postgres.bench, &postgres.program).await;
    });
}

/// A store after the lists came in.
struct Imported {
    bench: TestApp,
    program: Program,
    /// Rows of the first list, read, judged and stored, in a second.
    rows_per_s: f64,
    /// The most memory that the program held while all lists came in.
    peak_mib: f64,
    /// How much more that is than while a list of a tenth of the rows came in.
    growth_mib: f64,
}

/// Imports a small list and so many large ones, and prints how fast the first of these went in, and what memory the
/// small one and all of them took.
async fn imports(store: &str, place: Store, lists: u32) -> Imported {
    let bench = TestApp::start_at(place, SystemClock.now()).await;
    organisation::load_divisions(&bench.cx).await.unwrap();
    let program = Program::start(&bench.store).await;
    let (before, mut rows_per_s) = (peak_mib(&program), 0.0);
    // Persons whom no later list names.
    let office = bench.staff("office-few", Role::SchoolOffice, lists::TOWNSHIPS[0]).await.at(program.address);
    import(&office, lists::TOWNSHIPS[0], list(LISTS, FEW_ROWS)).await;
    let few_mib = peak_mib(&program);
    for (n, township) in lists::TOWNSHIPS.iter().enumerate().take(lists as usize) {
        let office = bench.staff(&format!("office-{n}"), Role::SchoolOffice, township).await.at(program.address);
        let begin = now();
        let report = import(&office, township, list(u32::try_from(n).unwrap(), ROWS)).await;
        let took = begin.elapsed().as_secs_f64();
        assert_eq!((&report["added"], &report["faulty"]), (&json!(ROWS - ROWS / 100), &json!(ROWS / 100)), "{report}");
        if n == 0 {
            rows_per_s = f64::from(ROWS) / took;
        }
    }
    let peak_mib = peak_mib(&program);
    print(&format!("roster_import_{store}_rows_per_s"), rows_per_s, "1/s");
    print(&format!("roster_import_{store}_peak_mib"), peak_mib, "MiB");
    print(&format!("roster_import_{store}_peak_of_few_mib"), few_mib, "MiB");
    print(&format!("roster_import_{store}_before_mib"), before, "MiB");
    Imported { bench, program, rows_per_s, peak_mib, growth_mib: peak_mib - few_mib }
}

/// Uploads a list, confirms its columns, and waits until every row is stored.
async fn import(office: &Client, township: &str, list: String) -> Value {
    let path = format!("/api/v1/roster/batches?division={township}&file_name=list.csv");
    let uploaded = send(office.request(Method::POST, &path).body(list)).await.expect(201);
    let import = format!("/api/v1/roster/batches/{}/import", uploaded["batch"]["id"].as_str().unwrap());
    let job = office.post(&import, &json!({ "mapping": uploaded["proposal"]["mapping"] })).await.expect(202);
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    loop {
        let job = office.get(&path).await.expect(200);
        match job["state"].as_str().unwrap() {
            "done" => return job["result"].clone(),
            "failed" => panic!("the import failed: {job}"),
            _ => tokio::time::sleep(POLL).await,
        }
    }
}

/// The delay of a page of the large roster, by the filter that takes longest.
async fn pages(bench: &TestApp, program: &Program) {
    spread_states(bench).await;
    let office = bench.staff("province", Role::ProvinceOffice, "33").await.at(program.address);
    let surveyor = backend::identity::find_by_name(&bench.cx, "office-3").await.unwrap().unwrap();
    let whole = [
        "",
        "&state=visited",
        "&intent=senior",
        "&name=张",
        "&name=龚自",
        "&name=上官无人",
        "&state=intent_no&intent=unwilling",
    ];
    let mut filters: Vec<String> = whole.iter().map(|filter| (*filter).to_owned()).collect();
    filters.push(format!("&surveyor_id={surveyor}"));
    filters.push(format!("&surveyor_id={surveyor}&state=visited"));
    filters.push(format!("&provider_id={NO_ID}"));
    filters.extend(
        ["&state=visited", "&intent=senior", "&name=张秀", ""].map(|filter| format!("&division=330502{filter}")),
    );
    // Only who sends surveyors asks whom nobody is sent to.
    let sender = bench.staff("sender", Role::SchoolOffice, "33").await.at(program.address);
    let asked = filters.iter().map(|filter| (&office, filter.as_str()));
    let asked = asked.chain(["&unassigned=true", "&unassigned=true&division=330602"].map(|filter| (&sender, filter)));
    let mut worst = (0.0, 0.0);
    for (client, filter) in asked {
        let (p50, p99) = delays(client, filter).await;
        eprintln!("{filter:40} p50 {p50:8.2} ms  p99 {p99:8.2} ms");
        if p99 > worst.1 {
            worst = (p50, p99);
        }
    }
    print("roster_page_p50_ms", worst.0, "ms");
    print("roster_page_p99_ms", worst.1, "ms");
    let mut counts = Vec::new();
    for _ in 0..ASKED / 10 {
        counts.push(timed(&office, "/api/v1/roster/counts").await.0);
    }
    counts.sort_by(f64::total_cmp);
    print("roster_counts_p50_ms", counts[counts.len() / 2], "ms");
}

/// Half and the slowest hundredth of the delays, page after page through a list.
async fn delays(office: &Client, filter: &str) -> (f64, f64) {
    let (mut delays, mut cursor) = (Vec::new(), String::new());
    for _ in 0..ASKED {
        let (delay, page) = timed(office, &format!("/api/v1/roster?limit=50{filter}{cursor}")).await;
        delays.push(delay);
        cursor = page["next_cursor"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    delays.sort_by(f64::total_cmp);
    (delays[delays.len() / 2], delays[delays.len() * 99 / 100])
}

async fn timed(office: &Client, path: &str) -> (f64, Value) {
    let begin = now();
    let reply = office.get(path).await.expect(200);
    (begin.elapsed().as_secs_f64() * 1_000.0, reply)
}

/// Persons in many states, as after a year of visits.
async fn spread_states(bench: &TestApp) {
    for (nth, state, intent) in [
        (3, "visited", "undecided"),
        (5, "intent_yes", "senior"),
        (7, "intent_no", "unwilling"),
        (11, "assigned", "undecided"),
    ] {
        let some = format!("WHERE get_byte(uuid_send(id), 15) % {nth} = 0");
        let is_unassigned = state != "assigned";
        let values = format!("state = '{state}', intent = '{intent}', is_unassigned = {is_unassigned}");
        let sql = format!("UPDATE roster_entry SET {values} {some}");
        execute(bench, &sql).await;
    }
    let surveyor = "(SELECT id FROM account WHERE login_name = 'office-3')";
    execute(bench, &format!("UPDATE roster_entry SET surveyor_id = {surveyor} WHERE state = 'assigned'")).await;
    execute(bench, "VACUUM ANALYZE roster_entry").await;
}

/// The most memory that the program ever held, in MiB (Linux: `VmHWM`).
fn peak_mib(program: &Program) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1_024.0
}
