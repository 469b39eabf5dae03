//! Divisions, providers, points and sites: who sees, enters and changes them, and where.

use crate::support::{Client, Reply, Store, TestApp, db_tests, execute, send};
use backend::{organisation, platform::db::dialect};
use futures::future::join_all;
use migrations::Migrator;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Database, Statement};
use sea_orm_migration::MigratorTrait;
use serde_json::{Value, json};
use shared::{
    ids::ProviderId,
    rights::{Place, Role, RoleAt},
};

const COUNTY: &str = "330502";
const TOWN: &str = "330502100";
const SIBLING: &str = "330503";

fn provider(name: &str, division: &str) -> Value {
    json!({ "kind": "adult_school", "name": name, "division": division, "state": "open" })
}

fn teaching_point(provider_id: &Value, division: &str) -> Value {
    json!({ "provider_id": provider_id, "name": "本部", "division": division, "address": "1 号", "phone": "0572-0000001",
        "state": "open" })
}

fn service_point(provider_id: &Value, division: &str) -> Value {
    json!({ "provider_id": provider_id, "name": "受理点", "division": division, "address": "1 号", "phone": "0572-0000001",
        "opening_hours": "周一至周五 8:30-17:00", "state": "open",
        "staff": [{ "name": "甲", "is_in_charge": true }, { "name": "乙", "is_in_charge": false }] })
}

fn exam_site(name: &str, division: &str) -> Value {
    json!({ "name": name, "division": division, "address": "1 号", "capacity": 120, "is_accessible": true,
        "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" })
}

fn with(mut entry: Value, field: &str, value: Value) -> Value {
    entry[field] = value;
    entry
}

/// The bureaus of two counties, the province, and the divisions.
struct Bureaus {
    county: Client,
    sibling: Client,
    province: Client,
}

async fn bureaus(app: &TestApp) -> Bureaus {
    organisation::load_divisions(&app.cx).await.unwrap();
    Bureaus {
        county: app.staff("county", Role::CountyBureau, COUNTY).await,
        sibling: app.staff("sibling", Role::CountyBureau, SIBLING).await,
        province: app.staff("province", Role::ProvinceOffice, "33").await,
    }
}

async fn created(client: &Client, path: &str, entry: &Value) -> Value {
    client.post(&format!("/api/v1/{path}"), entry).await.expect(201)
}

async fn replaced(client: &Client, path: &str, seen: &str, entry: &Value) -> Reply {
    send(client.request(Method::PUT, &format!("/api/v1/{path}")).header("if-match", seen).json(entry)).await
}

