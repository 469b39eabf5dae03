//! Lists as files: the rows that the list shows, masked, without a formula, and never unnoticed.

mod classes;
mod filters;
mod killed;

use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, audited, number, office, person, towns},
    roster,
    support::{Client, Reply, Sheet, TestApp, db_tests, serve, sheets, unpacked},
};
use backend::{
    app::State,
    platform::{Services, config::Config},
};
use futures::future::join_all;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{fmt::Write, sync::Arc};

const ROSTER: &str = "/api/v1/roster/exports";

/// Takes a list away.
async fn take(client: &Client, path: &str) -> Reply {
    client.post(path, &json!({})).await
}

/// The two sheets of a list.
pub(crate) async fn taken(client: &Client, path: &str) -> [Sheet; 2] {
    let reply = take(client, path).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.bytes));
    assert_eq!(reply.headers["cache-control"], "no-store");
    let sheets: [Sheet; 2] = sheets(&reply.bytes).try_into().ok().unwrap();
    assert_eq!(sheets[1].name, "说明");
    assert_eq!(reply.headers["x-rows"].to_str().unwrap(), (sheets[0].rows.len() - 1).to_string());
    sheets
}

/// One column of a list, below its header.
pub(crate) fn column<'a>(sheet: &'a Sheet, header: &str) -> Vec<&'a str> {
    let at = sheet.rows[0].iter().position(|found| found == header).unwrap_or_else(|| panic!("no column {header}"));
    sheet.rows[1..].iter().map(|row| row[at].as_str()).collect()
}

/// What the second sheet says under a name.
pub(crate) fn said<'a>(sheet: &'a Sheet, name: &str) -> &'a str {
    let line = sheet.rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("nothing is said of {name}"));
    &line[1]
}

/// A list of so many persons, whose numbers begin at `first`.
fn persons(first: u32, rows: u32) -> String {
    let mut list = "姓名,身份证号,手机,文化程度,学历提升意愿\n".to_owned();
    for n in first..first + rows {
        let intent = if n % 2 == 0 { "高中" } else { "初中" };
        writeln!(list, "张秀英{n},{},19900009137,小学毕业,{intent}", number(n)).unwrap();
    }
    list
}

/// Another node on the same store, whose files have so many rows at most.
fn node_with_limit(app: &TestApp, export_max_rows: u32) -> std::net::SocketAddr {
    let config = Config { export_max_rows, ..(*app.cx.config).clone() };
    let cx = Services { config: Arc::new(config), ..app.cx.clone() };
    serve(State::new(cx).unwrap())
}

