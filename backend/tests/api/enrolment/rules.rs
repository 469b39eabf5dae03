//! The rules of enrolment: a version is added by two persons, for days to come, and who has enrolled keeps theirs.

use super::*;

const VERSIONS: &str = "/api/v1/enrolment_rules/versions";
const PROPOSALS: &str = "/api/v1/enrolment_rules/proposals";

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
}

/// From this day on, senior school up to the age of 40.
fn version(region: &str, valid_from: &str) -> Value {
    json!({
        "rule": { "region": region, "level": "senior", "valid_from": valid_from, "youngest": 18, "oldest": 40,
            "prior": "71", "is_literacy_enough": false },
        "reason": "省教育厅通知",
    })
}

async fn decide(client: &Client, proposal: &Value, verb: &str) -> Reply {
    let path = format!("{PROPOSALS}/{}/{verb}", proposal["id"].as_str().unwrap());
    client.post(&path, &json!({ "reason": "年龄有误" })).await
}

#[track_caller]
fn refused(reply: Reply, key: &str) {
    let reply = reply.expect(409);
    let language = backend::platform::texts::Language::Chinese;
    let detail = backend::platform::texts::text(language, &format!("{key}.detail"), &Value::Null);
    assert_eq!(reply["detail"], detail, "{reply}");
}

