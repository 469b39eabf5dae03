//! Lists by class, place and state, and the same as files.

use super::{column, said, take, taken};
use crate::{
    classes::school::{TOWN, add, course, enrolling, entry, school, wrong_field},
    enrolment::Desk,
    exam_world,
    people::{HERE, NEXT_DOOR, PEOPLE, audited, enter, number, office, person, towns},
    support::{Client, NO_ID, db_tests, execute, unpacked},
};
use serde_json::{Value, json};
use shared::{ids::ProviderId, rights::Role};

const ENROLMENTS: &str = "/api/v1/enrolments";
const TRANSFERS: &str = "/api/v1/person_transfers";
const SCHOOL_CHANGES: &str = "/api/v1/school_changes";

/// Enrols the nth person at a school.
async fn enrol(office: &Client, school: ProviderId, n: u32) {
    let applicant = json!({ "kind": "stated", "name": format!("张秀英{n}"), "phone": "19900009137",
        "document": { "kind": "resident_identity_card", "number": number(n) } });
    let body = json!({ "provider_id": school, "level": "senior", "education_level": "71", "applicant": applicant });
    office.post(ENROLMENTS, &body).await.expect(201);
}

/// The names on a list.
async fn names(client: &Client, path: &str) -> Vec<Value> {
    let page = client.get(path).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect()
}

