//! Where persons are kept and looked for, and what a masked person tells.

use super::{HERE, NEXT_DOOR, PEOPLE, add, document, enter, listed, number, office, person, towns};
use crate::{
    exam_world::school,
    support::{Client, Store, TestApp, db_tests},
};
use backend::platform::db::dialect;
use migrations::Migrator;
use sea_orm::{ConnectionTrait, Database};
use sea_orm_migration::MigratorTrait;
use serde_json::{Value, json};
use shared::{
    ids::ClassId,
    organisation::{OpenState, ProviderEntry},
    person::IdentityNumber,
    rights::{Place, Role, RoleAt},
};

db_tests! {
    async fn a_masked_person_does_not_tell_their_number(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let mut body = person(2, HERE);
        // As most people are: the number begins with the registered residence.
        body["household_division"] = json!(&number(2)[..6]);
        let added = office.post(PEOPLE, &body).await.expect(201);
        assert!(!added.to_string().contains("1985-03-14"), "{added}");
        let (household, year) = (added["household_division"].as_str().unwrap(), added["birth_year"].as_i64().unwrap());
        let ending = &added["documents"][0]["number_masked"].as_str().unwrap()[14..];
        let today = app.cx.clock.now().date_in_china();
        let days = (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day)));
        let numbers = days.map(|(month, day)| format!("{household}{year}{month:02}{day:02}{ending}"));
        let fitting: Vec<String> = numbers.filter(|number| IdentityNumber::parse(number, today).is_ok()).collect();
        assert!(fitting.contains(&number(2)) && fitting.len() > 30, "{fitting:?}");
    }

    async fn a_division_is_asked_for_with_or_without_its_zeros(app) {
        towns(&app).await;
        let id = add(&office(&app, "wang", HERE).await, 2, HERE).await["id"].clone();
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        for division in ["33", "330000", "3305", "330500", "330502", "330502000", HERE, "330502104201"] {
            assert_eq!(listed(&county, &format!("&division={division}")).await, std::slice::from_ref(&id), "{division}");
        }
        for division in ["34", "330503", NEXT_DOOR] {
            assert_eq!(listed(&county, &format!("&division={division}")).await, Vec::<Value>::new(), "{division}");
        }
        for division in ["", "3", "330", "33x1", "18446744073709551615"] {
            let reply = county.get(&format!("{PEOPLE}?division={division}")).await;
            let problem = reply.expect(422);
            assert_eq!(problem["errors"][0]["pointer"], "/division", "{division}: {problem}");
        }
    }

    async fn a_person_is_found_by_how_the_name_begins(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let named = async |office: &Client, n: u32, name: &str, township: &str| {
            let mut body = person(n, township);
            body["name"] = json!(name);
            office.post(PEOPLE, &body).await.expect(201)["id"].clone()
        };
        let zhang = named(&here, 2, "张秀英", HERE).await;
        let other = named(&here, 4, "章秀英", HERE).await;
        let neighbour = named(&next_door, 6, "张秀兰", NEXT_DOOR).await;
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        for (who, name, expected) in [
            (&here, "张", vec![&zhang]),
            (&here, "章秀英", vec![&other]),
            (&here, "秀英", vec![]),
            (&county, "张秀", vec![&zhang, &neighbour]),
            (&county, "%20张秀英%20", vec![&zhang]),
            (&county, "张%25", vec![]),
            (&county, "张秀英英", vec![]),
        ] {
            let expected: Vec<Value> = expected.into_iter().cloned().collect();
            assert_eq!(listed(who, &format!("&name={name}")).await, expected, "{name}");
        }
        assert_eq!(listed(&county, "&name=%20").await.len(), 3, "no name is no filter");
        assert_eq!(listed(&county, &format!("&name=张&division={NEXT_DOOR}")).await, [neighbour]);
    }

    async fn a_role_at_a_class_keeps_nobody(app) {
        let provider = towns(&app).await;
        add(&office(&app, "wang", HERE).await, 2, HERE).await;
        let id: ClassId = app.cx.ids.new_id();
        let place = Place::Class { id, provider, division: HERE.to_owned() };
        let at_class = app.person("ban", &[RoleAt { role: Role::SchoolOffice, place }]).await;
        for reply in [
            at_class.get(PEOPLE).await,
            at_class.get("/api/v1/person_transfers").await,
            at_class.post(PEOPLE, &person(4, HERE)).await,
            at_class.post(&format!("{PEOPLE}/find"), &document(2)).await,
        ] {
            assert_eq!(reply.expect_problem(403), "forbidden");
        }
        at_class.get(&format!("/api/v1/divisions/{HERE}")).await.expect(200);
    }

    async fn a_person_lives_in_a_township(app) {
        let school = towns(&app).await;
        let bureau = app.staff("sheng", Role::CountyBureau, "33").await;
        // 龙港市 has no townships; its villages are one part of it.
        for residence in ["330502", "330502000000", "330383"] {
            for provider in [Value::Null, json!(school)] {
                let mut body = person(2, residence);
                body["provider_id"] = provider;
                let problem = bureau.post(PEOPLE, &body).await.expect(422);
                let error = &problem["errors"][0];
                assert_eq!((&error["pointer"], &error["code"]), (&json!("/residence_division"), &json!("division-too-wide")));
            }
        }
        for (n, residence) in [(2, "330383198"), (4, "330383198201"), (6, HERE)] {
            assert_eq!(add(&bureau, n, residence).await["division"], &residence[..9]);
        }
    }

    async fn a_closed_school_gets_nobody(app) {
        towns(&app).await;
        let closed = enter(&app, &ProviderEntry { state: OpenState::Closed, ..school(HERE) }).await;
        let office = office(&app, "wang", HERE).await;
        let mut body = person(2, HERE);
        body["provider_id"] = json!(closed);
        let problem = office.post(PEOPLE, &body).await.expect(422);
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/provider_id"), &json!("provider-closed")));
        assert_eq!(listed(&office, "").await, Vec::<Value>::new());
    }
}

/// A store of the day before persons were found by name, with three persons.
#[actix_web::test]
async fn persons_of_earlier_days_are_found_by_name() {
    let store = Store::bare_sqlite();
    let conn = Database::connect(dialect::options(&store.url())).await.unwrap();
    let all = Migrator::migrations();
    let before = all.iter().position(|migration| migration.name().ends_with("_names")).unwrap();
    Migrator::up(&conn, Some(u32::try_from(before).unwrap())).await.unwrap();
    let columns = "id, version, name, household_division, residence_division, division, created_at";
    for (number, name) in [(1, "张秀英"), (2, "李秀英"), (3, "张秀英")] {
        let row = format!("X'{number:032}', 1, '{name}', '{HERE}', '{HERE}', '{HERE}', {number}");
        conn.execute_unprepared(&format!("INSERT INTO person ({columns}) VALUES ({row})")).await.unwrap();
    }
    drop(conn);

    let app = TestApp::start(store).await;
    towns(&app).await;
    let office = office(&app, "wang", HERE).await;
    assert_eq!(listed(&office, "").await.len(), 3);
    assert_eq!(listed(&office, "&name=张").await.len(), 2);
}
