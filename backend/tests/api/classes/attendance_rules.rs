//! The rules of attendance: one is added by two persons, for days to come, and withdrawn until it begins.

use super::{
    plan, planned,
    school::{School, TOWN, course, entry, replace, school, step, with},
};
use crate::{
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use futures::future::join;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::rights::Role;
use tokio::sync::Notify;

const RULES: &str = "/api/v1/attendance_rules";
const PROPOSALS: &str = "/api/v1/attendance_rules/proposals";

/// Two of the province's office.
struct Province {
    one: Client,
    other: Client,
}

impl Province {
    async fn of(app: &TestApp) -> Self {
        let office = async |name: &str| app.staff(name, Role::ProvinceOffice, "33").await;
        Self { one: office("sheng-one").await, other: office("sheng-two").await }
    }

    /// Proposed by one, approved by the other.
    async fn add(&self, region: &str, valid_from: &str) -> Value {
        let proposal = self.one.post(PROPOSALS, &rule(region, valid_from)).await.expect(201);
        decide(&self.other, &proposal, "approve").await.expect(200)
    }
}

/// From this day on, class hours of 40 minutes.
fn rule(region: &str, valid_from: &str) -> Value {
    json!({
        "rule": { "region": region, "valid_from": valid_from, "late_min": 10, "class_hour_min": 40 },
        "reason": "省教育厅通知",
    })
}

async fn decide(client: &Client, proposal: &Value, verb: &str) -> Reply {
    let path = format!("{PROPOSALS}/{}/{verb}", proposal["id"].as_str().unwrap());
    client.post(&path, &json!({ "reason": "日期有误" })).await
}

/// Region and first day of each rule in the book.
async fn held(client: &Client) -> Vec<(String, String)> {
    let book = client.get(RULES).await.expect(200);
    let text = |rule: &Value, field: &str| rule["rule"][field].as_str().unwrap().to_owned();
    let rules = book["versions"].as_array().unwrap().iter();
    rules.map(|rule| (text(rule, "region"), text(rule, "valid_from"))).collect()
}

fn pairs(rules: &[(&str, &str)]) -> Vec<(String, String)> {
    rules.iter().map(|(region, day)| ((*region).to_owned(), (*day).to_owned())).collect()
}

/// The rule by which a class that begins on a day is planned.
async fn kept(school: &School, entry: &Value, day: &str) -> (String, Value) {
    let path = planned(school, &with(entry.clone(), "starts_on", json!(day))).await;
    let version = plan(&school.office, &path).await["rule_version"].clone();
    (path, version)
}

#[track_caller]
fn refused(reply: Reply, key: &str) {
    let reply = reply.expect(409);
    let language = backend::platform::texts::Language::Chinese;
    let detail = backend::platform::texts::text(language, &format!("{key}.detail"), &Value::Null);
    assert_eq!(reply["detail"], detail, "{reply}");
}

db_tests! {
    async fn two_persons_add_a_rule_and_classes_that_begin_later_go_by_it(app) {
        let school = school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let (before, _) = kept(&school, &entry, "2026-12-01").await;
        let (earlier, _) = kept(&school, &entry, "2026-11-30").await;
        let proposal = province.one.post(PROPOSALS, &rule("33", "2026-12-01")).await.expect(201);
        assert_eq!((&proposal["state"], &proposal["proposed_by_name"]), (&json!("proposed"), &json!("sheng-one")));
        assert_eq!((&proposal["version"]["rule"]["class_hour_min"], &proposal["reason"]), (&json!(40), &json!("省教育厅通知")));
        assert_eq!(proposal["version"]["rule"]["face_min_pct"], 100, "unless it says less");
        assert_eq!(held(&province.one).await, pairs(&[("33", "2022-01-01")]), "it waits");
        let of_city = app.staff("shi", Role::ProvinceOffice, "3305").await;
        for (client, waits) in [(&province.one, 0), (&province.other, 1), (&of_city, 0), (&school.office, 0)] {
            assert_eq!(waiting(client, "attendance_rules_to_approve").await, waits, "for another who keeps it");
        }
        refused(decide(&province.one, &proposal, "approve").await, "second-person-needed.rule");
        let approved = decide(&province.other, &proposal, "approve").await.expect(200);
        assert_eq!((&approved["state"], &approved["approved_by_name"]), (&json!("approved"), &json!("sheng-two")));
        refused(decide(&province.other, &proposal, "approve").await, "wrong-state.rule-closed");
        assert_eq!(waiting(&province.other, "attendance_rules_to_approve").await, 0);

        assert_eq!(held(&province.one).await, pairs(&[("33", "2026-12-01"), ("33", "2022-01-01")]), "the last one first");
        assert_eq!(province.one.get(RULES).await.expect(200)["proposals"], json!([approved]));
        let noted = audited(&app, "keep_attendance_rules").await;
        assert_eq!((&noted[0]["version"], &noted[1]["state"]), (&json!("330000/2026-12-01"), &json!("approved")));

        assert_eq!(kept(&school, &entry, "2026-11-30").await.1, "330000/2022-01-01");
        assert_eq!(kept(&school, &entry, "2026-12-01").await.1, "330000/2026-12-01");
        let before = plan(&school.office, &before).await;
        assert_eq!(before["attendance"]["class_hour_min"], 40, "planned before, and begun by it");
        assert_eq!(plan(&school.office, &earlier).await["attendance"]["class_hour_min"], 45);
        assert_eq!(noted[1]["classes"], 1);
    }

    async fn an_approved_rule_takes_up_the_classes_that_have_not_begun_around_it(app) {
        let (here, elsewhere) = (school(&app, "school", TOWN).await, school(&app, "elsewhere", "330602001").await);
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let province = Province::of(&app).await;
        let course = course(&app, "GYW01").await;
        let plans = [entry(&here, &[course]), entry(&elsewhere, &[course])];
        let (approved, _) = kept(&here, &plans[0], "2026-12-24").await;
        step(&county, &approved, "approved").await.expect(200);
        let (running, _) = kept(&here, &with(plans[0].clone(), "name", json!("running")), "2026-12-24").await;
        execute(&app, "UPDATE class SET state = 'running' WHERE name = 'running'").await;
        let unsettled = planned(&here, &plans[0]).await;
        let (beyond, _) = kept(&elsewhere, &plans[1], "2026-12-24").await;

        province.add("33", "2026-12-01").await;
        province.add("3305", "2026-12-02").await;
        let version = async |school: &School, path: &str| plan(&school.office, path).await["rule_version"].clone();
        assert_eq!(version(&here, &approved).await, "330500/2026-12-02", "the smallest region holds");
        assert_eq!(version(&here, &running).await, "330000/2022-01-01", "it has begun");
        assert_eq!(version(&here, &unsettled).await, "330000/2022-01-01", "its first day is not settled");
        assert_eq!(version(&elsewhere, &beyond).await, "330000/2026-12-01");
    }

    async fn a_rule_that_has_not_begun_is_withdrawn_and_its_classes_go_by_the_one_before(app) {
        let school = school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let approved = province.add("3305", "2026-12-01").await;
        let (path, version) = kept(&school, &entry, "2026-12-24").await;
        assert_eq!(version, "330500/2026-12-01");

        let unreasoned = format!("{PROPOSALS}/{}/refuse", approved["id"].as_str().unwrap());
        let unreasoned = province.one.post(&unreasoned, &json!({ "reason": " " })).await.expect(422);
        assert_eq!((&unreasoned["errors"][0]["pointer"], &unreasoned["errors"][0]["code"]), (&json!("/reason"), &json!("required")));
        let withdrawn = decide(&province.one, &approved, "refuse").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["answer"]), (&json!("withdrawn"), &json!("日期有误")));
        assert_eq!((&withdrawn["approved_by_name"], &withdrawn["ended_by_name"]), (&json!("sheng-two"), &json!("sheng-one")));
        assert_eq!(held(&province.one).await, pairs(&[("33", "2022-01-01")]));
        assert_eq!(plan(&school.office, &path).await["rule_version"], "330000/2022-01-01");
        let noted = audited(&app, "keep_attendance_rules").await;
        assert_eq!((&noted[2]["state"], &noted[2]["classes"]), (&json!("withdrawn"), &json!(1)));

        // Who read the class before that still finds the rule that it had.
        execute(&app, "UPDATE class SET rule_version = '330500/2026-12-01'").await;
        assert_eq!(plan(&school.office, &path).await["attendance"]["class_hour_min"], 40);

        // The day is free again.
        province.add("3305", "2026-12-01").await;
        assert_eq!(kept(&school, &entry, "2026-12-24").await.1, "330500/2026-12-01");
    }

    async fn who_moves_a_first_day_waits_for_a_rule_before_they_take_the_class(app) {
        let school = school(&app, "school", TOWN).await;
        Province::of(&app).await.add("33", "2026-12-01").await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let (path, _) = kept(&school, &entry, "2026-12-24").await;
        let moved = with(entry, "starts_on", json!("2026-11-30"));
        // The embedded store has one writer: there nobody waits within a write.
        let lock = if app.cx.db.is_of_one_node() { "" } else { " FOR UPDATE NOWAIT" };
        let (has_begun, may_look) = (Notify::new(), Notify::new());
        let withdrawing = app.cx.db.write_journal(async |tx| {
            tx.execute_unprepared("UPDATE attendance_rule_proposal SET reason = reason").await?;
            has_begun.notify_one();
            may_look.notified().await;
            // As a withdrawal does, which must find no class that waits for its rule.
            tx.execute_unprepared(&format!("SELECT id FROM class{lock}")).await?;
            Ok(())
        });
        let moving = async {
            has_begun.notified().await;
            let others = async {
                for _ in 0..20 {
                    plan(&school.office, &path).await;
                }
                may_look.notify_one();
            };
            join(replace(&school.office, &path, 1, &moved), others).await.0
        };
        let (withdrawn, replaced) = join(withdrawing, moving).await;
        withdrawn.unwrap();
        replaced.expect(200);
        assert_eq!(plan(&school.office, &path).await["rule_version"], "330000/2022-01-01");
    }

    async fn what_has_begun_is_neither_changed_nor_withdrawn(app) {
        let school = school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        for begun in ["2026-11-22", "2026-11-23"] {
            let mut senseless = rule("33", begun);
            senseless["rule"]["late_min"] = json!(61);
            senseless["rule"]["class_hour_min"] = json!(0);
            senseless["rule"]["face_min_pct"] = json!(101);
            let problem = province.one.post(PROPOSALS, &senseless).await.expect(422);
            let wrong: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["code"].clone()).collect();
            assert_eq!(wrong, ["day-not-future", "late-out-of-range", "class-hour-out-of-range", "percent-out-of-range"]);
        }
        let nowhere = province.one.post(PROPOSALS, &rule("3399", "2026-12-01")).await.expect(422);
        assert_eq!((&nowhere["errors"][0]["pointer"], &nowhere["errors"][0]["code"]), (&json!("/rule/region"), &json!("not-found")));

        let approved = province.add("33", "2026-11-24").await;
        refused(province.one.post(PROPOSALS, &rule("33", "2026-11-24")).await, "wrong-state.rule-there");
        let late = province.one.post(PROPOSALS, &rule("3305", "2026-11-24")).await.expect(201);
        refused(province.other.post(PROPOSALS, &rule("3305", "2026-11-24")).await, "wrong-state.rule-proposed");
        app.clock.advance_s(86_400);
        let (one, other) = (app.log_in("sheng-one").await, app.log_in("sheng-two").await);
        for client in [&one, &other] {
            refused(decide(client, &approved, "refuse").await, "wrong-state.rule-begun");
        }
        refused(decide(&other, &late, "approve").await, "wrong-state.rule-day-come");
        assert_eq!(decide(&other, &late, "refuse").await.expect(200)["state"], "refused");
        let mut school = school;
        school.log_in_again(&app).await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        assert_eq!(kept(&school, &entry, "2026-11-24").await.1, "330000/2026-11-24");
    }

    async fn a_proposal_is_decided_once(app) {
        school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        let proposal = province.one.post(PROPOSALS, &rule("33", "2027-01-01")).await.expect(201);
        let withdrawn = decide(&province.one, &proposal, "refuse").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["approved_by_name"]), (&json!("withdrawn"), &json!("")));
        let again = province.one.post(PROPOSALS, &rule("33", "2027-01-01")).await.expect(201);
        let (one, other) = join(decide(&province.other, &again, "approve"), decide(&province.other, &again, "approve")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    async fn who_asks_again_when_the_day_has_come_has_the_first_reply(app) {
        school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        let ask = async |client: &Client| {
            let request = client.request(Method::POST, PROPOSALS).header("idempotency-key", "once");
            send(request.json(&rule("33", "2026-11-24"))).await
        };
        let proposal = ask(&province.one).await.expect(201);
        app.clock.advance_s(86_400);
        let again = app.log_in("sheng-one").await;
        assert_eq!(ask(&again).await.expect(201), proposal);
        refused(decide(&app.log_in("sheng-two").await, &proposal, "approve").await, "wrong-state.rule-day-come");
    }

    async fn a_repeat_proposes_once_and_others_see_nothing(app) {
        let school = school(&app, "school", TOWN).await;
        let province = Province::of(&app).await;
        let once = async || {
            let request = province.one.request(Method::POST, PROPOSALS).header("idempotency-key", "once");
            send(request.json(&rule("33", "2027-01-01"))).await.expect(201)
        };
        let proposal = once().await;
        assert_eq!(once().await, proposal);
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let city = app.staff("city", Role::CityAuditor, "3305").await;
        for client in [&school.office, &county, &city] {
            assert_eq!(client.get(RULES).await.expect_problem(403), "forbidden");
            assert_eq!(client.post(PROPOSALS, &rule("3305", "2027-01-02")).await.expect_problem(403), "forbidden");
            for verb in ["approve", "refuse"] {
                assert_eq!(decide(client, &proposal, verb).await.expect_problem(404), "not-found");
            }
        }
        // Who keeps the rules of a city sees those around it, and decides about its own.
        let of_city = app.staff("shi", Role::ProvinceOffice, "3305").await;
        assert_eq!(of_city.post(PROPOSALS, &rule("33", "2027-01-02")).await.expect_problem(403), "forbidden");
        assert_eq!(decide(&of_city, &proposal, "approve").await.expect_problem(404), "not-found");
        let book = of_city.get(RULES).await.expect(200);
        assert_eq!((book["versions"].as_array().unwrap().len(), &book["proposals"]), (1, &json!([])));
        let own = of_city.post(PROPOSALS, &rule("3305", "2027-01-02")).await.expect(201);
        decide(&province.one, &own, "approve").await.expect(200);
        assert_eq!(held(&of_city).await, pairs(&[("3305", "2027-01-02"), ("33", "2022-01-01")]));
    }
}