db_tests! {
    async fn two_persons_add_a_version_and_later_enrolments_go_by_it(app) {
        let desk = Desk::open(&app).await;
        let province = Province::of(&app).await;
        let before = desk.enrol(2).await;
        let proposal = province.one.post(PROPOSALS, &version("33", "2026-11-24")).await.expect(201);
        assert_eq!((&proposal["state"], &proposal["proposed_by_name"]), (&json!("proposed"), &json!("sheng-one")));
        assert_eq!(proposal["version"]["rule"]["oldest"], 40);
        for (client, waits) in [(&province.one, 0), (&province.other, 1), (&desk.county, 0), (&desk.clerk, 0)] {
            assert_eq!(waiting(client, "enrolment_rules_to_approve").await, waits, "for another who keeps them");
        }
        refused(decide(&province.one, &proposal, "approve").await, "second-person-needed.rule");
        let approved = decide(&province.other, &proposal, "approve").await.expect(200);
        assert_eq!((&approved["state"], &approved["decided_by_name"]), (&json!("approved"), &json!("sheng-two")));
        refused(decide(&province.other, &proposal, "approve").await, "wrong-state.rule-closed");
        assert_eq!(waiting(&province.other, "enrolment_rules_to_approve").await, 0);
        let book = province.one.get(VERSIONS).await.expect(200);
        let days: Vec<_> = book["versions"].as_array().unwrap().iter()
            .map(|version| (version["rule"]["level"].as_str().unwrap(), version["rule"]["valid_from"].as_str().unwrap()))
            .collect();
        assert_eq!(days, [("junior", "2022-01-01"), ("senior", "2026-11-24"), ("senior", "2022-01-01")]);
        assert_eq!(book["proposals"], json!([approved]));
        let noted = audited(&app, "keep_enrolment_rules").await;
        assert_eq!((&noted[1]["version"], &noted[1]["state"]), (&json!("33/senior/2026-11-24"), &json!("approved")));

        assert_eq!(desk.enrol(4).await["rule"]["valid_from"], "2022-01-01", "its day has not come");
        app.clock.advance_s(86_400);
        let clerk = app.log_in("clerk").await;
        let verdict = clerk.post(CHECK, &desk.stated(6)).await.expect(200);
        assert_eq!(verdict["refusal"]["key"], "enrolment-refused.too-old");
        assert_eq!(clerk.get(&path(&before)).await.expect(200)["rule"]["oldest"], 60, "who has enrolled keeps theirs");
    }

    async fn a_version_that_has_not_begun_is_withdrawn_and_its_day_is_free_again(app) {
        let desk = Desk::open(&app).await;
        let province = Province::of(&app).await;
        let tomorrow = version("33", "2026-11-24");
        let first = province.one.post(PROPOSALS, &tomorrow).await.expect(201);
        decide(&province.other, &first, "approve").await.expect(200);
        let unreasoned = format!("{PROPOSALS}/{}/refuse", first["id"].as_str().unwrap());
        let unreasoned = province.one.post(&unreasoned, &json!({ "reason": " " })).await.expect(422);
        assert_eq!((&unreasoned["errors"][0]["pointer"], &unreasoned["errors"][0]["code"]), (&json!("/reason"), &json!("required")));
        let withdrawn = decide(&province.one, &first, "refuse").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["answer"]), (&json!("withdrawn"), &json!("年龄有误")));
        assert_eq!((&withdrawn["decided_by_name"], &withdrawn["withdrawn_by_name"]), (&json!("sheng-two"), &json!("sheng-one")));
        refused(decide(&province.other, &first, "approve").await, "wrong-state.rule-closed");
        let book = province.one.get(VERSIONS).await.expect(200);
        assert_eq!(book["versions"].as_array().unwrap().len(), 2, "those that came with the program: {book}");

        let mut second = tomorrow;
        second["rule"]["oldest"] = json!(50);
        let second = province.one.post(PROPOSALS, &second).await.expect(201);
        decide(&province.other, &second, "approve").await.expect(200);
        app.clock.advance_s(86_400);
        let office = app.log_in("sheng-two").await;
        refused(decide(&office, &second, "refuse").await, "wrong-state.rule-begun");
        let young = Desk { clerk: app.log_in("clerk").await, ..desk }.enrol(4).await;
        assert_eq!((&young["rule"]["valid_from"], &young["rule"]["oldest"]), (&json!("2026-11-24"), &json!(50)));
        assert_eq!(count(&app, "enrolment_rule").await, "3", "a version is set down once a record keeps it");
        let noted = audited(&app, "keep_enrolment_rules").await;
        assert_eq!((&noted[2]["version"], &noted[2]["state"]), (&json!("33/senior/2026-11-24"), &json!("withdrawn")));
    }

    async fn what_has_come_or_is_there_is_no_new_version(app) {
        towns(&app).await;
        let province = Province::of(&app).await;
        let mut senseless = version("33", "2026-11-23");
        senseless["rule"]["oldest"] = json!(17);
        senseless["rule"]["prior"] = json!("61");
        let problem = province.one.post(PROPOSALS, &senseless).await.expect(422);
        let wrong: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["code"].clone()).collect();
        assert_eq!(wrong, ["day-not-future", "age-out-of-range", "prior-too-high"]);
        let nowhere = province.one.post(PROPOSALS, &version("3399", "2026-12-01")).await.expect(422);
        assert_eq!((&nowhere["errors"][0]["pointer"], &nowhere["errors"][0]["code"]), (&json!("/rule/region"), &json!("not-found")));

        let proposal = province.one.post(PROPOSALS, &version("3305", "2026-11-24")).await.expect(201);
        refused(province.other.post(PROPOSALS, &version("3305", "2026-11-24")).await, "wrong-state.rule-proposed");
        province.other.post(PROPOSALS, &version("33", "2026-11-24")).await.expect(201);
        decide(&province.other, &proposal, "approve").await.expect(200);
        refused(province.one.post(PROPOSALS, &version("3305", "2026-11-24")).await, "wrong-state.rule-there");

        let late = province.one.post(PROPOSALS, &version("3305", "2026-11-25")).await.expect(201);
        app.clock.advance_s(2 * 86_400);
        let other = app.log_in("sheng-two").await;
        refused(decide(&other, &late, "approve").await, "wrong-state.rule-day-come");
        assert_eq!(decide(&other, &late, "refuse").await.expect(200)["state"], "refused");
    }

    async fn who_proposed_takes_back_and_may_propose_again(app) {
        towns(&app).await;
        let province = Province::of(&app).await;
        let first = province.one.post(PROPOSALS, &version("33", "2027-01-01")).await.expect(201);
        let withdrawn = decide(&province.one, &first, "refuse").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["answer"]), (&json!("withdrawn"), &json!("年龄有误")));
        let again = province.one.post(PROPOSALS, &version("33", "2027-01-01")).await.expect(201);
        let (one, other) = join(decide(&province.other, &again, "approve"), decide(&province.other, &again, "approve")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    async fn a_repeat_proposes_once_and_others_see_nothing(app) {
        let desk = Desk::open(&app).await;
        let province = Province::of(&app).await;
        let once = async || {
            let request = province.one.request(Method::POST, PROPOSALS).header("idempotency-key", "once");
            send(request.json(&version("33", "2027-01-01"))).await.expect(201)
        };
        let proposal = once().await;
        assert_eq!(once().await, proposal);
        assert_eq!(desk.clerk.get(VERSIONS).await.expect_problem(403), "forbidden");
        for client in [&desk.clerk, &desk.county, &desk.city] {
            assert_eq!(client.post(PROPOSALS, &version("33", "2027-01-02")).await.expect_problem(403), "forbidden");
            assert_eq!(decide(client, &proposal, "approve").await.expect_problem(404), "not-found");
        }
        let of_city = app.staff("shi", Role::ProvinceOffice, "3305").await;
        assert_eq!(of_city.post(PROPOSALS, &version("33", "2027-01-02")).await.expect_problem(403), "forbidden");
        of_city.post(PROPOSALS, &version("3305", "2027-01-02")).await.expect(201);
    }

    async fn who_asks_again_when_the_day_has_come_has_the_first_reply(app) {
        towns(&app).await;
        let province = Province::of(&app).await;
        let ask = async |client: &Client| {
            let request = client.request(Method::POST, PROPOSALS).header("idempotency-key", "once");
            send(request.json(&version("33", "2026-11-24"))).await
        };
        let proposal = ask(&province.one).await.expect(201);
        app.clock.advance_s(86_400);
        let again = app.log_in("sheng-one").await;
        assert_eq!(ask(&again).await.expect(201), proposal);
        refused(decide(&app.log_in("sheng-two").await, &proposal, "approve").await, "wrong-state.rule-day-come");
    }

    async fn a_county_has_junior_rules_of_its_own_and_a_city_senior_ones(app) {
        let desk = Desk::open(&app).await;
        let province = Province::of(&app).await;
        let second = app.staff("county-two", Role::CountyBureau, "330502").await;
        let neighbour = app.staff("county-beside", Role::CountyBureau, "330503").await;
        let junior = |region: &str| {
            let mut wanted = version(region, "2026-11-24");
            wanted["rule"]["level"] = json!("junior");
            wanted["rule"]["prior"] = json!("81");
            wanted
        };
        for (client, wanted) in [
            (&desk.county, junior("3305")),
            (&desk.county, junior("330503")),
            (&desk.county, version("330502", "2026-11-24")),
            (&desk.city, junior("3305")),
            (&desk.city, version("330502", "2026-11-24")),
            (&desk.city, version("3306", "2026-11-24")),
        ] {
            assert_eq!(client.post(PROPOSALS, &wanted).await.expect_problem(403), "forbidden", "{wanted}");
        }

        let book = desk.county.get(VERSIONS).await.expect(200);
        let own = &book["bureau_regions"];
        assert_eq!((own.as_array().unwrap().len(), &own[0]["region"], &own[0]["level"]), (1, &json!("330502"), &json!("junior")));
        assert_eq!(book["proposals"], json!([]));
        let proposal = desk.county.post(PROPOSALS, &junior("330502")).await.expect(201);
        refused(decide(&desk.county, &proposal, "approve").await, "second-person-needed.rule");
        for (client, waits) in [(&second, 1), (&province.one, 1), (&desk.county, 0), (&neighbour, 0), (&desk.city, 0)] {
            assert_eq!(waiting(client, "enrolment_rules_to_approve").await, waits);
        }
        for client in [&neighbour, &desk.city, &desk.clerk] {
            assert_eq!(decide(client, &proposal, "approve").await.expect_problem(404), "not-found");
        }
        assert_eq!(neighbour.get(VERSIONS).await.expect(200)["proposals"], json!([]));
        decide(&second, &proposal, "approve").await.expect(200);
        let noted = audited(&app, "keep_junior_rules").await;
        assert_eq!((&noted[1]["version"], &noted[1]["state"]), (&json!("330502/junior/2026-11-24"), &json!("approved")));

        // The city's senior rules are approved by the province, which could have made them, too.
        let of_city = desk.city.post(PROPOSALS, &version("3305", "2026-11-24")).await.expect(201);
        decide(&province.one, &of_city, "approve").await.expect(200);
        app.clock.advance_s(2 * 86_400);
        let clerk = app.log_in("clerk").await;
        let holding = async |place: &str| {
            let rules = clerk.get(&format!("/api/v1/enrolment_rules?division={place}")).await.expect(200);
            let region = |at: usize| rules[at]["region"].as_str().unwrap().to_owned();
            (region(0), region(1))
        };
        assert_eq!(holding("330502104").await, ("330502".to_owned(), "3305".to_owned()), "junior, senior");
        assert_eq!(holding("330503").await, ("33".to_owned(), "3305".to_owned()));
        assert_eq!(holding("3306").await, ("33".to_owned(), "33".to_owned()));
    }
}