db_tests! {
    async fn the_roster_is_taken_away_as_it_is_listed_and_that_is_noted(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 4)).await;
        let [list, about] = taken(&office, &format!("{ROSTER}?intent=senior&division={HERE}&name=张")).await;
        assert_eq!(list.name, "花名册");
        assert_eq!(list.rows[0][..4], ["姓名", "性别", "出生年份", "所在花名册"]);
        let mut names = column(&list, "姓名");
        names.sort_unstable();
        assert_eq!(names, ["张秀英0", "张秀英2"]);
        assert_eq!(column(&list, "性别"), ["女", "女"]);
        assert_eq!(column(&list, "出生年份"), ["1985", "1985"]);
        assert_eq!((column(&list, "文化程度")[0], column(&list, "意愿")[0], column(&list, "状态")[0]), ("小学毕业", "高中", "有意愿"));
        assert!(column(&list, "所在花名册")[0].starts_with("湖州市 吴兴区 "));

        assert_eq!((said(&about, "清单"), said(&about, "导出人"), said(&about, "行数")), ("花名册", "wang", "2"));
        assert_eq!(said(&about, "导出时间"), "2026-11-23 09:00 （北京时间）");
        assert!(said(&about, "筛选条件 区划").starts_with("湖州市 吴兴区 "));
        assert_eq!((said(&about, "筛选条件 意愿"), said(&about, "筛选条件 姓名（名称）")), ("高中", "张"));
        let noted = audited(&app, "read_roster").await;
        let filter = json!({ "intent": "senior", "division": HERE, "name": "张" });
        assert_eq!(noted, [json!({ "exported": "roster", "filter": filter, "rows": 2 })]);
    }

    async fn one_account_takes_so_many_files_in_an_hour_wherever_it_asks_from(app) {
        towns(&app).await;
        let [office, other] = [office(&app, "wang", HERE).await, office(&app, "li", HERE).await];
        let account = office.get("/api/v1/me").await.expect(200)["account_id"].clone();
        taken(&office, ROSTER).await;
        for _ in 0..119 {
            app.cx.coordination.count(&format!("export:{}", account.as_str().unwrap()), 3_600).await;
        }
        let elsewhere = office.at(node_with_limit(&app, 9));
        let refused = take(&elsewhere, ROSTER).await;
        assert_eq!(refused.headers["retry-after"], "3600");
        assert_eq!(refused.expect_problem(429), "too-many");
        taken(&other, ROSTER).await;
    }

    async fn the_persons_of_a_name_are_taken_away_as_they_are_listed(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let mut other = person(4, HERE);
        other["name"] = json!("章秀英");
        for body in [person(2, HERE), other] {
            office.post(PEOPLE, &body).await.expect(201);
        }
        let [list, about] = taken(&office, &format!("{PEOPLE}/exports?name=张")).await;
        assert_eq!((column(&list, "姓名"), said(&about, "筛选条件 姓名（名称）")), (vec!["张秀英2"], "张"));
        let noted = json!([{ "exported": "people", "filter": { "name": "张" }, "rows": 1 }]);
        assert_eq!(json!(audited(&app, "read_people").await), noted);
    }

    async fn a_roster_of_a_school_says_which(app) {
        let school = towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 2)).await;
        let [list, about] = taken(&office, &format!("{ROSTER}?provider_id={school}")).await;
        assert_eq!((list.rows.len(), said(&about, "筛选条件 学校")), (1, "School"));
    }

    async fn whom_nobody_is_sent_to_is_taken_away_as_it_is_listed(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 2)).await;
        let [list, about] = taken(&office, &format!("{ROSTER}?unassigned=true")).await;
        assert_eq!((list.rows.len(), said(&about, "筛选条件 分派")), (3, "还没派人"));
        let noted = json!([{ "exported": "roster", "filter": { "unassigned": "true" }, "rows": 2 }]);
        assert_eq!(json!(audited(&app, "read_roster").await), noted);
    }

    async fn a_list_of_many_pages_has_every_row_once(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 450)).await;
        let [list, about] = taken(&office, ROSTER).await;
        let mut names = column(&list, "姓名");
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), list.rows.len()), (450, 451));
        assert_eq!((said(&about, "行数"), said(&about, "筛选条件")), ("450", "无，全部导出"));
    }

    async fn two_who_take_a_list_at_the_same_moment_have_a_whole_one_each_and_each_is_noted(app) {
        towns(&app).await;
        let one = office(&app, "wang", HERE).await;
        roster::take(&app, &one, &persons(0, 450)).await;
        let other = app.log_in("wang").await;
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        // More than a node makes at a time: who waits gets theirs all the same.
        let lists = join_all([&one, &other, &county].map(|client| taken(client, ROSTER))).await;
        for ([list, about], by) in lists.iter().zip(["wang", "wang", "county"]) {
            let mut names = column(list, "姓名");
            names.sort_unstable();
            names.dedup();
            assert_eq!((names.len(), list.rows.len(), said(about, "导出人")), (450, 451, by));
        }
        let noted = json!({ "exported": "roster", "filter": {}, "rows": 450 });
        assert_eq!(audited(&app, "read_roster").await, [noted.clone(), noted.clone(), noted]);
    }

    async fn a_list_of_too_many_rows_is_refused_with_the_reason_and_nothing_is_noted(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 4)).await;
        let narrow = office.at(node_with_limit(&app, 3));
        let problem = take(&narrow, ROSTER).await.expect(422);
        assert_eq!((&problem["code"], &problem["params"]["limit"]), (&json!("export-too-long"), &json!(3)));
        assert!(problem["detail"].as_str().unwrap().contains("超过3行"), "{problem}");
        assert_eq!(audited(&app, "read_roster").await, [] as [Value; 0]);
        assert_eq!(taken(&narrow, &format!("{ROSTER}?intent=senior")).await[0].rows.len(), 3);
    }

    async fn a_file_holds_the_places_of_who_takes_it_and_no_others(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        here.post(PEOPLE, &person(2, HERE)).await.expect(201);
        next_door.post(PEOPLE, &person(4, NEXT_DOOR)).await.expect(201);
        let path = format!("{PEOPLE}/exports");
        for (client, names) in [(&here, vec!["张秀英2"]), (&next_door, vec!["张秀英4"])] {
            assert_eq!(column(&taken(client, &path).await[0], "姓名"), names);
        }
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(column(&taken(&county, &path).await[0], "姓名"), ["张秀英2", "张秀英4"]);
        let elsewhere = taken(&here, &format!("{path}?division={NEXT_DOOR}")).await;
        assert_eq!((elsewhere[0].rows.len(), said(&elsewhere[1], "行数")), (1, "0"), "who asks for the neighbour's gets nothing");
        let marker = app.staff("marker", Role::Marker, "33").await;
        assert_eq!(take(&marker, &path).await.expect_problem(403), "forbidden");
        assert_eq!(take(&app.stranger(), &path).await.expect_problem(401), "unauthenticated");
    }

    async fn no_whole_number_is_in_a_file_and_none_in_what_is_noted(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        office.post(PEOPLE, &person(2, HERE)).await.expect(201);
        roster::take(&app, &office, &persons(4, 2)).await;
        let [list, _] = taken(&office, &format!("{PEOPLE}/exports")).await;
        let masked = column(&list, "证件号码（已隐去中间）");
        assert!(masked.iter().all(|number| number.contains("****")), "{masked:?}");
        assert!(column(&list, "手机号码（已隐去中间）").contains(&"138****8000"));
        assert!(column(&list, "户籍所在地").contains(&"341822"), "what we know no name of is said by its code");
        for path in [format!("{PEOPLE}/exports"), ROSTER.to_owned()] {
            let text = unpacked(&take(&office, &path).await.bytes);
            assert!(text.contains("sheetData"), "{path}");
            for whole in [number(2), number(4), number(5), "13800138000".to_owned(), "19900009137".to_owned()] {
                assert!(!text.contains(&whole), "{path} holds {whole}");
            }
        }
        // Somebody looks for a number where a name belongs.
        assert_eq!(take(&office, &format!("{ROSTER}?name={}", number(4))).await.expect_problem(422), "invalid");
        assert!(!json!(audited(&app, "read_roster").await).to_string().contains(&number(4)));
    }

    async fn nothing_in_a_file_is_a_formula(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for (n, name) in (2..).zip(["=1+1", "@SUM(A1)", "＝1+1", "_x003D_1+1", "</t><f>1+1</f>"]) {
            let mut body = person(n, HERE);
            body["name"] = json!(name);
            office.post(PEOPLE, &body).await.expect(201);
        }
        let reply = take(&office, &format!("{PEOPLE}/exports")).await;
        assert!(unpacked(&reply.bytes).contains("_x005F_x003D_1+1"), "no letter is hidden behind its number");
        let list = &sheets(&reply.bytes)[0];
        let mut names = column(list, "姓名");
        names.sort_unstable();
        assert_eq!(names[..2], ["'=1+1", "'@SUM(A1)"]);
        assert!(names.contains(&"'＝1+1") && names.contains(&"</t><f>1+1</f>"), "{names:?}");
    }
}