async fn names(client: &Client, path: &str) -> Vec<String> {
    let page = client.get(&format!("/api/v1/{path}")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// The office of one school.
async fn office(app: &TestApp, school: &Value) -> Client {
    let id: ProviderId = school["id"].as_str().unwrap().parse().unwrap();
    let place = Place::Provider { id, division: school["division"].as_str().unwrap().to_owned() };
    app.person("office", &[RoleAt { role: Role::SchoolOffice, place }]).await
}

#[track_caller]
fn assert_field(problem: &Value, pointer: &str, code: &str) {
    let errors = problem["errors"].as_array().unwrap();
    let is_named = errors.iter().any(|error| error["pointer"] == pointer && error["code"] == code);
    assert!(is_named, "{pointer} {code} is not in {problem}");
    assert!(errors.iter().all(|error| !error["detail"].as_str().unwrap().is_empty()), "{problem}");
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    let conn = app.cx.db.read();
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    conn.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

db_tests! {
    async fn the_divisions_are_loaded_once_and_mended_later(app) {
        let loads = "SELECT COUNT(*) FROM audit_entry WHERE \"right\" = 'load_divisions'";
        for _ in 0..2 {
            organisation::load_divisions(&app.cx).await.unwrap();
            assert_eq!(count(&app, "SELECT COUNT(*) FROM division").await, 1_489);
            assert_eq!(count(&app, loads).await, 1);
        }
        execute(&app, "UPDATE division SET name = 'old' WHERE code = '330502'").await;
        execute(&app, "DELETE FROM division WHERE code = '330502100'").await;
        organisation::load_divisions(&app.cx).await.unwrap();
        assert_eq!(count(&app, "SELECT COUNT(*) FROM division WHERE name = 'old'").await, 0);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM division").await, 1_489);
        assert_eq!(count(&app, loads).await, 2);
    }

    async fn everybody_walks_the_tree_within_their_place(app) {
        let Bureaus { county, province, .. } = bureaus(&app).await;
        let roots = county.get("/api/v1/divisions").await.expect(200);
        assert_eq!((roots.as_array().unwrap().len(), &roots[0]["division"]["name"]), (1, &json!("吴兴区")));
        let towns = county.get("/api/v1/divisions?parent=330502").await.expect(200);
        assert!(towns.as_array().unwrap().iter().any(|row| row["division"]["name"] == "织里镇"));
        let town = county.get(&format!("/api/v1/divisions/{TOWN}")).await.expect(200);
        let above: Vec<_> = town["above"].as_array().unwrap().iter().map(|above| above["name"].as_str().unwrap()).collect();
        assert_eq!(above, ["浙江省", "湖州市", "吴兴区"]);
        for foreign in [SIBLING, "3305", "33", "330503100", "nowhere"] {
            county.get(&format!("/api/v1/divisions/{foreign}")).await.expect_problem(404);
        }
        county.get("/api/v1/divisions?parent=330503").await.expect_problem(404);
        county.get("/api/v1/divisions?parent=33").await.expect_problem(404);
        county.get("/api/v1/divisions/330502999").await.expect_problem(404);
        county.get("/api/v1/divisions?parent=x").await.expect_problem(422);

        assert_eq!(province.get("/api/v1/divisions?parent=33").await.expect(200).as_array().unwrap().len(), 11);
        assert_eq!(province.get("/api/v1/divisions?parent=3305").await.expect(200).as_array().unwrap().len(), 5);
        assert_eq!(province.get("/api/v1/divisions?parent=330502100").await.expect(200), json!([]));
    }

    async fn nobody_counts_what_lies_outside_their_place(app) {
        let Bureaus { county, sibling, province } = bureaus(&app).await;
        let school = created(&county, "providers", &provider("织里成校", TOWN)).await;
        created(&county, "providers", &provider("社区学院", COUNTY)).await;
        created(&county, "providers", &with(provider("旧校", TOWN), "state", json!("closed"))).await;
        created(&sibling, "providers", &provider("善琏成校", "330503103")).await;
        created(&county, "teaching_points", &teaching_point(&school["id"], TOWN)).await;
        created(&county, "service_points", &service_point(&school["id"], TOWN)).await;
        created(&county, "exam_sites", &exam_site("考点", TOWN)).await;

        let counts = |providers: u32, others: u32| json!({ "providers": providers, "teaching_points": others,
            "service_points": others, "exam_sites": others });
        let of = async |client: &Client, code: &str| {
            client.get(&format!("/api/v1/divisions/{code}")).await.expect(200)["counts"].clone()
        };
        assert_eq!(of(&county, COUNTY).await, counts(2, 1), "the closed one does not count");
        assert_eq!(of(&province, "33").await, counts(3, 1));
        let cities = province.get("/api/v1/divisions?parent=33").await.expect(200);
        let huzhou = cities.as_array().unwrap().iter().find(|row| row["division"]["code"] == "3305").unwrap();
        assert_eq!(huzhou["counts"], counts(3, 1));
        assert_eq!(sibling.get("/api/v1/divisions").await.expect(200)[0]["counts"], counts(1, 0));

        let office = office(&app, &school).await;
        let roots = office.get("/api/v1/divisions").await.expect(200);
        assert_eq!(roots[0]["division"]["code"], TOWN);
        let own = json!({ "providers": 1, "teaching_points": 1, "service_points": 1, "exam_sites": 0 });
        assert_eq!(roots[0]["counts"], own, "a school counts what is its own");
        assert_eq!(of(&office, COUNTY).await, own, "of the county around it, too");
        office.get("/api/v1/divisions/3305").await.expect_problem(404);
    }

    async fn a_township_names_its_neighbours_and_sees_nothing_of_them(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        created(&county, "providers", &provider("织里成校", TOWN)).await;
        let next_door = app.staff("office", Role::SchoolOffice, "330502101").await;
        let towns = next_door.get("/api/v1/divisions?parent=330502").await.expect(200);
        let town = towns.as_array().unwrap().iter().find(|row| row["division"]["code"] == TOWN).unwrap();
        assert_eq!((&town["division"]["name"], &town["counts"]["providers"]), (&json!("织里镇"), &json!(0)));
        assert_eq!(next_door.get("/api/v1/divisions").await.expect(200).as_array().unwrap().len(), 1);
        assert_eq!(names(&next_door, "providers").await, Vec::<String>::new());
        for foreign in [SIBLING, "330503100", "3305"] {
            next_door.get(&format!("/api/v1/divisions/{foreign}")).await.expect_problem(404);
        }
    }

    async fn a_provider_is_entered_once_and_changed_over_what_was_seen(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let entry = with(provider(" 织里成校 ", TOWN), "credit_code", json!("12330199yt0000011a"));
        let request = || county.request(Method::POST, "/api/v1/providers").header("idempotency-key", "k");
        let first = send(request().json(&entry)).await.expect(201);
        let again = send(request().json(&entry)).await.expect(201);
        assert_eq!(first, again);
        assert_eq!(send(request().json(&provider("B", TOWN))).await.expect_problem(422), "idempotency-conflict");
        assert_eq!(names(&county, "providers").await, ["织里成校"]);
        assert_eq!((&first["org_code"], &first["version"]), (&json!("3305021001"), &json!(1)));
        assert_eq!(first["division_name"], "湖州市 吴兴区 织里镇");
        assert_eq!(first["credit_code"], "12330199YT0000011A");

        let path = format!("providers/{}", first["id"].as_str().unwrap());
        let seen = county.get(&format!("/api/v1/{path}")).await;
        assert_eq!(seen.headers["etag"], "\"1\"");
        let renamed = with(with(entry.clone(), "name", json!("织里社区学校")), "kind", json!("community_school"));
        let changed = replaced(&county, &path, "\"1\"", &renamed).await;
        assert_eq!(changed.headers["etag"], "\"2\"");
        let changed = changed.expect(200);
        assert_eq!((&changed["name"], &changed["org_code"]), (&json!("织里社区学校"), &json!("3305021001")), "a code stays");
        for stale in ["\"1\"", "\"0\"", "\"-1\"", "\"2147483647\"", "\"2147483648\"", "*"] {
            assert_eq!(replaced(&county, &path, stale, &entry).await.expect_problem(412), "stale", "{stale}");
        }
        let without = county.request(Method::PUT, &format!("/api/v1/{path}")).json(&entry);
        assert_eq!(send(without).await.expect_problem(428), "precondition-required");
        let problem = replaced(&county, &path, "\"2\"", &provider("", TOWN)).await.expect(422);
        assert_field(&problem, "/name", "required");

        replaced(&county, &path, "\"2\"", &with(entry.clone(), "state", json!("closed"))).await.expect(200);
        assert_eq!(county.get(&format!("/api/v1/{path}")).await.expect(200)["state"], "closed", "it is never deleted");
        replaced(&county, &path, "\"3\"", &entry).await.expect(200);
        let second = created(&county, "providers", &provider("埭溪成校", "330502104")).await;
        assert_eq!(second["org_code"], "3305021002");
        let looks = "SELECT COUNT(*) FROM audit_entry WHERE \"right\" = 'edit_provider'";
        assert_eq!(count(&app, looks).await, 6, "every change is in the audit log, the repeat too");
    }

    async fn of_equal_requests_at_once_one_is_carried_out(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let coded = with(provider("织里成校", TOWN), "credit_code", json!("12330199YT0000011A"));
        for (noun, entry, other) in [
            ("providers", coded, provider("B", TOWN)),
            ("exam_sites", exam_site("考点", TOWN), exam_site("B", TOWN)),
        ] {
            let key = format!("key of {noun}");
            let post = |entry: &Value| {
                let request = county.request(Method::POST, &format!("/api/v1/{noun}"));
                send(request.header("idempotency-key", &key).json(entry))
            };
            let wrong = with(entry.clone(), "name", json!(""));
            assert_field(&post(&wrong).await.expect(422), "/name", "required");

            let replies = join_all((0..8).map(|_| post(&entry))).await;
            let replies: Vec<Value> = replies.into_iter().map(|reply| reply.expect(201)).collect();
            assert!(replies.iter().all(|reply| *reply == replies[0]), "{replies:?}");
            assert_eq!(post(&other).await.expect_problem(422), "idempotency-conflict");
            assert_eq!(names(&county, noun).await, [entry["name"].as_str().unwrap()]);
        }
        assert_eq!(count(&app, "SELECT COUNT(*) FROM idempotency_key").await, 2);
    }

    async fn a_doubtful_credit_code_is_taken_with_a_reason(app) {
        let Bureaus { county, sibling, .. } = bureaus(&app).await;
        let doubtful = with(provider("A", TOWN), "credit_code", json!("12330199YT0000011B"));
        let problem = county.post("/api/v1/providers", &doubtful).await.expect(422);
        assert_field(&problem, "/credit_code", "credit-code-wrong-check");
        let reasoned = with(doubtful.clone(), "credit_code_reason", json!("登记证上就是这个代码"));
        assert_eq!(created(&county, "providers", &reasoned).await["credit_code_reason"], "登记证上就是这个代码");
        let problem = county.post("/api/v1/providers", &reasoned).await.expect(422);
        assert_field(&problem, "/credit_code", "duplicate");
        created(&sibling, "providers", &with(reasoned, "division", json!(SIBLING))).await;
        let right = with(provider("B", TOWN), "credit_code", json!("12330199YT0000011A"));
        let right = with(right, "credit_code_reason", json!("no need"));
        assert_eq!(created(&county, "providers", &right).await["credit_code_reason"], Value::Null);
        created(&county, "providers", &provider("C", TOWN)).await;
        created(&county, "providers", &provider("D", TOWN)).await;
    }

    async fn wrong_fields_of_a_provider_are_named(app) {
        let Bureaus { province, .. } = bureaus(&app).await;
        for (field, value, code) in [
            ("name", json!("号".repeat(101)), "too-long"),
            ("division", json!("3305"), "division-level"),
            ("division", json!("330502999"), "not-found"),
            ("division", json!("here"), "wrong-type"),
            ("kind", json!("bank"), "unknown"),
            ("credit_code", json!("123"), "credit-code-malformed"),
            ("credit_code_reason", json!("由".repeat(201)), "too-long"),
            ("secret", json!(1), "unknown"),
        ] {
            let entry = with(provider("A", TOWN), field, value);
            let problem = province.post("/api/v1/providers", &entry).await.expect(422);
            assert_field(&problem, &format!("/{field}"), code);
        }
        let school = created(&province, "providers", &provider("A", TOWN)).await;
        let path = format!("providers/{}", school["id"].as_str().unwrap());
        for elsewhere in ["330502104", COUNTY, SIBLING] {
            let problem = replaced(&province, &path, "\"1\"", &provider("A", elsewhere)).await.expect(422);
            assert_field(&problem, "/division", "unchangeable");
        }
    }

    async fn what_lies_in_another_county_is_not_there(app) {
        let Bureaus { county, sibling, .. } = bureaus(&app).await;
        let school = created(&county, "providers", &provider("A", TOWN)).await;
        let teaching = created(&county, "teaching_points", &teaching_point(&school["id"], TOWN)).await;
        let serving = created(&county, "service_points", &service_point(&school["id"], TOWN)).await;
        let site = created(&county, "exam_sites", &exam_site("S", TOWN)).await;
        for (noun, thing, entry) in [
            ("providers", &school, provider("A", TOWN)),
            ("teaching_points", &teaching, teaching_point(&school["id"], TOWN)),
            ("service_points", &serving, service_point(&school["id"], TOWN)),
            ("exam_sites", &site, exam_site("S", TOWN)),
        ] {
            let path = format!("{noun}/{}", thing["id"].as_str().unwrap());
            assert_eq!(sibling.get(&format!("/api/v1/{path}")).await.expect_problem(404), "not-found");
            let moved = with(entry.clone(), "division", json!(SIBLING));
            for entry in [&entry, &moved] {
                assert_eq!(replaced(&sibling, &path, "\"1\"", entry).await.expect_problem(404), "not-found");
            }
            assert_eq!(replaced(&county, &path, "\"1\"", &moved).await.expect_problem(403), "forbidden");
            assert_eq!(names(&sibling, noun).await, [""; 0]);
            assert_eq!(names(&sibling, &format!("{noun}?division={COUNTY}")).await, [""; 0]);
            let status = sibling.post(&format!("/api/v1/{noun}"), &entry).await.status;
            assert!([403, 422].contains(&status), "{noun} in another county: {status}");
        }
        let point = teaching_point(&school["id"], SIBLING);
        let problem = sibling.post("/api/v1/teaching_points", &point).await.expect(422);
        assert_field(&problem, "/provider_id", "not-found");
    }

    async fn each_role_enters_what_is_its_own(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let school = created(&county, "providers", &provider("A", TOWN)).await;
        let entries = [
            ("providers", provider("B", TOWN)),
            ("teaching_points", teaching_point(&school["id"], TOWN)),
            ("service_points", service_point(&school["id"], TOWN)),
            ("exam_sites", exam_site("S", TOWN)),
        ];
        let all = ["providers", "teaching_points", "service_points", "exam_sites"];
        for (role, enters) in [
            (Role::CountyBureau, &all[..]),
            (Role::ProvinceOffice, &all[..]),
            (Role::SchoolOffice, &["teaching_points"][..]),
            (Role::ExamAdministrator, &["exam_sites"][..]),
            (Role::CreditBankOfficer, &["service_points"][..]),
            (Role::Teacher, &[][..]),
            (Role::CityAuditor, &[][..]),
            (Role::SystemAdministrator, &[][..]),
        ] {
            let staff = app.staff(role.as_str(), role, COUNTY).await;
            for (noun, entry) in &entries {
                let status = staff.post(&format!("/api/v1/{noun}"), entry).await.status;
                assert_eq!(status, if enters.contains(noun) { 201 } else { 403 }, "{role} enters {noun}");
                assert!(!names(&staff, noun).await.is_empty(), "{role} reads {noun}");
                let path = format!("/api/v1/{noun}?limit=1");
                let thing = staff.get(&path).await.expect(200)["items"][0].clone();
                let path = format!("{noun}/{}", thing["id"].as_str().unwrap());
                let status = replaced(&staff, &path, &format!("\"{}\"", thing["version"]), entry).await.status;
                assert_eq!(status, if enters.contains(noun) { 200 } else { 403 }, "{role} changes {noun}");
            }
        }
        let (_, learner) = app.learner("zhang").await;
        let auditor = app.staff("logs", Role::AuditAdministrator, "33").await;
        for outsider in [&learner, &auditor] {
            outsider.get("/api/v1/divisions").await.expect_problem(403);
            outsider.get("/api/v1/divisions/33").await.expect_problem(403);
            for (noun, entry) in &entries {
                outsider.get(&format!("/api/v1/{noun}")).await.expect_problem(403);
                outsider.post(&format!("/api/v1/{noun}"), entry).await.expect_problem(403);
            }
            outsider.get(&format!("/api/v1/providers/{}", school["id"].as_str().unwrap())).await.expect_problem(403);
        }
    }

    async fn a_school_keeps_its_own_teaching_points_and_no_others(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let own = created(&county, "providers", &provider("A", TOWN)).await;
        let other = created(&county, "providers", &provider("B", TOWN)).await;
        let foreign = created(&county, "teaching_points", &teaching_point(&other["id"], TOWN)).await;
        let office = office(&app, &own).await;
        assert_eq!(names(&office, "providers").await, ["A"]);
        let point = created(&office, "teaching_points", &teaching_point(&own["id"], "330502104")).await;
        assert_eq!((&point["provider_name"], &point["division"]), (&json!("A"), &json!("330502104")));
        assert_eq!(names(&office, "teaching_points").await.len(), 1);
        let problem = office.post("/api/v1/teaching_points", &teaching_point(&other["id"], TOWN)).await.expect(422);
        assert_field(&problem, "/provider_id", "not-found");
        let problem = office.post("/api/v1/teaching_points", &teaching_point(&own["id"], SIBLING)).await.expect(422);
        assert_field(&problem, "/division", "other-county");
        let path = format!("teaching_points/{}", foreign["id"].as_str().unwrap());
        replaced(&office, &path, "\"1\"", &teaching_point(&other["id"], TOWN)).await.expect_problem(404);
        let path = format!("teaching_points/{}", point["id"].as_str().unwrap());
        let problem = replaced(&office, &path, "\"1\"", &teaching_point(&other["id"], TOWN)).await.expect(422);
        assert_field(&problem, "/provider_id", "unchangeable");
        let closed = with(teaching_point(&own["id"], TOWN), "state", json!("closed"));
        assert_eq!(replaced(&office, &path, "\"1\"", &closed).await.expect(200)["version"], 2);
        replaced(&office, &path, "\"1\"", &closed).await.expect_problem(412);
    }

    async fn a_provider_with_open_points_stays_open(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let school = created(&county, "providers", &provider("A", TOWN)).await;
        let path = format!("providers/{}", school["id"].as_str().unwrap());
        let closed = with(provider("A", TOWN), "state", json!("closed"));
        for (noun, entry) in [
            ("teaching_points", teaching_point(&school["id"], TOWN)),
            ("service_points", service_point(&school["id"], TOWN)),
        ] {
            let point = created(&county, noun, &entry).await;
            let problem = replaced(&county, &path, "\"1\"", &closed).await.expect(422);
            assert_field(&problem, "/state", "has-open-points");
            let point = format!("{noun}/{}", point["id"].as_str().unwrap());
            replaced(&county, &point, "\"1\"", &with(entry, "state", json!("closed"))).await.expect(200);
        }
        replaced(&county, &path, "\"1\"", &closed).await.expect(200);
        let problem = county.post("/api/v1/teaching_points", &teaching_point(&school["id"], TOWN)).await.expect(422);
        assert_field(&problem, "/provider_id", "provider-closed");
    }

    async fn a_service_point_has_named_staff_of_whom_one_is_in_charge(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let school = created(&county, "providers", &provider("A", TOWN)).await;
        let entry = service_point(&school["id"], TOWN);
        let point = created(&county, "service_points", &entry).await;
        assert_eq!((&point["staff"], &point["opening_hours"]), (&entry["staff"], &entry["opening_hours"]));
        let path = format!("service_points/{}", point["id"].as_str().unwrap());
        let one = json!([{ "name": "甲", "is_in_charge": true }]);
        let nobody = json!([{ "name": "甲", "is_in_charge": false }, { "name": "乙", "is_in_charge": false }]);
        let nameless = json!([{ "name": "甲", "is_in_charge": true }, { "name": "", "is_in_charge": false }]);
        for (staff, pointer, code) in [
            (one, "/staff", "staff-count"),
            (nobody, "/staff", "one-in-charge"),
            (nameless, "/staff/1/name", "required"),
            (json!([{ "name": "甲" }]), "/staff/0/is_in_charge", "required"),
        ] {
            let problem = replaced(&county, &path, "\"1\"", &with(entry.clone(), "staff", staff)).await.expect(422);
            assert_field(&problem, pointer, code);
        }
        let problem = county.post("/api/v1/service_points", &with(entry.clone(), "opening_hours", json!(""))).await.expect(422);
        assert_field(&problem, "/opening_hours", "required");
        let request = || county.request(Method::POST, "/api/v1/service_points").header("idempotency-key", "k");
        let first = send(request().json(&entry)).await.expect(201);
        assert_eq!(send(request().json(&entry)).await.expect(201)["id"], first["id"]);
    }

    async fn an_exam_site_says_how_many_it_holds_and_who_gets_in(app) {
        let Bureaus { county, .. } = bureaus(&app).await;
        let request = || county.request(Method::POST, "/api/v1/exam_sites").header("idempotency-key", "k");
        let entry = exam_site("考点", TOWN);
        let site = send(request().json(&entry)).await.expect(201);
        assert_eq!(send(request().json(&entry)).await.expect(201)["id"], site["id"]);
        assert_eq!((&site["capacity"], &site["is_accessible"]), (&json!(120), &json!(true)));
        for (field, value, code) in [
            ("capacity", json!(0), "out-of-range"),
            ("capacity", json!(-1), "wrong-type"),
            ("contact_phone", json!("call me"), "office-phone"),
            ("address", json!(" "), "required"),
            ("division", json!("330502999"), "not-found"),
        ] {
            let problem = county.post("/api/v1/exam_sites", &with(entry.clone(), field, value)).await.expect(422);
            assert_field(&problem, &format!("/{field}"), code);
        }
        let path = format!("exam_sites/{}", site["id"].as_str().unwrap());
        replaced(&county, &path, "\"1\"", &with(entry.clone(), "capacity", json!(90))).await.expect(200);
        replaced(&county, &path, "\"1\"", &entry).await.expect_problem(412);
        assert_eq!(county.get(&format!("/api/v1/{path}")).await.expect(200)["capacity"], 90);
    }

    async fn a_room_has_a_number_of_its_own_and_holds_no_more_than_its_seats(app) {
        let Bureaus { county, sibling, province } = bureaus(&app).await;
        let site = created(&county, "exam_sites", &exam_site("考点", TOWN)).await;
        let rooms = format!("exam_sites/{}/rooms", site["id"].as_str().unwrap());
        let room = json!({ "number": 2, "name": " A101 ", "rows": 5, "columns": 6, "capacity": 30,
            "accessible_seats": [7, 1], "has_extra_time": true, "state": "open" });
        let request = || county.request(Method::POST, &format!("/api/v1/{rooms}")).header("idempotency-key", "k");
        let made = send(request().json(&room)).await.expect(201);
        assert_eq!(send(request().json(&room)).await.expect(201)["id"], made["id"], "a repeat makes no second one");
        assert_eq!((&made["name"], &made["accessible_seats"]), (&json!("A101"), &json!([1, 7])));
        let counted = with(with(room.clone(), "number", json!(1)), "devices", json!(28));
        assert_eq!((&made["devices"], &created(&county, &rooms, &counted).await["devices"]), (&Value::Null, &json!(28)));
        for (field, value, code) in [
            ("number", json!(2), "duplicate"),
            ("number", json!(0), "out-of-range"),
            ("name", json!(" "), "required"),
            ("columns", json!(20), "out-of-range"),
            ("capacity", json!(31), "out-of-range"),
            ("devices", json!(100), "out-of-range"),
            ("accessible_seats", json!([31]), "out-of-range"),
        ] {
            let problem = county.post(&format!("/api/v1/{rooms}"), &with(room.clone(), field, value)).await.expect(422);
            assert_field(&problem, &format!("/{field}"), code);
        }
        let path = format!("exam_rooms/{}", made["id"].as_str().unwrap());
        let closed = with(room.clone(), "state", json!("closed"));
        assert_eq!(replaced(&county, &path, "\"1\"", &closed).await.expect(200)["version"], 2);
        replaced(&county, &path, "\"1\"", &room).await.expect_problem(412);
        let taken = replaced(&county, &path, "\"2\"", &with(room.clone(), "number", json!(1))).await.expect(422);
        assert_field(&taken, "/number", "duplicate");
        replaced(&sibling, &path, "\"2\"", &room).await.expect_problem(404);
        sibling.get(&format!("/api/v1/{rooms}")).await.expect_problem(404);
        sibling.post(&format!("/api/v1/{rooms}"), &room).await.expect_problem(404);
        let listed = province.get(&format!("/api/v1/{rooms}")).await.expect(200);
        let listed: Vec<_> = listed.as_array().unwrap().iter().map(|row| (&row["number"], &row["state"])).collect();
        assert_eq!(listed, [(&json!(1), &json!("open")), (&json!(2), &json!("closed"))], "by number");
    }

    async fn lists_are_filtered_and_come_page_by_page(app) {
        let Bureaus { county, province, .. } = bureaus(&app).await;
        for (name, division) in [("织里成校", TOWN), ("埭溪成校", "330502104"), ("100%学院", COUNTY), ("A_b学校", TOWN), ("Axb", TOWN)] {
            created(&county, "providers", &provider(name, division)).await;
        }
        let college = with(provider("社区学院", COUNTY), "kind", json!("community_college"));
        let college = created(&county, "providers", &with(college, "state", json!("closed"))).await;
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = province.get(&format!("/api/v1/providers?limit=2{cursor}")).await.expect(200);
            let rows = page["items"].as_array().unwrap();
            assert!(rows.len() <= 2);
            seen.extend(rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, ["100%学院", "社区学院", "织里成校", "A_b学校", "Axb", "埭溪成校"], "by division, then as entered");
        assert_eq!(names(&county, &format!("providers?division={TOWN}")).await, ["织里成校", "A_b学校", "Axb"]);
        assert_eq!(names(&county, "providers?kind=community_college").await, ["社区学院"]);
        assert_eq!(names(&county, "providers?state=closed").await, ["社区学院"]);
        assert_eq!(names(&county, "providers?name=成校&state=open").await, ["织里成校", "埭溪成校"]);
        assert_eq!(names(&county, "providers?name=%25").await, ["100%学院"]);
        assert_eq!(names(&county, "providers?name=a_B").await, ["A_b学校"]);
        let of_college = format!("teaching_points?provider_id={}", college["id"].as_str().unwrap());
        assert_eq!(names(&county, &of_college).await, [""; 0]);
        county.get("/api/v1/providers?kind=bank").await.expect_problem(422);
        county.get("/api/v1/providers?cursor=x").await.expect_problem(422);
    }

    async fn of_two_who_write_at_once_one_waits_and_one_is_told(app) {
        let Bureaus { county, province, .. } = bureaus(&app).await;
        let entries = [provider("A", TOWN), provider("B", TOWN)];
        let (a, b) = futures::join!(
            created(&county, "providers", &entries[0]),
            created(&province, "providers", &entries[1])
        );
        let mut codes = [a["org_code"].as_str().unwrap(), b["org_code"].as_str().unwrap()];
        codes.sort_unstable();
        assert_eq!(codes, ["3305021001", "3305021002"]);
        let path = format!("providers/{}", a["id"].as_str().unwrap());
        let (one, other) = futures::join!(
            replaced(&county, &path, "\"1\"", &entries[0]),
            replaced(&province, &path, "\"1\"", &entries[0])
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
    }
}

/// A store of the day before providers had codes, with three providers of two counties.
#[actix_web::test]
async fn providers_of_earlier_days_get_their_codes() {
    let store = Store::bare_sqlite();
    let conn = Database::connect(dialect::options(&store.url())).await.unwrap();
    let all = Migrator::migrations();
    let before = all.iter().position(|migration| migration.name().ends_with("_organisation_places")).unwrap();
    Migrator::up(&conn, Some(u32::try_from(before).unwrap())).await.unwrap();
    for (number, division) in [(1, "330502100"), (2, "330503"), (3, "330502104")] {
        let row = format!("VALUES (X'{number:032}', 'School {number}', '{division}', {number})");
        conn.execute_unprepared(&format!("INSERT INTO provider (id, name, division, created_at) {row}")).await.unwrap();
    }
    drop(conn);

    let app = TestApp::start(store).await;
    let Bureaus { county, province, .. } = bureaus(&app).await;
    let page = province.get("/api/v1/providers").await.expect(200);
    let codes: Vec<_> = page["items"].as_array().unwrap().iter().map(|row| row["org_code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["3305021001", "3305021002", "3305031001"]);
    assert_eq!((&page["items"][0]["kind"], &page["items"][0]["state"]), (&json!("adult_school"), &json!("open")));
    let next = created(&county, "providers", &provider("A", TOWN)).await;
    assert_eq!(next["org_code"], "3305021003");
}
