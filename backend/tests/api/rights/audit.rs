//! The audit log: read by one role at the province alone; what is changed behind the system's back is found.

use super::{GRANTS, Office, id_of, pointer, step};
use crate::{
    people::HERE,
    support::{Client, Store, TestApp, behind, db_tests, execute},
};
use backend::platform::db::{ChainPart, verify_chain, verify_part};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::rights::Role;

const ENTRIES: &str = "/api/v1/audit_entries";
const CHECK: &str = "/api/v1/audit_entries/check";

async fn reader(app: &TestApp) -> Client {
    app.staff("yan", Role::AuditAdministrator, "33").await
}

/// The entries of the first page.
async fn entries(reader: &Client, query: &str) -> Vec<Value> {
    let page = reader.get(&format!("{ENTRIES}?limit=200&{query}")).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

fn seqs(entries: &[Value]) -> Vec<i64> {
    entries.iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

/// What an entry notes of this; nothing if it does not.
fn note<'a>(entry: &'a Value, name: &str) -> &'a str {
    let found = entry["notes"].as_array().unwrap().iter().find(|note| note["name"] == name);
    found.map(|note| note["value"].as_str().unwrap()).unwrap_or_default()
}

/// How many entries there are.
async fn length(app: &TestApp) -> i64 {
    i64::try_from(verify_chain(app.cx.db.read()).await.unwrap().unwrap()).unwrap()
}

