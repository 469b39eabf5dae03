//! The list that surveyors work on, who is sent to whom, and visits that were made without a network.

use super::{faults, take};
use crate::{
    people::{HERE, NEXT_DOOR, audited, canary::dump, number, office, texts, towns},
    support::{Client, NO_ID, TestApp, db_tests, execute},
    work::waiting,
};
use serde_json::{Value, json};
use shared::rights::Role;

pub(super) const ROSTER: &str = "/api/v1/roster";
const VISITS: &str = "/api/v1/roster/visits";
pub(super) const ASSIGNMENTS: &str = "/api/v1/roster/assignments";

/// Three persons on the roster of this township, whose numbers begin with the nth.
pub(super) async fn three(app: &TestApp, office: &Client, township: &str, n: u32) {
    let list = format!(
        "姓名,身份证号,学历提升意愿,备注\n张秀英,{},,身份证{}\n张三,{},高中,\n李四,{},不愿,\n",
        number(n),
        number(n + 100),
        number(n + 2),
        number(n + 4)
    );
    let uploaded = super::upload(office, township, list).await.expect(201);
    assert_eq!(super::import(app, office, &uploaded).await["added"], 3);
    assert_eq!(faults(office, &uploaded).await, []);
}

/// The names on all pages of a list.
pub(super) async fn names(client: &Client, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{ROSTER}?limit=2{query}{cursor}")).await.expect(200);
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    names.sort();
    names
}

/// The entry of a person with this name.
pub(super) async fn entry(client: &Client, name: &str) -> Value {
    client.get(&format!("{ROSTER}?name={name}")).await.expect(200)["items"][0].clone()
}

pub(crate) async fn account(app: &TestApp, name: &str) -> Value {
    json!(backend::identity::find_by_name(&app.cx, name).await.unwrap().unwrap())
}

/// The nth visit of this visitor to somebody, `minutes` after the beginning of the test.
pub(crate) fn visit(entry: &Value, visitor: &Value, n: u32, minutes: i64, outcome: &Value) -> Value {
    let at = shared::time::Timestamp(crate::support::START.0 + minutes * 60_000);
    let visit = json!({
        "id": format!("019ab000-0000-7000-8000-{n:012}"), "visited_at": at, "visitor": visitor,
        "channel": "door", "outcome": outcome, "note": "",
    });
    json!({ "entry_id": entry["id"], "visit": visit })
}

/// Sends visits; their receipts.
pub(crate) async fn send_visits(client: &Client, visits: &[Value]) -> Vec<String> {
    let acks = client.post(VISITS, &json!({ "visits": visits })).await.expect(200);
    acks.as_array().unwrap().iter().map(|ack| ack["receipt"].as_str().unwrap().to_owned()).collect()
}

fn stated(intent: &str) -> Value {
    json!({ "kind": "stated", "intent": intent, "route": "dual_certificate", "reason": "孩子上学了" })
}