db_tests! {
    async fn records_and_persons_are_narrowed_down_to_a_class(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let path = enrolling(&app, &school, &entry(&school, &[course])).await;
        for n in [2, 4] {
            enrol(&school.office, school.id, n).await;
        }
        let (zhang, _) = app.learner("zhang").await;
        add(&school.office, &path, &[zhang]).await.expect(201);
        let account = "(SELECT id FROM account WHERE login_name = 'zhang')";
        let link = format!("UPDATE student_record SET learner_number = '1', account_id = {account} WHERE name = '张秀英2'");
        execute(&app, &link).await;
        let class = path.rsplit('/').next().unwrap();
        for list in [ENROLMENTS, PEOPLE] {
            assert_eq!(names(&school.office, &format!("{list}?class_id={class}")).await, ["张秀英2"], "{list}");
            let none = school.office.get(&format!("{list}?class_id={NO_ID}")).await;
            assert_eq!(wrong_field(none), ("/class_id".to_owned(), "not-found".to_owned()));
        }
        assert_eq!(names(&school.office, &format!("/api/v1/roster?class_id={class}")).await, [] as [Value; 0]);
        let [list, about] = taken(&school.office, &format!("{ENROLMENTS}/exports?class_id={class}")).await;
        assert_eq!((column(&list, "姓名"), said(&about, "筛选条件 班级")), (vec!["张秀英2"], "2026年秋 夜校班"));
    }

    async fn persons_are_found_by_how_far_they_have_come_and_by_their_school(app) {
        let school = towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        enrol(&office, school, 2).await;
        office.post(PEOPLE, &person(4, HERE)).await.expect(201);
        assert_eq!(names(&office, &format!("{PEOPLE}?state=enrolled")).await, ["张秀英2"]);
        assert_eq!(names(&office, &format!("{PEOPLE}?state=not_enrolled")).await, ["张秀英4"]);
        assert_eq!(names(&office, &format!("{PEOPLE}?state=studying")).await, [] as [Value; 0]);
        assert_eq!(names(&office, &format!("{PEOPLE}?provider_id={school}")).await, ["张秀英2"]);
        let [list, about] = taken(&office, &format!("{PEOPLE}/exports?state=enrolled")).await;
        assert_eq!((column(&list, "状态"), said(&about, "筛选条件 状态")), (vec!["已报名"], "已报名"));
    }

    async fn transfers_are_taken_away_by_state_and_place(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let kept = office.post(PEOPLE, &person(2, HERE)).await.expect(201);
        let proposal = json!({ "division": NEXT_DOOR, "reason": "搬家" });
        let path = format!("{PEOPLE}/{}/transfers", kept["id"].as_str().unwrap());
        office.post(&path, &proposal).await.expect(201);
        let [list, _] = taken(&office, &format!("{TRANSFERS}/exports?state=proposed&division={NEXT_DOOR}")).await;
        assert_eq!((column(&list, "姓名"), column(&list, "状态"), column(&list, "原因")), (vec!["张**2"], vec!["等待答复"], vec!["搬家"]));
        for other in ["state=accepted", "division=330602"] {
            assert_eq!(taken(&office, &format!("{TRANSFERS}/exports?{other}")).await[0].rows.len(), 1, "{other}");
        }
        let noted = audited(&app, "transfer_people").await;
        let filter = json!({ "state": "proposed", "division": NEXT_DOOR });
        assert!(noted.contains(&json!({ "exported": "person_transfers", "filter": filter, "rows": 1 })), "{noted:?}");
    }

    async fn changes_of_school_are_taken_away_by_state_and_place(app) {
        let desk = Desk::open(&app).await;
        let record = desk.register(&desk.enrol(2).await).await;
        let next_door = enter(&app, &exam_world::school(NEXT_DOOR)).await;
        let path = format!("{ENROLMENTS}/{}/school_changes", record["record"]["id"].as_str().unwrap());
        desk.clerk.post(&path, &json!({ "provider_id": next_door, "reason": "搬家" })).await.expect(201);
        let [list, about] = taken(&desk.clerk, &format!("{SCHOOL_CHANGES}/exports?state=proposed&division={NEXT_DOOR}")).await;
        assert_eq!((column(&list, "姓名"), column(&list, "状态"), column(&list, "原因")), (vec!["张**2"], vec!["等待答复"], vec!["搬家"]));
        assert_eq!((column(&list, "转入学校"), said(&about, "筛选条件 状态")), (vec!["School"], "等待答复"));
        let [of_school, accepted, elsewhere] =
            [format!("provider_id={next_door}"), "state=accepted".to_owned(), "division=330602".to_owned()];
        for (query, rows) in [(of_school, 1), (accepted, 0), (elsewhere, 0)] {
            let page = desk.clerk.get(&format!("{SCHOOL_CHANGES}?{query}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), rows, "{query}");
        }
        let noted = audited(&app, "keep_enrolments").await;
        let filter = json!({ "state": "proposed", "division": NEXT_DOOR });
        assert!(noted.contains(&json!({ "exported": "school_changes", "filter": filter, "rows": 1 })), "{noted:?}");
        let county = app.staff("bureau", Role::CountyBureau, "330502").await;
        assert_eq!(take(&county, &format!("{SCHOOL_CHANGES}/exports")).await.expect_problem(403), "forbidden");
    }

    async fn a_list_says_on_every_page_who_took_it_when_and_what_for(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let text = unpacked(&take(&office, &format!("{PEOPLE}/exports")).await.bytes);
        let mark = "导出人 wang 2026-11-23 09:00 （北京时间） 仅供本职工作使用，不得外传";
        assert_eq!(text.matches(mark).count(), 2, "above and below each page of the list");
    }

    async fn accounts_and_the_log_are_taken_away_as_they_are_listed(app) {
        towns(&app).await;
        let county = app.staff("county", Role::CountyBureau, "330503").await;
        office(&app, "wang", HERE).await;
        let keeper = app.staff("keeper", Role::SecurityAdministrator, "33").await;
        let path = "/api/v1/accounts/exports?text=wang";
        let [accounts, about] = taken(&keeper, path).await;
        assert_eq!((column(&accounts, "姓名"), column(&accounts, "账号")), (vec!["wang"], vec!["wang"]));
        assert_eq!((column(&accounts, "首次密码"), column(&accounts, "动态口令")), (vec![""], vec!["只用密码"]));
        assert!(column(&accounts, "角色")[0].starts_with("学校教务 "), "{:?}", column(&accounts, "角色"));
        assert_eq!(said(&about, "筛选条件 姓名（名称）"), "wang");
        let [none, about] = taken(&keeper, &format!("{path}&state=without_role")).await;
        assert_eq!((none.rows.len(), said(&about, "筛选条件 状态")), (1, "没有角色"));
        assert_eq!(taken(&county, path).await[0].rows.len(), 1, "who works elsewhere is nobody's business");
        let taken_by_keeper = json!({ "exported": "accounts", "filter": { "name": "wang" }, "rows": 1 });
        assert_eq!(audited(&app, "read_rights").await[0], taken_by_keeper);

        let log = "/api/v1/audit_entries/exports";
        let reader = app.staff("yan", Role::AuditAdministrator, "33").await;
        let of_city = app.staff("shi", Role::AuditAdministrator, "3305").await;
        let [entries, about] = taken(&reader, &format!("{log}?right=read_rights&from=2026-11-23&actor=keeper")).await;
        assert_eq!((column(&entries, "账号"), column(&entries, "时间")), (vec!["keeper"; 2], vec!["2026-11-23 09:00:00"; 2]));
        assert_eq!((column(&entries, "权限"), column(&entries, "对象")), (vec!["查看谁有什么权限"; 2], vec!["accounts"; 2]));
        assert!(column(&entries, "备注")[1].contains("rows 1"), "the newest first: {:?}", column(&entries, "备注"));
        assert_eq!((said(&about, "筛选条件 起"), said(&about, "筛选条件 操作人")), ("2026-11-23", "keeper"));
        let filter = json!({ "from": "2026-11-23", "right": "read_rights", "actor": "keeper" });
        assert_eq!(audited(&app, "read_audit").await, [json!({ "exported": "audit_entries", "filter": filter, "rows": 2 })]);
        for client in [&of_city, &keeper, &county] {
            assert_eq!(take(client, log).await.expect_problem(403), "forbidden");
        }
    }

    async fn providers_and_roles_are_taken_away_as_they_are_listed(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let [list, _] = taken(&office, "/api/v1/providers/exports?state=open").await;
        assert_eq!((column(&list, "名称"), column(&list, "状态")), (vec!["School"], vec!["在用"]));
        assert_eq!(taken(&office, "/api/v1/providers/exports?state=closed").await[0].rows.len(), 1);
        let keeper = app.staff("keeper", Role::SecurityAdministrator, "33").await;
        let [roles, about] = taken(&keeper, "/api/v1/role_grants/exports?role=school_office").await;
        assert_eq!((column(&roles, "账号"), said(&about, "筛选条件 角色")), (vec!["wang"], "学校教务"));
        let marker = app.staff("marker", Role::Marker, "33").await;
        assert_eq!(take(&marker, "/api/v1/role_grants/exports").await.expect_problem(403), "forbidden");
    }
}