db_tests! {
    async fn the_log_tells_who_used_which_right_on_what(app) {
        let office = Office::of(&app).await;
        let reader = reader(&app).await;
        let grant = office.granted("school_office", HERE).await;
        let found = entries(&reader, "actor=lin").await;
        assert_eq!(found.len(), 1, "{found:?}");
        let entry = &found[0];
        assert_eq!((&entry["login_name"], &entry["right"]), (&json!("lin"), &json!("grant_role")));
        assert_eq!((&entry["actor_id"], &entry["target"]), (&id_of(&office.first).await, &grant["id"]));
        assert_eq!(entry["at"], json!(app.began));
        assert_eq!((note(entry, "role"), note(entry, "state")), ("school_office", "in_force"));
        assert!(note(entry, "place").contains(HERE), "{entry}");
        let by_system = entries(&reader, "right=load_divisions").await;
        assert!(!by_system.is_empty() && by_system.iter().all(|entry| entry["actor_id"].is_null()), "{by_system:?}");
    }

    async fn the_log_is_narrowed_down(app) {
        let office = Office::of(&app).await;
        let reader = reader(&app).await;
        let grant = office.granted("school_office", HERE).await;
        office.second.post(&step(&grant, "end"), &json!({ "reason": "调离岗位" })).await.expect(200);
        let target = format!("target={}", grant["id"].as_str().unwrap());
        let of_grant = entries(&reader, &target).await;
        let states: Vec<_> = of_grant.iter().map(|entry| note(entry, "state")).collect();
        assert_eq!(states, ["ended", "in_force"]);
        let first = id_of(&office.first).await;
        let by_id = entries(&reader, &format!("{target}&actor={}", first.as_str().unwrap())).await;
        assert_eq!(seqs(&by_id), seqs(&of_grant[1..]));
        assert_eq!(seqs(&entries(&reader, "actor=%20FANG%20").await), seqs(&of_grant[..1]));
        let granting = entries(&reader, "right=grant_role").await;
        assert!(granting.len() > 2 && granting.iter().all(|entry| entry["right"] == "grant_role"), "{granting:?}");
        assert_eq!(entries(&reader, &format!("{target}&right=read_people")).await, Vec::<Value>::new());
    }

    async fn days_of_the_log_are_days_in_china(app) {
        let today = reader(&app).await;
        let all = length(&app).await;
        assert_eq!(seqs(&entries(&today, "from=2026-11-23&to=2026-11-23").await).first(), Some(&all));
        for none in ["to=2026-11-22", "from=2026-11-24"] {
            assert_eq!(seqs(&entries(&today, none).await), Vec::<i64>::new(), "{none}");
        }
        // Half an hour past midnight in China, and not in UTC.
        app.clock.advance_s(15 * 3_600 + 1_800);
        let tomorrow = app.log_in("yan").await;
        assert_eq!(seqs(&entries(&tomorrow, "from=2026-11-24").await), [all + 1]);
        assert_eq!(seqs(&entries(&tomorrow, "to=2026-11-23").await).first(), Some(&all));
    }

    async fn a_filter_that_names_nothing_is_refused(app) {
        let reader = reader(&app).await;
        for (query, place, code) in [
            ("actor=nobody-is-called-so", "/actor", "not-found"),
            ("from=yesterday", "/from", "wrong-value"),
            ("right=do_anything", "/right", "wrong-value"),
        ] {
            let refused = reader.get(&format!("{ENTRIES}?{query}")).await.expect(422);
            assert_eq!(pointer(&refused), (place.to_owned(), code.to_owned()));
        }
    }

    async fn the_log_comes_page_by_page_the_newest_first(app) {
        let reader = reader(&app).await;
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = reader.get(&format!("{ENTRIES}?limit=1{cursor}")).await.expect(200);
            found.extend(seqs(page["items"].as_array().unwrap()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, (1..=length(&app).await).rev().collect::<Vec<_>>());
    }

    async fn only_who_holds_the_right_at_the_province_reads_the_log(app) {
        let office = Office::of(&app).await;
        let below = app.staff("xu", Role::AuditAdministrator, "3305").await;
        let system = app.staff("qin", Role::SystemAdministrator, "33").await;
        for path in [ENTRIES, CHECK] {
            for client in [&office.first, &office.worker, &below, &system] {
                assert_eq!(client.get(path).await.expect_problem(403), "forbidden");
            }
            app.stranger().get(path).await.expect(401);
        }
        reader(&app).await.get(GRANTS).await.expect(403);
    }

    async fn an_entry_that_was_changed_is_found(app) {
        let reader = reader(&app).await;
        let all = length(&app).await;
        let whole = reader.get(CHECK).await.expect(200);
        assert_eq!(whole, json!({ "checked": all, "broken_seq": null, "next_cursor": null }));
        execute(&app, "UPDATE audit_entry SET detail = 'x' WHERE seq = 2").await;
        let broken = reader.get(CHECK).await.expect(200);
        assert_eq!(broken, json!({ "checked": 1, "broken_seq": 2, "next_cursor": null }));
        let shown = entries(&reader, "").await;
        let changed = shown.iter().find(|entry| entry["seq"] == 2).unwrap();
        assert_eq!(note(changed, ""), "x");
    }

    async fn an_entry_that_was_taken_away_is_found_even_at_the_end(app) {
        app.staff("xu", Role::Marker, "33").await;
        let reader = reader(&app).await;
        let all = length(&app).await;
        execute(&app, &format!("DELETE FROM audit_entry WHERE seq = {all}")).await;
        let cut = reader.get(CHECK).await.expect(200);
        assert_eq!((&cut["checked"], &cut["broken_seq"]), (&json!(all - 1), &json!(all)));
        execute(&app, "DELETE FROM audit_entry WHERE seq = 1").await;
        assert_eq!(reader.get(CHECK).await.expect(200)["broken_seq"], 2, "it does not fit to the beginning");
    }

    async fn a_long_chain_is_checked_part_by_part(app) {
        for name in ["yan", "xu", "qin"] {
            app.staff(name, Role::Marker, "33").await;
        }
        let conn = app.cx.db.read();
        let part = async |after| verify_part(conn, after, 2).await.unwrap();
        assert_eq!(length(&app).await, 6);
        assert_eq!(part(0).await, ChainPart { checked: 2, broken: None, next_after: Some(2) });
        assert_eq!(part(4).await, ChainPart { checked: 2, broken: None, next_after: None });
        assert_eq!(part(5).await, ChainPart { checked: 1, broken: None, next_after: None });
        assert_eq!(part(6).await, ChainPart { checked: 0, broken: None, next_after: None });
        execute(&app, "UPDATE audit_entry SET target = 'another' WHERE seq = 4").await;
        assert_eq!(part(0).await.broken, None, "not in this part");
        assert_eq!(part(2).await, ChainPart { checked: 1, broken: Some(4), next_after: None });
    }
}

#[actix_web::test]
async fn no_filter_reads_the_whole_log() {
    let app = TestApp::start(Store::sqlite().await).await;
    let conn = behind(&app).await;
    for (index, filter) in [
        ("ix_audit_entry_actor", "actor_id = x'00'"),
        ("ix_audit_entry_target", "target = '33'"),
        ("ix_audit_entry_right", "\"right\" = 'grant_role'"),
    ] {
        let page = format!("SELECT * FROM audit_entry WHERE {filter} AND seq < 9 ORDER BY seq DESC LIMIT 51");
        let asked = Statement::from_string(conn.get_database_backend(), format!("EXPLAIN QUERY PLAN {page}"));
        let steps = conn.query_all_raw(asked).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        let [step] = &steps[..] else { panic!("{steps:?}") };
        assert!(step.contains(index) && step.contains("seq<?"), "{step}");
    }
}