db_tests! {
    async fn the_list_is_filtered_and_turned_page_by_page(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        three(&app, &here, HERE, 2).await;
        three(&app, &next_door, NEXT_DOOR, 12).await;
        assert_eq!(names(&here, "").await, ["张三", "张秀英", "李四"]);
        assert_eq!(names(&here, "&name=张").await, ["张三", "张秀英"]);
        assert_eq!(names(&here, "&state=intent_no").await, ["李四"]);
        assert_eq!(names(&here, "&intent=senior").await, ["张三"]);
        assert_eq!(names(&here, &format!("&division={NEXT_DOOR}")).await, Vec::<String>::new());
        assert_eq!(names(&here, &format!("&surveyor_id={NO_ID}")).await, Vec::<String>::new());
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(names(&county, "").await.len(), 6);
        assert_eq!(names(&county, &format!("&division={NEXT_DOOR}")).await.len(), 3);
        let elsewhere = app.staff("bie", Role::CountyBureau, "330503").await;
        assert_eq!(names(&elsewhere, "").await, Vec::<String>::new());
        let counts = county.get(&format!("{ROSTER}/counts")).await.expect(200);
        assert_eq!(counts.as_array().unwrap().len(), 6);
        assert_eq!(counts[0], json!({ "division": HERE, "state": "imported", "persons": 1 }));
        assert_eq!(here.get(&format!("{ROSTER}/counts")).await.expect(200).as_array().unwrap().len(), 3);
        for path in [format!("{ROSTER}?division=x"), format!("{ROSTER}/counts?division=x"), format!("{ROSTER}?cursor=x")] {
            assert_eq!(here.get(&path).await.expect_problem(422), "invalid");
        }
        for typed in [number(2), "19900009137".to_owned(), "张 1990 0009 137".to_owned()] {
            let problem = here.get(&format!("{ROSTER}?name={typed}")).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/name"), &json!("name-holds-number")));
            assert!(error["detail"].as_str().unwrap().contains("只按姓名查找") && !problem.to_string().contains(&typed));
        }
        let teacher = app.staff("zhou", Role::Teacher, "33").await;
        for path in [ROSTER.to_owned(), format!("{ROSTER}/counts")] {
            assert_eq!(teacher.get(&path).await.expect_problem(403), "forbidden");
        }
    }

    async fn a_surveyor_of_the_same_school_is_sent(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        office(&app, "li", NEXT_DOOR).await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "张秀英").await, account(&app, "wang").await);
        let entries = json!([person["id"]]);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": entries })).await.expect(204);
        let assigned = entry(&here, "张秀英").await;
        assert_eq!((&assigned["state"], &assigned["surveyor_id"], &assigned["version"]), (&json!("assigned"), &wang, &json!(2)));
        assert_eq!(names(&here, &format!("&surveyor_id={}", wang.as_str().unwrap())).await, ["张秀英"]);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": entries })).await.expect(204);
        assert_eq!(entry(&here, "张秀英").await, assigned, "a repeat changes nothing");
        assert_eq!(texts(&app, "SELECT CAST(COUNT(*) AS text) FROM roster_assignment").await, ["1"]);

        let foreign = json!({ "surveyor_id": account(&app, "li").await, "entries": entries });
        let unknown = json!({ "surveyor_id": wang, "entries": [person["id"], NO_ID] });
        for (body, pointer, code) in [
            (foreign, "/surveyor_id", "no-surveyor"),
            (json!({ "surveyor_id": NO_ID, "entries": entries }), "/surveyor_id", "no-surveyor"),
            (unknown, "/entries/1", "not-found"),
            (json!({ "surveyor_id": wang, "entries": [] }), "/entries", "required"),
            (json!({ "surveyor_id": wang, "entries": vec![NO_ID; 501] }), "/entries", "too-long"),
        ] {
            let problem = here.post(ASSIGNMENTS, &body).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        let body = json!({ "surveyor_id": wang, "entries": entries });
        assert_eq!(county.post(ASSIGNMENTS, &body).await.expect_problem(403), "forbidden");
        let sibling = app.log_in("li").await;
        let problem = sibling.post(ASSIGNMENTS, &body).await.expect(422);
        assert_eq!(problem["errors"][0]["code"], "not-found");
    }

    async fn who_can_be_sent_is_who_surveys_here(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        office(&app, "zhao", "330502").await;
        office(&app, "li", NEXT_DOOR).await;
        app.staff("zhou", Role::Teacher, "33").await;
        let surveyors = here.get(&format!("{ROSTER}/surveyors")).await.expect(200);
        let ids: Vec<_> = surveyors.as_array().unwrap().iter().map(|surveyor| surveyor["account_id"].clone()).collect();
        let (wang, zhao) = (account(&app, "wang").await, account(&app, "zhao").await);
        assert!(ids.len() == 2 && ids.contains(&wang) && ids.contains(&zhao), "{surveyors}");
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(county.get(&format!("{ROSTER}/surveyors")).await.expect_problem(403), "forbidden");
    }

    async fn whom_nobody_is_sent_to_is_counted_and_listed_alike(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        three(&app, &here, HERE, 2).await;
        let waits = async |client: &Client| {
            let names = names(client, "&unassigned=true").await;
            assert_eq!(waiting(client, "persons_to_assign").await, names.len() as u64, "the count says the same");
            names
        };
        assert_eq!(waits(&here).await, ["张三", "张秀英", "李四"], "whatever the list says of what they want");
        assert_eq!(waits(&next_door).await, Vec::<String>::new());
        let wang = account(&app, "wang").await;
        let entries = json!([entry(&here, "张秀英").await["id"]]);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": entries })).await.expect(204);
        assert_eq!(waits(&here).await, ["张三", "李四"]);
        assert_eq!(names(&here, "&unassigned=true&state=intent_no").await, ["李四"]);
        assert_eq!(names(&here, &format!("&unassigned=true&division={NEXT_DOOR}")).await, Vec::<String>::new());
        let gone = visit(&entry(&here, "张三").await, &wang, 1, 0, &json!({ "kind": "moved_out" }));
        let away = visit(&entry(&here, "李四").await, &wang, 2, 0, &json!({ "kind": "unreachable" }));
        assert_eq!(send_visits(&here, &[gone, away]).await, ["recorded", "recorded"]);
        assert_eq!(waits(&here).await, ["李四"], "who was not met is still to be visited");
        execute(&app, "UPDATE roster_entry SET set_aside_at = 1").await;
        assert_eq!(waits(&here).await, Vec::<String>::new());
        assert_eq!(waiting(&here, "visits_due").await, 0);
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(county.get(&format!("{ROSTER}?unassigned=true")).await.expect_problem(403), "forbidden");
        assert_eq!(here.get(&format!("{ROSTER}?unassigned=maybe")).await.status, 422);
    }

    async fn a_surveyor_is_told_whom_to_visit_until_there_is_nothing_to_ask(app) {
        towns(&app).await;
        let (here, other) = (office(&app, "wang", HERE).await, office(&app, "zhao", HERE).await);
        three(&app, &here, HERE, 2).await;
        let assigned = async |client: &Client| {
            let page = client.get(&format!("{ROSTER}/assigned")).await.expect(200);
            let items = page["items"].as_array().unwrap();
            items.iter().map(|item| item["entry"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(assigned(&here).await, Vec::<String>::new());
        let (person, wang) = (entry(&here, "张秀英").await, account(&app, "wang").await);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": [person["id"]] })).await.expect(204);
        assert_eq!((assigned(&here).await, assigned(&other).await), (vec!["张秀英".to_owned()], vec![]));
        send_visits(&here, &[visit(&person, &wang, 1, 0, &json!({ "kind": "unreachable" }))]).await;
        let page = here.get(&format!("{ROSTER}/assigned")).await.expect(200);
        assert_eq!((&page["items"][0]["entry"]["state"], &page["items"][0]["visits"][0]["channel"]), (&json!("unreachable"), &json!("door")));
        assert!(!page.to_string().contains(&number(102)), "numbers are masked: {page}");
        send_visits(&here, &[visit(&person, &wang, 2, 1, &json!({ "kind": "moved_out" }))]).await;
        assert_eq!(assigned(&here).await, Vec::<String>::new());
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(county.get(&format!("{ROSTER}/assigned")).await.expect_problem(403), "forbidden");
    }

    async fn visits_of_two_phones_join_in_any_order(app) {
        towns(&app).await;
        let (one, two) = (office(&app, "wang", HERE).await, office(&app, "zhao", HERE).await);
        three(&app, &one, HERE, 2).await;
        let (person, wang, zhao) = (entry(&one, "张秀英").await, account(&app, "wang").await, account(&app, "zhao").await);
        let late = visit(&person, &zhao, 2, 3, &stated("junior"));
        let early = [visit(&person, &wang, 1, 1, &json!({ "kind": "unreachable" })), visit(&person, &wang, 3, 2, &json!({ "kind": "met" }))];
        assert_eq!(send_visits(&two, std::slice::from_ref(&late)).await, ["recorded"]);
        assert_eq!(send_visits(&one, &early).await, ["recorded", "recorded"]);
        assert_eq!(send_visits(&one, &early).await, ["known", "known"], "the reply was lost, so the phone sends them again");
        let seen = one.get(&format!("{ROSTER}/{}", person["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&seen["entry"]["state"], &seen["entry"]["intent"], &seen["entry"]["study_route"]), (&json!("intent_yes"), &json!("junior"), &json!("dual_certificate")));
        let visits = seen["visits"].as_array().unwrap();
        assert_eq!(visits, &[&early[0]["visit"], &early[1]["visit"], &late["visit"]].map(Value::clone));
        assert_eq!(names(&one, "&intent=junior").await, ["张秀英"]);
    }

    async fn a_wrong_visit_keeps_no_right_one_back(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        three(&app, &here, HERE, 2).await;
        three(&app, &next_door, NEXT_DOOR, 12).await;
        let (wang, li) = (account(&app, "wang").await, account(&app, "li").await);
        let (mine, foreign) = (entry(&here, "张三").await, entry(&next_door, "张三").await);
        let met = json!({ "kind": "met" });
        let mut sent = vec![
            visit(&mine, &wang, 1, 0, &met),
            visit(&foreign, &wang, 2, 0, &met),
            visit(&mine, &li, 3, 0, &met),
            visit(&mine, &wang, 4, 60, &met),
            visit(&mine, &wang, 5, 0, &json!({ "kind": "not_eligible", "reason": "" })),
            visit(&mine, &wang, 1, 1, &met),
            visit(&mine, &wang, 6, 0, &json!({ "kind": "moved_out" })),
        ];
        sent[6]["visit"]["note"] = json!("搬到别处");
        let acks = here.post(VISITS, &json!({ "visits": sent })).await.expect(200);
        let codes: Vec<_> = acks.as_array().unwrap().iter().map(|ack| ack["errors"][0]["code"].as_str()).collect();
        let refused = [Some("not-found"), Some("other-visitor"), Some("date-in-future"), Some("required"), Some("visit-id-taken")];
        assert_eq!(codes, [[None].as_slice(), &refused, &[None]].concat());
        assert!(!acks[1]["errors"][0]["detail"].as_str().unwrap().is_empty());
        assert_eq!((entry(&here, "张三").await["state"].clone(), entry(&next_door, "张三").await["version"].clone()), (json!("moved_out"), json!(1)));
        assert_eq!(send_visits(&next_door, &[visit(&foreign, &li, 1, 0, &met)]).await, ["refused"], "the id is another visit's");
        for body in [json!({ "visits": [] }), json!({ "visits": vec![sent[0].clone(); 501] })] {
            assert_eq!(here.post(VISITS, &body).await.expect_problem(422), "invalid");
        }
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(county.post(VISITS, &json!({ "visits": [sent[0]] })).await.expect_problem(403), "forbidden");
        for path in [NO_ID, foreign["id"].as_str().unwrap()] {
            assert_eq!(here.get(&format!("{ROSTER}/{path}")).await.expect_problem(404), "not-found");
        }
    }

    async fn no_number_in_a_remark_lies_in_the_store_or_is_shown(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "张秀英").await, account(&app, "wang").await);
        let mut sent = visit(&person, &wang, 1, 0, &json!({ "kind": "not_eligible", "reason": "电话19900009137" }));
        sent["visit"]["note"] = json!(format!("身份证{}", number(40)));
        assert_eq!(send_visits(&here, &[sent]).await, ["recorded"]);
        let seen = here.get(&format!("{ROSTER}/{}", person["id"].as_str().unwrap())).await.expect(200).to_string();
        let dump = dump(&app).await;
        for secret in [number(2), number(102), number(40), "19900009137".to_owned()] {
            assert!(!seen.contains(&secret) && !dump.contains(&secret), "{secret}");
        }
        assert!(seen.contains("身份证3301****"), "{seen}");
    }

    async fn of_what_a_person_would_like_what_was_said_last_is_kept(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let list = format!("姓名,身份证号,方便时间,方便地点,学习方式\n王五,{},白天,村部,网上\n", number(8));
        assert_eq!(take(&app, &here, &list).await.1["added"], 1);
        let (person, wang) = (entry(&here, "王五").await, account(&app, "wang").await);
        let path = format!("{ROSTER}/{}", person["id"].as_str().unwrap());
        let wish = |time: &str, place: &str| {
            let mut wish = stated("senior");
            wish["preferred_time"] = json!(time);
            wish["preferred_place"] = json!(place);
            wish
        };
        let mut early = visit(&person, &wang, 1, 1, &wish("早上", "学校"));
        early["visit"]["outcome"]["study_mode"] = json!("blended");
        let late = visit(&person, &wang, 2, 2, &wish("周末，19900009137", ""));
        let last = visit(&person, &wang, 3, 3, &stated("senior"));
        assert_eq!(send_visits(&here, &[last, late, early]).await, ["recorded", "recorded", "recorded"]);
        let seen = here.get(&path).await.expect(200);
        let details = &seen["details"];
        assert!(details["preferred_time"].as_str().unwrap().starts_with("周末"), "{details}");
        assert_eq!((&details["preferred_place"], &details["study_mode"]), (&json!("学校"), &json!("blended")));
        assert_eq!(seen["visits"][0]["outcome"]["preferred_place"], "学校");
        assert!(!seen.to_string().contains("19900009137"), "{seen}");
        assert!(!dump(&app).await.contains("19900009137"));

        let long = visit(&person, &wang, 4, 4, &wish(&"长".repeat(101), ""));
        let acks = here.post(VISITS, &json!({ "visits": [long] })).await.expect(200);
        let error = &acks[0]["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/outcome/preferred_time"), &json!("too-long")));
    }

    async fn what_a_list_tells_again_overwrites_no_visit(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "李四").await, account(&app, "wang").await);
        assert_eq!(send_visits(&here, &[visit(&person, &wang, 1, 0, &stated("senior"))]).await, ["recorded"]);
        let visited = entry(&here, "李四").await;
        let (_, report) = take(&app, &here, &format!("姓名,身份证号,学历提升意愿\n李四,{},不愿\n", number(6))).await;
        assert_eq!(report["already_there"], 1);
        assert_eq!(entry(&here, "李四").await, visited);
        assert_eq!(visited["state"], "intent_yes");
    }

    async fn a_surveyor_knows_whom_she_is_sent_to_and_nobody_else(app) {
        towns(&app).await;
        let (here, surveyor) = (office(&app, "wang", HERE).await, app.staff("zhu", Role::Surveyor, HERE).await);
        three(&app, &here, HERE, 2).await;
        let (mine, other) = (entry(&here, "张秀英").await, entry(&here, "李四").await);
        let zhu = account(&app, "zhu").await;
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": zhu, "entries": [mine["id"]] })).await.expect(204);
        let page = surveyor.get(&format!("{ROSTER}/assigned")).await.expect(200);
        let seen: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| &item["entry"]["id"]).collect();
        assert_eq!(seen, [&mine["id"]]);
        assert_eq!(waiting(&surveyor, "visits_due").await, 1);
        let one = |entry: &Value| format!("{ROSTER}/{}", entry["id"].as_str().unwrap());
        for path in [ROSTER.to_owned(), format!("{ROSTER}/counts"), format!("{ROSTER}/surveyors")] {
            assert_eq!(surveyor.get(&path).await.expect_problem(403), "forbidden");
        }
        assert_eq!(surveyor.get(&one(&other)).await.expect_problem(404), "not-found");

        let met = json!({ "kind": "met" });
        let sent = [visit(&mine, &zhu, 1, 0, &met), visit(&other, &zhu, 2, 0, &met)];
        assert_eq!(send_visits(&surveyor, &sent).await, ["recorded", "refused"]);
        // Called back meanwhile: what she did before is not lost, and she is shown nothing any more.
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": null, "entries": [mine["id"]] })).await.expect(204);
        assert_eq!(send_visits(&surveyor, &[visit(&mine, &zhu, 3, 0, &stated("junior"))]).await, ["recorded"]);
        assert_eq!(entry(&here, "张秀英").await["intent"], "junior");
        assert_eq!(surveyor.get(&format!("{ROSTER}/assigned")).await.expect(200)["items"], json!([]));
    }

    async fn who_is_sent_to_somebody_calls_them_for_a_reason_that_is_noted(app) {
        towns(&app).await;
        let (here, surveyor) = (office(&app, "wang", HERE).await, app.staff("zhu", Role::Surveyor, HERE).await);
        let list = format!("姓名,身份证号,手机\n王五,{},19900000137\n赵六,{},\n", number(8), number(10));
        assert_eq!(take(&app, &here, &list).await.1["added"], 2);
        let [with, without] = [entry(&here, "王五").await, entry(&here, "赵六").await];
        let path = |entry: &Value| format!("{ROSTER}/{}/phone_reveals", entry["id"].as_str().unwrap());
        let wanted = json!({ "note": "约上门时间" });
        assert_eq!(surveyor.post(&path(&with), &wanted).await.expect_problem(404), "not-found");
        assert_eq!(here.post(&path(&with), &wanted).await.expect_problem(404), "not-found", "the office is not sent");

        let zhu = account(&app, "zhu").await;
        let entries = json!([with["id"], without["id"]]);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": zhu, "entries": entries })).await.expect(204);
        let problem = surveyor.post(&path(&with), &json!({ "note": "" })).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/note");
        assert_eq!(surveyor.post(&path(&with), &wanted).await.expect(200), json!({ "phone": "19900000137" }));
        assert_eq!(surveyor.post(&path(&without), &wanted).await.expect(200), json!({ "phone": null }));
        let noted = audited(&app, "survey_roster").await;
        assert_eq!(noted.len(), 2);
        assert_eq!(noted[0], json!({ "purpose": "call_person", "note": "约上门时间" }));
        assert!(!dump(&app).await.contains("19900000137"), "the phone lies nowhere in plain");

        send_visits(&surveyor, &[visit(&with, &zhu, 1, 0, &json!({ "kind": "moved_out" }))]).await;
        assert_eq!(surveyor.post(&path(&with), &wanted).await.expect_problem(404), "not-found", "nobody visits them now");
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(county.post(&path(&with), &wanted).await.expect_problem(403), "forbidden");
    }
}
